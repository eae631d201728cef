"""Check what holds of any text: nothing raises, spans lie inside, ends follow starts, time grows with length."""

from __future__ import annotations

import itertools
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.entities.mention import Mention, overlaps
from intents.entities.numbers import find_numbers
from intents.entities.recurrence import find_recurrences
from intents.entities.times import find_times
from intents.entities.times.lexicon import lexicon

LONGEST = 10_000
SIGNS = [
    ".",
    ",",
    "-",
    "/",
    "'",
    "–",
    "du",
    "3",
    "7",
    "31",
    "2026",
    "1900",
    "03/03",
    "99/99",
    "1er",
    "T1",
    "\n",
    "é",
]

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))
LANGUAGES = st.sampled_from(["fr", "nl", "en", "de", None])
PHRASES = st.lists(st.sampled_from([*sorted(lexicon().senses), *SIGNS]), max_size=14).map(" ".join)
TEXTS = st.one_of(st.text(max_size=200), PHRASES, st.text(alphabet="0123456789/.-, ", max_size=60))


def _check(text: str, mentions: list[Mention]) -> None:
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
    assert all(first.end <= second.start for first, second in itertools.pairwise(mentions))


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, language=LANGUAGES, today=DAYS, ahead=st.booleans())
def test_times_of_any_text_lie_inside_it_and_run_forward(
    text: str, language: None, today: date, ahead: bool
) -> None:
    mentions = find_times(text, language=language, today=today, ahead=ahead)
    _check(text, mentions)
    for mention in mentions:
        if mention.fault is not None:
            continue
        if mention.entity == "date":
            assert date.fromisoformat(mention.value)
        else:
            assert date.fromisoformat(mention.value["start"]) <= date.fromisoformat(mention.value["end"])


@settings(max_examples=200, deadline=None)
@given(
    text=PHRASES, today=DAYS, spans=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=3)
)
def test_times_never_overlap_what_was_taken(text: str, today: date, spans: list[tuple[int, int]]) -> None:
    taken = [Mention("barcode", "", start, start + length) for start, length in spans]
    for mention in find_times(text, language=None, today=today, ahead=False, taken=taken):
        assert not overlaps(mention, taken)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, language=LANGUAGES)
def test_recurrences_of_any_text_are_rules(text: str, language: None) -> None:
    mentions = find_recurrences(text, language=language)
    _check(text, mentions)
    assert all(mention.value.startswith("FREQ=") for mention in mentions)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, language=LANGUAGES)
def test_numbers_of_any_text_are_not_negative(text: str, language: None) -> None:
    mentions = find_numbers(text, language=language)
    _check(text, mentions)
    assert all(mention.value >= 0 for mention in mentions)


LONG = {
    "prose": "les récépissés de la semaine dernière svp, en de facturen van maart aub. ",
    "numbers": "3, ",
    "ranges": "du 3 au 7 ",
    "units": "semaine ",
    "directions": "dernier ",
    "strokes": "31/",
    "letters": "a",
    "glued number": "een",
    "short weekdays": "mi ",
    "open ranges": "entre le 3 et ",
    "recurrences": "tous les ",
}


def _seconds(text: str) -> float:
    today = date(2026, 11, 22)
    best = 60.0
    for _ in range(3):
        begun = time.process_time()
        find_times(text, language=None, today=today, ahead=False)
        find_recurrences(text, language=None)
        find_numbers(text, language=None)
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG.keys())
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    short, long = _seconds(text[: LONGEST // 10]), _seconds(text)
    # Ten times the text may take thirty times as long on a busy machine; a square would be a hundred times.
    assert long < 30 * max(short, 0.001)
