"""Take each event once: edited, redelivered, pressed twice, and kindly what is no text."""

from typing import Any

import pytest

from tests.bot.channels.telegram.conftest import Post

PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
FILE = {"file_id": "f", "file_unique_id": "u"}


async def test_edited_message_has_one_effect(post: Post) -> None:
    first = await post.person.says("merci")
    await post.person.hears(1)
    await post.person.edits(first, "merci beaucoup")
    await post.person.says("au revoir")
    heard = await post.person.hears(2)
    assert heard[1].text.startswith("Au revoir")


async def test_redelivered_update_has_one_answer(post: Post) -> None:
    first = await post.person.says("merci")
    for _ in range(3):
        await post.telegram.bring_again(first)
    await post.person.says("au revoir")
    heard = await post.person.hears(2)
    assert [message.text[:9] for message in heard][1:] == ["Au revoir"]


async def test_updates_out_of_order_are_all_answered(post: Post) -> None:
    update = {"update_id": 0, "message": post.person.message("merci")}
    await post.person.says("au revoir")
    await post.telegram.bring(message=update["message"])
    heard = await post.person.hears(2)
    assert len({message.text for message in heard}) == 2


async def test_press_told_twice_counts_once_and_each_is_released(post: Post) -> None:
    await post.person.says("mes factures d'octobre")
    (found,) = await post.person.hears(1)
    press = await post.person.presses(found, "Annexe")
    await post.telegram.bring_again(press)
    query = press["callback_query"]["id"]
    await post.telegram.until(lambda: post.telegram.released.count(query) == 2)
    heard = await post.person.hears(3)
    await post.person.says("au revoir")
    heard = await post.person.hears(4)
    assert heard[-1].text.startswith("Au revoir")


@pytest.mark.rule("GEN-3")
async def test_button_of_somebody_else_does_nothing_and_says_so_to_who_pressed_it(post: Post) -> None:
    await post.person.says("mes factures d'octobre")
    (found,) = await post.person.hears(1)
    other = type(post.person)(post.telegram, post.person.id + 500_000)
    press = await other.presses(found, "Annexe")
    await post.telegram.until(lambda: press["callback_query"]["id"] in post.telegram.released)
    assert "autre personne" in post.telegram.told[press["callback_query"]["id"]]
    mine = await post.person.presses(found, "Annexe")
    await post.telegram.until(lambda: mine["callback_query"]["id"] in post.telegram.released)
    assert mine["callback_query"]["id"] not in post.telegram.told
    await other.says("merci")
    heard = await other.hears(1)
    assert len(heard) == 1
    assert heard[0].file is None


@pytest.mark.parametrize(
    "content",
    [
        {"voice": FILE | {"duration": 1}},
        {
            "sticker": FILE
            | {"width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
        },
        {"photo": PHOTO},
        {"contact": {"phone_number": "+3222011111", "first_name": "A"}},
        {"location": {"latitude": 50.8, "longitude": 4.3}},
        {"document": FILE},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_what_is_no_text_is_answered_kindly(post: Post, content: dict[str, Any]) -> None:
    await post.person.says(**content)
    (answer,) = await post.person.hears(1)
    assert "texte" in answer.text
    assert answer.buttons


async def test_words_under_a_picture_are_read(post: Post) -> None:
    await post.person.says(photo=PHOTO, caption="merci")
    (answer,) = await post.person.hears(1)
    assert "texte" not in answer.text


async def test_message_of_the_chat_itself_is_left_alone(post: Post) -> None:
    await post.person.says(group_chat_created=True)
    await post.person.says("merci")
    assert len(await post.person.hears(1)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<b>gras</b> & <script>",
        "\u202eabc\x07",
        "=HYPERLINK(1)",
        "'; DROP TABLE outbox; --",
        "😀" * 300,
        "x" * 4096,
    ],
    ids=["markup", "control", "formula", "sql", "emoji", "long"],
)
async def test_hostile_words_are_answered_and_never_executed(post: Post, text: str) -> None:
    await post.person.says(text)
    (answer,) = await post.person.hears(1)
    assert all(entity["type"] in {"bold", "italic", "pre"} for entity in answer.entities)


async def test_update_of_an_unforeseen_shape_holds_up_no_other(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise ValueError("unforeseen")

    with monkeypatch.context() as patched:
        patched.setattr("bot.channels.telegram.receiving.read", fail)
        update = await post.person.says("merci")
        # Asked from the next number on, Telegram no longer keeps it.
        await post.telegram.until(lambda: update not in post.telegram.pending)
    await post.person.says("au revoir")
    (heard,) = await post.person.hears(1)
    assert heard.text.startswith("Au revoir")
