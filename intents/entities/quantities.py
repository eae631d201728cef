"""Find how many of what is wanted: numbers that count supplies, packs of them, or copies of a print."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from intents.entities.findings import Findings
from intents.entities.lexicon import Match
from intents.entities.mention import Mention
from intents.entities.places import Places
from intents.entities.units import Units
from intents.understanding import Language

# A number that says how large, how long or how dear something is counts nothing that is ordered.
MEASURE = re.compile(
    r"[ ]?(?:%|€|[.,:/][0-9]|x[ ]?[0-9]|(?:mm|cm|m|km|g|gr|grammes?|kg|eur|euros?|pour ?cent|pourcent|procent|percent"
    r"|prozent|ans?|jours?|jrs?|dagen|dag|days?|tage?n?|heures?|h|u|uur|uren|hours?|stunden?|minutes?|minuten|min"
    r"|semaines?|mois|weken|week|weeks?|wochen?|maanden|months?|monate?n?|fois|keer|times|mal|par|per|pro)(?![a-z0-9]))"
)
NUMBERED = re.compile(
    r"(?:n°|nr[.]?|no[.]?|num[.]?|numero|nummer|number|#|ticket|version|page|week|semaine)[ ]?$"
)
NUMBERED_WITHIN = 9
AMOUNT = re.compile(
    r"quantites?|qte|nombre|aantal|hoeveelheid|oplage|tirage|quantity|qty|amount|menge|anzahl|auflage"
)
AMOUNT_WITHIN = 3
JOIN = re.compile(r"[ ]?[:=x-]?[ ]?")
END = re.compile(
    r"[ ]?(?:$|[,;.!?\n)+&]|(?:et|en|and|und|svp|aub|please|pls|bitte|stuks|pieces|stuck|ex)(?![a-z0-9]))"
)
PRONOUN = re.compile(r"(?<![a-z])(?:er|en|davon)[ ]$")
PRONOUN_BEHIND = re.compile(r"[ ](?:of them|davon|ervan)(?![a-z])")
CODE_LENGTHS = range(5, 11)
QUESTIONS = frozenset(
    {"combien", "hoeveel", "how", "wie", "wieviel", "quel", "quelle", "welke", "which", "what", "wat"}
)
LARGE = 20
JOIN_LONGEST = 3
LOOK_AHEAD = 3
SMALL_WORDS = frozenset(
    {"x", "de", "d", "des", "of", "van", "von", "nouvelles", "nouveaux", "nieuwe", "new", "neue"}
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its place in the plain text; an article ("un", "een") is a weak one."""

    value: int
    start: int
    end: int
    is_article: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Where products start and end, and where other values start."""

    products: Set[int]
    product_ends: Set[int]
    others: Set[int]

    @classmethod
    def gather(cls, closed: Sequence[Match]) -> Named:
        """Sort out the values that a message names."""
        products = [match for match in closed if match.meaning.entity == "product"]
        others = {match.start for match in closed if match.meaning.entity != "product"}
        return cls({match.start for match in products}, {match.end for match in products}, others)


def find_quantities(
    found: Findings, numbers: Sequence[Mention], closed: Sequence[Match], units: Units
) -> None:
    """Add each number that counts something as `quantity`; `closed` are the values that the message names.

    The span takes in a pack ("3 paquets d'étiquettes" is three of something), never the product itself.
    """
    named = Named.gather(closed)
    for count in _counts(found, numbers):
        end = _counted(found, count, named, units)
        if end is None and not count.is_article and _is_amount(found, count, named):
            end = count.end
        if end is not None:
            found.add("quantity", count.value, (count.start, end))


def find_other_numbers(
    found: Findings, numbers: Sequence[Mention], places: Places, *, language: Language
) -> None:
    """Add what is left as `number`, if it may be how many are wanted, or as `digits` if it is as long as a code.

    The intent decides what it is; one that is also a postcode proposes the place.

    A small one counts the noun behind it ("nos deux bureaux"), unless nothing or a pronoun stands there.
    """
    plain = found.folded.plain
    for count in _counts(found, numbers):
        before = plain[max(0, count.start - NUMBERED_WITHIN) : count.start]
        if count.is_article or MEASURE.match(plain, count.end) or NUMBERED.search(before):
            continue
        if count.value >= LARGE or _is_last(plain, count.end) or _stands_for_noun(plain, count, before):
            _add_number(found, count, places, language)


def _counts(found: Findings, numbers: Sequence[Mention]) -> Iterator[Count]:
    plain = found.folded.plain
    for number in numbers:
        start, end = found.folded.locate(number.start, number.end)
        if number.value is not None and number.value > 0 and found.is_free(start, end):
            yield Count(number.value, start, end, number.value == 1 and plain[start:end].isalpha())


def _counted(found: Findings, count: Count, named: Named, units: Units) -> int | None:
    """Return where a number with the unit it counts ends, or None where it counts nothing known."""
    plain, words = found.folded.plain, found.folded.words
    if MEASURE.match(plain, count.end):
        return None
    first = bisect_left(words, count.end, key=lambda word: word.start)
    end = count.end
    for index in range(first, min(first + LOOK_AHEAD, len(words))):
        word = words[index]
        if plain[end : word.start].strip(" x'-×"):
            return None
        is_pack = units.is_pack(word.plain) and index == first
        if is_pack and word.start not in named.products and _holds(found, index, named):
            return word.end
        if word.start in named.products:
            return None if count.is_article and not is_pack else count.end
        if word.start in named.others:
            return None
        if units.counts(word.plain) and not count.is_article:
            return word.end
        if word.plain in QUESTIONS or (index > first and word.plain not in SMALL_WORDS):
            return None
        end = word.end
    return None


def _holds(found: Findings, index: int, named: Named) -> bool:
    """Tell whether a pack is one: a product stands behind it, or nothing at all."""
    words = found.folded.words
    if any(word.start in named.products for word in words[index + 1 : index + 3]):
        return True
    return words[index].start not in named.others and _is_last(found.folded.plain, words[index].end)


def _is_last(plain: str, end: int) -> bool:
    return END.match(plain, end) is not None


def _stands_for_noun(plain: str, count: Count, before: str) -> bool:
    return PRONOUN.search(before) is not None or PRONOUN_BEHIND.match(plain, count.end) is not None


def _add_number(found: Findings, count: Count, places: Places, language: Language) -> None:
    said = found.folded.plain[count.start : count.end]
    span = (count.start, count.end)
    if said.isdigit() and len(said) in CODE_LENGTHS:
        found.add("digits", said, span)
    else:
        place = places.describe_postcode(said, language) if said in places else None
        found.add("number", count.value, span, proposal=place)


def _is_amount(found: Findings, count: Count, named: Named) -> bool:
    """Tell whether a number stands behind its product ("étiquettes : 200") or a word for quantity."""
    plain, words = found.folded.plain, found.folded.words
    for start in range(max(0, count.start - JOIN_LONGEST), count.start + 1):
        if start in named.product_ends and JOIN.fullmatch(plain, start, count.start):
            return _is_last(plain, count.end)
    index = bisect_left(words, count.start, key=lambda word: word.start)
    return any(AMOUNT.fullmatch(word.plain) for word in words[max(0, index - AMOUNT_WITHIN) : index])
