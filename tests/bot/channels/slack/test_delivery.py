"""Deliver in spite of all that goes wrong: pauses, errors, silence, a cut after the effect, a death in the middle."""

from contextlib import suppress
from typing import Any

import psycopg
import pytest

from bot.settings import Settings
from tests.bot.channels.slack.conftest import CLAIRE, Opened, Slack, link, open_house, settings_for, words
from tests.bot.channels.slack.loopback import Fault, SlackServer
from tests.bot.test_promises import do_jobs


def make_due(slack: Slack, minutes_ago: int = 0) -> None:
    """Let what waits be due now; what was posted counts as older where it is said."""
    with psycopg.connect(slack.counter.database.address) as connection:
        connection.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        connection.execute(
            "UPDATE outbox SET created_at = created_at - %s * interval '1 minute'", (minutes_ago,)
        )


def sent(slack: Slack) -> bool:
    with psycopg.connect(slack.counter.database.address) as connection:
        return connection.execute("SELECT bool_and(sent_at IS NOT NULL) FROM outbox").fetchone() == (True,)


async def test_pause_that_slack_asks_for_is_kept(open_slack: Opened) -> None:
    async with open_slack() as slack:
        slack.server.fail("chat.postMessage", Fault(status=429, headers={"Retry-After": "30"}))
        assert await slack.say("merci") == []
        with psycopg.connect(slack.counter.database.address) as connection:
            (pause,) = connection.execute(
                "SELECT extract(epoch FROM scheduled_at - now()) FROM procrastinate_jobs WHERE status = 'todo'"
            ).fetchone() or (0,)
        assert 25 < pause <= 31
        make_due(slack)
        await do_jobs(slack.counter)
        assert len(slack.server.posted(slack.talk)) == 1


@pytest.mark.parametrize(
    "fault",
    [Fault(status=500), Fault(status=503), Fault(error="internal_error"), Fault(error="fatal_error")],
    ids=lambda fault: fault.error or fault.status,
)
async def test_error_of_slack_is_tried_again(open_slack: Opened, fault: Fault) -> None:
    async with open_slack() as slack:
        slack.server.fail("chat.postMessage", fault)
        assert await slack.say("merci") == []
        slack.server.refusals.clear()
        make_due(slack)
        await do_jobs(slack.counter)
        assert len(slack.server.posted(slack.talk)) == 1
        assert sent(slack)


@pytest.mark.rule("REC-9")
async def test_message_whose_answer_was_lost_is_found_and_not_said_twice(open_slack: Opened) -> None:
    async with open_slack() as slack:
        slack.server.fail("chat.postMessage", Fault(cut="after"))
        await slack.say("merci")
        assert len(slack.server.posted(slack.talk)) == 1
        assert not sent(slack)
        make_due(slack, minutes_ago=1)
        await do_jobs(slack.counter)
        assert len(slack.server.posted(slack.talk)) == 1
        assert sent(slack)


async def test_file_whose_answer_was_lost_is_found_and_not_sent_twice(open_slack: Opened) -> None:
    async with open_slack() as slack:
        slack.server.fail("files.completeUploadExternal", Fault(cut="after"))
        await slack.say("annexe de la facture 1046100091")
        assert len(slack.server.uploaded(slack.talk)) == 1
        make_due(slack, minutes_ago=1)
        await do_jobs(slack.counter)
        assert len(slack.server.uploaded(slack.talk)) == 1
        assert sent(slack)


@pytest.mark.parametrize("reason", ["is_archived", "account_inactive", "user_disabled", "channel_not_found"])
async def test_place_that_is_gone_holds_up_nobody(open_slack: Opened, reason: str) -> None:
    async with open_slack() as slack:
        slack.server.fail("chat.postMessage", Fault(error=reason))
        await slack.say("merci")
        assert sent(slack)
        slack.server.refusals.clear()
        assert len(await slack.say("au revoir")) == 1


async def test_order_is_kept_when_the_first_must_wait(open_slack: Opened) -> None:
    async with open_slack() as slack:
        slack.server.fail("chat.postMessage", Fault(status=429, headers={"Retry-After": "60"}))
        await slack.say("merci")
        assert await slack.say("au revoir") == []
        make_due(slack)
        await do_jobs(slack.counter)
        first, second = slack.server.posted(slack.talk)
        assert "Au revoir" not in words(first)
        assert "Au revoir" in words(second)


@pytest.mark.parametrize("step", ["received", "taken", "answered", "committed"])
async def test_death_between_acknowledgement_and_answer_loses_and_doubles_nothing(
    server: SlackServer, new_database: Any, settings: Settings, understander: Any, step: str
) -> None:
    address, chosen = new_database(), settings_for(settings, server)

    def die(passed: str) -> None:
        if passed == step:
            raise Death

    async with open_house(chosen, server, understander, address, checkpoint=die) as slack:
        await link(slack.counter, slack.user, CLAIRE)
        event = slack.said("mes factures d'octobre")
        with suppress(Death):
            await slack.event(event)
            await do_jobs(slack.counter)
    async with open_house(chosen, server, understander, address) as slack:
        # Slack tells again what it was not answered; what was taken in is known.
        assert (await slack.event(event, retry=1)).status_code == 200
        await slack.counter.jobs.take_over()
        make_due(slack)
        await do_jobs(slack.counter)
        assert len(slack.server.posted(slack.talk)) == 1


class Death(BaseException):
    """The process ends here."""
