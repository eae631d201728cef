import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.entities.findings import Findings
from intents.entities.folding import fold, fold_phrase
from intents.entities.mention import Mention


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Récépissés", "recepisses"),
        ("e\u0301te\u0301", "ete"),
        ("Straße", "strasse"),
        ("cœur", "coeur"),
        ("l\u2019été \u2013 n\u00ba 1", "l'ete - n° 1"),
        ("1046\u00a0123\u202f456", "1046 123 456"),
        ("1046\u200b123", "1046123"),
        ("１０４６", "1046"),
        ("\u202e1046", "1046"),
    ],
)
def test_fold_gives_plain_letters(text: str, plain: str) -> None:
    assert fold(text).plain == plain
    assert fold_phrase(text) == plain


def test_fold_leads_back_to_the_original_characters() -> None:
    folded = fold("Straße \u200b12 é")
    start = folded.plain.index("12")
    assert folded.original(start, start + 2) == "12"
    assert folded.text[slice(*folded.place(start, start + 2))] == "12"
    assert folded.original(0, 7) == "Straße"


def test_folded_locate_is_the_inverse_of_place() -> None:
    folded = fold("Straße und Œuvre 12")
    for word in folded.words:
        assert folded.locate(*folded.place(word.start, word.end)) == (word.start, word.end)


def test_fold_splits_words_at_signs_and_underscores() -> None:
    assert [word.plain for word in fold("a_b l'Étage-2").words] == ["a", "b", "l", "etage", "2"]


@given(st.text(max_size=200))
def test_fold_never_raises_and_stays_inside_the_text(text: str) -> None:
    folded = fold(text)
    for word in folded.words:
        start, end = folded.place(word.start, word.end)
        assert 0 <= start < end <= len(text)


def test_findings_give_each_character_to_one_mention() -> None:
    found = Findings(fold("Straße 1234"))
    assert found.add("prs", "1234", (8, 12))
    assert not found.add("quantity", 23, (9, 11))
    assert not found.adopt(Mention("period", None, 7, 11))
    assert found.adopt(Mention("place", "x", 0, 6))
    assert found.mentions[0] == Mention("prs", "1234", 7, 11)
    assert not found.is_free(0, 3)
    assert found.is_free(7, 8)
