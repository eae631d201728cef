"""Check that phrases of time follow the day on which they are read."""

from __future__ import annotations

from datetime import date

import pytest

from intents.entities.times import find_times

MONDAY = date(2026, 11, 23)
LEAP_DAY = date(2028, 2, 29)
NEW_YEAR = date(2027, 1, 1)
LAST_OF_MARCH = date(2026, 3, 31)
LAST_OF_DECEMBER = date(2026, 12, 31)

PERIODS = [
    (MONDAY, "lundi", "2026-11-23 2026-11-23"),
    (MONDAY, "lundi dernier", "2026-11-16 2026-11-16"),
    (MONDAY, "lundi prochain", "2026-11-30 2026-11-30"),
    (MONDAY, "dimanche", "2026-11-22 2026-11-22"),
    (MONDAY, "deze week", "2026-11-23 2026-11-29"),
    (MONDAY, "vorige week", "2026-11-16 2026-11-22"),
    (MONDAY, "last weekend", "2026-11-21 2026-11-22"),
    (MONDAY, "ce week-end", "2026-11-28 2026-11-29"),
    (MONDAY, "les 7 derniers jours", "2026-11-17 2026-11-23"),
    (MONDAY, "depuis lundi", "2026-11-23 2026-11-23"),
    (MONDAY, "semaine 48", "2026-11-23 2026-11-29"),
    (MONDAY, "du 23 au 25 novembre", "2026-11-23 2026-11-25"),
    (MONDAY, "du 24 au 26 novembre", "2025-11-24 2025-11-26"),
    (LEAP_DAY, "aujourd'hui", "2028-02-29 2028-02-29"),
    (LEAP_DAY, "29 février", "2028-02-29 2028-02-29"),
    (LEAP_DAY, "ce mois-ci", "2028-02-01 2028-02-29"),
    (LEAP_DAY, "l'année passée", "2027-01-01 2027-12-31"),
    (LEAP_DAY, "les 12 derniers mois", "2027-03-01 2028-02-29"),
    (LEAP_DAY, "de laatste maand", "2028-01-01 2028-01-31"),
    (LEAP_DAY, "fin février", "2028-02-21 2028-02-29"),
    (LEAP_DAY, "fin février 2027", "2027-02-21 2027-02-28"),
    (LEAP_DAY, "29 februari 2024", "2024-02-29 2024-02-29"),
    (LEAP_DAY, "du 28 février au 1er mars", "2028-02-28 2028-03-01"),
    (NEW_YEAR, "hier", "2026-12-31 2026-12-31"),
    (NEW_YEAR, "vorige maand", "2026-12-01 2026-12-31"),
    (NEW_YEAR, "deze week", "2026-12-28 2027-01-03"),
    (NEW_YEAR, "letztes Jahr", "2026-01-01 2026-12-31"),
    (NEW_YEAR, "ce trimestre", "2027-01-01 2027-03-31"),
    (NEW_YEAR, "last quarter", "2026-10-01 2026-12-31"),
    (NEW_YEAR, "décembre", "2026-12-01 2026-12-31"),
    (NEW_YEAR, "janvier", "2027-01-01 2027-01-31"),
    (NEW_YEAR, "entre Noël et Nouvel An", "2026-12-25 2027-01-01"),
    (NEW_YEAR, "du 28/12 au 4/1", "2026-12-28 2027-01-04"),
    (NEW_YEAR, "nouvel an", "2027-01-01 2027-01-01"),
    (NEW_YEAR, "semaine 53", "2026-12-28 2027-01-03"),
    (NEW_YEAR, "il y a un mois", "2026-12-01 2026-12-31"),
    (NEW_YEAR, "les 2 derniers mois", "2026-11-02 2027-01-01"),
    (LAST_OF_MARCH, "vorige maand", "2026-02-01 2026-02-28"),
    (LAST_OF_MARCH, "les 3 derniers mois", "2026-01-01 2026-03-31"),
    (LAST_OF_MARCH, "il y a un mois", "2026-02-01 2026-02-28"),
    (LAST_OF_MARCH, "T1", "2026-01-01 2026-03-31"),
    (LAST_OF_MARCH, "le 31", "2026-03-31 2026-03-31"),
    (LAST_OF_DECEMBER, "S1", "2026-01-01 2026-06-30"),
    (LAST_OF_DECEMBER, "le mois prochain", "2027-01-01 2027-01-31"),
    (LAST_OF_DECEMBER, "entre Noël et Nouvel An", "2026-12-25 2027-01-01"),
]

AHEAD = [
    (MONDAY, "lundi", "2026-11-30"),
    (MONDAY, "mardi", "2026-11-24"),
    (MONDAY, "le 23", "2026-11-23"),
    (MONDAY, "le 22", "2026-12-22"),
    (MONDAY, "cette semaine", "2026-11-23 2026-11-29"),
    (MONDAY, "de mercredi à vendredi", "2026-11-25 2026-11-27"),
    (LEAP_DAY, "29 février", "2028-02-29"),
    (date(2028, 3, 1), "29 février", "2032-02-29"),
    (LEAP_DAY, "demain", "2028-03-01"),
    (LEAP_DAY, "le 31", "2028-03-31"),
    (NEW_YEAR, "le 1er janvier", "2027-01-01"),
    (NEW_YEAR, "décembre", "2027-12-01 2027-12-31"),
    (NEW_YEAR, "du 28/12 au 4/1", "2026-12-28 2027-01-04"),
    (NEW_YEAR, "binnen 3 dagen", "2027-01-04"),
    (LAST_OF_DECEMBER, "in a month", "2027-01-01 2027-01-31"),
    (LAST_OF_DECEMBER, "over 2 maanden", "2027-02-01 2027-02-28"),
]


def _found(text: str, today: date, *, ahead: bool) -> list[str]:
    mentions = find_times(text, language=None, today=today, ahead=ahead)
    return [
        mention.value if mention.entity == "date" else f"{mention.value['start']} {mention.value['end']}"
        for mention in mentions
    ]


@pytest.mark.rule("GEN-6")
@pytest.mark.parametrize(("today", "text", "expected"), PERIODS)
def test_periods_follow_today(today: date, text: str, expected: str) -> None:
    assert _found(text, today, ahead=False) == [expected]


@pytest.mark.parametrize(("today", "text", "expected"), AHEAD)
def test_dates_follow_today(today: date, text: str, expected: str) -> None:
    assert _found(text, today, ahead=True) == [expected]
