"""Compare what the records hold after a soak with what the customers did: every effect once, every message answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import psycopg

from benchmarks.soak_people import Ledger

OPEN_WORK = """
SELECT (SELECT count(*) FROM inbox WHERE done_at IS NULL)
     + (SELECT count(*) FROM follow_ups WHERE done_at IS NULL)
     + (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing'))
"""
COUNTS = {
    "messages": "SELECT count(*) FROM inbox",
    "replies": "SELECT count(*) FROM outbox WHERE inbox_id IS NOT NULL",
    "promises": "SELECT count(*) FROM follow_ups",
    "deliveries": "SELECT count(*) FROM outbox WHERE follow_up_id IS NOT NULL",
    "files": "SELECT count(*) FROM files",
    "audit_entries": "SELECT count(*) FROM audit WHERE action = 'file:invoice.annex'",
    "tickets": "SELECT count(*) FROM tickets",
}
WAITS = {
    "longest_wait_reply": "SELECT max(done_at - due_at) FROM inbox",
    "median_wait_reply": "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY done_at - due_at) FROM inbox",
    "longest_wait_file": "SELECT max(done_at - created_at) FROM follow_ups",
}
# Each query finds the rows that break a promise.
BREACHES = {
    "messages without an end": "SELECT id FROM inbox WHERE done_at IS NULL",
    "messages without exactly one reply": (
        "SELECT inbox.id FROM inbox LEFT JOIN outbox ON outbox.inbox_id = inbox.id"
        " GROUP BY inbox.id HAVING count(outbox.id) <> 1"
    ),
    "promises without an end": "SELECT id FROM follow_ups WHERE done_at IS NULL",
    "promises without exactly one delivery": (
        "SELECT follow_ups.id FROM follow_ups LEFT JOIN outbox ON outbox.follow_up_id = follow_ups.id"
        " GROUP BY follow_ups.id HAVING count(outbox.id) <> 1"
    ),
    "deliveries without a file of their own": (
        "SELECT outbox.id FROM outbox LEFT JOIN files ON files.id = outbox.blocks->0->>'file_id'"
        " WHERE outbox.follow_up_id IS NOT NULL AND files.id IS NULL"
    ),
    "files that no delivery names": (
        "SELECT files.id FROM files WHERE NOT EXISTS"
        " (SELECT FROM outbox WHERE outbox.blocks->0->>'file_id' = files.id)"
    ),
    "conversations with gaps in their sequence": (
        "SELECT conversations.id FROM conversations LEFT JOIN outbox ON outbox.conversation_id = conversations.id"
        " GROUP BY conversations.id HAVING count(outbox.id) <> conversations.last_sequence"
        " OR coalesce(max(outbox.sequence), 0) <> conversations.last_sequence"
    ),
    "replies out of order": (
        "SELECT id FROM (SELECT id, inbox_id, max(inbox_id) OVER"
        " (PARTITION BY conversation_id ORDER BY sequence ROWS UNBOUNDED PRECEDING) AS latest"
        " FROM outbox WHERE inbox_id IS NOT NULL) AS ordered WHERE inbox_id < latest"
    ),
    "jobs left over or failed": "SELECT id FROM procrastinate_jobs WHERE status <> 'succeeded'",
    "ticket numbers with gaps": (
        "SELECT number FROM (SELECT number, row_number() OVER (ORDER BY number) AS place FROM tickets) AS placed"
        " WHERE right(number, 6)::int <> place"
    ),
}


def open_work(connection: psycopg.Connection) -> int:
    """Count what is still to be done."""
    row = connection.execute(OPEN_WORK).fetchone()
    assert row is not None
    return int(row[0])


def counts(connection: psycopg.Connection) -> dict[str, int]:
    """Count what became of the messages."""
    found = {}
    for name, query in COUNTS.items():
        row = connection.execute(query.encode()).fetchone()
        assert row is not None
        found[name] = int(row[0])
    return found


def waits(connection: psycopg.Connection) -> dict[str, float]:
    """Give how long people waited, in seconds."""
    found = {}
    for name, query in WAITS.items():
        row = connection.execute(query.encode()).fetchone()
        found[name] = row[0].total_seconds() if row is not None and row[0] is not None else 0.0
    return found


def breaches(connection: psycopg.Connection, ledger: Ledger) -> list[str]:
    """Name every promise that was broken."""
    found = list(ledger.breaches)
    for name, query in BREACHES.items():
        rows = connection.execute(query.encode()).fetchall()
        if rows:
            found.append(f"{len(rows)} {name}: {', '.join(str(row[0]) for row in rows[:5])}")
    return [*found, *_differences(counts(connection), ledger), *_ticket_breaches(connection, ledger)]


def _differences(found: Mapping[str, int], ledger: Ledger) -> list[str]:
    expected = {
        "messages": ledger.messages,
        "replies": ledger.messages,
        "promises": ledger.annexes,
        "deliveries": ledger.annexes,
        "files": ledger.annexes,
        "audit_entries": ledger.annexes,
        "tickets": len(ledger.questions),
    }
    return [
        f"{name}: {found[name]}, expected {number}"
        for name, number in expected.items()
        if found[name] != number
    ]


def _ticket_breaches(connection: psycopg.Connection, ledger: Ledger) -> list[str]:
    """Every confirmed question is one ticket, in its very words."""
    opened = sorted(row[0] for row in connection.execute("SELECT summary FROM tickets").fetchall())
    if opened == sorted(ledger.questions):
        return []
    missing = sorted(set(ledger.questions) - set(opened))[:3]
    return [f"tickets differ from what was confirmed; missing: {missing}"]


def failures_in(log: Path) -> list[str]:
    """Name what the workers logged as failed: an apology is an answer, but none that was earned."""
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        event = _event_of(line)
        if event in {"turn_failed", "document_failed"}:
            found.append(f"logged: {line[:300]}")
    return found


def _event_of(line: str) -> str:
    try:
        read = json.loads(line)
    except ValueError:
        # The last line of a killed process may be half a line; the libraries' own lines are plain text.
        return ""
    return str(read.get("event", "")) if isinstance(read, dict) else ""
