"""Be one of the counter's platforms: Slack, by Socket Mode or by web requests."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.errors import SlackApiError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.slack.application import make_application
from bot.channels.slack.courier import SlackCourier
from bot.channels.slack.hearing import Hearing
from bot.channels.slack.home import Home
from bot.channels.slack.inbound import CHANNEL
from bot.channels.slack.installing import INSTALL_PATH, REDIRECT_PATH, InstallationStore, make_flow
from bot.channels.slack.places import Acquaintance, Place, account_key
from bot.channels.slack.workspaces import Workspaces, trouble
from bot.sending import Parcel
from bot.settings import Settings
from bot.ticket_room import TICKET_ROOM, Room, TicketRoom
from bot.wiring import Counter

log = structlog.get_logger()

# One connection may be renewed by Slack at any time; the other hears what comes meanwhile.
CONNECTIONS = 2
EVENTS_PATH = "/slack/events"
# Seconds stand last.
EVERY_TEN_SECONDS = "* * * * * */10"
SECONDS_BEFORE_ANOTHER_TRY = 5
WRONG_TOKEN = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type"}
)


class Misconfigured(Exception):
    """Slack does not know us; the text says what to do."""


class SlackPlatform:
    """Slack, for as long as its token is set."""

    name = CHANNEL

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._workspaces = Workspaces(settings.slack_api_url, _secret(settings.slack_bot_token))
        self._acquaintance = Acquaintance(self._workspaces)
        self._flow: AsyncOAuthFlow | None = None
        self._courier = SlackCourier(self._workspaces, self._acquaintance)

    def take_root(self, counter: Counter) -> None:
        """Learn where the installations of workspaces are kept."""
        if self._settings.slack_client_id and self._settings.slack_bot_token is None:
            store = InstallationStore(counter.database, counter.secret)
            self._workspaces.find = store.find
            client = self._workspaces.client(None)
            self._flow = make_flow(self._settings, store, client, counter.secret)
        if self._settings.slack_queue_channel and self._settings.slack_bot_token is not None:
            room = TicketRoom(counter.house, self._room)
            counter.jobs.repeat(TICKET_ROOM, room.run, cron=EVERY_TEN_SECONDS)

    async def _room(self) -> Room:
        """Name the room of the agents."""
        team = (await self._workspaces.workspace(None)).team
        place = Place(team, self._settings.slack_queue_channel, "")
        return Room(CHANNEL, account_key(team, "queue"), place.key)

    def application(self, counter: Counter) -> AsyncApp:
        """Build what hears Slack's events for a counter."""
        hearing = Hearing(counter, self._workspaces, self._acquaintance)
        home = Home(counter, self._workspaces, self._acquaintance)
        secret = _secret(self._settings.slack_signing_secret)
        return make_application(self._workspaces, hearing, home, secret, self._flow)

    def routes(self, counter: Counter) -> Sequence[Route]:
        """Give the addresses that Slack calls; without the secret of its signatures there are none."""
        if self._settings.slack_signing_secret is None:
            return ()
        handler = AsyncSlackRequestHandler(self.application(counter))

        async def handle(request: Request) -> Response:
            return await handler.handle(request)

        events = Route(EVENTS_PATH, handle, methods=["POST"])
        if self._flow is None:
            return (events,)
        return (events, *(Route(path, handle) for path in (INSTALL_PATH, REDIRECT_PATH)))

    async def run(self, counter: Counter) -> None:
        """Hold the connections of Socket Mode until cancelled; return at once where events come as web requests."""
        token = _secret(self._settings.slack_app_token)
        if token is None:
            return
        application = self.application(counter)
        async with asyncio.TaskGroup() as group:
            for _ in range(CONNECTIONS):
                group.create_task(self._hold(application, token))

    async def _hold(self, application: AsyncApp, token: str) -> None:
        """Hold one connection: the client renews it by itself, once there has been one."""
        while True:
            handler = AsyncSocketModeHandler(
                application, token, web_client=self._workspaces.client(None), ping_interval=5
            )
            try:
                await handler.client.connect()  # type: ignore[no-untyped-call]  # untyped there
                await asyncio.Event().wait()
            except (SlackApiError, OSError, TimeoutError) as error:
                log.warning("slack_not_connected", reason=_reason(error))
            finally:
                await handler.client.close()  # type: ignore[no-untyped-call]  # untyped there
            await asyncio.sleep(SECONDS_BEFORE_ANOTHER_TRY)

    async def deliver(self, parcel: Parcel) -> None:
        """Post a reply."""
        await self._courier.deliver(parcel)

    async def check(self) -> str:
        """Ask Slack whether our tokens are good, for `guichet doctor`."""
        settings = self._settings
        said = []
        if settings.slack_bot_token is not None:
            told = await self._ask("auth.test", _secret(settings.slack_bot_token), "GUICHET_SLACK_BOT_TOKEN")
            said.append(f"{told.get('user')} in {told.get('team')}")
        if settings.slack_app_token is not None:
            app_token = _secret(settings.slack_app_token)
            await self._ask("apps.connections.open", app_token, "GUICHET_SLACK_APP_TOKEN")
            said.append("Socket Mode")
        if settings.slack_signing_secret is not None:
            said.append(f"web requests at {EVENTS_PATH}")
        if settings.slack_bot_token is None and settings.slack_client_secret is None:
            raise Misconfigured("GUICHET_SLACK_CLIENT_SECRET is missing; copy it from the app's pages")
        if settings.slack_app_token is None and settings.slack_signing_secret is None:
            raise Misconfigured(
                "nothing is heard from Slack: set GUICHET_SLACK_APP_TOKEN (Socket Mode) or "
                "GUICHET_SLACK_SIGNING_SECRET (web requests); see docs/slack.md"
            )
        return ", ".join(said)

    async def _ask(self, method: str, token: str | None, setting: str) -> Any:
        try:
            return await self._workspaces.client(token).api_call(method)
        except SlackApiError as error:
            reason = trouble(error)
            advice = "copy it anew from the app's pages" if reason in WRONG_TOKEN else "see docs/slack.md"
            raise Misconfigured(f"{setting}: Slack says {reason}; {advice}") from error
        except (OSError, TimeoutError) as error:
            raise Misconfigured(
                f"Slack does not answer ({type(error).__name__}); check the network and GUICHET_SLACK_API_URL"
            ) from error

    async def close(self) -> None:
        """Give back all connections."""
        await self._workspaces.close()


def _reason(error: Exception) -> str:
    return trouble(error) if isinstance(error, SlackApiError) else type(error).__name__


def _secret(value: Any) -> str | None:
    return None if value is None else str(value.get_secret_value())
