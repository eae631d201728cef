"""Work on tickets from Slack: a room with a thread for each ticket, taken by a button, words both ways in threads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.slack.platform import SlackPlatform
from bot.ticket_room import TicketRoom
from tests.bot.channels.slack.conftest import Json, Opened, Slack, elements, find, link, words
from tests.bot.test_promises import do_jobs

KARIM, LOTTE = "karim.benali@service-centre.example", "lotte.wouters@service-centre.example"
QUEUE = "C0QUEUE"


@asynccontextmanager
async def with_agents(open_slack: Opened) -> AsyncIterator[tuple[Slack, Slack, Slack]]:
    """Give Slack as Claire, Karim and Lotte have it."""
    async with open_slack(slack_queue_channel=QUEUE) as claire:
        claire.server.add_channel(QUEUE)
        for user, email in (("U0KARIM", KARIM), ("U0LOTTE", LOTTE)):
            claire.server.add_person(user)
            await link(claire.counter, user, email)
        yield claire, replace(claire, user="U0KARIM"), replace(claire, user="U0LOTTE")


async def tell_room(slack: Slack) -> list[Json]:
    """Let the room be told what it does not know, and give what is then said there."""
    before = len(slack.server.posted(QUEUE))
    (platform,) = slack.counter.platforms
    assert isinstance(platform, SlackPlatform)
    await TicketRoom(slack.counter.house, platform._room).run()
    await do_jobs(slack.counter)
    return slack.server.posted(QUEUE)[before:]


async def ask(claire: Slack) -> None:
    """Open a ticket as a customer."""
    await claire.say("je veux parler à un collègue")
    message, send = find(await claire.say("Notre sac n'a pas été enlevé vendredi passé"), "Envoyer")
    await claire.click(message, send)


async def take(agent: Slack, root: Json) -> list[Json]:
    (button,) = elements(root)
    return await agent.click(root, button, QUEUE)


@pytest.mark.rule("TIC-2", "GEN-4")
async def test_ticket_has_a_thread_in_the_room_and_is_taken_by_its_button(open_slack: Opened) -> None:
    async with with_agents(open_slack) as (claire, karim, lotte):
        await ask(claire)
        (root,) = await tell_room(claire)
        assert "GC-2026-" in words(root)
        assert "sac" not in words(root)
        assert await tell_room(claire) == []
        assert "GC-2026-" in words((await take(karim, root))[0])
        (taken,) = await tell_room(claire)
        assert taken["thread_ts"] == root["ts"]
        assert "Karim" in words(taken)
        assert "Karim" in words((await take(lotte, root))[0])


@pytest.mark.rule("TIC-2")
async def test_words_go_both_ways_in_the_threads_of_the_ticket(open_slack: Opened) -> None:
    async with with_agents(open_slack) as (claire, karim, _lotte):
        await ask(claire)
        (root,) = await tell_room(claire)
        await take(karim, root)
        hello = claire.server.posted(claire.talk)[-1]
        assert "Karim" in words(hello)
        await claire.say("Il est toujours là")
        heard = karim.server.posted(karim.talk)[-1]
        assert "Il est toujours là" in words(heard)
        summed = await karim.say("Le facteur passe demain à 9 heures", thread_ts=heard["ts"])
        message, confirm = find(summed, "Envoyer")
        await karim.click(message, confirm)
        answer = claire.server.posted(claire.talk)[-1]
        assert "Le facteur passe demain à 9 heures" in words(answer)
        assert answer["thread_ts"] == hello["ts"]


@pytest.mark.rule("TIC-2")
async def test_talk_among_agents_reaches_no_customer(open_slack: Opened) -> None:
    async with with_agents(open_slack) as (claire, karim, _lotte):
        await ask(claire)
        (root,) = await tell_room(claire)
        before: list[Any] = claire.server.posted(claire.talk)
        assert await karim.say("Ce client exagère", QUEUE, thread_ts=root["ts"]) == []
        assert claire.server.posted(claire.talk) == before


@pytest.mark.rule("GEN-3")
async def test_customer_who_finds_the_button_takes_nothing(open_slack: Opened) -> None:
    async with with_agents(open_slack) as (claire, _karim, _lotte):
        await ask(claire)
        (root,) = await tell_room(claire)
        await take(claire, root)
        assert await tell_room(claire) == []
