"""Say what is wrong with a token, and be off without one."""

import pytest
from pydantic import SecretStr

from bot.channels.platforms import open_platforms
from bot.channels.slack.platform import Misconfigured, SlackPlatform
from bot.settings import Settings
from tests.bot.channels.slack.loopback import SlackServer


def slack_of(server: SlackServer, **changes: object) -> SlackPlatform:
    settings = Settings(slack_bot_token=SecretStr("xoxb-good"), slack_api_url=f"{server.address}/api/")
    return SlackPlatform(settings.model_copy(update=changes))


def test_slack_without_a_token_is_off() -> None:
    assert open_platforms(Settings()) == ()


async def test_good_tokens_are_told(server: SlackServer) -> None:
    slack = slack_of(server, slack_app_token=SecretStr("xapp-good"))
    assert await slack.check() == "guichet in bpost, Socket Mode"
    await slack.close()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"slack_bot_token": SecretStr("xoxb-wrong")}, "GUICHET_SLACK_BOT_TOKEN: Slack says invalid_auth"),
        ({"slack_app_token": SecretStr("xapp-wrong")}, "GUICHET_SLACK_APP_TOKEN: Slack says invalid_auth"),
        ({}, "nothing is heard from Slack"),
        (
            {"slack_bot_token": None, "slack_client_id": "1.2", "slack_signing_secret": SecretStr("x")},
            "GUICHET_SLACK_CLIENT_SECRET is missing",
        ),
        ({"slack_api_url": "http://127.0.0.1:9/api/"}, "Slack does not answer"),
    ],
    ids=["bot", "app", "deaf", "client", "network"],
)
async def test_what_is_wrong_is_said_with_what_to_do(
    server: SlackServer, changes: dict[str, object], named: str
) -> None:
    slack = slack_of(server, **changes)
    with pytest.raises(Misconfigured, match=named):
        await slack.check()
    await slack.close()
