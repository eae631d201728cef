"""Draw every kind of block and form within Telegram's limits: each at, below and above its bound, taken by Telegram."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram.events import CHANNEL
from bot.drawing import Artist
from bot.message import DIRECT
from handlers.forms.declaration import Option
from handlers.reply import FormCard
from locales.phrases import as_is, say
from locales.words import LANGUAGES, words_of
from services.conversations import Conversations
from services.people import find_place
from tests.bot.channels.telegram.conftest import Post
from tests.bot.channels.telegram.loopback import Sent
from tests.bot.channels.telegram.rules import units
from tests.bot.test_drawing import BLOCKS, FIELD, FORM, HOSTILE, NOON

Block = dict[str, Any]
SUMMED_UP = replace(FORM, stage="confirming", asked=None, summary=((as_is(HOSTILE), as_is(HOSTILE)),))


async def tell(post: Post, *blocks: Any, language: str = "fr") -> list[Sent]:
    """Post blocks as a reply of the house, drawn where they are not yet, and give what arrives."""
    before = len(post.person.heard)
    async with post.counter.database.transaction() as session:
        conversations = Conversations(session)
        place = await find_place(session, CHANNEL, str(post.person.id), DIRECT, private=True)
        artist = Artist(words_of(language), conversations, place, NOON)
        drawn = [block if isinstance(block, dict) else (await artist.draw([block]))[0] for block in blocks]
        await conversations.post(place, drawn, language, now=datetime.now(UTC))
        # Replies of a conversation keep their order: when the last one is there, all of the first are.
        await conversations.post(place, [text("END")], language, now=datetime.now(UTC))
    await post.telegram.until(lambda: post.person.heard and post.person.heard[-1].text == "END")
    return post.person.heard[before:-1]


def text(words: str) -> Block:
    return {"type": "text", "text": words}


def choices(count: int, **more: Any) -> Block:
    offered = [{"label": f"Choice {n}", "token": f"{n:016}", "primary": False} | more for n in range(count)]
    return {"type": "choices", "prompt": "Which?", "colon": ": ", "choices": offered}


def table(rows: Sequence[Sequence[str]], *, buttons: bool = False) -> Block:
    width = len(rows[0])
    return {
        "type": "table",
        "caption": "Caption",
        "columns": [{"label": f"Column{n}", "align": "left"} for n in range(width)],
        "rows": [list(row) for row in rows],
        "row_choices": [
            [{"label": "Annex", "token": f"{n:016}", "primary": False}] if buttons else []
            for n in range(len(rows))
        ],
    }


def words_in(messages: Sequence[Sent]) -> list[str]:
    return " ".join(message.text for message in messages).split()


@pytest.mark.rule("GEN-1")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", BLOCKS)
async def test_block_is_taken_by_telegram(post: Post, kind: str, language: str) -> None:
    sent = await tell(post, BLOCKS[kind], language=language)
    assert sent


async def test_form_to_be_confirmed_is_taken(post: Post) -> None:
    (form,) = await tell(post, FormCard(SUMMED_UP))
    assert [button["text"] for button in form.buttons][-2:] == ["Confirmer", "Annuler"]
    assert HOSTILE in form.text


async def test_whole_reply_is_one_message_where_it_fits(post: Post) -> None:
    (message,) = await tell(post, BLOCKS["notice"], BLOCKS["text"], BLOCKS["choices"])
    assert message.text.startswith("⚠️")
    assert len(message.buttons) == 3


@pytest.mark.parametrize(("length", "messages"), [(4095, 1), (4096, 1), (4097, 2), (8192, 2), (8193, 3)])
async def test_text_is_cut_at_its_bound(post: Post, length: int, messages: int) -> None:
    sent = await tell(post, text("x" * length))
    assert len(sent) == messages
    assert "".join(message.text for message in sent) == "x" * length


@pytest.mark.parametrize(
    "sign", ["😀", "👩‍👩‍👧", "e\u0301", "👍🏽"], ids=["pair", "family", "accent", "tone"]
)
async def test_cut_leaves_every_sign_whole(post: Post, sign: str) -> None:
    count = 4096 // units(sign) + 10
    sent = await tell(post, text("x" + sign * count))
    assert len(sent) == 2
    for message in sent:
        assert message.text.removeprefix("x").replace(sign, "") == ""


async def test_cut_lies_between_words_and_loses_none(post: Post) -> None:
    words = " ".join(f"word{n}" for n in range(3000))
    sent = await tell(post, text(words))
    assert words_in(sent) == words.split()


async def test_cut_prefers_the_end_of_a_line(post: Post) -> None:
    first, second = "a b " * 700, "c d " * 700
    sent = await tell(post, text(f"{first.strip()}\n{second.strip()}"))
    assert [message.text for message in sent] == [first.strip(), second.strip()]


@pytest.mark.parametrize(
    "words", ["", " ", "\n\u200b\u2060 ", "\u202e"], ids=["none", "blank", "zero", "bidi"]
)
async def test_text_without_anything_to_see_is_still_a_message(post: Post, words: str) -> None:
    assert [message.text for message in await tell(post, text(words))] == ["…"]


@pytest.mark.parametrize(("count", "messages"), [(99, 1), (100, 1), (101, 2), (250, 3)])
async def test_buttons_go_on_under_the_next_message(post: Post, count: int, messages: int) -> None:
    sent = await tell(post, choices(count))
    assert len(sent) == messages
    assert [b["text"] for message in sent for b in message.buttons] == [f"Choice {n}" for n in range(count)]


@pytest.mark.parametrize(("length", "buttons"), [(63, 1), (64, 1), (65, 0)])
async def test_token_is_carried_up_to_its_bound(post: Post, length: int, buttons: int) -> None:
    (message,) = await tell(post, choices(1, token="t" * length))
    assert len(message.buttons) == buttons


@pytest.mark.parametrize(
    ("url", "is_button"),
    [
        ("https://www.bpost.be/a?b=c#d", True),
        ("http://localhost:8642/files/x", False),
        ("javascript:alert(1)", False),
        ("https://www.bpost.be/a b", False),
        ("https://[::1", False),
    ],
)
async def test_address_is_a_button_or_a_line(post: Post, url: str, is_button: bool) -> None:
    (message,) = await tell(post, choices(1, token=None, url=url))
    assert bool(message.buttons) is is_button
    assert (url in message.text) is not is_button


async def test_narrow_table_is_one_of_equal_letters(post: Post) -> None:
    (message,) = await tell(post, table([("1046100091", "51,91")], buttons=True))
    assert [entity["type"] for entity in message.entities] == ["bold", "pre"]
    assert message.buttons[0]["text"] == "Annex · 1046100091"


@pytest.mark.parametrize("cell", ["12", "wide " * 12], ids=["narrow", "wide"])
async def test_long_table_is_cut_between_rows_and_each_part_has_its_heading(post: Post, cell: str) -> None:
    rows = [(f"RR{n:09}BE", cell.strip()) for n in range(700)]
    sent = await tell(post, table(rows))
    assert len(sent) > 2
    for message in sent:
        assert message.text.startswith("Caption\n")
        assert "Column0" in message.text
    told = words_in(sent)
    assert [word for word in told if word.startswith("RR")] == [row[0] for row in rows]


@pytest.mark.parametrize(("rows", "messages"), [(99, 1), (100, 1), (101, 2)])
async def test_buttons_of_a_table_stand_under_their_rows(post: Post, rows: int, messages: int) -> None:
    sent = await tell(post, table([(str(n), "x") for n in range(rows)], buttons=True))
    assert len(sent) == messages
    assert sum(len(message.buttons) for message in sent) == rows


async def test_row_longer_than_a_message_is_cut_between_its_words(post: Post) -> None:
    words = [f"w{n}" for n in range(2500)]
    sent = await tell(post, table([("first", " ".join(words)), ("second", "short")]))
    assert [word for word in words_in(sent) if word[1:].isdigit() and word[0] == "w"] == words


async def test_empty_table_has_its_headings(post: Post) -> None:
    empty = table([("a", "b")]) | {"rows": [], "row_choices": []}
    (message,) = await tell(post, empty)
    assert "Column0" in message.text


@pytest.mark.parametrize(("count", "is_typed"), [(29, False), (30, False), (31, True)])
async def test_many_options_are_listed_to_be_typed(post: Post, count: int, is_typed: bool) -> None:
    options = tuple(Option(f"v{n}", as_is(f"Option {n}")) for n in range(count))
    field = replace(FIELD, kind="choice", options=options, error=None)
    (message,) = await tell(post, FormCard(replace(FORM, fields=(field,))))
    offered = [button["text"] for button in message.buttons if button["text"].startswith("Option")]
    assert len(offered) == (0 if is_typed else count)
    assert all(f"• Option {n}" in message.text for n in range(count)) is is_typed


async def test_option_that_is_closed_says_why(post: Post) -> None:
    (message,) = await tell(post, BLOCKS["form"])
    assert words_of("fr").write(say("This value does not fit here.")) in message.text


async def test_customers_words_are_no_markup(post: Post) -> None:
    (message,) = await tell(post, text(HOSTILE))
    assert message.text == HOSTILE
    assert message.entities == []
    assert "parse_mode" not in message.given


async def test_kind_that_is_younger_than_the_channel_is_shown_as_text(post: Post) -> None:
    (message,) = await tell(post, {"type": "hologram", "text": "In words"})
    assert message.text == "In words"
