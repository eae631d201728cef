"""Count recurrences through changes of the clocks, short months, leap days and New Year (REP-3)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from services.calendar import BRUSSELS, BusinessCalendar
from services.errors import NotARecurrence
from services.recurrence import Timetable, first_day, read_recurrence, write_rule

CALENDAR = BusinessCalendar()
EIGHT = time(8, 0)


def local(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=BRUSSELS, fold=fold)  # type: ignore[misc,arg-type]


def moments(rule: str, today: date, count: int, at: time = EIGHT) -> list[datetime]:
    """List the first moments of a rule begun on a day."""
    recurrence = read_recurrence(rule)
    timetable = Timetable(recurrence, first_day(recurrence, today, CALENDAR), at, CALENDAR)
    found, moment = [], local(today.year, today.month, today.day)
    for _ in range(count):
        moment = timetable.next_after(moment)
        found.append(moment)
    return found


def days(rule: str, today: date, count: int) -> list[str]:
    return [moment.astimezone(BRUSSELS).date().isoformat() for moment in moments(rule, today, count)]


@pytest.mark.rule("REP-3")
@pytest.mark.parametrize(
    ("rule", "today", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", date(2026, 11, 22), ["2026-11-23", "2026-11-30", "2026-12-07"]),
        ("FREQ=WEEKLY;BYDAY=MO", date(2026, 11, 23), ["2026-11-30", "2026-12-07", "2026-12-14"]),
        ("FREQ=WEEKLY", date(2026, 12, 29), ["2027-01-04", "2027-01-11", "2027-01-18"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2026, 11, 22), ["2026-11-23", "2026-12-07", "2026-12-21"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH", date(2026, 12, 30), ["2026-12-31", "2027-01-04", "2027-01-07"]),
        ("FREQ=DAILY", date(2028, 2, 27), ["2028-02-28", "2028-02-29", "2028-03-01"]),
        ("FREQ=DAILY;INTERVAL=3", date(2026, 12, 30), ["2026-12-31", "2027-01-03", "2027-01-06"]),
        ("FREQ=MONTHLY", date(2026, 11, 22), ["2026-12-01", "2027-01-01", "2027-02-01"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", date(2026, 11, 22), ["2026-12-01", "2026-12-15", "2027-01-01"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2027, 12, 31), ["2028-01-31", "2028-02-29", "2028-03-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2027, 1, 5), ["2027-01-31", "2027-02-28", "2027-03-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=29", date(2028, 2, 1), ["2028-02-29", "2028-03-29", "2028-04-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=29", date(2027, 2, 1), ["2027-02-28", "2027-03-29", "2027-04-29"]),
        ("FREQ=MONTHLY;BYDAY=1MO", date(2026, 11, 22), ["2026-12-07", "2027-01-04", "2027-02-01"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 11, 22), ["2026-11-27", "2026-12-25", "2027-01-29"]),
        ("FREQ=MONTHLY;INTERVAL=3", date(2026, 11, 22), ["2027-01-01", "2027-04-01", "2027-07-01"]),
        ("FREQ=MONTHLY;INTERVAL=6", date(2026, 6, 30), ["2026-07-01", "2027-01-01", "2027-07-01"]),
        ("FREQ=YEARLY", date(2026, 11, 22), ["2027-01-01", "2028-01-01", "2029-01-01"]),
    ],
)
def test_recurrence_falls_on_days(rule: str, today: date, expected: list[str]) -> None:
    assert days(rule, today, len(expected)) == expected


@pytest.mark.rule("GEN-2")
def test_first_working_day_skips_weekends_and_legal_holidays() -> None:
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"
    # 1 January is a holiday, 2 and 3 January 2027 a weekend; 1 May 2027 a holiday on a Saturday.
    assert days(rule, date(2026, 12, 15), 5) == [
        "2027-01-04",
        "2027-02-01",
        "2027-03-01",
        "2027-04-01",
        "2027-05-03",
    ]


@pytest.mark.rule("REP-3", "GEN-2")
def test_time_of_the_clock_stays_across_both_changes_of_summer_time() -> None:
    spring = moments("FREQ=DAILY", date(2027, 3, 26), 3)
    assert [moment.astimezone(BRUSSELS).time() for moment in spring] == [EIGHT] * 3
    assert spring[1] - spring[0] == timedelta(hours=23)
    autumn = moments("FREQ=DAILY", date(2026, 10, 23), 3)
    assert [moment.astimezone(BRUSSELS).time() for moment in autumn] == [EIGHT] * 3
    assert autumn[1] - autumn[0] == timedelta(hours=25)


@pytest.mark.rule("REP-3")
def test_time_that_the_clock_skips_comes_once_an_hour_later() -> None:
    skipped = moments("FREQ=DAILY", date(2027, 3, 27), 2, at=time(2, 30))
    assert skipped == [
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2027, 3, 29, 0, 30, tzinfo=UTC),
    ]


@pytest.mark.rule("REP-3")
def test_time_that_the_clock_shows_twice_comes_once() -> None:
    twice = moments("FREQ=DAILY", date(2026, 10, 24), 2, at=time(2, 30))
    assert twice == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 26, 1, 30, tzinfo=UTC),
    ]
    recurrence = read_recurrence("FREQ=DAILY")
    timetable = Timetable(recurrence, date(2026, 10, 25), time(2, 30), CALENDAR)
    assert timetable.next_after(local(2026, 10, 25, 2, 15, fold=1)) == twice[1]


@pytest.mark.rule("REP-3")
def test_latest_moment_stands_for_all_missed_ones() -> None:
    timetable = Timetable(read_recurrence("FREQ=WEEKLY;BYDAY=MO"), date(2026, 11, 2), EIGHT, CALENDAR)
    now = local(2026, 12, 2, 15, 0)
    latest = timetable.latest_until(now)
    assert latest == local(2026, 11, 30, 8, 0)
    assert timetable.count_between(local(2026, 11, 2, 8, 0), latest) == 4
    assert timetable.next_after(now) == local(2026, 12, 7, 8, 0)
    assert timetable.latest_until(local(2026, 11, 2, 7, 59)) is None
    assert timetable.latest_until(local(2026, 11, 2, 8, 0)) == local(2026, 11, 2, 8, 0)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "lundi",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;INTERVAL=1",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=1MO,2TU",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;INTERVAL=0",
        "FREQ=MONTHLY;INTERVAL=1000000",
        "FREQ=DAILY;COUNT=3",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=WEEKLY;BYSETPOS=1",
        "FREQ=DAILY;INTERVAL=" + "1" * 300,
    ],
)
def test_rule_that_no_sending_can_follow_is_refused(rule: str) -> None:
    with pytest.raises(NotARecurrence):
        read_recurrence(rule)


@pytest.mark.parametrize(
    ("rule", "definite"),
    [
        ("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1"),
        ("FREQ=WEEKLY;BYDAY=TH,MO", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ),
    ],
)
def test_rule_is_made_definite_and_reads_back(rule: str, definite: str) -> None:
    recurrence = read_recurrence(rule)
    assert write_rule(recurrence) == definite
    assert read_recurrence(definite) == recurrence
    start = first_day(recurrence, date(2026, 11, 22), CALENDAR)
    timetable = Timetable(recurrence, start, EIGHT, CALENDAR)
    first = timetable.next_after(local(2026, 11, 22))
    assert first.astimezone(BRUSSELS).date() == start
