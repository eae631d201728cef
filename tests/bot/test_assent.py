"""Show what is heard as a yes or a no to a summary (CNV-2)."""

import pytest

from bot.assent import agrees, declines, objects


@pytest.mark.rule("CNV-2")
@pytest.mark.parametrize(
    "text", ["oui", "Oui !", "oui svp", "d’accord", "ja graag", "Ja, bitte.", "yes please", "OK"]
)
def test_plain_yes_is_a_yes(text: str) -> None:
    assert agrees(text)
    assert not declines(text)


@pytest.mark.rule("CNV-2")
@pytest.mark.parametrize(
    "text", ["", "merci", "oui mais pas octobre", "ja maar niet nu", "hmm", "👍 non", "yes or no"]
)
def test_anything_more_is_no_yes(text: str) -> None:
    assert not agrees(text)


@pytest.mark.parametrize("text", ["non", "Nee, dank u", "no thanks", "Nein danke!", "stop"])
def test_polite_no_is_a_no(text: str) -> None:
    assert declines(text)
    assert not objects(text)


@pytest.mark.parametrize("text", ["non, en fait c'est septembre", "nee, ik bedoel augustus"])
def test_no_that_says_more_objects(text: str) -> None:
    assert objects(text)
    assert not declines(text)
    assert not objects("oui, c'est septembre")
