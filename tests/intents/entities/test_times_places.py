"""Check where in a message times stand, and what they leave to others."""

from __future__ import annotations

from datetime import date

from intents.entities.mention import Mention
from intents.entities.recurrence import find_recurrences
from intents.entities.times import find_times

SUNDAY = date(2026, 11, 22)


def _find(text: str, taken: list[Mention] | None = None, *, ahead: bool = False) -> list[Mention]:
    return find_times(text, language="fr", today=SUNDAY, ahead=ahead, taken=taken or [])


def _said(text: str, mentions: list[Mention]) -> list[str]:
    return [text[mention.start : mention.end] for mention in mentions]


def test_times_stand_where_they_were_said() -> None:
    text = "Bonjour, les récépissés du 3 au 7 mars et la facture d'octobre svp"
    assert _said(text, _find(text)) == ["du 3 au 7 mars", "octobre"]


def test_times_leave_what_was_taken_before() -> None:
    text = "CS000000032026 du 3 au 7 mars"
    taken = [Mention("operational_id", "CS000000032026", 0, 14)]
    assert _said(text, _find(text, taken)) == ["du 3 au 7 mars"]


def test_times_never_cross_what_was_taken() -> None:
    text = "du 3 mars 1000 au 7 mars"
    taken = [Mention("place", "Bruxelles", 10, 14)]
    assert _said(text, _find(text, taken)) == ["du 3 mars", "au 7 mars"]


def test_times_leave_a_gap_that_was_taken_between_words() -> None:
    taken = [Mention("barcode", "", 5, 6)]
    assert _find("avant hier", []) != []
    assert _find("avant hier", taken) == _find("      hier", [])


def test_recurrence_is_not_a_period_too() -> None:
    text = "chaque lundi les récépissés de la semaine passée"
    recurrences = find_recurrences(text, language="fr")
    assert [mention.value for mention in recurrences] == ["FREQ=WEEKLY;BYDAY=MO"]
    periods = _find(text, recurrences)
    assert [mention.value for mention in periods] == [{"start": "2026-11-09", "end": "2026-11-15"}]


def test_quantity_behind_a_date_is_not_its_year() -> None:
    assert _said("le 5 décembre 2000 exemplaires", _find("le 5 décembre 2000 exemplaires")) == [
        "le 5 décembre"
    ]


def test_one_day_ahead_is_a_date_and_a_week_a_period() -> None:
    assert [mention.entity for mention in _find("le 5 décembre", ahead=True)] == ["date"]
    assert [mention.entity for mention in _find("la semaine prochaine", ahead=True)] == ["period"]
    assert [mention.entity for mention in _find("du 5 au 7 décembre", ahead=True)] == ["period"]


def test_accents_typed_in_two_characters_are_understood() -> None:
    text = "fe\u0301vrier et de\u0301but mars"
    assert [mention.value["start"] for mention in _find(text)] == ["2026-02-01", "2026-03-01"]


def test_chat_markup_does_not_part_a_phrase() -> None:
    assert [mention.value["end"] for mention in _find("du *3* au *7 mars*")] == ["2026-03-07"]


def test_typographic_apostrophes_are_read() -> None:
    assert [mention.value["start"] for mention in _find("factures d’octobre")] == ["2026-10-01"]
