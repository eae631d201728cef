"""Draw each kind of block in each language: no phrase is left unwritten, each has a plain text (docs/replies.md)."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.channels.terminal import choices_of, text_of
from bot.channels.terminal.screen import draw
from bot.drawing import Artist, plain
from handlers.forms.declaration import Option
from handlers.forms.state import FieldView, FormView
from handlers.reply import (
    Aside,
    Block,
    Choice,
    Choices,
    File,
    FormCard,
    Link,
    Notice,
    Picture,
    Progress,
    Saying,
    Table,
    Text,
    Wish,
)
from locales.phrases import Days, Money, Month, as_is, say
from locales.words import LANGUAGES, words_of
from services.conversations import Conversations
from services.database import Database, Transaction
from services.people import find_account, find_conversation
from services.records import Button
from tests.conftest import NOON

ANNEX = Wish("invoice.annex", {"invoice_number": ["1046100091"]})
HOSTILE = "<b>&\"'`*_~|\\ {name} %s \u202e=HYPERLINK(1) é 😀" + "x" * 200
FIELD = FieldView(
    "period",
    "period",
    say("Billing period"),
    say("Which month do you need? You can also give an invoice number."),
    required=True,
    options=(
        Option({"start": "2026-10-01", "end": "2026-10-31"}, say("Last month")),
        Option(
            {"start": "2025-01-01", "end": "2025-12-31"},
            say("Last year"),
            reason=say("This value does not fit here."),
        ),
    ),
    error=say("That year is too far away."),
    hint=say("Ten digits beginning with 1046, at the top of the paper invoice."),
    shown=Days(date(2026, 10, 1), date(2026, 10, 31)),
    minimum=1,
    maximum=5,
)
FORM = FormView("key", "invoice.search", say("Find invoices"), "filling", (FIELD,), asked="period")
BLOCKS: dict[str, Block] = {
    "text": Text(say("Hello {name}, what can I do for you?", name=HOSTILE)),
    "notice": Notice(say("That year is too far away."), "warning"),
    "aside": Aside(say("I am answering you in a private message.")),
    "progress": Progress(
        say("I am preparing the annex of invoice {number} ({month}).", number="1", month=Month(NOON))
    ),
    "table": Table(
        say("Your {total} invoices", total=2),
        (say("Invoice"), say("Amount incl. VAT")),
        (("1046100091", Money(519146)), (HOSTILE, Money(-5))),
        ((Choice(say("Annex"), ANNEX),), (Choice(say("Annex"), ANNEX),)),
    ),
    "choices": Choices(
        (
            Choice(say("Annex in Excel"), ANNEX, primary=True),
            Choice(say("Invoices of this year"), Saying(say("Invoices of this year"))),
            Choice(as_is("bpost"), Link("https://www.bpost.be")),
        ),
        say("Did you mean this?"),
    ),
    "file": File("f1", "annex.xlsx", "application/x", 52_345, say("Annex in Excel")),
    "picture": Picture("p1", say("Annex in Excel")),
    "form": FormCard(FORM),
}
Drawing = dict[str, Any]


@pytest.fixture(scope="module")
async def database(address: str) -> AsyncIterator[Database]:
    database = Database(address)
    yield database
    await database.close()


async def conversation(session: Transaction) -> int:
    account_id = await find_account(session, "test", "reader")
    return await find_conversation(session, account_id, "dm", private=True)


async def drawn(database: Database, language: str, *blocks: Block) -> list[Drawing]:
    async with database.transaction() as session:
        place = await conversation(session)
        artist = Artist(words_of(language), Conversations(session), place, NOON)
        return await artist.draw(blocks)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def test_every_kind_of_block_is_tried() -> None:
    assert {type(block) for block in BLOCKS.values()} == set(get_args(Block))


@pytest.mark.rule("GEN-1")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", BLOCKS)
async def test_block_is_written_whole_in_the_language(database: Database, kind: str, language: str) -> None:
    (block,) = await drawn(database, language, BLOCKS[kind])
    assert block["type"] == {"aside": "notice"}.get(kind, kind)
    for text in strings(block):
        # What is left of a template would show as braces around a name; customers' own braces stay.
        assert not re.search(r"\{[a-z_]+\}", text.replace(HOSTILE, ""))
    assert plain(block).strip()
    assert draw({"blocks": [block | {"path": "x"}]}).renderable


@pytest.mark.rule("GEN-1")
async def test_languages_differ(database: Database) -> None:
    texts = {plain((await drawn(database, language, BLOCKS["notice"]))[0]) for language in LANGUAGES}
    assert len(texts) == 4


async def test_customers_words_are_carried_unharmed(database: Database) -> None:
    text, table = await drawn(database, "fr", BLOCKS["text"], BLOCKS["table"])
    assert HOSTILE in text["text"]
    assert table["rows"][1][0] == HOSTILE
    assert HOSTILE in plain(table)


async def test_amounts_align_right_and_words_left(database: Database) -> None:
    (table,) = await drawn(database, "nl", BLOCKS["table"])
    assert [column["align"] for column in table["columns"]] == ["left", "right"]
    mixed = Table(as_is("t"), (as_is("a"), as_is("b")), ((1, "x"), (Decimal("2.5"), 3)))
    (other,) = await drawn(database, "nl", mixed)
    assert [column["align"] for column in other["columns"]] == ["right", "left"]
    assert plain(other) == "t\n  a  b\n  1  x\n2,5  3"


async def test_empty_table_has_its_headings(database: Database) -> None:
    (table,) = await drawn(database, "fr", Table(as_is("t"), (as_is("a"),), ()))
    assert plain(table) == "t\na"


async def test_buttons_are_numbered_through_a_reply_as_they_can_be_pressed(database: Database) -> None:
    blocks = await drawn(database, "en", BLOCKS["table"], BLOCKS["choices"], BLOCKS["form"])
    numbers = {int(number): label for number, label in re.findall(r"\[(\d+)\] (.+)", text_of(blocks))}
    pressable = choices_of({"blocks": blocks})
    assert [choice["label"] for choice in pressable] == [
        "Annex",
        "Annex",
        "Annex in Excel",
        "Invoices of this year",
        "Last month",
        "Cancel",
    ]
    for number, choice in enumerate(pressable[:-1], 1):
        assert numbers[number].startswith(choice["label"])
    assert "bpost: https://www.bpost.be" in text_of(blocks)


async def test_option_that_cannot_be_chosen_has_no_button_but_a_reason(database: Database) -> None:
    (form,) = await drawn(database, "fr", BLOCKS["form"])
    first, second = form["fields"][0]["options"]
    assert first["token"]
    assert second["token"] is None
    assert second["reason"] in plain(form)


@pytest.mark.rule("CNV-2")
async def test_summary_has_confirm_and_cancel(database: Database) -> None:
    view = replace(FORM, stage="confirming", asked=None, summary=((say("Billing period"), Month(NOON)),))
    (form,) = await drawn(database, "de", FormCard(view))
    assert form["confirm"]["primary"]
    assert form["cancel"]["token"] != form["confirm"]["token"]
    assert form["summary"] == [["Abrechnungszeitraum", "November 2026"]]
    assert "November 2026" in plain(form)


async def test_token_is_short_and_keeps_the_meaning_in_the_records(database: Database) -> None:
    (block,) = await drawn(database, "fr", BLOCKS["choices"])
    tokens = [choice["token"] for choice in block["choices"] if "token" in choice]
    async with database.transaction() as session:
        kept = [(await session.get_one(Button, token)).action for token in tokens]
    assert all(len(token) <= 24 for token in tokens)
    assert kept[0] == {
        "do": "wish",
        "intent": "invoice.annex",
        "entities": {"invoice_number": ["1046100091"]},
    }
    assert kept[1]["do"] == "say"
    assert kept[1]["text"] == block["choices"][1]["label"]


async def test_shape_is_the_documented_one(database: Database) -> None:
    document = (Path(__file__).parents[2] / "docs" / "replies.md").read_text(encoding="utf-8")
    for kind, block in BLOCKS.items():
        (shape,) = await drawn(database, "fr", block)
        row = next(line for line in document.splitlines() if line.startswith(f"| `{shape['type']}` |"))
        for name in shape.keys() - {"type"}:
            assert f"`{name}`" in row or f"`{name}`:" in document, (kind, name)
