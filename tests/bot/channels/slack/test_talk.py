"""Talk with the counter in Slack: words in, answers in the private talk, each event once."""

import asyncio
import json
from urllib.parse import urlencode

import psycopg
import pytest

from tests.bot.channels.slack.conftest import Opened, Slack, elements, find, words
from tests.bot.channels.slack.loopback import Fault
from tests.bot.test_promises import do_jobs


async def test_message_is_answered_in_the_private_talk(slack: Slack) -> None:
    (answer,) = await slack.say("mes factures d'octobre")
    assert "1046" in words(answer)
    assert slack.server.called("chat.postMessage")[0]["channel"] == slack.talk


async def test_dutch_is_answered_in_dutch(slack: Slack) -> None:
    (answer,) = await slack.say("mijn facturen van oktober")
    assert "factu" in words(answer)
    assert "oktober" in words(answer)


async def test_language_of_the_profile_counts_until_one_is_written(come_in: Opened) -> None:
    slack = await come_in(None, "nl-NL")
    (answer,) = await slack.say("…")
    assert "Sorry" in words(answer) or "niet" in words(answer)


@pytest.mark.parametrize("retry", [0, 1, 3])
async def test_redelivered_event_has_one_answer(slack: Slack, retry: int) -> None:
    event = slack.said("merci")
    for attempt in (0, retry):
        assert (await slack.event(event, retry=attempt)).status_code == 200
        await do_jobs(slack.counter)
    assert len(slack.server.posted(slack.talk)) == 1


async def test_twins_of_a_mention_have_one_answer(slack: Slack) -> None:
    event = slack.said("<@U0GUICHET> mes factures d'octobre", slack.room)
    responses = await asyncio.gather(
        slack.event({**event, "type": "app_mention"}), slack.event(event), slack.event(event, retry=1)
    )
    assert {response.status_code for response in responses} == {200}
    await do_jobs(slack.counter)
    assert len(slack.server.posted(slack.room)) == 1
    assert len(slack.server.posted(slack.talk)) == 1


@pytest.mark.rule("GEN-4")
async def test_mention_leaves_a_hint_with_the_way_to_the_private_talk(slack: Slack) -> None:
    event = slack.said("<@U0GUICHET> mes factures d'octobre", slack.room)
    await slack.event(event)
    await do_jobs(slack.counter)
    (hint,) = slack.server.posted(slack.room)
    assert hint["thread_ts"] == event["ts"]
    assert "1046" not in words(hint)
    (way,) = elements(hint)
    assert slack.talk in way["url"]
    assert "1046" in words(slack.server.posted(slack.talk)[0])


@pytest.mark.rule("GEN-4")
@pytest.mark.parametrize(
    "fault",
    [Fault(status=500), Fault(error="missing_scope"), Fault(silent_for=2)],
    ids=["500", "scope", "silence"],
)
async def test_place_of_which_slack_says_nothing_is_not_private(open_slack: Opened, fault: Fault) -> None:
    async with open_slack() as slack:
        slack.server.fail("conversations.info", fault)
        await slack.event(slack.said("mes factures d'octobre"))
        with psycopg.connect(slack.counter.database.address) as connection:
            found = connection.execute(
                "SELECT private FROM conversations WHERE place_key <> 'direct'"
            ).fetchall()
        assert found == [(False,)]
        slack.server.refusals.clear()


async def test_talk_among_people_is_left_alone(slack: Slack) -> None:
    assert await slack.say("mes factures d'octobre", slack.room) == []
    assert slack.server.posted(slack.talk) == []


async def test_thread_goes_on_without_naming_the_bot(slack: Slack) -> None:
    first = slack.said("<@U0GUICHET> l'annexe remplace-t-elle ma facture papier ?", slack.room)
    await slack.event(first)
    await do_jobs(slack.counter)
    (answer,) = slack.server.posted(slack.room)
    assert answer["thread_ts"] == first["ts"]
    assert len(await slack.say("merci", slack.room, thread_ts=first["ts"])) == 1
    assert await slack.say("<@U0OTHER> tu regardes ?", slack.room, thread_ts=first["ts"]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"bot_id": "B0OTHER"},
        {"user": "U0GUICHET"},
        {"subtype": "bot_message"},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "channel_join"},
    ],
)
async def test_event_that_nobody_said_has_no_answer(slack: Slack, change: dict[str, str]) -> None:
    event = {**slack.said("mes factures d'octobre"), **change}
    assert (await slack.event(event)).status_code == 200
    await do_jobs(slack.counter)
    assert slack.server.posted(slack.talk) == []


async def test_edited_message_keeps_its_one_effect(slack: Slack) -> None:
    event = slack.said("merci")
    await slack.event(event)
    changed = {**event, "text": "mes factures", "edited": {"user": slack.user, "ts": "1.1"}}
    await slack.event(
        {
            **event,
            "subtype": "message_changed",
            "message": changed,
            "ts": slack.server.ts(),
            "hidden": True,
        }
    )
    await slack.event({**changed, "type": "app_mention"})
    await do_jobs(slack.counter)
    assert len(slack.server.posted(slack.talk)) == 1


@pytest.mark.parametrize(
    ("mimetype", "subtype"),
    [("audio/webm", "slack_audio"), ("image/png", None), ("application/pdf", None)],
)
async def test_file_is_answered_kindly(slack: Slack, mimetype: str, subtype: str | None) -> None:
    (answer,) = await slack.say(
        "", subtype="file_share", files=[{"id": "F1", "mimetype": mimetype, "subtype": subtype}]
    )
    assert elements(answer)


async def test_markup_of_others_is_read_and_written_safely(slack: Slack) -> None:
    (answer,) = await slack.say(
        "<!channel> &lt;!everyone&gt; <https://x.example|clic> *gras* &amp; <@U0OTHER>"
    )
    assert "<!" not in words(answer).replace("\\u2060", "")


async def test_press_answers_and_the_second_click_is_none(slack: Slack) -> None:
    answers = await slack.say("aide")
    message, button = find(answers, "annexe")
    click = slack.click_of(message, button)
    before = len(slack.server.posted(slack.talk))
    for _ in range(3):
        assert (await slack.interact(click)).status_code == 200
        await do_jobs(slack.counter)
    assert len(slack.server.posted(slack.talk)) > before
    after = len(slack.server.posted(slack.talk))
    await slack.interact(slack.click_of(message, button))
    await do_jobs(slack.counter)
    assert len(slack.server.posted(slack.talk)) == after


async def test_button_of_somebody_else_does_nothing_and_says_so_to_who_pressed_it(
    slack: Slack, come_in: Opened
) -> None:
    message, button = find(await slack.say("aide"), "annexe")
    other: Slack = await come_in()
    assert await other.click(message, button) == []
    assert await other.click(message, {**button, "value": "forged"}) == []
    for _ in range(2):
        _channel, user, text = await asyncio.wait_for(other.server.whispered.get(), 10)
        assert user == other.user
        assert "autre personne" in text


async def test_file_goes_by_upload_into_the_private_talk(slack: Slack) -> None:
    await slack.say("annexe de la facture 1046100091")
    (upload,) = slack.server.uploaded(slack.talk)
    assert upload["name"].endswith(".xlsx")
    assert upload["content"].startswith(b"PK")


async def test_announcement_is_updated_once_its_file_has_come(slack: Slack) -> None:
    await slack.say("annexe de la facture 1046100091")
    first = slack.server.posted(slack.talk)[0]
    assert "✅" in words(first)
    assert "⏳" not in json.dumps(first["blocks"], ensure_ascii=False)


@pytest.mark.rule("GEN-4")
async def test_company_without_files_in_chats_gets_a_link(come_in: Opened) -> None:
    slack = await come_in("joris.peeters@vandamme.example")
    answers = await slack.say("bijlage van oktober")
    assert slack.server.uploaded(slack.talk) == []
    urls = [one["url"] for message in answers for one in elements(message) if "url" in one]
    assert urls[0].startswith("https://guichet.example/files/")


async def test_command_is_answered_in_private(slack: Slack) -> None:
    said = await command(slack, "mes factures d'octobre")
    assert said == "Je vous réponds en message privé."
    assert "1046" in words(slack.server.posted(slack.talk)[0])


async def command(slack: Slack, text: str, trigger: str | None = None) -> str:
    told = {
        "command": "/guichet",
        "text": text,
        "team_id": "T0BPOST",
        "channel_id": slack.room,
        "user_id": slack.user,
        "trigger_id": trigger or slack.server.trigger(),
        "response_url": "https://hooks.slack.example/x",
        "api_app_id": "A0GUICHET",
    }
    response = await slack.post(urlencode(told), "application/x-www-form-urlencoded")
    assert response.status_code == 200
    await do_jobs(slack.counter)
    return response.text


async def test_shortcut_puts_a_ticket_before_its_person(slack: Slack) -> None:
    payload = {
        "type": "message_action",
        "callback_id": "make_ticket",
        "trigger_id": slack.server.trigger(),
        "channel": {"id": slack.room, "name": "service"},
        "message_ts": "1.1",
        "message": {
            "type": "message",
            "user": "U0OTHER",
            "ts": "1.1",
            "text": "La collecte n'est pas venue",
        },
        "response_url": "https://hooks.slack.example/x",
    }
    for _ in range(2):
        assert (await slack.interact(payload)).status_code == 200
        await do_jobs(slack.counter)
    (answer,) = slack.server.posted(slack.talk)
    assert "La collecte n'est pas venue" in words(answer)


async def test_page_of_the_counter_shows_rights_language_and_examples(slack: Slack) -> None:
    response = await slack.event(
        {
            "type": "app_home_opened",
            "user": slack.user,
            "channel": slack.talk,
            "tab": "home",
            "event_ts": "1.1",
        }
    )
    assert response.status_code == 200
    home = slack.server.homes[slack.user]
    shown = json.dumps(home, ensure_ascii=False)
    assert "Lambert" in shown
    assert "Nederlands" in shown
    button = next(
        one
        for one in elements({"blocks": home["blocks"]})
        if "facture" in json.dumps(one, ensure_ascii=False)
    )
    click = slack.click_of({"ts": "1.1"}, button, container={"type": "view", "view_id": "V1"})
    del click["channel"], click["message"]
    assert (await slack.interact(click)).status_code == 200
    await do_jobs(slack.counter)
    assert slack.server.posted(slack.talk)


@pytest.mark.parametrize(("age", "secret"), [(0, "wrong"), (60 * 6, "signing-secret")], ids=["forged", "old"])
async def test_request_that_slack_did_not_sign_now_is_refused(slack: Slack, age: int, secret: str) -> None:
    response = await slack.event(slack.said("merci"), age=age, secret=secret)
    assert response.status_code == 401
    await do_jobs(slack.counter)
    assert slack.server.posted(slack.talk) == []
