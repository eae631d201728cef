"""Bring a declared form forward: prefill, answers, corrections, bounds, summary (CNV-2, GEN-7)."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic import Field as Bounded

from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Option, Refusal
from handlers.forms.filling import Asking, Ready, fill, open_form, prefill, take_text
from handlers.forms.reading import find_named, find_option, read_value
from handlers.forms.state import FormState
from handlers.request import Request
from handlers.session import Session
from intents.understanding import Understanding
from locales.phrases import as_is

OFFICES = (
    Option("CS400125000001", as_is("Atelier Herstal")),
    Option("CS400126000001", as_is("Showroom Liège")),
)
CLOSED = Option("CS9", as_is("Dépôt fermé"), reason=as_is("closed"))
DESK = cast("Desk", None)
REQUEST = Request("test.order", Session(1, "fr"), datetime(2026, 11, 22, 11, tzinfo=UTC))


async def offices(_request: Request, _desk: Desk, values: Mapping[str, Any]) -> Sequence[Option]:
    return OFFICES[:1] if values.get("count") == 1 else (*OFFICES, CLOSED)


class Order(BaseModel):
    count: int
    offices: list[str]
    contact: str = Bounded(pattern=r"\w+ \w+")
    day: str | None = None


def refuse_sunday(value: Any, _request: Request) -> Refusal | None:
    return Refusal(as_is("no Sunday")) if value == "2026-11-22" else None


COUNT = Field("count", "number", as_is("Count"), as_is("How many?"), entity="quantity", minimum=1, maximum=50)
OFFICE = Field(
    "offices", "choice", as_is("Office"), as_is("Which?"), entity="operational_id", options=offices, many=True
)
CONTACT = Field("contact", "text", as_is("Contact"), as_is("Who?"), max_length=20)
DAY = Field(
    "day",
    "date",
    as_is("Day"),
    as_is("When?"),
    entity="date",
    required=False,
    when=lambda values: values.get("count", 0) > 10,
    check=refuse_sunday,
)
FORM = Form(
    "test.order",
    as_is("Order"),
    (COUNT, OFFICE, CONTACT, DAY),
    Order,
    summary=lambda values: (
        (as_is("Count"), int(values["count"])),
        (as_is("Contact"), str(values["contact"])),
    ),
)


def step(state: FormState, *, confirmed: bool = False, text: str = "") -> Ready | Asking:
    return asyncio.run(fill(FORM, state, replace(REQUEST, text=text), DESK, confirmed=confirmed))


def understood(text: str, **entities: Any) -> Understanding:
    return Understanding(text, "fr", "unknown", 0.1, "reject", entities=entities)


def say_to(state: FormState, text: str, **entities: Any) -> Asking:
    options = asyncio.run(offices(REQUEST, DESK, state.values)) if state.asked == "offices" else ()
    taken = take_text(FORM, state, text, understood(text, **entities), options)
    assert taken is not None
    outcome = step(taken, text=text)
    assert isinstance(outcome, Asking)
    return outcome


def opened(**entities: Any) -> Asking:
    outcome = step(open_form(FORM, entities))
    assert isinstance(outcome, Asking)
    return outcome


def error_of(asking: Asking) -> tuple[str, Mapping[str, Any]]:
    asked = next(field for field in asking.view.fields if field.name == asking.view.asked)
    assert asked.error is not None
    return asked.error.msgid, asked.error.values


@pytest.mark.rule("CNV-2")
def test_form_asks_only_what_the_message_left_out() -> None:
    asking = opened(quantity=5, operational_id=["CS400125000001"])
    assert asking.view.asked == "contact"
    assert dict(asking.state.values) == {"count": 5, "offices": ["CS400125000001"]}


@pytest.mark.rule("CNV-2")
def test_wrong_value_is_asked_before_what_is_missing() -> None:
    asking = opened(quantity=20, date="2026-11-22")
    assert asking.view.asked == "day"
    assert error_of(asking) == ("no Sunday", {})


@pytest.mark.rule("CNV-2")
def test_correction_of_another_field_is_taken_while_one_is_asked() -> None:
    asking = opened(quantity=5, operational_id=["CS400125000001"])
    corrected = say_to(asking.state, "Jean Dupont", quantity=7)
    assert corrected.state.values["count"] == 7
    assert corrected.view.stage == "confirming"


@pytest.mark.rule("CNV-2")
def test_summary_waits_for_a_yes_however_often_it_is_looked_at() -> None:
    asking = say_to(opened(quantity=5, operational_id=["CS400125000001"]).state, "Jean Dupont")
    again = step(asking.state)
    assert isinstance(again, Asking)
    assert [value for _label, value in again.view.summary] == [5, "Jean Dupont"]
    ready = step(again.state, confirmed=True)
    assert isinstance(ready, Ready)
    assert ready.filled == Order(count=5, offices=["CS400125000001"], contact="Jean Dupont")


@pytest.mark.rule("CNV-2")
def test_change_after_the_summary_is_summed_up_again() -> None:
    asking = say_to(opened(quantity=5, operational_id=["CS400125000001"]).state, "Jean Dupont")
    changed = step(asking.state.with_values({"count": 8}))
    assert isinstance(changed, Asking)
    assert changed.view.stage == "confirming"
    assert changed.view.summary[0][1] == 8


@pytest.mark.rule("SUP-1")
@pytest.mark.parametrize("count", [0, 51, -3, 10**9])
def test_number_out_of_bounds_is_refused_with_both_bounds(count: int) -> None:
    message, values = error_of(opened(quantity=count))
    assert (values["minimum"], values["maximum"]) == (1, 50)
    assert "{minimum}" in message
    assert "{maximum}" in message


@pytest.mark.parametrize("count", [1, 50])
def test_bounds_themselves_are_allowed(count: int) -> None:
    assert opened(quantity=count).view.asked != "count"


@pytest.mark.parametrize("count", ["5", 2.5, True, [1], {"a": 1}])
def test_what_is_no_whole_number_is_refused(count: Any) -> None:
    asking = step(open_form(FORM, {}).with_values({"count": count}))
    assert isinstance(asking, Asking)
    assert error_of(asking)[0] == "Please give a whole number."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contact", ["a", "b"]),
        ("contact", 5),
        ("contact", {"x": 1}),
        ("day", "31/12/2026"),
        ("day", {"start": "2026-01-01"}),
        ("offices", "no such office"),
        ("offices", [{"x": 1}]),
        ("offices", ["CS9"]),
        ("contact", "x" * 21),
    ],
)
def test_value_of_a_wrong_form_is_refused_and_asked_again(field: str, value: Any) -> None:
    values = {
        "count": 11,
        "offices": ["CS400125000001"],
        "contact": "Jean Dupont",
        "day": "2026-12-01",
        field: value,
    }
    asking = step(open_form(FORM, {}).with_values(values), confirmed=True)
    assert isinstance(asking, Asking)
    assert asking.view.asked == field
    assert error_of(asking)[0]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda v: st.lists(v) | st.dictionaries(st.text(), v),
        max_leaves=5,
    )
)
def test_no_value_breaks_a_form(value: Any) -> None:
    for field in FORM.fields:
        values = {"count": 11, "offices": ["CS400125000001"], "contact": "Jean Dupont", field.name: value}
        assert isinstance(step(open_form(FORM, {}).with_values(values)), Asking)


def test_what_the_model_refuses_is_asked_again() -> None:
    asking = say_to(opened(quantity=5, operational_id=["CS400125000001"]).state, "Jean")
    assert asking.view.asked == "contact"
    assert error_of(asking)[0] == "This value does not fit here."


def test_field_whose_condition_falls_away_loses_its_value() -> None:
    values = {"count": 11, "offices": ["CS400125000001"], "contact": "Jean Dupont", "day": "2026-12-01"}
    kept = step(open_form(FORM, {}).with_values(values), confirmed=True)
    gone = step(open_form(FORM, {}).with_values({**values, "count": 10}), confirmed=True)
    assert isinstance(kept, Ready)
    assert isinstance(gone, Ready)
    assert (kept.filled.model_dump()["day"], gone.filled.model_dump()["day"]) == ("2026-12-01", None)


def test_check_of_a_field_words_its_own_refusal() -> None:
    values = {"count": 11, "offices": ["CS400125000001"], "contact": "Jean Dupont", "day": "2026-11-22"}
    asking = step(open_form(FORM, {}).with_values(values))
    assert isinstance(asking, Asking)
    assert (asking.view.asked, error_of(asking)[0]) == ("day", "no Sunday")


@pytest.mark.rule("GEN-7")
@pytest.mark.parametrize("word", ["tous", "Toutes !", "alle", "allemaal", "ALL", "les deux"])
def test_all_takes_every_open_option(word: str) -> None:
    asking = say_to(opened(quantity=5).state, word)
    assert asking.state.values["offices"] == ["CS400125000001", "CS400126000001"]


@pytest.mark.rule("GEN-7")
def test_only_option_is_used_without_asking() -> None:
    asking = opened(quantity=1)
    assert asking.view.asked == "contact"
    assert asking.state.values["offices"] == ["CS400125000001"]
    assert "offices" not in [field.name for field in asking.view.fields]


@pytest.mark.parametrize(
    "answer", ["2", "showroom", "Showroom Liege", "shwroom liège", "cs400126000001", "le showroom Liège svp"]
)
def test_choice_is_taken_by_number_label_code_or_typo(answer: str) -> None:
    assert read_value(OFFICE, answer, {}, (*OFFICES, CLOSED)) == ["CS400126000001"]


@pytest.mark.parametrize("answer", ["3", "0", "9", "Dépôt fermé", "xyz", "", "e"])
def test_what_names_no_open_option_is_no_choice(answer: str) -> None:
    assert read_value(OFFICE, answer, {}, (*OFFICES, CLOSED)) is None


def test_number_means_the_place_in_the_list_and_never_the_id_of_a_record() -> None:
    companies = (Option(2, as_is("Van Damme BV")), Option(1, as_is("Menuiserie Lambert SA")))
    field = Field("company", "choice", as_is("Company"), as_is("Which?"))
    assert read_value(field, "2", {}, companies) == 1
    assert read_value(field, "1", {}, companies) == 2


@pytest.mark.rule("GEN-3")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("factures d'octobre pour Lambert", 1),
        ("facturen oktober lambrt", 1),
        ("bijlage van Van Damme", 2),
        ("de la Menuiserie Lambert & Fils SA", 1),
        ("factures d'octobre", None),
        ("Lambert et Damme", None),
    ],
)
def test_company_is_named_in_a_message_by_a_word_of_its_own(text: str, expected: int | None) -> None:
    companies = (Option(2, as_is("Kantoor Van Damme BV")), Option(1, as_is("Menuiserie Lambert & Fils SA")))
    found = find_named(text, companies)
    assert (found.value if found else None) == expected


def test_two_options_that_both_fit_are_none() -> None:
    twins = (Option(1, as_is("Bureau Nord")), Option(2, as_is("Bureau Nord-Est")))
    assert find_option("Bureau Nord-Est et Bureau Nord", twins) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-31")], ("2026-09-01", "2026-10-31")),
        ([("2026-10-01", "2026-10-31"), ("2026-09-01", "2026-09-30")], ("2026-09-01", "2026-10-31")),
        ([("2026-03-01", "2026-03-31"), ("2026-06-01", "2026-06-30")], None),
    ],
)
def test_months_that_follow_each_other_are_one_period_and_others_are_not_cut(
    said: list[tuple[str, str]], expected: tuple[str, str] | None
) -> None:
    periods = [{"start": start, "end": end} for start, end in said]
    form = replace(FORM, fields=(Field("period", "period", as_is("P"), as_is("P?")),))
    taken = prefill(form, {"period": periods})["period"]
    assert taken == (periods if expected is None else {"start": expected[0], "end": expected[1]})


@pytest.mark.rule("CNV-3")
def test_form_survives_being_written_down() -> None:
    state = say_to(opened(quantity=5, operational_id=["CS400125000001"]).state, "Jean Dupont").state
    assert FormState.load(state.dump()) == state
