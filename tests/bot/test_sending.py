"""Push replies to a platform in order, each part once as far as the platform lets us know, until it has them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest

from bot.clock import FixedClock
from bot.message import DIRECT, Message
from bot.sending import Later, Parcel, Undeliverable, Unreachable
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from services.conversations import Conversations
from services.people import People, find_account, find_place
from tests.bot.test_promises import do_jobs
from tests.conftest import NOON

CLAIRE = "claire.dubois@lambert.example"
JORIS = "joris.peeters@vandamme.example"
CHANNEL, KEY = "loud", "somebody"


class Loudspeaker:
    """A platform that remembers what it was given; `trouble` is raised before the part of that number."""

    name = CHANNEL

    def __init__(self) -> None:
        self.said: list[str] = []
        self.files: list[tuple[str, bytes]] = []
        self.links: list[str] = []
        self.trouble: dict[int, Exception] = {}

    async def deliver(self, parcel: Parcel) -> None:
        for number, block in enumerate(parcel.reply.blocks):
            if number < parcel.parts_gone:
                continue
            trouble = self.trouble.pop(len(self.said), None)
            if trouble is not None:
                raise trouble
            await self._say(parcel, block)
            await parcel.note(f"part-{len(self.said)}")

    async def _say(self, parcel: Parcel, block: Any) -> None:
        self.said.append(block.get("text") or block["type"])
        if block["type"] == "file":
            file = None if block["links_only"] else await parcel.file(block["file_id"])
            if file is not None:
                self.files.append((file.name, file.content))
            self.links.append(parcel.link(block["file_id"]) or "")

    def routes(self, counter: Counter) -> list[Any]:
        return []

    async def run(self, counter: Counter) -> None:
        return None

    async def check(self) -> str:
        return "loud"

    async def close(self) -> None:
        return None


@pytest.fixture
def open_loud(new_database: Callable[[], str], settings: Settings, understander: Any) -> Callable[..., Any]:
    """Open a house with a loudspeaker, and somebody of the demo in front of it."""

    @asynccontextmanager
    async def open_it(email: str | None = CLAIRE) -> AsyncIterator[tuple[Counter, Loudspeaker]]:
        loud = Loudspeaker()
        async with open_counter(
            settings.model_copy(update={"public_url": "https://guichet.example"}),
            understander=understander,
            address=new_database(),
            clock=FixedClock(NOON),
            platforms=[loud],
        ) as counter:
            async with counter.database.transaction() as session:
                people, account_id = People(session), await find_account(session, CHANNEL, KEY)
                user = await people.user_by_email(email) if email else None
                await people.link(account_id, user.id if user else None)
            yield counter, loud

    return open_it


async def hear(counter: Counter, text: str, event_id: str = "1", place: str = DIRECT) -> None:
    await counter.intake.accept(
        Message(CHANNEL, KEY, place, event_id, text=text, private=place == DIRECT, language_hint="fr")
    )
    await do_jobs(counter)


def make_due(counter: Counter) -> None:
    """Let the jobs that wait for a later time be due now."""
    with psycopg.connect(counter.database.address) as connection:
        connection.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")


async def test_reply_is_pushed_and_marked(open_loud: Callable[..., Any]) -> None:
    async with open_loud() as (counter, loud):
        await hear(counter, "merci")
        assert len(loud.said) == 1
        with psycopg.connect(counter.database.address) as connection:
            (row,) = connection.execute("SELECT platform_ids, sent_at IS NOT NULL FROM outbox").fetchall()
        assert row == (["part-1"], True)


async def test_replies_keep_their_order_when_the_first_must_wait(open_loud: Callable[..., Any]) -> None:
    async with open_loud() as (counter, loud):
        loud.trouble[0] = Later(3600)
        await hear(counter, "merci", "1")
        await hear(counter, "au revoir", "2")
        assert loud.said == []
        make_due(counter)
        await do_jobs(counter)
        assert len(loud.said) == 2
        assert loud.said[1].startswith("Au revoir")


async def test_part_that_the_platform_has_is_not_sent_again(open_loud: Callable[..., Any]) -> None:
    async with open_loud() as (counter, loud):
        loud.trouble[1] = ConnectionResetError("gone in the middle")
        await hear(counter, "aide")
        assert len(loud.said) == 1
        make_due(counter)
        await do_jobs(counter)
        with psycopg.connect(counter.database.address) as connection:
            (row,) = connection.execute(
                "SELECT jsonb_array_length(blocks), jsonb_array_length(platform_ids) FROM outbox"
            ).fetchall()
        assert len(loud.said) > 1
        assert row == (len(loud.said), len(loud.said))


async def test_reply_that_is_never_taken_holds_up_no_other(open_loud: Callable[..., Any]) -> None:
    async with open_loud() as (counter, loud):
        loud.trouble[0] = Undeliverable("the bot is blocked")
        await hear(counter, "merci", "1")
        await hear(counter, "au revoir", "2")
        assert len(loud.said) == 1


async def test_place_that_is_closed_is_written_to_again_once_it_is_heard_from(
    open_loud: Callable[..., Any],
) -> None:
    async with open_loud() as (counter, loud):
        loud.trouble[0] = Unreachable("the bot is blocked")
        await hear(counter, "merci", "1")
        async with counter.database.transaction() as session:
            conversations = Conversations(session)
            place = await find_place(session, CHANNEL, KEY, DIRECT, private=True)
            await conversations.post(place, [{"type": "text", "text": "news"}], "fr", now=NOON)
        await do_jobs(counter)
        assert loud.said == []
        await hear(counter, "au revoir", "2")
        assert len(loud.said) == 1
        assert loud.said[0].startswith("Au revoir")


@pytest.mark.rule("ACC-9")
async def test_file_goes_to_its_person_and_is_noted(open_loud: Callable[..., Any]) -> None:
    async with open_loud() as (counter, loud):
        await hear(counter, "annexe de la facture 1046100091")
        (name, content), (link,) = loud.files[0], loud.links
        assert name.endswith(".xlsx")
        assert content.startswith(b"PK")
        assert link.startswith("https://guichet.example/files/")
        with psycopg.connect(counter.database.address) as connection:
            noted = connection.execute("SELECT action FROM audit ORDER BY id").fetchall()
        assert [action for (action,) in noted] == ["file:invoice.annex", "file:sent"]


@pytest.mark.rule("GEN-4")
async def test_company_without_files_in_chats_gets_a_link(open_loud: Callable[..., Any]) -> None:
    async with open_loud(JORIS) as (counter, loud):
        await hear(counter, "bijlage van oktober")
        assert loud.files == []
        assert loud.links[0].startswith("https://guichet.example/files/")


@pytest.mark.rule("GEN-4")
async def test_place_where_others_read_gets_no_file(open_loud: Callable[..., Any]) -> None:
    async with open_loud() as (counter, loud):
        await hear(counter, "annexe de la facture 1046100091", place="room")
        assert loud.said[0] == "Je vous réponds en message privé."
        assert len(loud.files) == 1


@pytest.mark.rule("GEN-3")
async def test_person_unlinked_meanwhile_gets_no_file(open_loud: Callable[..., Any]) -> None:
    async with open_loud() as (counter, loud):
        loud.trouble[1] = Later(60)
        await hear(counter, "annexe de la facture 1046100091")
        async with counter.database.transaction() as session:
            await People(session).link(await find_account(session, CHANNEL, KEY), None)
        make_due(counter)
        await do_jobs(counter)
        assert "file" in loud.said
        assert loud.files == []
        assert loud.links == [""]
