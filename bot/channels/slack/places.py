"""Name places and people of Slack as the house does, and ask Slack who reads along there (GEN-4)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.workspaces import NotInstalled, Workspaces
from bot.message import DIRECT
from locales.words import LANGUAGES

# An event is to be acknowledged within three seconds, and asking comes before.
ASKING_SECONDS = 1
PRIVATE_SECONDS = 3600.0
LANGUAGE_SECONDS = 3600.0
AGAIN_SECONDS = 30.0
MOST_KEPT = 10_000
FAULTS = (SlackApiError, aiohttp.ClientError, TimeoutError, NotInstalled, OSError)

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, and the thread in it; `key` names it to the house."""

    team: str
    channel: str
    thread: str

    @property
    def key(self) -> str:
        """Name the place."""
        return f"{self.team}:{self.channel}:{self.thread}"

    @classmethod
    def read(cls, key: str) -> Place:
        """Read a name that `key` gave."""
        team, channel, thread = key.split(":")
        return cls(team, channel, thread)


def account_key(team: str, user: str) -> str:
    """Name a person: ids of people are their workspace's own."""
    return f"{team}:{user}"


class Acquaintance:
    """Ask Slack about places and people, and remember the answers for a while."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces
        self._private: dict[str, tuple[float, bool]] = {}
        self._languages: dict[str, tuple[float, str | None]] = {}
        self._talks: dict[str, str] = {}

    async def is_private(self, team: str, channel: str) -> bool:
        """Tell whether a channel is the talk of one person and us; where Slack does not say so, it is not."""

        async def ask(client: AsyncWebClient) -> bool:
            told = (await client.conversations_info(channel=channel)).get("channel") or {}
            return told.get("is_im") is True and told.get("id") == channel

        kept = await self._ask(f"{team}:{channel}", self._private, team, ask, PRIVATE_SECONDS)
        return kept is True

    async def language(self, team: str, user: str) -> str | None:
        """Give the language that a person has set in Slack, if it is one of ours."""

        async def ask(client: AsyncWebClient) -> str | None:
            told = (await client.users_info(user=user, include_locale=True)).get("user") or {}
            code = str(told.get("locale") or "")[:2].lower()
            return code if code in LANGUAGES else None

        return await self._ask(f"{team}:{user}", self._languages, team, ask, LANGUAGE_SECONDS)

    async def _ask(
        self,
        key: str,
        kept: dict[str, tuple[float, Answer]],
        team: str,
        ask: Callable[[AsyncWebClient], Awaitable[Answer]],
        seconds: float,
    ) -> Answer | None:
        now = asyncio.get_running_loop().time()
        known = kept.get(key)
        if known is not None and known[0] > now:
            return known[1]
        if len(kept) > MOST_KEPT:
            kept.clear()
        try:
            client = self._workspaces.client((await self._workspaces.workspace(team)).token, seconds=1)
            answer = await asyncio.wait_for(ask(client), ASKING_SECONDS)
        except FAULTS:
            # An old answer is not used instead: who reads along may have changed.
            kept.pop(key, None)
            return None
        kept[key] = now + seconds, answer
        return answer

    async def talk(self, account: str) -> str:
        """Give the channel of a person's private talk, opening it; raises what Slack says against it."""
        if account not in self._talks:
            team, user = account.split(":")
            client = await self._workspaces.client_of(team)
            opened = await client.conversations_open(users=user)
            self._talks[account] = str(opened["channel"]["id"])
        return self._talks[account]

    async def place_of(self, team: str, channel: str, thread: str) -> tuple[str, bool]:
        """Give the house's name of a place and whether nobody else reads there."""
        if channel.startswith("D") and await self.is_private(team, channel):
            return DIRECT, True
        return Place(team, channel, thread).key, False
