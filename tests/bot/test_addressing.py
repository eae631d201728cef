"""Tell what is said to the bot from what merely speaks of a counter (TIC-2)."""

import pytest

from bot.addressing import read_call
from handlers.commands import Commands


@pytest.mark.rule("TIC-2")
@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("guichet, factures d'octobre", "factures d'octobre"),
        ("Guichet : une annexe", "une annexe"),
        ("@guichet help", "help"),
        ("GUICHET!", ""),
        ("/guichet factures", "factures"),
        ("/guichet", ""),
        ("  guichet; stop", "stop"),
    ],
)
def test_bot_is_addressed_by_its_name_or_a_command(written: str, text: str) -> None:
    call = read_call(written)
    assert call.is_addressed
    assert call.text == text


@pytest.mark.rule("TIC-2")
@pytest.mark.parametrize(
    "written",
    ["guichet fermé hier, pourquoi ?", "le guichet, c'est où ?", "guichets, sacs et bacs", "bonjour", ""],
)
def test_words_about_a_counter_are_for_the_person(written: str) -> None:
    call = read_call(written)
    assert not call.is_addressed
    assert call.text == written


@pytest.mark.parametrize("written", ["guichet !", "/guichet", "@guichet"])
def test_bot_that_is_only_called_says_what_it_can_do(written: str) -> None:
    commanded = read_call(written).command(Commands(), None)
    assert commanded is not None
    assert commanded.intent == "chat.help"


def test_transcript_of_a_command_holds_its_word_only() -> None:
    assert read_call("/guichet note GC-2026-000318 client difficile").line == "/guichet note"
