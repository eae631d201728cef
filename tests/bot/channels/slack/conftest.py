"""A house with Slack in front of it: events signed as Slack signs them, answers read where Slack keeps them."""

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.channels.platforms import open_platforms
from bot.channels.slack.places import account_key
from bot.clock import FixedClock
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from services.people import People, find_account
from tests.bot.channels.slack.loopback import SlackServer, Workspace, open_server
from tests.bot.test_promises import do_jobs
from tests.conftest import NOON

Json = dict[str, Any]

CLAIRE = "claire.dubois@lambert.example"
JORIS = "joris.peeters@vandamme.example"
USER, TEAM = "U0CLAIRE", Workspace.team
SECRET = "signing-secret"
NUMBERS = itertools.count(1)


@dataclass
class Slack:
    """One person's Slack, by web requests."""

    server: SlackServer
    counter: Counter
    client: httpx.AsyncClient
    user: str = USER
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def talk(self) -> str:
        return f"D{self.user[1:]}"

    @property
    def room(self) -> str:
        """A channel where others read along."""
        return f"C{self.user[1:]}"

    async def post(
        self, body: str, kind: str, *, age: float = 0, secret: str = SECRET, **headers: str
    ) -> httpx.Response:
        """Send a request signed as Slack signs it."""
        stamp = str(int(time.time() - age))
        digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        return await self.client.post(
            "/slack/events",
            content=body,
            headers={
                "Content-Type": kind,
                "X-Slack-Request-Timestamp": stamp,
                "X-Slack-Signature": f"v0={digest}",
                **headers,
            },
        )

    async def event(self, event: Json, *, team: str = TEAM, retry: int = 0, **more: Any) -> httpx.Response:
        """Send an event."""
        told = {
            "type": "event_callback",
            "token": "old",
            "team_id": team,
            "api_app_id": "A0GUICHET",
            "event_id": f"Ev{next(self._numbers)}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": team, "user_id": "U0GUICHET", "is_bot": True}],
            "event": event,
        }
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        return await self.post(json.dumps(told), "application/json", **headers, **more)

    def said(self, text: str, channel: str | None = None, **more: Any) -> Json:
        """Make the event of a message, which then stands in its channel."""
        channel = channel or self.talk
        event = {
            "type": "message",
            "user": self.user,
            "text": text,
            "ts": self.server.ts(),
            "channel": channel,
            "channel_type": "im" if channel.startswith("D") else "channel",
            "team": TEAM,
            **more,
        }
        self.server.messages[channel].append({**event, "user": self.user})
        return event

    async def say(self, text: str, channel: str | None = None, **more: Any) -> list[Json]:
        """Say something and give what the bot then posts there."""
        event = self.said(text, channel, **more)
        before = len(self.server.posted(event["channel"]))
        response = await self.event(event)
        assert response.status_code == 200, response.text
        await do_jobs(self.counter)
        return self.server.posted(event["channel"])[before:]

    async def mention(self, text: str, channel: str | None = None) -> tuple[Json, list[Json]]:
        """Call the bot in a channel; give the event and what is then posted there."""
        channel = channel or self.room
        event = self.said(f"<@U0GUICHET> {text}", channel)
        before = len(self.server.posted(channel))
        await self.event(event)
        await do_jobs(self.counter)
        return event, self.server.posted(channel)[before:]

    async def interact(self, payload: Json, **more: Any) -> httpx.Response:
        """Send an interaction."""
        told = {
            "team": {"id": TEAM, "domain": "bpost"},
            "user": {"id": self.user, "team_id": TEAM},
            "api_app_id": "A0GUICHET",
            "token": "old",
            **payload,
        }
        body = urlencode({"payload": json.dumps(told)})
        return await self.post(body, "application/x-www-form-urlencoded", **more)

    def click_of(self, message: Json, element: Json, channel: str | None = None, **more: Any) -> Json:
        """Make the payload of a click on a button, or of an entry chosen."""
        channel = channel or self.talk
        action = {
            "action_id": element["action_id"],
            "block_id": "x",
            "type": element["type"],
            "action_ts": f"{time.time():.6f}",
        }
        if element["type"] == "button":
            action.update({name: element[name] for name in ("value", "url") if name in element})
        else:
            action["selected_option"] = element["options"][0]
        container = {"type": "message", "message_ts": message["ts"], "channel_id": channel}
        if "thread_ts" in message:
            container["thread_ts"] = message["thread_ts"]
        return {
            "type": "block_actions",
            "trigger_id": self.server.trigger(),
            "container": container,
            "channel": {"id": channel},
            "message": message,
            "actions": [action],
            "response_url": "https://hooks.slack.example/x",
            **more,
        }

    async def click(
        self, message: Json, element: Json, channel: str | None = None, **more: Any
    ) -> list[Json]:
        """Click and give what the bot then posts in the private talk."""
        before = len(self.server.posted(self.talk))
        response = await self.interact(self.click_of(message, element, channel, **more))
        assert response.status_code == 200, response.text
        await do_jobs(self.counter)
        return self.server.posted(self.talk)[before:]

    async def submit(self, view: Json, values: Json, **more: Any) -> Json:
        """Submit a view's values and give what Slack is answered; errors are checked as Slack checks them."""
        state = {"values": {name: {"input": value} for name, value in values.items()}}
        response = await self.interact(
            {
                "type": "view_submission",
                "trigger_id": self.server.trigger(),
                "view": {**view, "state": state},
            },
            **more,
        )
        assert response.status_code == 200, response.text
        return dict(response.json()) if response.content else {}


def elements(message: Json) -> list[Json]:
    """Give all that can be pressed in a message."""
    return [
        *(one for block in message["blocks"] if block["type"] == "actions" for one in block["elements"]),
        *(block["accessory"] for block in message["blocks"] if "accessory" in block),
    ]


def find(messages: list[Json], label: str) -> tuple[Json, Json]:
    """Find a button by its words."""
    for message in messages:
        for one in elements(message):
            if one["type"] == "button" and label in one["text"]["text"]:
                return message, one
    raise AssertionError(f"no button {label!r} in {[words(message) for message in messages]}")


def words(message: Json) -> str:
    """Give all the words of a message."""
    return json.dumps([message["text"], message.get("blocks")], ensure_ascii=False)


Opened = Callable[..., Any]


def settings_for(settings: Settings, server: SlackServer) -> Settings:
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr("xoxb-good"),
            "slack_signing_secret": SecretStr(SECRET),
            "slack_api_url": f"{server.address}/api/",
            "public_url": "https://guichet.example",
        }
    )


@asynccontextmanager
async def open_house(
    settings: Settings, server: SlackServer, understander: Any, address: str, **options: Any
) -> AsyncIterator[Slack]:
    """Open a house with Slack in front of it."""
    async with open_counter(
        settings,
        understander=understander,
        address=address,
        clock=FixedClock(NOON),
        platforms=open_platforms(settings),
        **options,
    ) as counter:
        routes = [route for platform in counter.platforms for route in platform.routes(counter)]
        transport = httpx.ASGITransport(Starlette(routes=routes))
        async with httpx.AsyncClient(transport=transport, base_url="https://guichet.example") as client:
            yield Slack(server, counter, client)


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    """A Slack of one's own, for tests of faults."""
    async with open_server() as slack:
        slack.add_person(USER)
        slack.add_channel("C0CLAIRE")
        yield slack


@pytest.fixture
def open_slack(
    new_database: Callable[[], str], settings: Settings, server: SlackServer, understander: Any
) -> Opened:
    """Open a house of one's own with Slack, and somebody of the demo in it."""

    @asynccontextmanager
    async def open_it(
        email: str | None = CLAIRE, address: str | None = None, options: Json | None = None, **changes: Any
    ) -> AsyncIterator[Slack]:
        chosen = settings_for(settings, server).model_copy(update=changes)
        house = open_house(chosen, server, understander, address or new_database(), **(options or {}))
        async with house as slack:
            await link(slack.counter, USER, email)
            yield slack
            assert server.refusals == []

    return open_it


@pytest.fixture(scope="module")
async def shared_house(address: str, settings: Settings, understander: Any) -> AsyncIterator[Slack]:
    """A house with Slack for the tests of a module, each of which brings people of its own."""
    async with (
        open_server() as server,
        open_house(settings_for(settings, server), server, understander, address) as slack,
    ):
        yield slack


@pytest.fixture
async def come_in(shared_house: Slack) -> AsyncIterator[Callable[..., Any]]:
    """Let somebody new in, who is somebody of the demo."""

    async def come(email: str | None = CLAIRE, locale: str = "fr-FR") -> Slack:
        user = f"U{next(NUMBERS):06d}"
        shared_house.server.add_person(user, locale)
        shared_house.server.add_channel(f"C{user[1:]}")
        await link(shared_house.counter, user, email)
        return replace(shared_house, user=user)

    shared_house.server.refusals.clear()
    yield come
    assert shared_house.server.refusals == []


@pytest.fixture
async def slack(come_in: Callable[..., Any]) -> Slack:
    """Claire's Slack."""
    found: Slack = await come_in()
    return found


async def link(counter: Counter, user: str, email: str | None, team: str = TEAM) -> None:
    """Link a person of Slack to somebody of the demo."""
    async with counter.database.transaction() as session:
        people, account_id = People(session), await find_account(session, "slack", account_key(team, user))
        found = await people.user_by_email(email) if email else None
        await people.link(account_id, found.id if found else None)
