"""Answer in groups only when called, and in the private talk what concerns a customer (GEN-4)."""

from typing import Any

import pytest

from tests.bot.channels.telegram.conftest import Post
from tests.bot.channels.telegram.loopback import BOT

GROUP = -100_200_300


@pytest.fixture
def group(post: Post) -> int:
    """A group that only this test's person writes in."""
    number = GROUP - post.person.id
    post.telegram.groups.add(number)
    return number


@pytest.mark.rule("GEN-4")
async def test_result_goes_to_the_private_talk_and_the_hint_has_the_way_there(post: Post, group: int) -> None:
    question = await post.person.says_in(group, "@GuichetTestBot mes factures d'octobre")
    heard = await post.person.hears(1)
    await post.telegram.until(lambda: post.telegram.said_to(group))
    (hint,) = post.telegram.said_to(group)
    assert hint.text == "ℹ️ Je vous réponds en message privé."
    assert hint.button("Ouvrir")["url"] == "https://t.me/GuichetTestBot?start=private"
    assert f'"message_id": {question["message"]["message_id"]}' in str(
        hint.given["reply_parameters"]
    ).replace("'", '"')
    assert "1046" in heard[0].text


@pytest.mark.rule("GEN-4")
async def test_person_who_never_started_the_bot_gets_the_way_to_it_and_the_answer_after_it(
    post: Post, group: int
) -> None:
    post.telegram.started.discard(post.person.id)
    await post.person.says_in(group, "@GuichetTestBot mes factures d'octobre")
    await post.telegram.until(lambda: post.telegram.said_to(group))
    (hint,) = post.telegram.said_to(group)
    assert "1046" not in hint.text
    assert hint.button("Ouvrir")["url"].startswith("https://t.me/")
    assert post.person.heard == []
    # The button leads there: what was asked for is the first thing to be found, and once only.
    post.telegram.started.add(post.person.id)
    await post.person.says("/start private")
    heard = await post.person.hears(2)
    assert "1046" in heard[0].text
    await post.person.says("au revoir")
    heard = await post.person.hears(3)
    assert heard[2].text.startswith("Au revoir")
    assert sum("1046" in said.text for said in heard) == 1


@pytest.mark.rule("GEN-4")
async def test_knowledge_is_answered_in_the_group_under_the_question(post: Post, group: int) -> None:
    await post.person.says_in(group, "@GuichetTestBot combien de temps gardez-vous les récépissés ?")
    await post.telegram.until(lambda: post.telegram.said_to(group))
    (told,) = post.telegram.said_to(group)
    assert "an" in told.text
    assert "reply_parameters" in told.given


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("/aide", {}),
        ("/aide@guichettestbot", {}),
        ("mes factures", {"reply_to_message": {"message_id": 1, "date": 1, "from": BOT}}),
        ("@guichettestbot aide", {}),
    ],
    ids=["command", "command with name", "answer", "mention"],
)
async def test_bot_that_is_called_answers(post: Post, group: int, text: str, content: dict[str, Any]) -> None:
    chat = {"id": group, "type": "supergroup", "title": "Post"}
    if "reply_to_message" in content:
        content["reply_to_message"]["chat"] = chat
    await post.person.says_in(group, text, **content)
    await post.person.hears(1)


async def test_bot_that_is_not_called_keeps_silent(post: Post, group: int) -> None:
    for text in ("mes factures d'octobre", "/aide@OtherBot", "@OtherBot aide", "guichet ?"):
        await post.person.says_in(group, text)
    # What is said later is answered: what went before was read and left alone.
    await post.person.says("merci")
    (thanks,) = await post.person.hears(1)
    assert "1046" not in thanks.text
    assert post.telegram.said_to(group) == []


async def test_topic_of_a_forum_is_a_place_of_its_own(post: Post, group: int) -> None:
    await post.person.says_in(group, "/aide", message_thread_id=7, is_topic_message=True)
    await post.telegram.until(lambda: post.telegram.said_to(group))
    (hint,) = post.telegram.said_to(group)
    assert hint.given["message_thread_id"] == "7"


async def test_group_that_became_a_supergroup_is_found_under_its_new_number(post: Post, group: int) -> None:
    moved = group * 10
    post.telegram.groups.add(moved)
    post.telegram.moved[group] = moved
    await post.person.says_in(group, "/aide")
    await post.telegram.until(lambda: post.telegram.said_to(moved))


@pytest.mark.parametrize(
    "content",
    [{"sender_chat": {"id": -5, "type": "channel", "title": "News"}}, {"from": BOT}],
    ids=["in the name of a channel", "another bot"],
)
async def test_nobody_in_particular_is_not_answered(post: Post, group: int, content: dict[str, Any]) -> None:
    await post.person.says_in(group, "/aide", **content)
    await post.person.says("merci")
    await post.person.hears(1)
    assert post.telegram.said_to(group) == []
