"""Answer in private what concerns a customer, wherever others read along (GEN-4)."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.clock import FixedClock
from bot.message import DIRECT, Message
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from services.conversations import Conversations
from services.people import People, find_account, find_conversation
from services.records import OutboxMessage
from tests.bot.test_promises import do_jobs
from tests.conftest import NOON

CLAIRE = "claire.dubois@lambert.example"
CHANNEL, KEY, ROOM = "platform", "somebody", "room"
Blocks = list[dict[str, Any]]


class Room:
    """A place where others read along, and what one person says and hears there."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self._seen: dict[str, int] = {}
        self._events = 0

    async def say(self, text: str = "", *, event_id: str | None = None, press: str | None = None) -> None:
        self._events += 1
        event = event_id or f"event-{self._events}"
        said = Message(CHANNEL, KEY, ROOM, event, text=text, press=press, private=False)
        await self.counter.intake.accept(said)
        await do_jobs(self.counter)

    async def hear(self, place: str) -> Blocks:
        """Read what was newly said in a place."""
        async with self.counter.database.transaction() as session:
            account_id = await find_account(session, CHANNEL, KEY)
            where = await find_conversation(session, account_id, place, private=place == DIRECT)
            posted = await Conversations(session).posted_since(where, self._seen.get(place, 0))
        if posted:
            self._seen[place] = posted[-1].sequence
        return [dict(block) for reply in posted for block in reply.blocks]


@pytest.fixture
def open_room(new_database: Callable[[], str], settings: Settings, understander: Any) -> Callable[..., Any]:
    """Open a room for somebody of the demo, in a house of its own."""

    @asynccontextmanager
    async def open_it(email: str = CLAIRE) -> AsyncIterator[Room]:
        async with open_counter(
            settings, understander=understander, address=new_database(), clock=FixedClock(NOON)
        ) as counter:
            async with counter.database.transaction() as session:
                people = People(session)
                user = await people.user_by_email(email)
                assert user is not None
                await people.link(await find_account(session, CHANNEL, KEY), user.id)
            yield Room(counter)

    return open_it


@pytest.mark.rule("GEN-4")
async def test_result_goes_to_the_private_talk_and_leaves_a_hint(open_room: Callable[..., Any]) -> None:
    async with open_room() as room:
        await room.say("mes factures d'octobre")
        assert await room.hear(ROOM) == [
            {"type": "notice", "tone": "info", "text": "Je vous réponds en message privé.", "aside": True}
        ]
        assert "1046" in json.dumps(await room.hear(DIRECT))


@pytest.mark.rule("GEN-4")
@pytest.mark.parametrize(
    "text",
    ["aide", "bonjour", "qzxv blorp", "annexe de 1046100094", "où est RR389687422BE ?", "annuler", "…"],
)
async def test_nothing_of_a_person_is_said_where_others_read(
    open_room: Callable[..., Any], text: str
) -> None:
    async with open_room() as room:
        await room.say(text)
        (hint,) = await room.hear(ROOM)
        assert hint.get("aside") is True
        assert await room.hear(DIRECT)


@pytest.mark.rule("GEN-4")
async def test_knowledge_is_answered_where_it_was_asked(open_room: Callable[..., Any]) -> None:
    async with open_room() as room:
        await room.say("combien de temps gardez-vous les récépissés ?")
        told = await room.hear(ROOM)
        assert told
        assert not any(block.get("aside") for block in told)
        assert await room.hear(DIRECT) == []


@pytest.mark.rule("GEN-4")
async def test_button_of_a_public_answer_is_answered_in_private(open_room: Callable[..., Any]) -> None:
    async with open_room() as room:
        await room.say("l'annexe remplace-t-elle ma facture papier ?")
        tokens = [
            choice["token"]
            for block in await room.hear(ROOM)
            if block["type"] == "choices"
            for choice in block["choices"]
            if "token" in choice
        ]
        assert tokens
        await room.say(press=tokens[0])
        (hint,) = await room.hear(ROOM)
        assert hint.get("aside") is True
        assert await room.hear(DIRECT)


@pytest.mark.rule("GEN-4")
async def test_form_begun_where_others_read_goes_on_in_private(open_room: Callable[..., Any]) -> None:
    async with open_room() as room:
        await room.say("commander 200 enveloppes")
        await room.hear(ROOM)
        assert "form" in [block["type"] for block in await room.hear(DIRECT)]
        await room.say("annuler")
        assert [block.get("aside") for block in await room.hear(ROOM)] == [True]
        (ended,) = await room.hear(DIRECT)
        assert "arrêté" in ended["text"]


@pytest.mark.rule("GEN-4")
async def test_same_event_twice_has_one_hint_and_one_answer(open_room: Callable[..., Any]) -> None:
    async with open_room() as room:
        for _ in range(2):
            await room.say("mes factures d'octobre", event_id="same")
        async with room.counter.database.transaction() as session:
            assert await session.scalar(select(func.count()).select_from(OutboxMessage)) == 2


@pytest.mark.rule("GEN-4")
@pytest.mark.parametrize(
    ("email", "links_only"),
    [(CLAIRE, False), ("joris.peeters@vandamme.example", True)],
    ids=["files", "links"],
)
async def test_file_says_whether_chats_may_carry_it(
    open_room: Callable[..., Any], email: str, links_only: bool
) -> None:
    async with open_room(email) as room:
        await room.say("bijlage van oktober")
        (file,) = (block for block in await room.hear(DIRECT) if block["type"] == "file")
        assert file["links_only"] is links_only
