"""Note outside the database where the chain of the audit log ends: what is cut off later shows (ACC-9)."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import structlog

from services.audit_chain import Anchor, head_of
from services.database import Database, Scope

log = structlog.get_logger()

FILE_NAME = "audit-anchors.jsonl"


class AuditAnchors:
    """Write an anchor into the log and into a file of the data folder, whenever the chain has grown.

    The log goes wherever logs are collected: who can rewrite database and file cannot rewrite those.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._path = folder / FILE_NAME

    async def run(self, timestamp: int) -> None:
        """Note where the chain ends now."""
        async with self._database.transaction(Scope(duty="agent")) as session:
            head = await head_of(session)
        known = await asyncio.to_thread(read_anchors, self._path)
        if known and known[-1].position == head.position:
            return
        log.info("audit_anchor", position=head.position, digest=head.digest)
        await asyncio.to_thread(_append, self._path, head, datetime.fromtimestamp(timestamp, UTC))


def read_anchors(path: Path) -> tuple[Anchor, ...]:
    """Read the anchors of a file; a line that was cut by a crash counts as none."""
    if not path.exists():
        return ()
    anchors = []
    for line in path.read_text(encoding="ascii").splitlines():
        try:
            noted = json.loads(line)
            anchors.append(Anchor(int(noted["position"]), str(noted["digest"])))
        except (ValueError, KeyError, TypeError):
            log.warning("audit_anchor_unreadable", path=path.name)
    return tuple(anchors)


def _append(path: Path, head: Anchor, at: datetime) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"position": head.position, "digest": head.digest, "at": at.isoformat()})
    with path.open("a", encoding="ascii") as target:
        target.write(f"{line}\n")
