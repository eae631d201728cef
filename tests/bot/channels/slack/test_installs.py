"""Let many workspaces install the counter, keep their tokens sealed, and forget them when they throw it out."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
import yaml
from pydantic import SecretStr

import bot.channels.slack
from bot.channels.slack.scopes import SCOPES
from tests.bot.channels.slack.conftest import CLAIRE, Opened, Slack, link
from tests.bot.channels.slack.loopback import METHODS, Workspace
from tests.bot.test_promises import do_jobs

# Slack's own client signs in with a class that aiohttp will drop one day.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

OTHER = Workspace("T0OTHER", "xoxb-other", "U0OURS", "B0OURS")
MANIFEST = Path(bot.channels.slack.__file__).parent / "manifest.yaml"
GUIDE = Path(__file__).parents[4] / "docs" / "slack.md"


@asynccontextmanager
async def installable(open_slack: Opened) -> AsyncIterator[Slack]:
    async with open_slack(
        slack_bot_token=None, slack_client_id="12.34", slack_client_secret=SecretStr("client-secret")
    ) as slack:
        slack.server.workspaces.clear()
        yield slack


async def install(slack: Slack, workspace: Workspace = OTHER, **changes: Any) -> Any:
    begun = await slack.client.get("/slack/install")
    address = re.search(r'href="(https://slack\.com/oauth/v2/authorize[^"]*)"', begun.text)
    assert address is not None
    asked = parse_qs(urlsplit(address.group(1).replace("&amp;", "&")).query)
    assert set(asked["scope"][0].split(",")) == set(SCOPES)
    slack.server.codes["code"] = workspace
    cookie = begun.headers["set-cookie"].partition(";")[0]
    return await slack.client.get(
        "/slack/oauth_redirect",
        params={"code": "code", "state": asked["state"][0], **changes},
        headers={"Cookie": cookie},
    )


async def test_workspace_that_installs_is_answered(open_slack: Opened) -> None:
    async with installable(open_slack) as slack:
        assert (await install(slack)).status_code == 200
        await link(slack.counter, slack.user, CLAIRE, OTHER.team)
        event = slack.said("merci")
        assert (await slack.event(event, team=OTHER.team)).status_code == 200
        await do_jobs(slack.counter)
        assert len(slack.server.posted(slack.talk)) == 1


async def test_token_is_kept_sealed(open_slack: Opened) -> None:
    async with installable(open_slack) as slack:
        await install(slack)
        with psycopg.connect(slack.counter.database.address) as connection:
            ((workspace, sealed),) = connection.execute(
                "SELECT workspace, sealed FROM installations"
            ).fetchall()
        assert workspace == OTHER.team
        assert b"xoxb" not in sealed


async def test_forged_leave_installs_nothing(open_slack: Opened) -> None:
    async with installable(open_slack) as slack:
        assert (await install(slack, state="forged")).status_code >= 400
        with psycopg.connect(slack.counter.database.address) as connection:
            assert connection.execute("SELECT count(*) FROM installations").fetchone() == (0,)


async def test_workspace_without_us_is_not_heard(open_slack: Opened) -> None:
    async with installable(open_slack) as slack:
        await slack.event(slack.said("merci"), team="T0NOBODY")
        with psycopg.connect(slack.counter.database.address) as connection:
            assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (0,)


@pytest.mark.parametrize(
    "event",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0OURS"]}}],
    ids=["uninstalled", "revoked"],
)
async def test_workspace_that_throws_us_out_is_forgotten(open_slack: Opened, event: dict[str, Any]) -> None:
    async with installable(open_slack) as slack:
        await install(slack)
        assert (await slack.event(event, team=OTHER.team)).status_code == 200
        with psycopg.connect(slack.counter.database.address) as connection:
            assert connection.execute("SELECT count(*) FROM installations").fetchone() == (0,)


def test_manifest_asks_for_the_scopes_that_are_used_and_no_others() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    used = {scope for scope, _arguments in METHODS.values() if scope} - {"connections:write"}
    assert used <= set(SCOPES)


def test_guide_gives_each_scope_its_reason() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for scope, reason in SCOPES.items():
        assert f"| `{scope}` | {reason} |" in guide


def test_manifest_hears_what_is_listened_to() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == {
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "message.channels",
        "message.groups",
        "message.im",
        "tokens_revoked",
    }
    (command,) = manifest["features"]["slash_commands"]
    (shortcut,) = manifest["features"]["shortcuts"]
    assert command["command"] == "/guichet"
    assert shortcut["callback_id"] == "make_ticket"
