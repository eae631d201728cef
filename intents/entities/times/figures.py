"""Read dates written in figures: 3/7, 03-07-2026, 3.7.26, 2026-07-03, 10/2025, 3-7/3, 3/3-7/3.

A Belgian writes the day before the month. What is not clearly a date (a fraction, a phone number, a price) is made
unreadable as a whole, so that no piece of it is taken for a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from intents.entities.times.said import Day, Said, Yearly
from intents.entities.times.tokens import NUMBER, SIGN, Token
from intents.entities.times.yearly import month_said

_DASHES = frozenset("-–‐‑−")
_JOINTS = _DASHES | {"/", "."}
_MOST_FIELDS = 7
# Around the clock, not 24 July.
_IDIOMS = frozenset({("24", "7"), ("7", "7"), ("24", "24")})
_FIRST_SHORT, _LAST_SHORT = 20, 35


class Chain(NamedTuple):
    """Hold numbers that are glued together by signs; `end` is the place of the token after them."""

    fields: list[Token]
    joints: list[str]
    dotted: list[bool]
    end: int


class Piece(NamedTuple):
    """Hold what a piece of a chain was read as: a date or month (`said`), a number, a joint; or nothing."""

    said: Said | None
    number: Token | None
    joint: str
    start: int
    end: int
    dotted: bool = False


def year_of(token: Token) -> int:
    """Give the year that two or four digits say."""
    if len(token.text) == 2:
        return token.number + (2000 if token.number < 70 else 1900)
    return token.number


def chain_at(tokens: Sequence[Token], at: int) -> Chain:
    """Gather the numbers glued together from a number on."""
    fields, joints, dotted = [tokens[at]], list[str](), list[bool]()
    end = at + 1
    while (step := _joint(tokens, end)) is not None:
        joint, dots, where = step
        joints.append(joint)
        dotted.append(dots)
        fields.append(tokens[where])
        end = where + 1
    dotted.append(False)
    return Chain(fields, joints, dotted, end)


def _joint(tokens: Sequence[Token], at: int) -> tuple[str, bool, int] | None:
    """Read a joint and say where the number behind it stands; "3.-7." has a dot before its dash."""
    if at + 1 >= len(tokens) or not _glued_sign(tokens, at):
        return None
    sign = tokens[at].text
    dots = sign == "." and tokens[at + 1].text in _DASHES and tokens[at + 1].start == tokens[at].end
    if dots:
        at, sign = at + 1, "-"
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    if behind is None or behind.kind != NUMBER or behind.start != tokens[at].end:
        return None
    return ("-" if sign in _DASHES else sign), dots, at + 1


def _glued_sign(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return token.kind == SIGN and token.text in _JOINTS and token.start == tokens[at - 1].end


def pieces(chain: Chain, *, led: bool, apart: bool) -> list[Piece]:
    """Read a chain into dates, numbers and joints; one piece of nothing where it is no date.

    `led` says that a word stands before it which announces a date ("le", "vom"), `apart` that its
    numbers stand for themselves: days before a month's name ("3-7 mars"), a week and its year ("semaine 12/2025").
    """
    if len(chain.fields) > _MOST_FIELDS:
        return [_nothing(chain)]
    if len(chain.fields) == 2 and (apart or _two_numbers(chain, led=led)):
        return _apart(chain)
    found: list[Piece] = []
    at = 0
    while at < len(chain.fields):
        said, size = _date_at(chain, at, led=led or len(chain.fields) > 3)
        if at + size < len(chain.fields) and chain.joints[at + size - 1] not in {"-", "/"}:
            return [_nothing(chain)]
        found.append(_piece(chain, at, size, said))
        if at + size < len(chain.fields):
            found.append(_joint_piece(chain, at + size - 1))
        at += size
    return [_as_range(piece, found) for piece in found] if _sound(found) else [_nothing(chain)]


def _as_range(piece: Piece, found: list[Piece]) -> Piece:
    """Make a dash of the stroke between two dates: "2026-03-03/2026-03-07"."""
    return piece._replace(joint="-") if piece.joint and found[0].said is not None else piece


def _sound(found: list[Piece]) -> bool:
    """Tell whether numbers stand only where they are days of the date that follows: "3-7/3"."""
    things = [piece for piece in found if not piece.joint]
    if len(things) > 2 or things[-1].said is None:
        return False
    first = things[0].number
    return first is None or (1 <= first.number <= 31 and len(first.text) <= 2)


def _two_numbers(chain: Chain, *, led: bool) -> bool:
    """Tell whether two numbers stand for themselves: years ("2024-2025"), a week and its year ("46/2025")."""
    first, second = chain.fields
    if chain.joints[0] == ".":
        return chain.dotted[0]
    if len(second.text) == 4 and _is_year(second):
        return len(first.text) == 4 or not 1 <= first.number <= 12
    if chain.joints[0] != "-" or len(first.text) > 2 or len(second.text) > 2:
        return False
    return _day_and_month(chain, 0, led=led) is None


def _apart(chain: Chain) -> list[Piece]:
    if chain.joints[0] == ".":
        return [_nothing(chain)]
    return [_piece(chain, 0, 1, None), _joint_piece(chain, 0), _piece(chain, 1, 1, None)]


def _piece(chain: Chain, at: int, size: int, said: Said | None) -> Piece:
    first, last = chain.fields[at], chain.fields[at + size - 1]
    number = first if said is None else None
    return Piece(said, number, "", first.start, last.end, chain.dotted[at + size - 1])


def _joint_piece(chain: Chain, at: int) -> Piece:
    return Piece(None, None, chain.joints[at], chain.fields[at].end, chain.fields[at + 1].start)


def _nothing(chain: Chain) -> Piece:
    return Piece(None, None, "", chain.fields[0].start, chain.fields[-1].end)


def _date_at(chain: Chain, at: int, *, led: bool) -> tuple[Said | None, int]:
    """Read the longest date that begins at a field; a number takes one field and says nothing."""
    fields, joints = chain.fields[at:], chain.joints[at:]
    if len(fields) >= 3 and joints[0] == joints[1] and (len(fields) == 3 or joints[2] != joints[1]):
        full = _full_date(*fields[:3])
        if full is not None:
            return full, 3
    # "3-7/3" is not the third of July: a dash inside a date does not change to a stroke.
    if len(fields) >= 2 and (len(fields) == 2 or joints[1] == "-" != joints[0]):
        short = _month_and_year(*fields[:2]) or _day_and_month(chain, at, led=led)
        if short is not None:
            return short, 2
    return None, 1


def _is_year(token: Token) -> bool:
    return len(token.text) == 4 and 1000 <= token.number <= 2999


def _full_date(first: Token, second: Token, third: Token) -> Day | None:
    if _is_year(first) and len(second.text) <= 2 and len(third.text) <= 2:
        return Day(third.number, second.number, first.number)
    if len(first.text) > 2 or len(second.text) > 2:
        return None
    said = Day(first.number, second.number, year_of(third))
    if len(third.text) == 2:
        # With so short a year only a sound date is one: "10-20-30" is none.
        return said if said.possible else None
    return said if _is_year(third) else None


def _month_and_year(first: Token, second: Token) -> Yearly | None:
    if _is_year(second) and len(first.text) <= 2 and 1 <= first.number <= 12:
        return month_said(first.number, second.number)
    if _is_year(first) and len(second.text) <= 2 and 1 <= second.number <= 12:
        return month_said(second.number, first.number)
    return None


def _padded(chain: Chain, at: int) -> bool:
    """Tell whether both numbers have two digits and one begins with 0: "03-07" is more than "3-7"."""
    first, second = chain.fields[at].text, chain.fields[at + 1].text
    return len(first) == len(second) == 2 and "0" in (first[0], second[0])


def _day_and_month(chain: Chain, at: int, *, led: bool) -> Said | None:
    first, second = chain.fields[at], chain.fields[at + 1]
    joint = chain.joints[at]
    if len(first.text) > 2 or len(second.text) > 2 or (first.text, second.text) in _IDIOMS:
        return None
    if joint == "/" and 1 <= first.number <= 12 and _FIRST_SHORT <= second.number <= _LAST_SHORT:
        return month_said(first.number, year_of(second))
    if not (1 <= first.number <= 31 and 1 <= second.number <= 12):
        return None
    if joint == "." and not (led or _padded(chain, at)):
        return None
    if joint == "-" and not ((led and len(second.text) == 2) or _padded(chain, at)):
        return None
    return Day(first.number, second.number)
