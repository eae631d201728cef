"""Speak to Slack's Web API for each workspace that has us, over connections kept open."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

SECONDS = 10
# Workspaces whose tokens are kept in memory; a revocation that another process heard of counts within this time.
KEPT_SECONDS = 60.0


class NotInstalled(Exception):
    """No workspace of this name has us."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that has us; `team` is its id, or that of the organisation that installed us as a whole."""

    team: str
    token: str
    bot_user_id: str
    bot_id: str | None = None
    enterprise: str | None = None


Finder = Callable[[str | None, str | None], Awaitable[Workspace | None]]


class Workspaces:
    """Find the workspace of a message and a client for it."""

    def __init__(self, api_url: str, token: str | None) -> None:
        self._api_url = api_url
        self._token = token
        self._session: aiohttp.ClientSession | None = None
        self._own: Workspace | None = None
        self._known: dict[tuple[str | None, str | None], tuple[float, Workspace]] = {}
        self.find: Finder | None = None

    async def workspace(self, team: str | None, enterprise: str | None = None) -> Workspace:
        """Give the workspace that has us; raises NotInstalled."""
        if self._token is not None:
            return await self._only(self._token)
        now = asyncio.get_running_loop().time()
        kept = self._known.get((enterprise, team))
        if kept is not None and kept[0] > now:
            return kept[1]
        found = await self.find(enterprise, team) if self.find is not None else None
        if found is None:
            raise NotInstalled(team or enterprise)
        self._known[enterprise, team] = now + KEPT_SECONDS, found
        return found

    async def _only(self, token: str) -> Workspace:
        if self._own is None:
            told = await self.client(token).auth_test()
            self._own = Workspace(
                team=str(told["team_id"]),
                token=token,
                bot_user_id=str(told["user_id"]),
                bot_id=told.get("bot_id"),
                enterprise=told.get("enterprise_id"),
            )
        return self._own

    def forget(self) -> None:
        """Ask anew for every workspace: one has thrown us out."""
        self._known.clear()

    def client(self, token: str | None, *, seconds: int = SECONDS) -> AsyncWebClient:
        """Give a client that does nothing twice by itself: whether to try again is the sending's to say."""
        return AsyncWebClient(
            token=token, base_url=self._api_url, session=self._open(), timeout=seconds, retry_handlers=[]
        )

    async def client_of(self, team: str) -> AsyncWebClient:
        """Give the client of a workspace; raises NotInstalled."""
        return self.client((await self.workspace(team)).token)

    async def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """Tell the framework whether an event comes from a workspace that has us."""
        try:
            found = await self.workspace(team_id, enterprise_id)
        except NotInstalled:
            return None
        return AuthorizeResult(
            enterprise_id=found.enterprise,
            team_id=found.team,
            bot_token=found.token,
            bot_user_id=found.bot_user_id,
            bot_id=found.bot_id,
        )

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()


def trouble(error: SlackApiError) -> str:
    """Give the name that Slack has for what went wrong; empty where it said none."""
    try:
        return str(error.response.get("error") or "")
    except (ValueError, AttributeError):
        return ""
