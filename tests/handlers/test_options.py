"""Read the days for which an option is asked (OPT-3)."""

import pytest

from handlers.options import first_day, last_day

HOLIDAYS = {"period": {"start": "2026-12-24", "end": "2027-01-03"}}


@pytest.mark.rule("OPT-3")
@pytest.mark.parametrize(
    ("entities", "text", "first", "last"),
    [
        ({"date": "2026-12-24"}, "le 24 décembre", "2026-12-24", None),
        (HOLIDAYS, "du 24 décembre au 3 janvier", "2026-12-24", "2027-01-03"),
        (HOLIDAYS, "van 24 december tot 3 januari", "2026-12-24", "2027-01-03"),
        # Until alone says no first day, although the period begins today.
        (HOLIDAYS, "non, jusqu’au 3 janvier", None, "2027-01-03"),
        (HOLIDAYS, "nee, tot 3 januari", None, "2027-01-03"),
        (HOLIDAYS, "until 3 January", None, "2027-01-03"),
        (HOLIDAYS, "bis 3. Januar", None, "2027-01-03"),
        ({"date": ["2027-01-03", "2026-12-24"]}, "3/1 et 24/12", "2026-12-24", "2027-01-03"),
        ({"period": {"start": "2026-12-24", "end": "2026-12-24"}}, "24/12", "2026-12-24", None),
        ({"period": [HOLIDAYS["period"]] * 2}, "deux périodes", None, None),
        ({"date": ["2026-12-01", "2026-12-02", "2026-12-03"]}, "trois jours", None, None),
        ({}, "rien", None, None),
    ],
)
def test_days_of_a_message_are_the_first_and_the_last(
    entities: dict[str, object], text: str, first: str | None, last: str | None
) -> None:
    assert (first_day(entities, text), last_day(entities, text)) == (first, last)
