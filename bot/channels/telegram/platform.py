"""Put the Telegram channel together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.channels.telegram.commands import offer
from bot.channels.telegram.connection import OVERALL_PER_SECOND, Line
from bot.channels.telegram.courier import TelegramCourier
from bot.channels.telegram.events import CHANNEL, WANTED
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.receiving import PATH, PAUSE_SECONDS, Receiver, ask_for_updates, webhook
from bot.sending import Parcel

if TYPE_CHECKING:
    from bot.wiring import Counter

log = structlog.get_logger()

MOST_CONNECTIONS = 40


class Misconfigured(Exception):
    """A setting is wrong; the text says what to do."""


class Telegram:
    """The Telegram channel: updates by long polling, or brought to our web server where a webhook secret is set."""

    name = CHANNEL

    def __init__(
        self,
        token: str,
        *,
        api: str,
        secret: str = "",
        public_url: str = "",
        pacing: Pacing | None = None,
        per_second: float = OVERALL_PER_SECOND,
    ) -> None:
        self._secret = secret
        self._public_url = public_url.rstrip("/")
        self.line = Line(token, api, per_second=per_second)
        self._courier = TelegramCourier(self.line, pacing or Pacing())

    async def deliver(self, parcel: Parcel) -> None:
        """Send the parts of a reply that have not gone yet, noting each."""
        await self._courier.deliver(parcel)

    def routes(self, counter: Counter) -> Sequence[Any]:
        """Give the webhook's address, where it is guarded by a secret."""
        return (webhook(self._secret, Receiver(self.line, counter.intake)),) if self._secret else ()

    async def run(self, counter: Counter) -> None:
        """Offer the commands, then ask for updates until cancelled, or tell Telegram where to bring them."""
        await self._greet()
        if not self._secret:
            await ask_for_updates(self.line, Receiver(self.line, counter.intake))

    async def _greet(self) -> None:
        """Tell Telegram how we are reached and what commands there are, as soon as it listens."""
        while True:
            try:
                await self._register()
                return
            except TelegramError as error:
                log.warning("telegram_not_reached", error=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _register(self) -> None:
        bot = self.line.bot
        if self._secret:
            await bot.set_webhook(
                f"{self._public_url}{PATH}",
                secret_token=self._secret,
                allowed_updates=list(WANTED),
                max_connections=MOST_CONNECTIONS,
            )
        else:
            await bot.delete_webhook()
        await offer(bot)

    async def check(self) -> str:
        """Ask Telegram who we are and whether it reaches us; raises Misconfigured with what to do."""
        if self._secret and not self._public_url.startswith("https://"):
            raise Misconfigured(
                "a webhook needs an address that begins with https://: set GUICHET_PUBLIC_URL, "
                "or take GUICHET_TELEGRAM_WEBHOOK_SECRET away for long polling"
            )
        try:
            me = await self.line.me()
            webhook_now = await self.line.bot.get_webhook_info()
        except InvalidToken:
            raise Misconfigured(
                "Telegram refuses the token: copy it anew from @BotFather (/mybots, API Token) "
                "into GUICHET_TELEGRAM_TOKEN"
            ) from None
        except NetworkError as error:
            raise Misconfigured(
                f"Telegram does not answer ({type(error).__name__}): check the connection, "
                "a proxy (HTTPS_PROXY) or GUICHET_TELEGRAM_API"
            ) from None
        way = f"webhook {self._public_url}{PATH}" if self._secret else "long polling"
        trouble = webhook_now.last_error_message if self._secret else None
        return f"@{me.username}, {way}" + (f"; its last error: {trouble}" if trouble else "")

    async def close(self) -> None:
        """Give back all connections."""
        await self.line.close()
