"""Sign and read tokens."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import FixedClock
from bot.seals import SESSION_DAYS, Expired, FileGrant, NotSigned, Seals, Visitor

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY = "a key that is long enough for everybody"


def seals(later: timedelta = timedelta(0), key: str = KEY) -> Seals:
    return Seals(key, FixedClock(NOW + later), file_minutes=15)


def test_session_token_gives_its_visitor_back() -> None:
    visitor = Visitor("abc", "customer-fr")
    assert seals().visitor(seals().session(visitor)) == visitor


def test_session_token_lasts_its_days_and_no_longer() -> None:
    token = seals().session(Visitor("abc"))
    assert seals(timedelta(days=SESSION_DAYS)).visitor(token) == Visitor("abc")
    with pytest.raises(Expired):
        seals(timedelta(days=SESSION_DAYS, seconds=1)).visitor(token)


@pytest.mark.parametrize("changed", ["", "x", "é", "a.b.c", "\ud800"])
def test_token_that_was_not_made_here_is_refused(changed: str) -> None:
    with pytest.raises(NotSigned):
        seals().visitor(changed)


def test_token_changed_in_any_place_is_refused() -> None:
    token = seals().session(Visitor("abc"))
    for place, letter in enumerate(token):
        other = "A" if letter != "A" else "B"
        # The last letters of a base64 text hold bits that mean nothing.
        if place in {token.index(".") - 1, len(token) - 1}:
            continue
        with pytest.raises(NotSigned):
            seals().visitor(token[:place] + other + token[place + 1 :])


def test_token_of_another_key_is_refused() -> None:
    with pytest.raises(NotSigned):
        seals().visitor(seals(key="another key, long enough as well").session(Visitor("abc")))


@pytest.mark.rule("GEN-4")
def test_file_address_lasts_its_minutes_and_no_longer() -> None:
    grant = FileGrant("file-1", 7)
    token = seals().file(grant)
    assert seals(timedelta(minutes=15)).grant(token) == grant
    with pytest.raises(Expired):
        seals(timedelta(minutes=15, seconds=1)).grant(token)


def test_file_address_is_no_session_token_nor_the_other_way_round() -> None:
    with pytest.raises(NotSigned):
        seals().visitor(seals().file(FileGrant("file-1", 7)))
    with pytest.raises(NotSigned):
        seals().grant(seals().session(Visitor("abc")))
