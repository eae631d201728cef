"""Read days that have a name: hier, vandaag, tomorrow, Pâques, 21 juillet as national day, last summer."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from intents.entities.times.days import Unit, single
from intents.entities.times.feasts import Feast
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line, Parsed
from intents.entities.times.said import Pinned
from intents.entities.times.tails import directed, finish, year_at
from intents.entities.times.words_feasts import SEASONS
from intents.entities.times.yearly import feast_said

# French words beside "hier" tell that it is yesterday; in Dutch and German it is "here".
_BEFORE_YESTERDAY: Final = frozenset(
    {
        "d",
        "de",
        "depuis",
        "jusqu a",
        "jusqu",
        "avant",
        "et",
        "ou",
        "a partir d",
        "c etait",
        "dps",
        "pour",
        "du",
        "des",
        "a",
    }
)
_DETERMINERS: Final[frozenset[Kind]] = frozenset({"the", "dir", "of_the", "in"})
_LINKS: Final[frozenset[Kind]] = frozenset({"and", "dash", "to"})
_SUMMER_ARTICLES: Final = frozenset({"l", "cet", "d"})
_GREETING_ENDS: Final = frozenset({",", "!"})


def day_name(line: Line, at: int) -> Parsed | None:
    """Read "hier, vandaag, the day after tomorrow"."""
    days = line.sense(at, "day")
    if days is None or _means_here(line, at) or _is_greeting(line, at):
        return None
    day = line.today + timedelta(days=days)
    end = at + 1
    if line.has(end, "daypart"):
        end += 1
    return Parsed(Pinned(single(day), Unit.DAY), end)


def _means_here(line: Line, at: int) -> bool:
    if line.word(at) != "hier" or line.language in {"fr", "en"}:
        return False
    if line.word(at - 1) in _BEFORE_YESTERDAY or (
        line.has(at + 1, "daypart") and line.in_language(at + 1, "fr")
    ):
        return False
    return line.language is not None or not _sounds_french(line)


def _sounds_french(line: Line) -> bool:
    """Tell whether the words of a message of unknown language are at least not Dutch or German ones."""
    return not any(item.word in _DUTCH_OR_GERMAN for item in line.items)


_DUTCH_OR_GERMAN: Final = frozenset(
    {
        "ik",
        "is",
        "het",
        "een",
        "mijn",
        "van",
        "voor",
        "zijn",
        "ben",
        "ich",
        "ist",
        "mein",
        "meine",
        "der",
        "und",
        "bin",
    }
)


def _is_greeting(line: Line, at: int) -> bool:
    """Tell "Morgen! Ik zoek…" and "heute Morgen" from tomorrow."""
    if line.word(at) != "morgen":
        return False
    if at == 0 and line.word(1) in _GREETING_ENDS and len(line.items) > 2:
        return True
    return (
        line.has(at - 1, "day") or line.has(at - 1, "weekday") or line.word(at - 1) in {"am", "jeden", "elke"}
    )


def feast(line: Line, at: int) -> Parsed | None:
    """Read a feast, a season or holidays, with "dernier, vorige, this" or a year."""
    direction = line.sense(at, "dir")
    place = at if direction is None else at + 1
    value = line.sense(place, "feast")
    if value is None:
        return None
    said = feast_said(Feast(value))
    if direction is not None:
        pinned = directed(said, direction, line)
        return None if pinned is None else Parsed(pinned, place + 1)
    parsed = finish(line, said, place + 1)
    if parsed.end == place + 1 and not _is_named(line, place, Feast(value)):
        return None
    return parsed


def _is_named(line: Line, at: int, value: Feast) -> bool:
    """Tell whether a word that means other things too ("été, spring, nieuw") is meant as the feast."""
    if line.word(at) == "ete":
        return line.word(at - 1) in _SUMMER_ARTICLES
    if value not in SEASONS and not line.has(at, "weak"):
        return True
    if year_at(line, at + 1) is not None or (line.any_of(at - 1, _LINKS) and line.has(at - 2, "feast")):
        return True
    return value in SEASONS and line.any_of(at - 1, _DETERMINERS) and not line.has(at, "weak")


def this_morning(line: Line, at: int) -> Parsed | None:
    """Read "deze morgen", "dieser Abend", "this afternoon": today."""
    if line.sense(at, "dir") != 0 or not line.has(at + 1, "daypart"):
        return None
    return Parsed(Pinned(single(line.today), Unit.DAY), at + 2)
