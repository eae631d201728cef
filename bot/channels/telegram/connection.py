"""Speak the Bot API through the official library's client."""

from __future__ import annotations

import asyncio
import os

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.telegram.events import Me

# Sending a document of 50 MB over a slow line takes its time.
MEDIA_SECONDS = 120.0
ANSWER_SECONDS = 10.0
OVERALL_PER_SECOND = 30


class Line:
    """The one connection of a process, for a token at an address; who we are is asked once, when it is first needed.

    Not the library's `Application`: it takes an update as received before a handler has kept it, and swallows the
    handler's error, so that a death in between would lose the message.
    """

    def __init__(
        self,
        token: str,
        api: str,
        *,
        timeout: float = ANSWER_SECONDS,
        per_second: float = OVERALL_PER_SECOND,
    ) -> None:
        # The library offers this choice in the environment only: pauses as time spans, without a warning each.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        api = api.rstrip("/")
        self._clients = (_client(32, timeout), _client(1, timeout))
        self.bot = ExtBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self._clients[0],
            get_updates_request=self._clients[1],
            # The pace of each chat is ours (pacing.py), since a long wait goes back to the queue.
            rate_limiter=AIORateLimiter(
                overall_max_rate=per_second, overall_time_period=1, group_max_rate=0, max_retries=0
            ),
        )
        self._me: Me | None = None
        self._asking = asyncio.Lock()

    async def me(self) -> Me:
        """Give the bot's own account."""
        async with self._asking:
            if self._me is None:
                user = await self.bot.get_me()
                self._me = Me(user.id, user.username or "")
        return self._me

    async def close(self) -> None:
        """Give the connections back."""
        for client in self._clients:
            await client.shutdown()


def _client(pool: int, timeout: float) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=pool,
        read_timeout=timeout,
        write_timeout=timeout,
        connect_timeout=timeout,
        pool_timeout=timeout,
        media_write_timeout=MEDIA_SECONDS,
    )


def pause_of(error: RetryAfter) -> float:
    """Give the seconds that Telegram asks us to wait."""
    pause = error.retry_after
    return float(pause) if isinstance(pause, int) else pause.total_seconds()
