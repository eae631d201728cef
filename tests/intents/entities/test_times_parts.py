"""Check the pieces that phrases of time are made of: the calendar, feasts, spelling, figures, counting."""

from __future__ import annotations

from datetime import date

import holidays
import pytest
from dateutil.easter import easter as known_easter

from intents.entities.times.counting import read_number
from intents.entities.times.days import (
    Span,
    Unit,
    last_units,
    move_months,
    move_workdays,
    next_units,
    unit_around,
    unit_away,
)
from intents.entities.times.feasts import Feast, easter, feast_in, feasts
from intents.entities.times.lexicon import lexicon, meaning
from intents.entities.times.ordinals import ordinals
from intents.entities.times.spelling import Speller
from intents.entities.times.tokens import fold, tokenise

SUNDAY = date(2026, 11, 22)


def test_easter_agrees_with_dateutil_for_three_centuries() -> None:
    assert all(easter(year) == known_easter(year) for year in range(1900, 2200))


def test_feasts_agree_with_the_legal_holidays_of_belgium() -> None:
    legal = {
        Feast.NEW_YEAR,
        Feast.EASTER,
        Feast.EASTER_MONDAY,
        Feast.LABOUR_DAY,
        Feast.ASCENSION,
        Feast.WHITSUN,
        Feast.WHIT_MONDAY,
        Feast.NATIONAL_DAY,
        Feast.ASSUMPTION,
        Feast.ALL_SAINTS,
        Feast.ARMISTICE,
        Feast.CHRISTMAS,
    }
    for year in (2024, 2026, 2028):
        assert {feast_in(feast, year).start for feast in legal} == set(
            holidays.country_holidays("BE", years=year)
        )


def test_feasts_all_have_a_date_in_any_year() -> None:
    assert all(feast_in(feast, year).start.year == year for feast in feasts() for year in (2024, 2026, 2027))


@pytest.mark.parametrize(
    ("year", "start"), [(2026, date(2026, 12, 21)), (2027, date(2027, 12, 27)), (2022, date(2022, 12, 26))]
)
def test_christmas_holidays_begin_on_the_monday_of_christmas_week(year: int, start: date) -> None:
    assert feast_in(Feast.CHRISTMAS_HOLIDAYS, year).start == start


@pytest.mark.parametrize(
    ("unit", "start", "end"),
    [
        (Unit.DAY, date(2026, 11, 22), date(2026, 11, 22)),
        (Unit.WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (Unit.WEEKEND, date(2026, 11, 21), date(2026, 11, 22)),
        (Unit.QUINZAINE, date(2026, 11, 16), date(2026, 11, 30)),
        (Unit.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Unit.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Unit.HALF, date(2026, 7, 1), date(2026, 12, 31)),
        (Unit.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_unit_around_is_the_whole_unit(unit: Unit, start: date, end: date) -> None:
    assert unit_around(unit, SUNDAY) == Span(start, end)


def test_unit_away_of_a_month_is_not_clamped() -> None:
    assert unit_away(Unit.MONTH, date(2026, 3, 31), -1) == Span(date(2026, 2, 1), date(2026, 2, 28))


def test_last_units_end_today_and_next_units_begin_tomorrow() -> None:
    assert last_units(Unit.WEEK, 2, SUNDAY) == Span(date(2026, 11, 9), SUNDAY)
    assert last_units(Unit.MONTH, 3, SUNDAY) == Span(date(2026, 8, 23), SUNDAY)
    assert last_units(Unit.WORKDAY, 5, SUNDAY) == Span(date(2026, 11, 16), SUNDAY)
    assert next_units(Unit.DAY, 10, SUNDAY) == Span(date(2026, 11, 23), date(2026, 12, 2))


def test_move_clamps_months_and_skips_weekends() -> None:
    assert move_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert move_workdays(SUNDAY, 5) == date(2026, 11, 27)
    assert move_workdays(SUNDAY, -1) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("septmbre", "septembre"),
        ("febuari", "februari"),
        ("vendrdei", "vendredi"),
        ("donderdga", "donderdag"),
        ("wensday", None),
        ("montage", None),
        ("marche", None),
        ("kaart", None),
        ("annexe", None),
        ("paquet", None),
    ],
)
def test_one_wrong_letter_is_forgiven_but_ordinary_words_are_not(typed: str, meant: str | None) -> None:
    assert lexicon().speller.meant(typed) == meant


def test_speller_leaves_the_first_letter_alone() -> None:
    speller = Speller({"lundi"})
    assert speller.meant("lunid") == "lundi"
    assert speller.meant("dundi") is None


def test_meaning_of_a_misspelt_month_is_the_month() -> None:
    assert meaning("ocotbre")["month"] == 10
    assert not meaning("brievenbus")


def test_tokens_keep_their_place_and_lose_their_accents() -> None:
    tokens = tokenise("Décembre, le 3e")
    assert [(token.text, token.start, token.end) for token in tokens] == [
        ("decembre", 0, 8),
        (",", 8, 9),
        ("le", 10, 12),
        ("3", 13, 14),
        ("e", 14, 15),
    ]
    assert fold("Février Straße") == "fevrier strasse"


def test_ordinals_reach_thirty_one_in_four_languages() -> None:
    known = ordinals()
    for words in ("vingt et unieme", "eenentwintigste", "twenty first", "einundzwanzigsten"):
        assert known[words] == 21
    assert {
        known[word] for word in ("trente et unieme", "eenendertigste", "thirty first", "einunddreissigste")
    } == {31}


def test_number_words_end_with_a_word() -> None:
    found = read_number(["drie", "en", "vier"], 0)
    assert found is not None
    assert (found.value, found.words) == (3, 1)
    assert read_number(["eenen"], 0) is None
