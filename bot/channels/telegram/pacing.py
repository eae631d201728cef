"""Keep to the pace that Telegram allows: one message a second to a chat, twenty a minute to a group, thirty overall."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.sending import Later

# A wait longer than this goes back to the queue, so that nobody else's reply waits behind it.
LONGEST_WAIT = 2.0
PRIVATE_SECONDS = 1.0
GROUP_SECONDS = 60 / 20
# Beyond so many chats those whose pause is over are forgotten.
MOST_CHATS = 2000


@dataclass(slots=True)
class Pacing:
    """When the next message may go to each chat, within this process; `speed` makes all pauses so many times shorter.

    What other processes send besides is noticed by Telegram, which then names the pause itself.
    """

    speed: float = 1.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _next: dict[int, float] = field(default_factory=dict)

    async def wait(self, chat_id: int) -> None:
        """Wait for a chat's turn; raises Later where it is far off."""
        now = self.clock()
        at = max(self._next.get(chat_id, now), now)
        if at - now > LONGEST_WAIT:
            raise Later(at - now)
        if len(self._next) > MOST_CHATS:
            self._next = {chat: free for chat, free in self._next.items() if free > now}
        self._next[chat_id] = at + (PRIVATE_SECONDS if chat_id > 0 else GROUP_SECONDS) / self.speed
        if at > now:
            await self.sleep(at - now)
