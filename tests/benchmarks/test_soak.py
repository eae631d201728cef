"""Soak for a few seconds: the long run is `make soak`."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from benchmarks.soak import Options, soak
from benchmarks.soak_checks import breaches
from benchmarks.soak_people import Ledger


@pytest.mark.rule("CNV-3")
async def test_soak_keeps_every_promise(new_database: Callable[[], str], tmp_path: Path) -> None:
    outcome = await soak(
        new_database(), Options(seconds=5, rate=12, pause=1.5, customers=5), tmp_path / "workers.log"
    )
    assert outcome.breaches == []
    assert outcome.kills + outcome.polite_ends > 0
    assert outcome.counts["replies"] == outcome.counts["messages"] == outcome.ledger.messages > 20


async def test_soak_names_what_is_lost(new_database: Callable[[], str]) -> None:
    address = new_database()
    with psycopg.connect(address) as connection:
        connection.execute("INSERT INTO chat_accounts (channel, account_key) VALUES ('soak', 'somebody')")
        connection.execute(
            "INSERT INTO conversations (account_id, place_key, private, state, last_sequence)"
            " SELECT id, 'dm', true, '{}', 1 FROM chat_accounts"
        )
        connection.execute(
            "INSERT INTO inbox (conversation_id, event_id, content, received_at, due_at, attempts)"
            " SELECT id, 'message-1', '{}', now(), now(), 0 FROM conversations"
        )
        ledger = Ledger(messages=2, annexes=1, questions=["Where is my invoice?"])
        found = breaches(connection, ledger)
    assert found == [
        "1 messages without an end: 1",
        "1 messages without exactly one reply: 1",
        "1 conversations with gaps in their sequence: 1",
        "messages: 1, expected 2",
        "replies: 0, expected 2",
        "promises: 0, expected 1",
        "deliveries: 0, expected 1",
        "files: 0, expected 1",
        "audit_entries: 0, expected 1",
        "tickets: 0, expected 1",
        "tickets differ from what was confirmed; missing: ['Where is my invoice?']",
    ]
