"""A message's language is its own where it has one, the conversation's where it does not tell."""

from __future__ import annotations

from datetime import date

import pytest

from intents.language import choose_language, has_language
from intents.text import tokens
from intents.understander import Understander
from intents.understanding import Context, Language

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("text", ["1046123456", "RR123456785BE", "😀", "els@example.be", "12/10", "", "?"])
def test_has_language_is_false_where_no_word_is(text: str) -> None:
    assert not has_language(tokens(text))


def test_choose_language_keeps_to_the_conversation_where_words_do_not_tell() -> None:
    unsure: dict[Language, float] = {"fr": 0.3, "nl": 0.05, "en": 0.6, "de": 0.05}
    assert choose_language(["ok"], unsure, "fr") == "fr"
    assert choose_language(["ok"], unsure, "de") == "de"
    assert choose_language(["menu"], unsure, "de") == "en"


def test_choose_language_follows_clear_words_out_of_the_conversation() -> None:
    clear: dict[Language, float] = {"fr": 0.02, "nl": 0.95, "en": 0.02, "de": 0.01}
    assert choose_language(["goeiedag"], clear, "fr") == "nl"


def test_choose_language_asks_more_of_letters_never_seen_as_a_word() -> None:
    likely: dict[Language, float] = {"fr": 0.1, "nl": 0.75, "en": 0.1, "de": 0.05}
    assert choose_language(["zork"], likely, "fr", familiar=False) == "fr"
    assert choose_language(["zork"], likely, None, familiar=False) is None
    certain: dict[Language, float] = {"fr": 0.95, "nl": 0.02, "en": 0.02, "de": 0.01}
    assert choose_language(["doctobre"], certain, "nl", familiar=False) == "fr"


@pytest.mark.rule("GEN-1")
@pytest.mark.parametrize(
    "text", ["grmbl fnord", "hein ?", "hmm", "Bzzt", "ja", "stop", "<b>fnord</b>", "qsdf", "pfff", "ok"]
)
@pytest.mark.parametrize("known", ["fr", "nl"])
def test_understander_leaves_people_their_language_where_words_tell_none(
    understander: Understander, text: str, known: Language
) -> None:
    assert understander.understand(text, today=TODAY, context=Context(language=known)).language == known


@pytest.mark.rule("GEN-1")
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("je cherche ma facture", "fr"),
        ("waar zijn mijn facturen", "nl"),
        ("where are my invoices", "en"),
        ("wo sind meine Rechnungen", "de"),
        ("g besoin dun recepisse", "fr"),
        ("kunde gij da sturen", "nl"),
        ("oui", "fr"),
        ("slt", "fr"),
        ("fctur doctobre", "fr"),
        ("ik zoek mijn facture van october", "nl"),
        ("je cherche mon afgiftebewijs de mars", "fr"),
    ],
)
def test_understander_tells_the_language(understander: Understander, text: str, language: Language) -> None:
    assert understander.understand(text, today=TODAY).language == language


@pytest.mark.rule("GEN-1")
def test_understander_lends_a_bare_number_the_language_of_the_conversation(
    understander: Understander,
) -> None:
    assert understander.understand("1046123456", today=TODAY).language is None
    talk = Context(language="nl")
    assert understander.understand("1046123456", today=TODAY, context=talk).language == "nl"


def test_understander_obeys_a_fixed_language(understander: Understander) -> None:
    assert understander.understand("where are my invoices", today=TODAY, language="fr").language == "fr"
