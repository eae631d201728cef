"""Find the places that a message names: communes, localities, postcodes, or a postcode with its name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from intents.entities.findings import Findings
from intents.entities.folding import Folded
from intents.entities.place_cues import (
    Cue,
    follows_code_word,
    follows_letter_boxes,
    is_capital,
    is_listed,
    read_cue,
    starts_sentence,
)
from intents.entities.places import SAINTS, Name, Places
from intents.entities.units import Units
from intents.understanding import Language

INSIDE = frozenset({" ", "-", "'", " - ", "- ", " -", ". ", ".", ".-", "-'", " '", "/"})
SHORT, SHORT_PART = 3, 4
# "op te halen" is no place.
BEFORE_VERBS = frozenset({"te", "to", "um", "op"})
LONGEST_MISSPELT = 3
MISSPELT_FROM, MISSPELT_PART_FROM = 5, 7
# Without any word like "in" before it, only a long name is unlike all other words.
UNCUED_FROM = 8

POSTCODE = re.compile(r"(?<![0-9a-z])(?<![0-9][.,/-])(?:b-?)?([1-9][0-9]{3})(?![0-9a-z]|[.,/-][0-9])")
BESIDE = re.compile(r"[ ,-]{1,3}|[ ]?\(")
ONLY_POSTCODES = re.compile(
    r"(?:(?:[ ,;/&+.?!-]|b-|de|le|the|het|et|en|and|und|ou|of|or|oder)*[1-9][0-9]{3})+[ .?!]*"
)
# "limité à 1000" and "entre 1000 et 2000" are bounds.
LIMITS = ("limit", "max", "beperkt", "begrenz", "super", "infer", "plus", "meer", "mehr", "more")
BETWEEN = frozenset({"entre", "tussen", "between", "zwischen"})
# 2018 is a year and a postcode of Antwerp: only a word for postcode or a name beside it tells.
YEARS = range(1990, 2040)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: its span in the plain text, and the places that bear it."""

    start: int
    end: int
    names: Sequence[Name]


@dataclass(slots=True)
class Search:
    """One search for places in one text."""

    found: Findings
    places: Places
    language: Language

    @property
    def folded(self) -> Folded:
        """Return the text that is searched."""
        return self.found.folded


def find_places(found: Findings, places: Places, *, language: Language, units: Units) -> None:
    """Add each place with its official name in the language and its postcodes."""
    search = Search(found, places, language)
    hits = list(_find_names(search))
    if found.folded.has_digit:
        hits = _add_postcodes(search, hits, units)
    for hit in hits:
        found.add("place", places.describe(hit.names, language), (hit.start, hit.end))


def _find_names(search: Search) -> Iterator[Hit]:
    index, last_end = 0, -1
    words = search.folded.words
    while index < len(words):
        count, names = _match(search, index, last_end)
        if names:
            start, end = words[index].start, words[index + count - 1].end
            if search.found.is_free(start, end):
                last_end = end
                yield Hit(start, end, names)
        index += count


def _match(search: Search, index: int, last_end: int) -> tuple[int, Sequence[Name]]:
    """Find the longest name that begins at a word, as written or else misspelt; say how many words it takes."""
    words = search.folded.words
    first = words[index].plain
    longest = search.places.longest(SAINTS.get(first, first))
    for count in range(min(longest, len(words) - index), 0, -1):
        key = _joined(search.folded, index, count)
        # "la main" is not Lamain: a name may be written in fewer words than it has, not in more.
        names = [name for name in search.places.named(key) if name.words >= count] if key else []
        if names and _is_meant(search, key, names, index, count, last_end):
            return count, names
    if first.isdigit() or len(first) == 1:
        return 1, ()
    return _match_misspelt(search, index, last_end)


def _match_misspelt(search: Search, index: int, last_end: int) -> tuple[int, Sequence[Name]]:
    words = search.folded.words
    alone = index == 0 and len(words) <= LONGEST_MISSPELT
    cue = _cue(search, index, last_end)
    if cue is Cue.NEVER or (cue is Cue.NONE and not alone and len(words[index].plain) < UNCUED_FROM - 1):
        return 1, ()
    written_as_name = is_capital(search.folded, words[index]) and search.language != "de"
    longest = len(words) if alone else min(LONGEST_MISSPELT, search.places.longest(words[index].plain))
    for count in range(min(longest, len(words) - index), 0, -1):
        if alone and count != len(words):
            break
        key = _joined(search.folded, index, count)
        for known, names in search.places.near(key) if key else ():
            if cue is Cue.NONE and not alone and (len(known) < UNCUED_FROM or OSA.distance(key, known) > 1):
                continue
            sure = written_as_name and cue is Cue.STRONG
            likely = [name for name in names if _is_likely(name, known, count, sure=sure)]
            if likely:
                return count, likely
    return 1, ()


def _is_likely(name: Name, known: str, count: int, *, sure: bool) -> bool:
    """Tell whether a name may be misspelt: there are too many small places for any other word to be one."""
    if count not in {1, name.words}:
        return False
    return len(known) >= (MISSPELT_FROM if name.place.is_commune else MISSPELT_PART_FROM) and (
        name.place.is_commune or sure
    )


def _is_meant(search: Search, key: str, names: Sequence[Name], index: int, count: int, last_end: int) -> bool:
    """Tell whether a name as written is meant as one, and not as the word of every day that it may be too."""
    cue = _cue(search, index, last_end)
    if cue is Cue.NEVER:
        return False
    folded, whole = search.folded, count == len(search.folded.words)
    capital = is_capital(folded, folded.words[index])
    if search.places.is_rare(key):
        return capital and cue is Cue.STRONG
    if search.places.is_ordinary(key):
        if not capital:
            own = any(search.language in name.languages for name in names)
            return own and (
                whole or (cue is Cue.STRONG and folded.words[index - 1].plain not in BEFORE_VERBS)
            )
        inside = not starts_sentence(folded, folded.words, index)
        return whole or cue is Cue.STRONG or (inside and search.language != "de")
    if whole or cue is Cue.STRONG:
        return True
    if not any(name.place.is_commune for name in names):
        # A small place behind another capital letter is rather somebody's surname.
        surname = index > 0 and capital and is_capital(folded, folded.words[index - 1])
        return len(key) > SHORT_PART and not surname
    own = any(search.language in name.languages for name in names)
    return len(key) > SHORT or capital or own or cue is Cue.WEAK


def _cue(search: Search, index: int, last_end: int) -> Cue:
    if last_end >= 0 and is_listed(search.folded.plain, last_end, search.folded.words[index].start):
        return Cue.STRONG
    return read_cue(search.folded, index, search.language)


def _joined(folded: Folded, index: int, count: int) -> str:
    """Squeeze some words into a name to look up; nothing where signs part them."""
    words = folded.words[index : index + count]
    if any(folded.plain[one.end : other.start] not in INSIDE for one, other in pairwise(words)):
        return ""
    return "".join(SAINTS.get(word.plain, word.plain) for word in words)


def _add_postcodes(search: Search, hits: list[Hit], units: Units) -> list[Hit]:
    """Add postcodes, alone or with the name beside them; return the hits that are left."""
    plain = search.folded.plain
    left = {hit.start: hit for hit in hits}
    ends = {hit.end: hit for hit in hits}
    known = [match for match in POSTCODE.finditer(plain) if match.group(1) in search.places]
    for run in _runs(plain, known):
        listed = _is_list_of_postcodes(search, run, units)
        for match in run:
            postcode = match.group(1)
            beside = _beside(plain, match, left, ends, postcode)
            if beside is not None:
                left.pop(beside.start, None)
                span = (min(match.start(), beside.start), max(match.end(), beside.end))
                search.found.add(
                    "place", search.places.describe(beside.names, search.language, postcode), span
                )
                listed = True
            elif listed or _is_postcode(search, match, units):
                value = search.places.describe_postcode(postcode, search.language)
                search.found.add("place", value, match.span())
                listed = True
    return list(left.values())


def _runs(plain: str, matches: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Group the numbers that stand in one list: "5000, 5100 et 5101", "3000 3010 3012"."""
    runs: list[list[re.Match[str]]] = []
    for match in matches:
        previous = runs[-1][-1].end() if runs else -1
        if runs and (plain[previous : match.start()] == " " or is_listed(plain, previous, match.start())):
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def _is_list_of_postcodes(search: Search, run: Sequence[re.Match[str]], units: Units) -> bool:
    """Tell whether numbers are postcodes because they are all that is said, or several that look like nothing else."""
    digits = [match.group(1) for match in run]
    if all(map(_is_year, digits)):
        return False
    if ONLY_POSTCODES.fullmatch(search.folded.plain):
        return True
    if len(run) < 2 or all(int(code) % 500 == 0 for code in digits):
        return False
    words = search.folded.words
    before, after = _around(search.folded, run[0].start(), run[-1].end())
    return not (before > 0 and words[before - 1].plain in BETWEEN) and not (
        after < len(words) and units.counts(words[after].plain)
    )


def _beside(
    plain: str, match: re.Match[str], starts: dict[int, Hit], ends: dict[int, Hit], postcode: str
) -> Hit | None:
    """Return the name right behind a postcode, or right before it, that has this postcode."""
    behind = BESIDE.match(plain, match.end())
    after = starts.get(behind.end()) if behind else None
    if after is not None and _has(after, postcode):
        return after
    for gap in (1, 2):
        before = ends.get(match.start() - gap)
        if before is not None and before.start in starts and _has(before, postcode):
            return before if BESIDE.fullmatch(plain, before.end, match.start()) else None
    return None


def _has(hit: Hit, postcode: str) -> bool:
    return any(postcode in name.place.postcodes for name in hit.names)


def _is_postcode(search: Search, match: re.Match[str], units: Units) -> bool:
    """Tell a postcode from a year, a quantity and any other number by the words around it."""
    folded = search.folded
    index, after = _around(folded, match.start(), match.end())
    if follows_code_word(folded, index):
        return True
    if index > 1 and folded.words[index - 2].plain.startswith(LIMITS):
        return False
    if _is_year(match.group(1)) or (after < len(folded.words) and units.counts(folded.words[after].plain)):
        return False
    return follows_letter_boxes(folded, index) or read_cue(folded, index, search.language) is Cue.STRONG


def _around(folded: Folded, start: int, end: int) -> tuple[int, int]:
    """Return the index of the first word of a span and of the first behind it."""
    first = bisect_right(folded.words, start, key=lambda word: word.end)
    return first, bisect_left(folded.words, end, key=lambda word: word.start)


def _is_year(digits: str) -> bool:
    return int(digits) in YEARS
