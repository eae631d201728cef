"""Draw what a person finds at the counter without having asked: requests, rights, language, examples to try."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.drawing import Artist
from bot.open_forms import OpenForms, Whose
from bot.turn import House
from handlers.access import RIGHTS, refusal
from handlers.chat import menu
from handlers.desk import Desk
from handlers.reply import Block, Text
from handlers.request import Request
from handlers.session import Session
from locales.phrases import Phrase, say
from locales.words import Words, words_of
from services.conversations import Conversations
from services.people import find_place

# What is asked on a person's behalf for their page; a wish that needs a form has no place here.
WISHES = ("ticket.status", "chat.language")


@dataclass(frozen=True, slots=True)
class Page:
    """Drawn blocks (docs/replies.md) in the person's language."""

    language: str
    blocks: tuple[dict[str, Any], ...]


class Overview:
    """Gather a person's page; its buttons work in their private talk."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._forms = OpenForms(house)

    async def draw(self, whose: Whose) -> Page:
        """Draw the page of a chat account."""
        async with self._house.database.transaction() as session:
            conversation_id = await find_place(
                session, whose.channel, whose.account_key, whose.place_key, private=whose.private
            )
            who = await self._forms.session_of(session, whose)
            now = self._house.clock.now()
            desk = self._house.desk(session, conversation_id, who, now)
            words = words_of(who.language)
            blocks = [*_greeting(who), *_rights(who, words)]
            for wish in WISHES:
                blocks.extend(await self._answered(wish, who, desk, now))
            blocks.extend((Text(say("For example:")), menu(who)))
            artist = Artist(words, Conversations(session), conversation_id, datetime.now(UTC))
            return Page(who.language, tuple(await artist.draw(blocks)))

    async def _answered(self, wish: str, who: Session, desk: Desk, now: datetime) -> tuple[Block, ...]:
        route = self._house.router.find(wish)
        if route is None or route.form is not None or refusal(route, who) is not None:
            return ()
        answer = await route.handler(Request(intent=wish, session=who, now=now), desk)
        return tuple(answer.blocks)


def _greeting(who: Session) -> Iterator[Block]:
    if who.person is not None:
        yield Text(say("Hello {name}, what can I do for you?", name=who.person.name))
    else:
        yield Text(say("Hello, what can I do for you?"))


def _rights(who: Session, words: Words) -> Iterator[Block]:
    """Name each company with what may be seen there."""
    for membership in who.memberships:
        rights: list[str] = [
            words.write(RIGHTS[right]) for right in sorted(membership.rights) if right in RIGHTS
        ]
        held: Phrase = say(
            "{company}: {rights}", company=membership.company_name, rights=", ".join(rights) or "–"
        )
        yield Text(held)
