"""Find the times in a message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from intents.entities.mention import Mention, overlaps
from intents.entities.times.days import Span, Unit
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line
from intents.entities.times.ranges import Piece, piece_at, week_beside
from intents.entities.times.reading import Item, read_items
from intents.entities.times.settle import Clock, Flaw, lend, settle
from intents.understanding import Language

_LIST: Final[frozenset[Kind]] = frozenset({"and", "comma", "slash"})
_MOST_LISTED = 8
_FURTHEST = 7

# Without one of these senses, or a number, no phrase of time can stand in a message.
_CORE: Final[frozenset[Kind]] = frozenset(
    {
        "month",
        "weekday",
        "weekday_short",
        "day",
        "unit",
        "feast",
        "part_of_unit",
        "year",
        "daypart",
        "now",
        "to_date",
        "unit_to_date",
        "past_unit",
    }
)


def find_times(
    text: str, *, language: Language | None, today: date, ahead: bool, taken: Sequence[Mention] = ()
) -> list[Mention]:
    """Find each period, or with `ahead` each date, in the order in which they are said."""
    items = read_items(text, taken)
    reach = _reach(items)
    if not any(reach):
        return []
    line = Line(items, today=today, ahead=ahead, language=language)
    clock = Clock(today, ahead)
    mentions: list[Mention] = []
    at = 0
    while at < len(items):
        if not reach[at]:
            at += 1
            continue
        pieces = _list_at(line, at)
        if line.has(at - 1, "street") and pieces:
            at = pieces[-1].end
            continue
        found = [mention for piece in pieces if (mention := _mention(piece, items, text, clock)) is not None]
        # What was taken parts phrases; where it hides between two words, the phrase is left to its finder.
        mentions.extend(mention for mention in found if not overlaps(mention, taken))
        at = max(pieces[-1].end, at + 1) if found else at + 1
    return mentions


def _reach(items: Sequence[Item]) -> list[bool]:
    """Tell of each item whether a phrase of time may begin with it: the core of one stands there or soon behind."""
    reach = [False] * len(items)
    since_core = _FURTHEST + 1
    for at in range(len(items) - 1, -1, -1):
        item = items[at]
        senses = item.senses
        counts = "num" in senses and "article" not in senses
        is_core = counts or item.said is not None or not _CORE.isdisjoint(senses)
        since_core = 0 if is_core else since_core + 1
        reach[at] = since_core <= _FURTHEST and (is_core or bool(senses))
    return reach


def _list_at(line: Line, at: int) -> list[Piece]:
    """Read the phrases that begin at a place, and those listed with it, each with what its neighbours lend."""
    first = piece_at(line, at)
    if first is None:
        return []
    pieces = [first]
    while len(pieces) < _MOST_LISTED:
        place = line.skip(pieces[-1].end, _LIST, most=2)
        # "Sept okt 2026": months may follow one another without a comma.
        if place == pieces[-1].end and not (line.has(place, "month") and line.has(place - 1, "month")):
            break
        another = week_beside(line, place, pieces[-1]) or piece_at(line, place)
        if another is None:
            break
        pieces.append(another)
    _lend_backwards(pieces)
    for index in range(1, len(pieces)):
        if _may_lend_forward(pieces[index]):
            pieces[index] = lend(pieces[index], pieces[index - 1], behind=False)
    if not pieces[0].sure:
        return []
    sure = [piece.sure for piece in pieces]
    return pieces[: sure.index(False)] if False in sure else pieces


def _lend_backwards(pieces: list[Piece]) -> None:
    for index in range(len(pieces) - 2, -1, -1):
        piece, following = pieces[index], pieces[index + 1]
        # In "3 et le 5 mars" the first number has no article, and is no day.
        if not piece.sure and not piece.article and following.article:
            continue
        pieces[index] = lend(piece, following, behind=True)


def _may_lend_forward(piece: Piece) -> bool:
    return piece.sure or piece.article


def _mention(piece: Piece, items: Sequence[Item], text: str, clock: Clock) -> Mention | None:
    outcome = settle(piece, clock)
    if outcome is None:
        return None
    start, end = items[piece.start].start, items[piece.end - 1].end
    one_day = (
        piece.manner in {"plain", "onward", "after"} and piece.last is None and piece.first.grain is Unit.DAY
    )
    entity = "date" if clock.ahead and one_day else "period"
    if isinstance(outcome, Flaw):
        value = text[start:end] if outcome.value is None else _normal(outcome.value, entity)
        proposal = None if outcome.proposal is None else _normal(outcome.proposal, entity)
        return Mention(entity, value, start, end, outcome.code, proposal)
    if entity == "date" and outcome.start != outcome.end:
        entity = "period"
    return Mention(entity, _normal(outcome, entity), start, end)


def _normal(span: Span, entity: str) -> Any:
    return span.start.isoformat() if entity == "date" else span.normal()
