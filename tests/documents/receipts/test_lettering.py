from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.receipts.lettering import LONGEST, printable


@pytest.mark.parametrize(
    "text",
    [
        "Jean Dupont",
        "D’Hondt & fils",
        'SPRL "Les Œufs"',
        "Łódź",
        "שלום",
        "سلام",
        "😀 👨‍👩‍👧 🇧🇪",
        "ไทย",
        "#eval(1) $x$",
    ],
)
def test_text_with_letters_of_the_fonts_stays_as_it_is(text: str) -> None:
    assert printable(text) == [text]


def test_sign_that_no_font_has_is_written_as_its_number() -> None:
    assert printable("Chez 中文") == ["Chez [U+4E2D][U+6587]"]


def test_plain_signs_only_writes_others_as_numbers() -> None:
    assert "".join(printable("é 😀 سل", plain_signs_only=True)) == "é [U+1F600] [U+0633][U+0644]"


def test_control_and_direction_signs_are_taken_out() -> None:
    assert printable("a\x00b\u202ec\nd") == ["abc d"]


def test_text_too_long_ends_in_an_ellipsis() -> None:
    whole = "".join(printable("é" * 1000))
    assert len(whole) == LONGEST + 1
    assert whole.endswith("é…")


@given(st.text(max_size=250))
def test_pieces_of_long_words_join_to_the_whole(text: str) -> None:
    word = "x" * 30 + text
    pieces = printable(word)
    assert "".join(pieces).startswith("x" * 30)
    assert max(len(piece) for piece in pieces[:2]) <= 24


def test_pieces_never_part_marks_and_joined_emoji() -> None:
    family = "👨‍👩‍👧"
    assert all(piece.count(family) * len(family) == len(piece) for piece in printable(family * 20))
    assert all(not piece.startswith("\u0301") for piece in printable("e\u0301" * 60))
