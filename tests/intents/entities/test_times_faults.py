"""Check that a time that was clearly meant but cannot be is told, with the likely right one."""

from __future__ import annotations

from datetime import date

import pytest

from intents.entities.mention import Mention
from intents.entities.times import find_times

SUNDAY = date(2026, 11, 22)

FAULTS = [
    ("31 février", "no_such_day", "2026-02-28 2026-02-28"),
    ("31/02", "no_such_day", "2026-02-28 2026-02-28"),
    ("31/02/2025", "no_such_day", "2025-02-28 2025-02-28"),
    ("le 32 mars", "no_such_day", "2026-03-31 2026-03-31"),
    ("31 april", "no_such_day", "2026-04-30 2026-04-30"),
    ("29 février 2025", "no_such_day", "2025-02-28 2025-02-28"),
    ("du 25 au 31 février", "no_such_day", "2026-02-25 2026-02-28"),
    ("van 28 tot 31 september", "no_such_day", "2026-09-28 2026-09-30"),
    ("03/25/2026", "no_such_day", "2026-03-25 2026-03-25"),
    ("semaine 53 2025", "no_such_day", None),
    ("du 7 au 3 mars", "end_before_start", "2026-03-03 2026-03-07"),
    ("van 7 tot 3 maart", "end_before_start", "2026-03-03 2026-03-07"),
    ("du 7 mars 2026 au 3 mars 2026", "end_before_start", "2026-03-03 2026-03-07"),
    ("7/3/2026 - 3/3/2026", "end_before_start", "2026-03-03 2026-03-07"),
    ("du 30 avril au 1 mars", "end_before_start", "2026-03-01 2026-04-30"),
    ("de 2025 à 2024", "end_before_start", "2024-01-01 2025-12-31"),
    ("mars 1900", "year_out_of_range", "2026-03-01 2026-03-31"),
    ("5/3/1900", "year_out_of_range", "2026-03-05 2026-03-05"),
    ("du 3 au 7 mars 1900", "year_out_of_range", "2026-03-03 2026-03-07"),
    ("T1 2050", "year_out_of_range", "2026-01-01 2026-03-31"),
    ("en 1900", "year_out_of_range", None),
]


def _only(text: str, *, ahead: bool = False) -> Mention:
    mentions = find_times(text, language=None, today=SUNDAY, ahead=ahead)
    assert len(mentions) == 1
    return mentions[0]


@pytest.mark.parametrize(("text", "fault", "proposal"), FAULTS)
def test_times_that_cannot_be_carry_fault_and_proposal(text: str, fault: str, proposal: str | None) -> None:
    mention = _only(text)
    assert mention.fault == fault
    if proposal is None:
        assert mention.proposal is None
    else:
        start, end = proposal.split(" ")
        assert mention.proposal == {"start": start, "end": end}


def test_no_such_day_keeps_the_words_as_its_value() -> None:
    assert _only("récépissés 31 février svp").value == "31 février"


def test_end_before_start_keeps_both_ends_as_said() -> None:
    assert _only("du 7 mars 2026 au 3 mars 2026").value == {"start": "2026-03-07", "end": "2026-03-03"}


def test_date_ahead_that_cannot_be_proposes_a_date() -> None:
    mention = _only("le 31 novembre", ahead=True)
    assert (mention.entity, mention.fault, mention.proposal) == ("date", "no_such_day", "2026-11-30")


@pytest.mark.parametrize(("text", "end"), [("mars 2031", "2031-03-31"), ("mars 2000", "2000-03-31")])
def test_years_up_to_five_ahead_and_back_to_2000_are_plausible(text: str, end: str) -> None:
    mention = _only(text)
    assert mention.fault is None
    assert mention.value["end"] == end


def test_ranges_over_new_year_are_no_fault() -> None:
    assert _only("du 20 décembre au 10 janvier").fault is None
    assert _only("d'octobre à juin").fault is None
