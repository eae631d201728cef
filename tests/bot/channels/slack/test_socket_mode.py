"""Hear Slack over Socket Mode: two connections, renewed by Slack or lost, and each event once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from pydantic import SecretStr

from tests.bot.channels.slack.conftest import Json, Opened, Slack
from tests.bot.test_promises import do_jobs


@asynccontextmanager
async def connected(open_slack: Opened, **changes: object) -> AsyncIterator[Slack]:
    async with open_slack(slack_app_token=SecretStr("xapp-good"), **changes) as slack:
        (platform,) = slack.counter.platforms
        running = asyncio.create_task(platform.run(slack.counter))
        await slack.server.connections(2)
        yield slack
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def payload(slack: Slack, event: Json) -> Json:
    return {
        "type": "event_callback",
        "team_id": "T0BPOST",
        "event_id": "Ev1",
        "event": event,
        "authorizations": [{"team_id": "T0BPOST", "user_id": "U0GUICHET", "is_bot": True}],
    }


async def test_event_is_acknowledged_and_answered(open_slack: Opened) -> None:
    async with connected(open_slack) as slack:
        await slack.server.send("events_api", payload(slack, slack.said("merci")))
        await do_jobs(slack.counter)
        assert len(slack.server.posted(slack.talk)) == 1


async def test_event_told_again_through_the_other_connection_has_one_answer(open_slack: Opened) -> None:
    async with connected(open_slack) as slack:
        told = payload(slack, slack.said("merci"))
        await asyncio.gather(
            slack.server.send("events_api", told, through=0),
            slack.server.send("events_api", told, through=1, retry=1),
        )
        await do_jobs(slack.counter)
        assert len(slack.server.posted(slack.talk)) == 1


async def test_errors_of_a_form_go_back_with_the_acknowledgement(open_slack: Opened) -> None:
    async with connected(open_slack) as slack:
        answers = await slack.say("je veux parler à un collègue")
        button = answers[0]["blocks"][-1]["elements"][0]
        click = {
            **slack.click_of(answers[0], button),
            "user": {"id": slack.user},
            "team": {"id": "T0BPOST"},
        }
        await slack.server.send("interactive", click)
        assert len(slack.server.views) == 1


async def test_connection_that_slack_renews_is_opened_anew(open_slack: Opened) -> None:
    async with connected(open_slack) as slack:
        old = list(slack.server.sockets)
        await slack.server.disconnect(0)
        while len([one for one in slack.server.sockets if one not in old]) < 1:
            slack.server._connected.clear()
            await asyncio.wait_for(slack.server._connected.wait(), 20)
        await slack.server.send("events_api", payload(slack, slack.said("merci")), through=-1)
        await do_jobs(slack.counter)
        assert len(slack.server.posted(slack.talk)) == 1


async def test_connection_that_breaks_without_a_word_is_opened_anew(open_slack: Opened) -> None:
    async with connected(open_slack) as slack:
        told = payload(slack, slack.said("merci"))
        await slack.server.break_off(0)
        await slack.server.connections(2)
        await slack.server.send("events_api", told, through=-1)
        await do_jobs(slack.counter)
        assert len(slack.server.posted(slack.talk)) == 1
