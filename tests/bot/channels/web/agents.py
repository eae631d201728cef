"""Let agents work at the page's addresses, and customers open requests for them."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from bot.wiring import Counter
from services.people import People, find_account, find_conversation
from services.tickets import Tickets
from tests.bot.channels.web.conftest import Visit
from tests.conftest import NOON

CLAIRE = "claire.dubois@lambert.example"
JORIS = "joris.peeters@vandamme.example"
KARIM = "karim.benali@service-centre.example"
LOTTE = "lotte.wouters@service-centre.example"


@dataclass
class AgentVisit:
    """An agent's page without a browser."""

    visit: Visit

    async def get(self, path: str) -> httpx.Response:
        return await self.visit.client.get(f"/api/agent/{path}", headers=self.visit.bearer)

    async def queue(self, query: str = "") -> dict[str, Any]:
        response = await self.get(f"queue?{query}")
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def file(self, number: str) -> dict[str, Any]:
        response = await self.get(f"tickets/{number}")
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def do(self, number: str, act: str, **content: Any) -> httpx.Response:
        body = {"id": secrets.token_hex(8), **content}
        return await self.visit.client.post(
            f"/api/agent/tickets/{number}/{act}", json=body, headers=self.visit.bearer
        )

    async def done(self, number: str, act: str, **content: Any) -> dict[str, Any]:
        response = await self.do(number, act, **content)
        assert response.status_code == 200, response.text
        return dict(response.json())


async def open_ticket(
    counter: Counter,
    summary: str,
    *,
    email: str | None = CLAIRE,
    subject: str = "question",
    language: str = "fr",
    hours_ago: float = 0,
    account_key: str | None = None,
) -> str:
    """Open a request as a customer's conversation on the page would; `hours_ago` makes it an old one."""
    async with counter.database.transaction() as session:
        key = account_key or secrets.token_hex(8)
        account_id = await find_account(session, "web", key)
        conversation_id = await find_conversation(session, account_id, "web", private=True)
        people = People(session)
        user = await people.user_by_email(email) if email is not None else None
        companies: tuple[Any, ...] = ()
        if user is not None:
            await people.link(account_id, user.id)
            companies = await people.enter_as(user.id)
        opened = await Tickets(session, counter.house.calendar).open(
            conversation_id=conversation_id,
            user_id=user.id if user else None,
            company_id=companies[0].company_id if companies else None,
            language=language,
            subject=subject,
            summary=summary,
            transcript=("customer: bonjour", "guichet: Bonjour, que puis-je faire ?"),
            now=NOON - timedelta(hours=hours_ago),
        )
    return opened.number
