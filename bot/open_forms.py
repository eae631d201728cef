"""Draw an open form as it stands, or as it would stand with other values: nothing is changed by looking.

Slack opens a form's page, and wants to know what is wrong with its values, within three seconds: that is done here,
outside the conversation's queue. What is filled in takes effect through the intake, like everything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.drawing import Artist
from bot.sessions import load_session
from bot.state import ConversationState
from bot.turn import House
from handlers.access import refusal
from handlers.forms.filling import Asking, fill
from handlers.reply import FormCard
from handlers.request import Request
from handlers.session import Session
from locales.words import words_of
from services.conversations import Conversations
from services.database import Transaction
from services.on_behalf import OnBehalf
from services.people import People, find_account, find_place

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A form as it stands: `block` is drawn (docs/replies.md), None where nothing is left to ask."""

    language: str
    block: Json | None


@dataclass(frozen=True, slots=True)
class Whose:
    """The chat account and the place whose form is looked at."""

    channel: str
    account_key: str
    place_key: str
    private: bool = True
    language_hint: str | None = None


class OpenForms:
    """Look at the forms that are open in a conversation."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def look(self, whose: Whose, key: str, values: Mapping[str, Any] | None = None) -> Seen | None:
        """Draw a form, with values tried where they are given; None where it is not open, or no longer allowed."""
        async with self._house.database.transaction() as session:
            seen = await self._look(session, whose, key, values)
            # Buttons drawn on the way are nobody's, and looking opens no conversation.
            await session.rollback()
        return seen

    async def _look(
        self, session: Transaction, whose: Whose, key: str, values: Mapping[str, Any] | None
    ) -> Seen | None:
        conversation_id = await find_place(
            session, whose.channel, whose.account_key, whose.place_key, private=whose.private
        )
        conversations = Conversations(session)
        state = ConversationState.load(await conversations.state_of(conversation_id))
        form_state = next((form for form in state.forms if form.key == key), None)
        route = self._house.router.find(form_state.intent) if form_state else None
        if form_state is None or route is None or route.form is None:
            return None
        who = await self.session_of(session, whose)
        if refusal(route, who) is not None:
            return None
        if values is not None:
            form_state = form_state.with_values(values)
        now = self._house.clock.now()
        request = Request(intent=route.intent, session=who, now=now, entities=form_state.entities)
        desk = self._house.desk(session, conversation_id, who, now)
        outcome = await fill(route.form, form_state, request, desk)
        if not isinstance(outcome, Asking):
            return Seen(who.language, None)
        artist = Artist(words_of(who.language), conversations, conversation_id, datetime.now(UTC))
        (block,) = await artist.draw((FormCard(outcome.view),))
        return Seen(who.language, block)

    async def session_of(self, session: Transaction, whose: Whose) -> Session:
        """Read who looks, and narrow the transaction to what they may see (GEN-3)."""
        known = await load_session(
            People(session),
            await find_account(session, whose.channel, whose.account_key),
            private=whose.private,
            language_hint=whose.language_hint,
            on_behalf=OnBehalf(session),
            now=self._house.clock.now(),
        )
        return known.in_language(None)
