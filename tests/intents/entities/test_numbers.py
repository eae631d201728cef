"""Check which numbers are found in a message, in digits and in words."""

from __future__ import annotations

import pytest

from intents.entities.numbers import find_numbers
from intents.understanding import Language

IN_DIGITS = [
    ("200", 200),
    ("5 000", 5000),
    ("5.000", 5000),
    ("5000", 5000),
    ("5\u00a0000", 5000),
    ("5\u202f000", 5000),
    ("5,000", 5000),
    ("5'000", 5000),
    ("1.250.000", 1_250_000),
    ("12 500 étiquettes", 12_500),
    ("x200", 200),
    ("200x", 200),
    ("200 st.", 200),
    ("0", 0),
]

IN_WORDS: list[tuple[Language, str, int]] = [
    ("fr", "sept", 7),
    ("fr", "dix-sept", 17),
    ("fr", "vingt et un", 21),
    ("fr", "trente-deux", 32),
    ("fr", "soixante-dix", 70),
    ("fr", "soixante et onze", 71),
    ("fr", "septante", 70),
    ("fr", "septante-cinq", 75),
    ("fr", "quatre-vingts", 80),
    ("fr", "quatre-vingt-dix-sept", 97),
    ("fr", "nonante-neuf", 99),
    ("fr", "cent", 100),
    ("fr", "cent vingt", 120),
    ("fr", "deux cents", 200),
    ("fr", "DEUX CENT CINQUANTE", 250),
    ("fr", "mille", 1000),
    ("fr", "mille deux cents", 1200),
    ("fr", "deux mille cinq cents", 2500),
    ("fr", "onze", 11),
    ("fr", "une douzaine", 12),
    ("fr", "deux douzaines", 24),
    ("fr", "une demi-douzaine", 6),
    ("fr", "une centaine", 100),
    ("fr", "une vingtaine", 20),
    ("fr", "un millier", 1000),
    ("nl", "één", 1),
    ("nl", "zestien", 16),
    ("nl", "vijfentwintig", 25),
    ("nl", "tweeëntwintig", 22),
    ("nl", "vijfenzeventig", 75),
    ("nl", "vijf en twintig", 25),
    ("nl", "honderd", 100),
    ("nl", "honderdvijfentwintig", 125),
    ("nl", "tweehonderd", 200),
    ("nl", "twee honderd", 200),
    ("nl", "vijftienhonderd", 1500),
    ("nl", "tweeduizend", 2000),
    ("nl", "duizend vijfhonderd", 1500),
    ("nl", "een dozijn", 12),
    ("nl", "twee dozijn", 24),
    ("nl", "een half dozijn", 6),
    ("nl", "een vijftigtal", 50),
    ("en", "seventeen", 17),
    ("en", "twenty-five", 25),
    ("en", "a hundred", 100),
    ("en", "a hundred and twenty", 120),
    ("en", "two hundred", 200),
    ("en", "twelve hundred", 1200),
    ("en", "three thousand five hundred", 3500),
    ("en", "a dozen", 12),
    ("en", "half a dozen", 6),
    ("en", "ten", 10),
    ("de", "sechzehn", 16),
    ("de", "fünfundzwanzig", 25),
    ("de", "fuenfundzwanzig", 25),
    ("de", "zweihundertfünfzig", 250),
    ("de", "zweihundert", 200),
    ("de", "tausendfünfhundert", 1500),
    ("de", "dreißig", 30),
    ("de", "ein Dutzend", 12),
]

NONE: list[tuple[Language, str]] = [
    ("nl", "onze facturen"),
    ("nl", "ten laatste"),
    ("fr", "il a été envoyé"),
    ("fr", "3/7/2026"),
    ("fr", "12,50 EUR"),
    ("fr", "A4"),
    ("fr", "CS000012345678"),
    ("fr", "le 3e"),
    ("fr", "3kg"),
    ("fr", "14:30"),
    ("nl", "achter de hoek"),
    ("nl", "zesde"),
    ("en", "someone"),
    ("fr", "9" * 12),
    ("fr", "centre de coûts"),
]


def _values(text: str, language: Language | None) -> list[int]:
    return [mention.value for mention in find_numbers(text, language=language)]


@pytest.mark.parametrize("language", ["fr", "nl", None])
@pytest.mark.parametrize(("text", "value"), IN_DIGITS)
def test_numbers_in_digits_are_read_with_any_grouping(
    text: str, value: int, language: Language | None
) -> None:
    assert _values(text, language) == [value]


@pytest.mark.parametrize(("language", "text", "value"), IN_WORDS)
def test_numbers_in_words_are_read(language: Language, text: str, value: int) -> None:
    assert _values(text, language) == [value]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_numbers_are_not_seen_in_codes_dates_and_other_words(language: Language, text: str) -> None:
    assert _values(text, language) == []


def test_numbers_stand_where_they_were_said() -> None:
    text = "200 étiquettes, trente rouleaux et 5 000 formulaires"
    found = find_numbers(text, language="fr")
    assert [(text[mention.start : mention.end], mention.value) for mention in found] == [
        ("200", 200),
        ("trente", 30),
        ("5 000", 5000),
    ]


def test_two_numbers_side_by_side_stay_two() -> None:
    assert _values("deux trois rouleaux", "fr") == [2, 3]
    assert _values("drie en vier", "nl") == [3, 4]


def test_ragged_groups_are_numbers_of_their_own() -> None:
    assert _values("200 300 12", "fr") == [200, 300, 12]


def test_articles_count_as_one_for_who_counts_what_follows() -> None:
    assert _values("un rouleau", "fr") == [1]
    assert _values("een doos", "nl") == [1]
    assert _values("a box", "en") == [1]
    assert _values("il a une boîte", "fr") == [1]


def test_a_word_of_several_languages_follows_the_language() -> None:
    assert _values("onze", "fr") == [11]
    assert _values("onze", None) == [11]
    assert _values("onze", "nl") == []
