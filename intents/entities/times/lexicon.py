"""Know every word that a phrase of time may hold, in four languages at once.

People mix languages in one sentence, so all are always known; the few words that mean something else in another
language are marked `weak` or settled by the grammar, which sees their neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from intents.entities.times.kinds import Entry, Kind
from intents.entities.times.ordinals import ordinals
from intents.entities.times.spelling import Speller
from intents.entities.times.tokens import SIGN, tokenise
from intents.entities.times.words_calendar import DAYS, MONTHS, PARTS, UNITS, WEEKDAYS
from intents.entities.times.words_feasts import BLOCKS, FEASTS
from intents.entities.times.words_grammar import DIRECTIONS, RECURRING, TIES
from intents.entities.times.words_ordinary import ORDINARY

Senses = Mapping[Kind, int]

NOTHING: Final[Senses] = {}

# One wrong letter is forgiven in these kinds of words; the small words are too short and too alike.
_FORGIVEN: Final = frozenset(
    {"month", "weekday", "weekdays", "unit", "day", "dir", "dir_post", "feast", "part_of_unit", "rule"}
)
# Words of five letters have too many neighbours, but for these.
_FORGIVEN_SHORT: Final = frozenset({"lundi", "mardi", "jeudi", "avril", "april", "maart", "maand"})
_LONG_ENOUGH = 6

_WEEKDAY_PARTS: Final = {
    "nl": "morgen|ochtend|voormiddag|middag|namiddag|avond|nacht",
    "de": "morgen|vormittag|mittag|nachmittag|abend|nacht",
}


class Lexicon(NamedTuple):
    """Hold the words: `senses` by folded word or words, `longest` words that begin with one, the speller."""

    senses: Mapping[str, Senses]
    longest: Mapping[str, int]
    languages: Mapping[str, frozenset[str]]
    speller: Speller


def key(expression: str) -> str:
    """Fold an expression to its key: words apart by a space, a lone sign as it is."""
    tokens = tokenise(expression)
    words = [token.text for token in tokens if token.kind != SIGN]
    return " ".join(words) if words else expression


def _spellings(expression: str, language: str) -> set[str]:
    """Give the keys of an expression; a German umlaut may also be written with an e."""
    written = {expression}
    if language == "de":
        written.add(expression.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))
    return {key(form) for form in written}


# "Oktoberrechnung, maartfactuur": a month's paper in one word.
_MONTH_PAPERS: Final = {
    "nl": "factuur|facturen|afrekening|rapport|bijlage|annex|overzicht",
    "de": "rechnung|rechnungen|abrechnung|bericht|anhang|übersicht",
}


def _glued(entry: Entry, parts: str) -> Entry:
    """Write the words of a list in one with each of some others."""
    words = {
        value: "|".join(word + part for word in names.split("|") for part in parts.split("|"))
        for value, names in entry.words.items()
    }
    return Entry(entry.kind, entry.language, words)


def _elided(entry: Entry) -> Entry:
    """Write French words the hurried way, the elided "de" glued on: "doctobre", "dhier"."""
    return Entry(
        entry.kind,
        entry.language,
        {
            value: "|".join(f"d{word}" for word in words.split("|") if word[0] in "aoh")
            for value, words in entry.words.items()
            if any(word[0] in "aoh" for word in words.split("|"))
        },
    )


def _entries() -> Iterable[Entry]:
    yield from (*MONTHS, *WEEKDAYS, *UNITS, *DAYS, *PARTS, *FEASTS, *BLOCKS, *DIRECTIONS, *TIES, *RECURRING)
    for entry in WEEKDAYS:
        # "maandagmorgen", "Montagabend" are written in one word.
        if entry.kind == "weekday" and entry.language in _WEEKDAY_PARTS:
            yield _glued(entry, _WEEKDAY_PARTS[entry.language])
    for entry in MONTHS:
        if entry.kind == "month" and entry.language in _MONTH_PAPERS:
            yield _glued(entry, _MONTH_PAPERS[entry.language])
    for entry in (*MONTHS, *DAYS):
        if entry.kind in {"month", "day"} and entry.language == "fr":
            yield _elided(entry)
    by_rank: dict[int, list[str]] = {}
    for word, rank in ordinals().items():
        by_rank.setdefault(rank, []).append(word)
    yield Entry("nth", "any", {rank: "|".join(words) for rank, words in by_rank.items()})


def _is_forgiven(kind: Kind, form: str) -> bool:
    return kind in _FORGIVEN and (len(form) >= _LONG_ENOUGH or form in _FORGIVEN_SHORT)


def _longest_by_head(keys: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for expression in keys:
        words = expression.split(" ")
        if len(words) > 1:
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Make the lexicon from the word lists, once."""
    senses: dict[str, dict[Kind, int]] = {}
    languages: dict[str, set[str]] = {}
    forgiven: set[str] = set()
    for entry in _entries():
        for value, words in entry.words.items():
            for expression in words.split("|"):
                for form in _spellings(expression, entry.language):
                    senses.setdefault(form, {}).setdefault(entry.kind, value)
                    languages.setdefault(form, set()).add(entry.language)
                    if _is_forgiven(entry.kind, form):
                        forgiven.add(form)
    return Lexicon(
        senses=senses,
        longest=_longest_by_head(senses),
        languages={word: frozenset(found) for word, found in languages.items()},
        speller=Speller(forgiven, ORDINARY),
    )


@lru_cache(maxsize=8192)
def meaning(word: str) -> Senses:
    """Give the senses of one folded word, forgiving one wrong letter."""
    words = lexicon()
    senses = words.senses.get(word)
    if senses is not None:
        return senses
    meant = words.speller.meant(word)
    return NOTHING if meant is None else words.senses[meant]
