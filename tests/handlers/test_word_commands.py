"""Command by a word what can also be said, in four languages."""

import re

import pytest

from handlers.names import INTENTS
from handlers.word_commands import WORDS, word_commands
from locales.words import LANGUAGES

LISTED = [(language, word) for language, words in WORDS.items() for word in words]


def test_each_language_has_its_words_for_the_same_wishes() -> None:
    assert set(WORDS) == set(LANGUAGES)
    assert len({tuple(words.values()) for words in WORDS.values()}) == 1


@pytest.mark.parametrize(("language", "word"), LISTED)
def test_word_asks_for_its_intent_and_fits_a_menu(language: str, word: str) -> None:
    intent = WORDS[language][word]
    assert intent in INTENTS
    assert re.fullmatch(r"[a-z0-9_]{1,32}", word)
    commanded = word_commands().read(f"/guichet {word}", {"period": "x"})
    if intent == "chat.cancel":
        # The dialogue ends the open form; as a wish it would only say that nothing is open.
        assert commanded is None
    else:
        assert commanded is not None
        assert (commanded.intent, commanded.entities) == (intent, {"period": "x"})


def test_link_takes_the_code_or_the_address_after_it() -> None:
    commands = word_commands()
    with_code = commands.read("/guichet link 012345", {})
    with_address = commands.read("/guichet link a@b.example", {"email": "a@b.example"})
    assert with_code is not None
    assert with_code.entities == {"link_code": "012345"}
    assert with_address is not None
    assert with_address.entities == {"email": "a@b.example"}
