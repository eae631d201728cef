"""Check what English phrases of time come to, as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from intents.entities.times import find_times
from intents.understanding import Language

SUNDAY = date(2026, 11, 22)

# Said of what is past; the day of reading is Sunday 22 November 2026.
PERIODS = {
    "last week": "2026-11-09 2026-11-15",
    "the past week": "2026-11-09 2026-11-15",
    "this week": "2026-11-16 2026-11-22",
    "the current week": "2026-11-16 2026-11-22",
    "receipts of the week": "2026-11-16 2026-11-22",
    "the whole week": "2026-11-16 2026-11-22",
    "next week": "2026-11-23 2026-11-29",
    "the week before last": "2026-11-02 2026-11-08",
    "two weeks ago": "2026-11-02 2026-11-08",
    "the last two weeks": "2026-11-09 2026-11-22",
    "past 2 weeks": "2026-11-09 2026-11-22",
    "week 46": "2026-11-09 2026-11-15",
    "week number 46": "2026-11-09 2026-11-15",
    "the week of March 3": "2026-03-02 2026-03-08",
    "first week of March": "2026-03-02 2026-03-08",
    "last weekend": "2026-11-14 2026-11-15",
    "this month": "2026-11-01 2026-11-30",
    "last month": "2026-10-01 2026-10-31",
    "the previous month": "2026-10-01 2026-10-31",
    "next month": "2026-12-01 2026-12-31",
    "three months ago": "2026-08-01 2026-08-31",
    "the last 3 months": "2026-08-23 2026-11-22",
    "March": "2026-03-01 2026-03-31",
    "in May": "2026-05-01 2026-05-31",
    "May 2025": "2025-05-01 2025-05-31",
    "March of last year": "2025-03-01 2025-03-31",
    "last March": "2026-03-01 2026-03-31",
    "the month of March": "2026-03-01 2026-03-31",
    "Septembr": "2026-09-01 2026-09-30",
    "September and October": ["2026-09-01 2026-09-30", "2026-10-01 2026-10-31"],
    "from January to March": "2026-01-01 2026-03-31",
    "early October": "2026-10-01 2026-10-10",
    "mid-October": "2026-10-11 2026-10-20",
    "the middle of October": "2026-10-11 2026-10-20",
    "end of October": "2026-10-21 2026-10-31",
    "late last month": "2026-10-21 2026-10-31",
    "the first half of March": "2026-03-01 2026-03-15",
    "today": "2026-11-22 2026-11-22",
    "yesterday": "2026-11-21 2026-11-21",
    "yesterday's items": "2026-11-21 2026-11-21",
    "the day before yesterday": "2026-11-20 2026-11-20",
    "tomorrow": "2026-11-23 2026-11-23",
    "3 days ago": "2026-11-19 2026-11-19",
    "the last 7 days": "2026-11-16 2026-11-22",
    "last seven days": "2026-11-16 2026-11-22",
    "Monday": "2026-11-16 2026-11-16",
    "last Monday": "2026-11-16 2026-11-16",
    "last fri": "2026-11-20 2026-11-20",
    "Monday of last week": "2026-11-09 2026-11-09",
    "last week on Tuesday": "2026-11-10 2026-11-10",
    "next Monday": "2026-11-23 2026-11-23",
    "3 March": "2026-03-03 2026-03-03",
    "March 3rd": "2026-03-03 2026-03-03",
    "March 3, 2025": "2025-03-03 2025-03-03",
    "the 3rd of March": "2026-03-03 2026-03-03",
    "the third of March": "2026-03-03 2026-03-03",
    "the twenty-first of March": "2026-03-21 2026-03-21",
    "Tuesday, 3 March": "2026-03-03 2026-03-03",
    "on the 3rd": "2026-11-03 2026-11-03",
    "the 3rd of last month": "2026-10-03 2026-10-03",
    "03/03/2026": "2026-03-03 2026-03-03",
    "3 and 5 March": ["2026-03-03 2026-03-03", "2026-03-05 2026-03-05"],
    "between the 3rd and the 7th of March": "2026-03-03 2026-03-07",
    "from 3 to 7 March": "2026-03-03 2026-03-07",
    "March 3-7": "2026-03-03 2026-03-07",
    "March 3 to March 7": "2026-03-03 2026-03-07",
    "3 through 7 March": "2026-03-03 2026-03-07",
    "from 28 December to 4 January": "2025-12-28 2026-01-04",
    "from Monday to Wednesday": "2026-11-16 2026-11-18",
    "Monday until now": "2026-11-16 2026-11-22",
    "since Monday": "2026-11-16 2026-11-22",
    "since 3 November": "2026-11-03 2026-11-22",
    "since the start of the year": "2026-01-01 2026-11-22",
    "from Monday on": "2026-11-16 2026-11-22",
    "until yesterday": "2026-11-01 2026-11-21",
    "before March 5": "2026-03-01 2026-03-04",
    "after 15 November": "2026-11-16 2026-11-22",
    "year to date": "2026-01-01 2026-11-22",
    "Q3": "2026-07-01 2026-09-30",
    "the first quarter of 2025": "2025-01-01 2025-03-31",
    "third quarter last year": "2025-07-01 2025-09-30",
    "last quarter": "2026-07-01 2026-09-30",
    "H1 2025": "2025-01-01 2025-06-30",
    "the second half of 2025": "2025-07-01 2025-12-31",
    "in 2025": "2025-01-01 2025-12-31",
    "this year": "2026-01-01 2026-12-31",
    "last year": "2025-01-01 2025-12-31",
    "between Christmas and New Year": "2025-12-25 2026-01-01",
    "Easter Monday": "2026-04-06 2026-04-06",
    "last summer": "2026-06-21 2026-09-22",
    "invoices of last maand": "2026-10-01 2026-10-31",
    # Said in haste, or in a roundabout way.
    "the week before last on Monday": "2026-11-02 2026-11-02",
    "the week commencing 16 November": "2026-11-16 2026-11-22",
    "the last couple of weeks": "2026-11-09 2026-11-22",
    "two weeks from now": "2026-11-30 2026-12-06",
    "YTD": "2026-01-01 2026-11-22",
    "May invoices": "2026-05-01 2026-05-31",
    "from 4 to 22 next month": "2026-12-04 2026-12-22",
    "2026-11-01/2026-11-15": "2026-11-01 2026-11-15",
    "all 2025 invoices": "2025-01-01 2025-12-31",
    "last year in March": "2025-03-01 2025-03-31",
    "invoices 2031": "2031-01-01 2031-12-31",
}

# Said of what is to come.
AHEAD = {
    "on 15 December": "2026-12-15",
    "December 15th": "2026-12-15",
    "tomorrow": "2026-11-23",
    "the day after tomorrow": "2026-11-24",
    "next Friday": "2026-11-27",
    "Friday": "2026-11-27",
    "Tuesday next week": "2026-11-24",
    "in 10 days": "2026-12-02",
    "from 1 December": "2026-12-01",
    "starting on 1 December": "2026-12-01",
    "the 5th": "2026-12-05",
    "the first Monday of December": "2026-12-07",
    "at Christmas": "2026-12-25",
    "next week": "2026-11-23 2026-11-29",
    "in two weeks": "2026-11-30 2026-12-06",
    "mid December": "2026-12-11 2026-12-20",
    "from 24 December to 3 January": "2026-12-24 2027-01-03",
    "until 15 December": "2026-11-22 2026-12-15",
    "the next 10 days": "2026-11-23 2026-12-02",
    "from Monday to Friday": "2026-11-23 2026-11-27",
}


def _found(text: str, *, ahead: bool, language: Language | None) -> list[str]:
    mentions = find_times(text, language=language, today=SUNDAY, ahead=ahead)
    assert all(mention.fault is None for mention in mentions)
    return [
        mention.value if mention.entity == "date" else f"{mention.value['start']} {mention.value['end']}"
        for mention in mentions
    ]


@pytest.mark.rule("GEN-6")
@pytest.mark.parametrize("language", ["en", None])
@pytest.mark.parametrize(("text", "expected"), PERIODS.items())
def test_periods_en_are_found(text: str, expected: str | list[str], language: Language | None) -> None:
    assert _found(text, ahead=False, language=language) == (
        [expected] if isinstance(expected, str) else expected
    )


@pytest.mark.parametrize(("text", "expected"), AHEAD.items())
def test_dates_en_look_ahead(text: str, expected: str) -> None:
    assert _found(text, ahead=True, language="en") == [expected]
