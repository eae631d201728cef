"""Announce what is due soon and what is overdue, once each, and close what was solved long ago (TIC-3)."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from bot.clock import FixedClock
from bot.ticket_relay import TicketRelay
from bot.wiring import Counter
from locales.words import BRUSSELS
from tests.bot.speaking import CLAIRE, KARIM, LOTTE, Speaker

# Asked on Sunday noon, an answer is due on Monday at 16:30.
SOON = datetime(2026, 11, 23, 15, 30, tzinfo=BRUSSELS)
BEFORE = datetime(2026, 11, 23, 15, 29, tzinfo=BRUSSELS)
DUE = datetime(2026, 11, 23, 16, 30, tzinfo=BRUSSELS)


async def remind(counter: Counter, moment: datetime) -> None:
    await TicketRelay(replace(counter.house, clock=FixedClock(moment))).remind()


def announcements(address: str, number: str) -> list[tuple[str, int]]:
    with psycopg.connect(address) as connection:
        return connection.execute(
            "SELECT m.kind, count(*) FROM ticket_messages m JOIN tickets t ON t.id = m.ticket_id"
            " WHERE t.number = %s AND m.kind IN ('due_soon', 'overdue') GROUP BY 1 ORDER BY 1",
            [number],
        ).fetchall()


@pytest.mark.rule("TIC-3")
async def test_ticket_is_announced_to_all_agents_once_before_and_once_after_it_is_due(
    counter: Counter, tmp_path: Path, address: str
) -> None:
    karim = await Speaker.begin(counter, KARIM, tmp_path)
    lotte = await Speaker.begin(counter, LOTTE, tmp_path)
    claire = await Speaker.begin(counter, CLAIRE, tmp_path)
    await karim.say("bonjour")
    await lotte.say("goeiedag")
    number = await claire.open_ticket("une question")
    await remind(counter, BEFORE)
    assert announcements(address, number) == []
    for moment in (SOON, SOON, datetime(2026, 11, 23, 16, 0, tzinfo=BRUSSELS)):
        await remind(counter, moment)
    assert announcements(address, number) == [("due_soon", 2)]
    assert f"{number} arrive à échéance" in await karim.listen()
    assert f"{number} vervalt binnenkort" in await lotte.listen()
    for moment in (DUE, DUE, datetime(2026, 11, 24, 9, 0, tzinfo=BRUSSELS)):
        await remind(counter, moment)
    assert announcements(address, number) == [("due_soon", 2), ("overdue", 2)]
    assert f"{number} est en retard" in await karim.listen()
    # The button of the announcement takes it; the customer hears nothing of what was announced.
    assert "est à vous" in await karim.press("Prendre")
    assert "échéance" not in await claire.listen()


@pytest.mark.rule("TIC-3")
async def test_only_who_has_the_ticket_is_reminded_and_nobody_of_an_answered_one(
    counter: Counter, tmp_path: Path, address: str
) -> None:
    karim = await Speaker.begin(counter, KARIM, tmp_path)
    claire = await Speaker.begin(counter, CLAIRE, tmp_path)
    taken, answered = await claire.open_ticket("première"), await claire.open_ticket("deuxième")
    await karim.say(f"/guichet prendre {taken}")
    await karim.say(f"/guichet répondre {answered} c'est fait")
    await karim.press("Envoyer")
    await remind(counter, DUE)
    assert announcements(address, taken) == [("overdue", 1)]
    assert announcements(address, answered) == []


@pytest.mark.rule("TIC-2")
async def test_solved_ticket_is_closed_after_five_business_days(
    counter: Counter, tmp_path: Path, address: str
) -> None:
    karim = await Speaker.begin(counter, KARIM, tmp_path)
    claire = await Speaker.begin(counter, CLAIRE, tmp_path)
    number = await claire.open_ticket("une question")
    await karim.say(f"/guichet prendre {number}")
    await karim.say(f"/guichet résolu {number}")
    await karim.press("Résolue")

    def state() -> str:
        with psycopg.connect(address) as connection:
            row = connection.execute("SELECT state FROM tickets WHERE number = %s", [number]).fetchone()
        assert row is not None
        return str(row[0])

    # Solved on a Sunday: Monday to Friday are five business days.
    await remind(counter, datetime(2026, 11, 27, 23, 59, tzinfo=BRUSSELS))
    assert state() == "solved"
    await remind(counter, datetime(2026, 11, 28, 0, 5, tzinfo=BRUSSELS))
    assert state() == "closed"


@pytest.mark.rule("TIC-2")
async def test_team_leader_gets_figures_as_picture_and_workbook(
    counter: Counter, tmp_path: Path, address: str
) -> None:
    karim = await Speaker.begin(counter, KARIM, tmp_path)
    claire = await Speaker.begin(counter, CLAIRE, tmp_path)
    number = await claire.open_ticket("une question")
    await karim.say(f"/guichet répondre {number} voilà")
    await karim.press("Envoyer")
    await karim.say("/guichet chiffres 30")
    blocks = [block for reply in karim.heard[-2:] for block in reply["blocks"]]
    assert {block["type"] for block in blocks} == {"picture", "file"}
    picture = next(block for block in blocks if block["type"] == "picture")
    assert "question" in picture["alternative"]
    saved = next(Path(block["path"]) for block in blocks if block["type"] == "file")
    assert saved.read_bytes()[:2] == b"PK"
    with psycopg.connect(address) as connection:
        kept = connection.execute("SELECT content FROM files WHERE id = %s", [picture["file_id"]]).fetchone()
    assert kept is not None
    assert bytes(kept[0][:8]) == b"\x89PNG\r\n\x1a\n"
