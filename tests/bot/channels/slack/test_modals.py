"""Draw any form as a page that Slack takes, at, below and above each limit, and read back what it held."""

from typing import Any

import pytest

from bot.channels.slack.modals import entries, modal, name_of, read_values
from locales.words import words_of
from tests.bot.channels.slack import kit
from tests.bot.channels.test_contract import KINDS, field, form, numbered, option

FR = words_of("fr")


def drawn(*fields: Any, **more: Any) -> Any:
    view = modal(form(*fields, **more), FR, '{"key":"form-key","place":"direct"}')
    kit.view(view)
    return view


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("many", [False, True])
def test_field_of_each_kind_has_a_page(kind: str, many: bool) -> None:
    drawn(field("f", kind, many=many, options=[option(0), option(1)]), field("g", "text"))


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
@pytest.mark.parametrize("many", [False, True])
def test_choice_of_any_length_has_a_page(count: int, many: bool) -> None:
    options = [option(number) for number in range(count)]
    value: Any = ["value-0"] if many else "value-0"
    drawn(
        field("f", "choice", many=many, options=options, value=value if count else None), field("g", "text")
    )


@pytest.mark.parametrize("length", [23, 24, 25, 74, 75, 76, 150, 151, 2000, 2001, 3001])
def test_words_of_any_length_have_a_page(length: int) -> None:
    words = numbered(length)
    drawn(
        field("f", "choice", options=[option(0, words, value=words)], value=words, label=words, hint=words),
        field("t", "text", value=words, error=words, label=words),
        title=words,
    )


def test_long_list_is_searched() -> None:
    block = form(field("f", "choice", options=[option(number) for number in range(250)]))
    assert len(entries(block, "f", "")["options"]) == 100
    assert [one["value"] for one in entries(block, "f", "valeur 249")["options"]] == ["value-249"]
    kit.options(entries(block, "f", "")["options"])


def test_values_come_back_as_they_were_shown() -> None:
    october = {"start": "2026-10-01", "end": "2026-10-31"}
    block = form(
        field("c", "choice", many=True, options=[option(0), option(1, value={"a": 1})], value=["value-0"]),
        field("p", "period", value=october),
        field("n", "number", value=3),
        field("m", "text", many=True, value=["400125", "400126"]),
        field("r", "rows", options=[option(7)], value=[{"product": "value-7", "quantity": 2}]),
    )
    given = {
        "c": {"input": {"type": "multi_static_select", "selected_options": [{"value": name_of({"a": 1})}]}},
        "p|start": {"input": {"type": "datepicker", "selected_date": "2026-10-01"}},
        "p|end": {"input": {"type": "datepicker", "selected_date": "2026-10-31"}},
        "n": {"input": {"type": "number_input", "value": "3"}},
        "m": {"input": {"type": "plain_text_input", "value": "400125, 400126"}},
        "r|value-7": {"input": {"type": "number_input", "value": "2"}},
    }
    values, faults = read_values(block, given)
    assert faults == {}
    assert values == {
        "c": [{"a": 1}],
        "p": october,
        "n": 3,
        "m": ["400125", "400126"],
        "r": [{"product": "value-7", "quantity": 2}],
    }


@pytest.mark.parametrize(
    ("start", "end", "blamed"),
    [("2026-10-31", "2026-10-01", "p|end"), ("2026-10-31", None, "p|end"), (None, "2026-10-01", "p|start")],
)
def test_period_that_cannot_be_is_said_at_its_day(start: str | None, end: str | None, blamed: str) -> None:
    given = {
        "p|start": {"input": {"type": "datepicker", "selected_date": start}},
        "p|end": {"input": {"type": "datepicker", "selected_date": end}},
    }
    values, faults = read_values(form(field("p", "period")), given)
    assert list(faults) == [blamed]
    assert "p" not in values


def test_page_without_room_for_all_shows_whole_fields_and_says_that_the_rest_follows() -> None:
    fields = [field(f"p{number}", "period") for number in range(60)]
    view = drawn(field("t", "text"), *fields)
    shown = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert all(f"{name.partition('|')[0]}|end" in shown for name in shown if name != "t")
    assert "le reste" in view["blocks"][-1]["text"]["text"]
    assert "le reste" not in str(drawn(field("t", "text"), *fields[:10]))


def test_products_beyond_the_page_keep_their_quantities() -> None:
    options = [option(number) for number in range(150)]
    ordered = [{"product": "value-0", "quantity": 5}, {"product": "value-149", "quantity": 7}]
    block = form(field("r", "rows", options=options, value=ordered))
    view = modal(block, FR, "{}")
    kit.view(view)
    given = {
        one["block_id"]: {"input": {"type": "number_input", "value": None}}
        for one in view["blocks"]
        if one["type"] == "input"
    }
    assert "r|value-149" not in given
    values, faults = read_values(block, given)
    assert values["r"] == [{"product": "value-149", "quantity": 7}]
    assert not faults
