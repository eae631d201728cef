"""Read what phrases of time tie together: du 3 au 7 mars, depuis lundi, until yesterday, 3, 4 et 5 mars."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Literal

from intents.entities.times.atoms import bare_day, bound
from intents.entities.times.dates import day_of_counted_month
from intents.entities.times.days import Span, Unit, last_units, move, next_units, single
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line, Parsed
from intents.entities.times.marks import another_week
from intents.entities.times.parts import part
from intents.entities.times.said import Day, Pinned, Said, Weekly, Yearly, within
from intents.entities.times.tails import year_at
from intents.entities.times.units import duration_at

Manner = Literal["plain", "range", "since", "onward", "until", "before", "after", "by"]

_Lead = Literal["since", "onward", "until", "before", "after", "by"]
_LEADS: Final[tuple[_Lead, ...]] = ("since", "onward", "until", "before", "after", "by")
_ARTICLES: Final[frozenset[Kind]] = frozenset({"the", "on_the", "of_the"})
_JOINTS: Final[frozenset[Kind]] = frozenset({"to", "dash"})
_OPEN_RANGE: Final[frozenset[Kind]] = frozenset({"from", "comma", "of_the", "between"})
_COUNTED_FROM: Final[frozenset[Kind]] = frozenset({"onward", "after", "before"})
_WEEKDAYS: Final[frozenset[Kind]] = frozenset({"weekday", "weekday_short"})
# Words that, before a bare number, say that it is a day: "le 3", "bis zum 7."
_DAY_LEADS: Final = frozenset({"le", "du", "au", "am", "den", "dem", "zum", "vom"})
# Words that say so only where the number is an ordinal: "de 15e", "the 3rd"; "de 15" counts.
_ORDINAL_LEADS: Final = frozenset({"de", "the", "den", "op"})


@dataclass(frozen=True, slots=True)
class Lasting:
    """Say how long something lasts from its first day."""

    unit: Unit
    count: int

    def after(self, first: Span) -> Span:
        """Make the span of so many units from the first day of another."""
        return Span(first.start, move(self.unit, first.start, self.count) - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one phrase before it is settled: its manner, its one or two times, and its items.

    `sure` is False where a bare number is a day only if its neighbours lend it a month.
    """

    manner: Manner
    first: Said
    last: Said | Lasting | None
    start: int
    end: int
    sure: bool = True
    article: bool = False


def piece_at(line: Line, at: int) -> Piece | None:
    """Read one phrase that begins at a place."""
    if line.has(at, "between"):
        found = _tied(line, at, at + 1, frozenset({"and", "to", "dash"}))
        if found is not None:
            return found
    for manner in _LEADS:
        if line.has(at, manner):
            found = _led(line, at, manner)
            if found is not None:
                return found
    if line.has(at, "from"):
        found = _tied(line, at, at + 1, _JOINTS) or _on(line, at)
        if found is not None:
            return found
    if line.has(at, "to_date"):
        return Piece("until", Pinned(single(line.today), Unit.DAY), None, at, at + 1)
    return _weekend(line, at) or _tied(line, at, at, _JOINTS) or _plain(line, at)


def _weekend(line: Line, at: int) -> Piece | None:
    """Read "le week-end du 5 au 6 décembre": its days alone, the word before them says no more."""
    named = line.skip(at, _ARTICLES, most=1)
    place = line.skip(named + 1, _OPEN_RANGE, most=2)
    if line.unit(named) is not Unit.WEEKEND or place == named + 1:
        return None
    days = _tied(line, at, place, _JOINTS | {"and"})
    return days if days is not None and isinstance(days.last, Day) else None


def _on(line: Line, at: int) -> Piece | None:
    """Read "from Monday on"."""
    parsed = bound(line, at + 1)
    if parsed is None or not line.has(parsed.end, "onward_post"):
        return None
    return Piece("onward", parsed.said, None, at, parsed.end + 1)


def _left(line: Line, at: int) -> list[Parsed]:
    """Read what a range may begin with: a time, a bare number, a weekday in two letters; the likeliest first."""
    place = line.skip(at, _ARTICLES, most=2)
    found = [parsed for parsed in (bound(line, at), bare_day(line, place, words=True)) if parsed is not None]
    short = line.sense(place, "weekday_short")
    if short is not None and line.any_of(line.skip(place + 1, _JOINTS, most=1), _WEEKDAYS):
        found.insert(0, Parsed(Weekly(short), place + 1))
    return found


def _tied(line: Line, start: int, at: int, joints: frozenset[Kind]) -> Piece | None:
    """Read "A to B"."""
    for first in _left(line, at):
        joint = first.end
        if line.has(joint, "and") and line.has(joint + 1, "until"):
            joint += 1
        if not line.any_of(joint, joints):
            continue
        piece = _range(line, start, first, joint)
        if piece is not None:
            return piece
    return _parts(line, start, line.skip(at, _ARTICLES, most=2), joints)


def _range(line: Line, start: int, first: Parsed, joint: int) -> Piece | None:
    place = line.skip(joint + 1, _ARTICLES | {"to", "of"}, most=3)
    last = _right(line, first.said, joint + 1, place)
    if last is None:
        return None
    bare_first, bare_last = _is_bare(first.said), _is_bare(last.said)
    if bare_first and bare_last and not _strong(line, start, first, joint, last):
        return None
    if bare_first and not bare_last and not _lends_month(last.said):
        return None
    return Piece("range", first.said, last.said, start, last.end)


def _parts(line: Line, start: int, at: int, joints: frozenset[Kind]) -> Piece | None:
    """Read "begin tot half maart": the beginning of what the other is a part of."""
    which = line.sense(at, "part")
    if which is None or not line.any_of(at + 1, joints):
        return None
    place = line.skip(at + 2, _ARTICLES, most=2)
    first, last = part(line, place, instead=which), part(line, place)
    if first is None or last is None:
        return None
    return Piece("range", first.said, last.said, start, last.end)


def _right(line: Line, first: Said, joint: int, place: int) -> Parsed | None:
    """Read what a range ends with."""
    if isinstance(first, Yearly) and first.grain is Unit.WEEK:
        week = another_week(line, place)
        if week is not None:
            return week
    parsed = bound(line, place) or (bound(line, joint) if joint != place else None)
    if parsed is not None:
        return parsed
    if line.has(place, "now"):
        return Parsed(Pinned(single(line.today), Unit.DAY), place + 1)
    if isinstance(first, Weekly) and line.has(place, "weekday_short"):
        return Parsed(Weekly(line.sense(place, "weekday_short") or 0), place + 1)
    if isinstance(first, Day):
        counted = day_of_counted_month(line, place) if first.month is None else None
        if counted is not None:
            return counted
        bare = bare_day(line, place)
        if bare is not None and isinstance(bare.said, Day) and line.ends(bare.end):
            year = None if first.month is None else year_at(line, bare.end)
            return bare if year is None else Parsed(replace(bare.said, year=year[0]), year[1])
    return None


def week_beside(line: Line, at: int, piece: Piece) -> Piece | None:
    """Read "46" in "semaines 45 et 46": one more numbered week of a list."""
    if not isinstance(piece.first, Yearly) or piece.first.grain is not Unit.WEEK:
        return None
    week = another_week(line, at)
    return None if week is None else Piece("plain", week.said, None, at, week.end)


def _is_bare(said: Said) -> bool:
    return isinstance(said, Day) and said.month is None


def _lends_month(said: Said) -> bool:
    """Tell whether a day with its month, or a day counted from now, stands at the other end."""
    return isinstance(said, Day) or (isinstance(said, Pinned) and said.grain is Unit.DAY)


def _strong(line: Line, start: int, first: Parsed, joint: int, last: Parsed) -> bool:
    """Tell whether two bare numbers are days: "du 3 au 7", "van de 3e tot de 7e", not "3 à 7 rouleaux"."""
    if not line.ends(last.end) or line.has(joint, "dash") or not line.is_digits(first.end - 1):
        return False
    first_said, last_said = first.said, last.said
    if (
        isinstance(first_said, Day)
        and isinstance(last_said, Day)
        and (first_said.weekday, last_said.weekday)
        != (
            None,
            None,
        )
    ):
        return True
    if line.has(first.end - 1, "ordinal_sign") and line.has(last.end - 1, "ordinal_sign"):
        return True
    led = line.word(start).split(" ")[-1] in _DAY_LEADS or line.word(first.end - 2) in _DAY_LEADS
    return led or line.word(joint) == "au" or start < first.end - 1


def _led(line: Line, at: int, manner: _Lead) -> Piece | None:
    """Read "since, from… on, until, before, after, by" and what they bound."""
    place = line.skip(at + 1, _ARTICLES, most=2)
    length = (duration_at(line, at + 1) or duration_at(line, place)) if manner in {"since", "by"} else None
    if length is not None:
        unit, number, end = length
        if manner == "since":
            span = last_units(unit, number, line.today)
        else:
            span = Span(line.today, next_units(unit, number, line.today).end)
        return Piece("plain", Pinned(span, Unit.FORTNIGHT), None, at, end)
    if manner in {"since", "onward"}:
        tied = _tied(line, at, at + 1, _JOINTS)
        if tied is not None:
            return tied
    parsed = bound(line, at + 1) or _now(line, place, manner) or _bare_behind(line, at, place)
    if parsed is None:
        return None
    lasting = _lasting(line, at, parsed) if manner == "onward" else None
    if lasting is not None:
        return lasting
    return Piece(manner, parsed.said, None, at, parsed.end)


def _now(line: Line, at: int, manner: Manner) -> Parsed | None:
    """Read "until now"."""
    if manner == "until" and line.has(at, "now"):
        return Parsed(Pinned(single(line.today), Unit.DAY), at + 1)
    return None


def _lasting(line: Line, at: int, parsed: Parsed) -> Piece | None:
    """Read "from 24 December for ten days"."""
    place = parsed.end
    if not line.has(place, "for"):
        return None
    length = duration_at(line, line.skip(place + 1, _ARTICLES))
    if length is None or not isinstance(parsed.said, Day | Pinned | Weekly):
        return None
    return Piece("range", parsed.said, Lasting(*length[:2]), at, length[2])


def _bare_behind(line: Line, at: int, place: int) -> Parsed | None:
    """Read "depuis le 3", "jusqu'au 15"."""
    parsed = bare_day(line, place)
    if parsed is None or not line.ends(parsed.end):
        return None
    said = parsed.said
    if isinstance(said, Day) and said.weekday is not None:
        return parsed
    lead = line.word(place - 1).split(" ")[-1]
    if lead in _DAY_LEADS or (line.has(parsed.end - 1, "ordinal_sign") and place > at):
        return parsed
    return None


def _plain(line: Line, at: int) -> Piece | None:
    """Read a time that stands for itself."""
    parsed = bound(line, at)
    if parsed is not None:
        days = _days_of_week(line, at, parsed)
        if days is not None:
            return days
        manner: Manner = "since" if line.has(parsed.end, "to_date") else "plain"
        return Piece(manner, parsed.said, None, at, parsed.end + (manner == "since"))
    return _after_duration(line, at) or _bare(line, at)


def _after_duration(line: Line, at: int) -> Piece | None:
    """Read "10 jours à partir du 5 mars", "une semaine après Noël", "3 dagen voor Pasen"."""
    duration = duration_at(line, at)
    if duration is None:
        return None
    unit, count, place = duration
    begun = bound(line, place + 1) if line.any_of(place, _COUNTED_FROM) else None
    if begun is None:
        return None
    if line.has(place, "onward"):
        return Piece("range", begun.said, Lasting(unit, count), at, begun.end)
    if begun.said.grain is not Unit.DAY or unit is Unit.HOUR:
        return None
    by = count if line.has(place, "after") else -count
    said = within(begun.said, lambda span: single(move(unit, span.start, by)), Unit.DAY)
    return None if said is None else Piece("plain", said, None, at, begun.end)


def _days_of_week(line: Line, at: int, week: Parsed) -> Piece | None:
    """Read "vorige week van maandag tot woensdag"."""
    said = week.said
    if not isinstance(said, Pinned) or said.grain is not Unit.WEEK or not line.any_of(week.end, _OPEN_RANGE):
        return None
    days = _tied(line, at, line.skip(week.end, _OPEN_RANGE, most=2), _JOINTS)
    if days is None or not isinstance(days.first, Weekly) or not isinstance(days.last, Weekly):
        return None
    ends = [single(said.span.start + timedelta(days=day.first)) for day in (days.first, days.last)]
    return Piece("range", Pinned(ends[0], Unit.DAY), Pinned(ends[1], Unit.DAY), at, days.end)


def _bare(line: Line, at: int) -> Piece | None:
    """Read a bare day: sure where an article says so, else only as one of a list that ends in a month."""
    place = line.skip(at, _ARTICLES, most=2)
    parsed = bare_day(line, place)
    if parsed is None or not line.ends(parsed.end):
        return None
    lead = line.word(place - 1).split(" ")[-1] if place > at else ""
    plural = line.word(place - 1) == "les"
    sure = _says_day(lead, line.sense(parsed.end - 1, "ordinal_sign"))
    return Piece("plain", parsed.said, None, at, parsed.end, sure=sure, article=place > at and not plural)


def _says_day(lead: str, sign: int | None) -> bool:
    """Tell whether an article makes a number a day: "le 3", "de 15e"; "le 3e" and "de 15" count something."""
    if lead in _DAY_LEADS:
        return lead != "le" or sign in (None, 1)
    return lead in _ORDINAL_LEADS and sign in (1, 2)
