"""Hold what every part of the web channel needs, and find who is asking."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request

from bot.channels.web.refusals import Refused
from bot.clock import Clock
from bot.seals import Expired, NotSigned, Seals, Visitor
from bot.wiring import Counter
from services.news import News
from services.people import People, find_account, find_conversation

CHANNEL = "web"
PLACE = "web"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visitor's conversation is kept; `user_id` is None for somebody unlinked (ACC-8)."""

    account_id: int
    conversation_id: int
    user_id: int | None


@dataclass(frozen=True, slots=True)
class Front:
    """The web channel's side of the counter; `demo` lets visitors play the demo's people."""

    counter: Counter
    news: News
    seals: Seals
    clock: Clock
    demo: bool = False
    streams: dict[str, int] = field(default_factory=dict)

    def visitor(self, request: Request) -> Visitor:
        """Read who asks from the bearer token; raises Refused."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Refused(401, "no_token")
        try:
            visitor = self.seals.visitor(token.strip())
        except Expired:
            raise Refused(401, "session_over") from None
        except NotSigned:
            raise Refused(401, "bad_token") from None
        if visitor.persona is not None and not self.demo:
            raise Refused(401, "bad_token")
        return visitor

    async def place(self, visitor: Visitor) -> Place:
        """Find a visitor's account and conversation, noting them at the first visit."""
        async with self.counter.database.transaction() as session:
            account_id = await find_account(session, CHANNEL, visitor.account_key)
            conversation_id = await find_conversation(session, account_id, PLACE, private=True)
            account = await People(session).account(account_id)
        return Place(account_id, conversation_id, account.user_id)
