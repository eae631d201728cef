"""Show that amounts, dates and periods are written as Belgian readers of each language expect them (GEN-2)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.phrases import Days, FileSize, Money, Month, as_is, say, say_many
from locales.words import LANGUAGES, words_of

NARROW, WIDE = "\u202f", "\xa0"


@pytest.mark.rule("GEN-2")
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", f"1{NARROW}234{NARROW}567,05{WIDE}€"),
        ("nl", f"€{WIDE}1.234.567,05"),
        ("en", f"1.234.567,05{WIDE}€"),
        ("de", f"1.234.567,05{WIDE}€"),
    ],
)
def test_amount_is_written_with_comma_and_unbreakable_spaces(language: str, expected: str) -> None:
    assert words_of(language).amount(123456705) == expected
    assert " " not in words_of(language).amount(-123456705)


@pytest.mark.rule("GEN-2")
@pytest.mark.parametrize(
    ("language", "first", "third"),
    [
        ("fr", "1er mars 2026", "3 mars 2026"),
        ("nl", "1 maart 2026", "3 maart 2026"),
        ("en", "1 March 2026", "3 March 2026"),
        ("de", "1. März 2026", "3. März 2026"),
    ],
)
def test_date_is_written_in_full(language: str, first: str, third: str) -> None:
    assert words_of(language).day(date(2026, 3, 1)) == first
    assert words_of(language).write_value(date(2026, 3, 3)) == third


@pytest.mark.rule("GEN-2")
@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-03-01", "2026-03-31", ("mars 2026", "maart 2026", "March 2026", "März 2026")),
        ("2028-02-01", "2028-02-29", ("février 2028", "februari 2028", "February 2028", "Februar 2028")),
        ("2026-01-01", "2026-12-31", ("2026",) * 4),
        ("2026-03-01", "2026-03-01", ("1er mars 2026", "1 maart 2026", "1 March 2026", "1. März 2026")),
        (
            "2026-03-01",
            "2026-03-05",
            ("1er–5 mars 2026", "1–5 maart 2026", "1–5 March 2026", "1.–5. März 2026"),
        ),
        (
            "2026-02-27",
            "2026-03-02",
            (
                "27 février – 2 mars 2026",
                "27 februari – 2 maart 2026",
                "27 February – 2 March 2026",
                "27. Februar – 2. März 2026",
            ),
        ),
        (
            "2025-12-31",
            "2026-01-01",
            (
                "31 décembre 2025 – 1er janvier 2026",
                "31 december 2025 – 1 januari 2026",
                "31 December 2025 – 1 January 2026",
                "31. Dezember 2025 – 1. Januar 2026",
            ),
        ),
        (
            "2025-10-01",
            "2026-01-31",
            (
                "octobre 2025 – janvier 2026",
                "oktober 2025 – januari 2026",
                "October 2025 – January 2026",
                "Oktober 2025 – Januar 2026",
            ),
        ),
        (
            "2026-08-01",
            "2026-10-31",
            (
                "août – octobre 2026",
                "augustus – oktober 2026",
                "August – October 2026",
                "August – Oktober 2026",
            ),
        ),
    ],
)
def test_period_is_written_by_its_shortest_name(start: str, end: str, expected: tuple[str, ...]) -> None:
    days = Days(date.fromisoformat(start), date.fromisoformat(end))
    assert tuple(words_of(language).write_value(days) for language in LANGUAGES) == expected


@pytest.mark.rule("GEN-2")
def test_moment_is_told_by_the_clock_in_brussels() -> None:
    winter, summer = datetime(2026, 12, 31, 23, 30, tzinfo=UTC), datetime(2026, 7, 1, 22, 5, tzinfo=UTC)
    assert words_of("fr").moment(winter) == "1er janvier 2027, 00:30"
    assert words_of("nl").moment(summer) == "2 juli 2026, 00:05"


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (52_345, "52 kB"),
        (1_250_000, "1,2 MB"),
        (3_100_000_000, "3,1 GB"),
    ],
)
def test_size_is_written_in_a_fitting_unit(size: int, expected: str) -> None:
    assert words_of("fr").write_value(FileSize(size)) == expected


def test_lists_and_numbers_follow_the_language() -> None:
    assert words_of("fr").write_value(["a", "b", "c"]) == "a, b et c"
    assert words_of("nl").write_value(["a", "b"]) == "a en b"
    assert words_of("de").write_value(12345) == "12.345"
    assert words_of("fr").write_value(Decimal("1234.5")) == f"1{NARROW}234,5"
    assert words_of("en").write_value(Month(date(2026, 5, 9))) == "May 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_follows_the_number(language: str) -> None:
    written = [
        words_of(language).write(say_many("List of {count} invoice.", "List of {count} invoices.", count))
        for count in (1, 2)
    ]
    assert written[0].replace("1", "2") != written[1]


@given(st.text(max_size=200))
def test_customers_own_words_are_never_filled_in(name: str) -> None:
    for language in LANGUAGES:
        words = words_of(language)
        assert words.write(as_is(name)) == name
        assert name in words.write(say("Hello {name}, what can I do for you?", name=name))


@given(st.integers(-(10**12), 10**12))
def test_amount_never_loses_a_cent(cents: int) -> None:
    for language in LANGUAGES:
        digits = "".join(c for c in words_of(language).write_value(Money(cents)) if c.isdigit())
        assert int(digits) == abs(cents)
