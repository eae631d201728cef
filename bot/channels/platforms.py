"""Open the platforms that are configured; one without a token is simply off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from bot.sending import Courier
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.wiring import Counter


class Platform(Courier, Protocol):
    """A chat platform: it delivers replies, and takes events over a connection of its own or as web requests."""

    @property
    def name(self) -> str:
        """Name the channel, as accounts and messages do."""

    def routes(self, counter: Counter) -> Sequence[Any]:
        """Give the addresses of the web server that the platform calls."""

    async def run(self, counter: Counter) -> None:
        """Take events until cancelled; return at once where they come as web requests."""

    async def check(self) -> str:
        """Ask the platform whether it knows us, for `guichet doctor`; what is wrong is raised with what to do."""

    async def close(self) -> None:
        """Give back all connections."""


@runtime_checkable
class Rooted(Protocol):
    """A platform that keeps something in our records, also in a process that only delivers."""

    def take_root(self, counter: Counter) -> None:
        """Learn where the records are."""


def _telegram(settings: Settings) -> Platform | None:
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram.platform import Telegram

    secret = settings.telegram_webhook_secret
    return Telegram(
        settings.telegram_token.get_secret_value(),
        api=settings.telegram_api,
        secret=secret.get_secret_value() if secret else "",
        public_url=settings.public_url,
    )


def _slack(settings: Settings) -> Platform | None:
    if settings.slack_bot_token is None and settings.slack_client_id == "":
        return None
    from bot.channels.slack.platform import SlackPlatform

    return SlackPlatform(settings)


# Each gives its platform, or None where it is not configured; heavy imports happen inside.
OPENERS: tuple[Callable[[Settings], Platform | None], ...] = (_slack, _telegram)


def open_platforms(settings: Settings) -> tuple[Platform, ...]:
    """Open the platforms whose tokens are set."""
    return tuple(platform for opener in OPENERS if (platform := opener(settings)) is not None)
