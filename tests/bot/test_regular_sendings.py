"""Send regularly what was asked for: once each, to those who may have it, whatever was down in between (REP-3)."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.awaited_receipts import AwaitedReceipts
from bot.channels.terminal import TerminalChat
from bot.drawing import plain
from bot.regular_sendings import RegularSendings
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from locales.words import BRUSSELS
from services.conversations import Conversations
from tests.conftest import NOON

CLAIRE = "claire.dubois@lambert.example"
JORIS = "joris.peeters@vandamme.example"
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=BRUSSELS)


@dataclass
class HandClock:
    """A clock that is set by hand."""

    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment


@dataclass
class Stand:
    """A counter at which one person sits, with its clock and its database."""

    counter: Counter
    chat: TerminalChat
    clock: HandClock
    address: str

    async def say(self, *lines: str) -> list[str]:
        for line in lines:
            await self.counter.intake.accept(self.chat._message(line))
            await self.work()
        return await self.heard()

    async def agree(self) -> list[str]:
        """Press the button that confirms the summary shown last."""
        async with self.counter.database.transaction() as session:
            (last,) = await Conversations(session).posted_since(self.chat.conversation_id, 0, latest=1)
        confirm = next(block["confirm"] for block in last.blocks if block["type"] == "form")
        return await self.say(json.dumps({"press": confirm["token"]}))

    async def begin(self, *lines: str) -> list[str]:
        """Ask for a regular sending and confirm it."""
        await self.say(*lines)
        return await self.agree()

    async def work(self) -> None:
        await self.counter.jobs.app.run_worker_async(
            wait=False, install_signal_handlers=False, listen_notify=False
        )

    async def pass_to(self, moment: datetime) -> list[str]:
        """Let a minute's job run at a moment, and hear what it brings."""
        self.clock.moment = moment
        await RegularSendings(self.counter.house).run()
        await self.work()
        return await self.heard()

    async def heard(self) -> list[str]:
        async with self.counter.database.transaction() as session:
            posted = await Conversations(session).posted_since(self.chat.conversation_id, self.chat.seen)
        self.chat.seen = posted[-1].sequence if posted else self.chat.seen
        return ["\n".join(plain(dict(block)) for block in each.blocks) for each in posted]

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.address) as connection:
            connection.execute(statement.encode())

    def files(self) -> int:
        with psycopg.connect(self.address) as connection:
            row = connection.execute("SELECT count(*) FROM files").fetchone()
        assert row is not None
        return int(row[0])


Sit = Callable[[str], Any]


@pytest.fixture
def sit(new_database: Callable[[], str], settings: Settings, understander: Any, tmp_path: Path) -> Sit:
    @asynccontextmanager
    async def sit_down(email: str) -> AsyncIterator[Stand]:
        clock, address = HandClock(), new_database()
        async with open_counter(settings, clock=clock, understander=understander, address=address) as counter:
            chat = await TerminalChat.open(counter, email, tmp_path, None)
            yield Stand(counter, chat, clock, address)

    return sit_down


@pytest.mark.rule("REP-3")
async def test_report_of_last_week_comes_on_monday_and_again_a_week_later(sit: Sit) -> None:
    async with sit(JORIS) as stand:
        await stand.begin("Elke maandag het rapport van vorige week")
        assert await stand.pass_to(MONDAY - timedelta(seconds=1)) == []
        told, delivered = await stand.pass_to(MONDAY)
        assert told.startswith("Uw regelmatige levering. Rapport: 16\N{EN DASH}22 november 2026")
        assert delivered.startswith("rapport-2026-11-16-2026-11-22.xlsx")
        assert await stand.pass_to(MONDAY + timedelta(minutes=1)) == []
        assert stand.files() == 1
        # The demo holds no items of that week: its report says so instead of being empty.
        (nothing,) = await stand.pass_to(MONDAY + timedelta(days=7))
        assert "23\N{EN DASH}29 november 2026" in nothing
        assert stand.files() == 1


@pytest.mark.rule("REP-3")
async def test_downtime_is_made_up_for_once_and_told(sit: Sit) -> None:
    async with sit(JORIS) as stand:
        await stand.begin("Elke dag het rapport van vorige maand")
        told, delivered = await stand.pass_to(MONDAY + timedelta(days=5, hours=3))
        assert "5 eerdere leveringen" in told
        assert delivered.startswith("rapport-2026-10-01-2026-10-31.xlsx")
        assert stand.files() == 1
        assert await stand.pass_to(MONDAY + timedelta(days=5, hours=4)) == []


@pytest.mark.rule("REP-3")
async def test_sending_run_twice_goes_out_once(sit: Sit) -> None:
    async with sit(JORIS) as stand:
        await stand.begin("Elke maandag het rapport van vorige week")
        assert len(await stand.pass_to(MONDAY)) == 2
        with psycopg.connect(stand.address) as connection:
            row = connection.execute("SELECT id FROM schedules").fetchone()
        assert row is not None
        await RegularSendings(stand.counter.house).send(row[0], MONDAY.isoformat(), 0)
        await stand.work()
        assert await stand.heard() == []
        assert stand.files() == 1


@pytest.mark.rule("REP-3", "ACC-6", "ACC-9")
@pytest.mark.parametrize(
    "loss",
    [
        "UPDATE memberships SET rights = '{invoices}'",
        f"DELETE FROM memberships WHERE user_id = (SELECT id FROM portal_users WHERE email = '{JORIS}')",
        f"UPDATE portal_users SET left_at = now() WHERE email = '{JORIS}'",
        "UPDATE chat_accounts SET user_id = NULL",
        f"UPDATE chat_accounts SET user_id = (SELECT id FROM portal_users WHERE email = '{CLAIRE}')",
    ],
    ids=["right taken", "left company", "left", "unlinked", "chat of somebody else"],
)
async def test_person_who_may_no_longer_have_it_gets_nothing_more(sit: Sit, loss: str) -> None:
    async with sit(JORIS) as stand:
        await stand.begin("Elke maandag het rapport van vorige week")
        stand.execute(loss)
        assert await stand.pass_to(MONDAY) == []
        assert stand.files() == 0
        with psycopg.connect(stand.address) as connection:
            assert connection.execute("SELECT state, next_at FROM schedules").fetchall() == [
                ("stopped", None)
            ]


@pytest.mark.rule("REP-3")
async def test_paused_and_stopped_sendings_stay_away(sit: Sit) -> None:
    async with sit(JORIS) as stand:
        await stand.begin("Elke maandag het rapport van vorige week")
        stand.execute("UPDATE schedules SET state = 'paused', next_at = NULL")
        assert await stand.pass_to(MONDAY) == []
        stand.execute("UPDATE schedules SET state = 'stopped'")
        assert await stand.pass_to(MONDAY + timedelta(days=7)) == []


@pytest.mark.rule("REP-3", "CNV-2")
async def test_nothing_is_begun_before_the_summary_is_confirmed(sit: Sit) -> None:
    async with sit(JORIS) as stand:
        (asked,) = await stand.say("Elke maandag het rapport van vorige week")
        assert "Mag ik doorgaan?" in asked
        await stand.say("nee")
        assert await stand.pass_to(MONDAY) == []
        (listed,) = await stand.say("welke regelmatige rapporten heb ik")
        assert listed.startswith("Er wordt u niets regelmatig gestuurd.")


@pytest.mark.rule("REP-3", "GEN-5")
async def test_regular_report_above_the_limit_offers_what_fits(sit: Sit) -> None:
    async with sit(CLAIRE) as stand:
        await stand.begin("Chaque lundi, le rapport du trimestre passé", "tous")
        (told,) = await stand.pass_to(MONDAY)
        assert "un rapport en contient au maximum 1\N{NARROW NO-BREAK SPACE}000" in told
        assert "août 2026" in told
        assert stand.files() == 0


@pytest.mark.rule("REP-3")
async def test_same_sending_is_not_begun_twice(sit: Sit) -> None:
    async with sit(JORIS) as stand:
        await stand.begin("Elke maandag het rapport van vorige week")
        again = await stand.begin("Elke maandag het rapport van vorige week")
        assert again[-1].startswith("U ontvangt precies dit al.")
        assert len(await stand.pass_to(MONDAY)) == 2


@pytest.mark.rule("REP-3", "REC-1", "REC-5")
async def test_receipts_of_last_week_come_on_monday_for_each_operational_id(sit: Sit) -> None:
    async with sit(CLAIRE) as stand:
        asked = await stand.say("chaque lundi les récépissés de la semaine passée", "tous")
        assert "Récépissés de dépôt" in asked[-1]
        await stand.agree()
        told, *delivered = await stand.pass_to(MONDAY)
        # One of the four hands over parcels only, which have no receipt.
        assert told.count("5 fichiers de récépissés") == 3
        assert len(delivered) == 3
        assert all(message.count("recepisses-2026-11-") == 5 for message in delivered)
        assert stand.files() == 15
        assert await stand.pass_to(MONDAY + timedelta(minutes=1)) == []
        (refused,) = await stand.say("chaque mois les récépissés du mois passé pour CS400126000001")
        assert "Les récépissés de dépôt couvrent au maximum sept jours." in refused


@pytest.mark.rule("REP-3", "REC-2")
async def test_receipts_of_yesterday_are_sent_when_they_are_there(sit: Sit) -> None:
    async with sit(CLAIRE) as stand:
        await stand.begin("chaque jour les récépissés d'hier pour CS400126000001")
        saturday = MONDAY - timedelta(days=9)
        stand.execute(f"UPDATE schedules SET next_at = '{saturday}', starts_on = '{saturday.date()}'")
        (told,) = await stand.pass_to(saturday)
        assert (
            "C’est noté : je vous envoie ici les récépissés du 13 novembre 2026 le 16 novembre 2026." in told
        )
        stand.execute("UPDATE schedules SET state = 'paused', next_at = NULL")
        stand.clock.moment = saturday + timedelta(days=2)
        await AwaitedReceipts(stand.counter.house).run()
        await stand.work()
        announced, delivered = await stand.heard()
        assert announced.startswith("Les récépissés que vous aviez demandés sont disponibles")
        assert delivered.startswith("recepisses-2026-11-13-CS400126000001.pdf")


@pytest.mark.rule("REP-3", "GEN-3", "GEN-7")
async def test_person_of_two_companies_chooses_and_loses_only_one(sit: Sit) -> None:
    async with sit("sofie.claes@fiduciaire.example") as stand:
        stand.execute("UPDATE memberships SET rights = '{transactions}'")
        (asked,) = await stand.say("les envois de tous mes ID opérationnels hier")
        assert "Menuiserie Lambert & Fils SA" in asked
        (nothing,) = await stand.say("Van Damme")
        assert nothing.startswith("Je ne trouve aucun envoi à vous pour cette période")
        await stand.begin("chaque lundi un rapport de CS400126000001 et CS900310000001 de la semaine passée")
        stand.execute(
            "DELETE FROM memberships WHERE company_id = (SELECT id FROM companies WHERE city = 'Gent')"
        )
        told, delivered = await stand.pass_to(MONDAY)
        assert told.startswith("Votre abonnement. Rapport")
        assert delivered.startswith("rapport-2026-11-16-2026-11-22.xlsx")
        assert stand.files() == 1
