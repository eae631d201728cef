"""Have updates brought to the web server, by Telegram alone, kept before they are acknowledged."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.channels.telegram.receiving import MOST_BYTES, PATH, SECRET_HEADER
from tests.bot.channels.telegram.conftest import NUMBERS, PUBLIC, SECRET, OpenPost, Post
from tests.bot.channels.telegram.loopback import Loopback, loopback
from tests.bot.channels.telegram.people import Person


@pytest.fixture(scope="module")
async def brought(open_post: OpenPost) -> AsyncIterator[Post]:
    """A house to whose web server Telegram brings its updates."""
    async with loopback() as telegram, open_post(telegram, webhook=True) as post:
        yield post


async def bring(post: Post, content: bytes, headers: dict[str, str]) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.post(post.telegram.local[1] + PATH, content=content, headers=headers)


def person(post: Post) -> Person:
    return Person(post.telegram, next(NUMBERS))


async def test_telegram_is_told_where_and_with_which_secret(brought: Post) -> None:
    assert brought.telegram.webhook is not None
    assert brought.telegram.webhook["url"] == f"{PUBLIC}{PATH}"
    assert brought.telegram.webhook["secret_token"] == SECRET
    assert set(brought.telegram.webhook["allowed_updates"]) == {"message", "edited_message", "callback_query"}


async def test_what_is_brought_is_answered(brought: Post) -> None:
    await brought.person.says("merci")
    assert await brought.person.hears(1)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: SECRET.upper()},
        {SECRET_HEADER: "é"},
    ],
    ids=["none", "empty", "shorter", "capitals", "foreign"],
)
async def test_stranger_without_the_secret_is_turned_away(brought: Post, headers: dict[str, str]) -> None:
    somebody = person(brought)
    update = {"update_id": 1, "message": somebody.message("merci")}
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = await bring(brought, json.dumps(update).encode(), raw)  # type: ignore[arg-type]
    assert answer.status_code == 403
    assert answer.content == b""
    # Who comes with the secret afterwards is the first to be answered.
    await somebody.says("au revoir")
    (heard,) = await somebody.hears(1)
    assert heard.text.startswith("Au revoir")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"update_id": 1}',
        b'{"update_id": 1, "message": 5}',
        b'{"update_id": 1, "message": {"message_id": "x"}}',
        b"[" * 100_000,
        b" " * (MOST_BYTES + 1),
    ],
    ids=["nothing", "list", "broken", "no text", "empty", "number", "no chat", "deep", "large"],
)
async def test_what_cannot_be_read_is_not_brought_for_ever(brought: Post, content: bytes) -> None:
    answer = await bring(brought, content, {SECRET_HEADER: SECRET})
    assert answer.status_code == 200


async def test_same_update_brought_at_once_has_one_answer(brought: Post) -> None:
    somebody = person(brought)
    update = {"update_id": 7, "message": somebody.message("merci")}
    codes = await asyncio.gather(*(brought.telegram.bring_again(update) for _ in range(8)))
    assert set(codes) == {200}
    await somebody.says("au revoir")
    heard = await somebody.hears(2)
    assert heard[1].text.startswith("Au revoir")


async def test_update_that_could_not_be_kept_is_not_acknowledged(
    brought: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = person(brought)
    update: dict[str, Any] = {"update_id": 8, "message": somebody.message("merci")}

    async def away(*_arguments: object) -> None:
        raise ConnectionError("the database is away")

    with monkeypatch.context() as patched:
        patched.setattr(type(brought.counter.intake), "accept", away)
        assert await brought.telegram.bring_again(update) >= 500
    assert await brought.telegram.bring_again(update) == 200
    assert await somebody.hears(1)


async def test_pressed_button_is_released_before_the_house_answers(
    open_post: OpenPost, telegram: Loopback
) -> None:
    async with open_post(telegram, webhook=True, work=False) as post:
        update = {
            "id": "77",
            "from": post.person.account,
            "chat_instance": "1",
            "message": {"message_id": 3, "date": 0, "chat": post.person.chat},
            "data": "t" * 16,
        }
        await telegram.bring(callback_query=update)
        await telegram.until(lambda: telegram.released == ["77"])
        assert post.person.heard == []
