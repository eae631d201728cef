"""Read numbers written in words: French (Belgian too), Dutch, English and German.

Dutch and German glue their parts together ("tweehonderdvijftig", "fünfundzwanzig"); such a word is first cut into
its parts. One small grammar then reads the parts: below a hundred, below a thousand, below a million.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from intents.entities.times.tokens import fold

Tongue = Literal["fr", "nl", "en", "de"]

SMALL: Final[dict[Tongue, str]] = {
    "fr": "un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize",
    "nl": "een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|"
    "zeventien|achttien|negentien",
    "en": "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen",
    "de": "ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|"
    "siebzehn|achtzehn|neunzehn",
}
_TENS: Final[dict[Tongue, dict[str, int]]] = {
    "fr": {
        "vingt": 20,
        "trente": 30,
        "quarante": 40,
        "cinquante": 50,
        "soixante": 60,
        "septante": 70,
        "huitante": 80,
        "octante": 80,
        "nonante": 90,
    },
    "nl": {
        "twintig": 20,
        "dertig": 30,
        "veertig": 40,
        "vijftig": 50,
        "zestig": 60,
        "zeventig": 70,
        "tachtig": 80,
        "negentig": 90,
    },
    "en": {
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fourty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
    },
    "de": {
        "zwanzig": 20,
        "dreissig": 30,
        "vierzig": 40,
        "fünfzig": 50,
        "sechzig": 60,
        "siebzig": 70,
        "achtzig": 80,
        "neunzig": 90,
    },
}
_OTHER_FORMS: Final[dict[Tongue, dict[str, int]]] = {
    "fr": {"une": 1, "vingts": 20},
    "nl": {"één": 1, "ene": 1},
    "en": {"a": 1, "an": 1},
    "de": {"eine": 1, "einen": 1, "einer": 1, "eines": 1, "einem": 1, "eins": 1, "zwo": 2, "dreißig": 30},
}
_HUNDRED: Final[dict[Tongue, frozenset[str]]] = {
    "fr": frozenset({"cent", "cents"}),
    "nl": frozenset({"honderd"}),
    "en": frozenset({"hundred", "hundreds"}),
    "de": frozenset({"hundert"}),
}
_THOUSAND: Final[dict[Tongue, frozenset[str]]] = {
    "fr": frozenset({"mille", "mil", "milles"}),
    "nl": frozenset({"duizend"}),
    "en": frozenset({"thousand"}),
    "de": frozenset({"tausend"}),
}
_AND: Final[dict[Tongue, str]] = {"fr": "et", "nl": "en", "en": "and", "de": "und"}

# Articles: a number only where a larger one follows ("a hundred").
ARTICLES: Final = frozenset(
    {"un", "une", "een", "ene", "a", "an", "ein", "eine", "einen", "einer", "eines", "einem"}
)
TONGUES: Final[tuple[Tongue, ...]] = ("fr", "nl", "en", "de")
_GLUED: Final[tuple[Tongue, ...]] = ("nl", "de")
_LONGEST_WORD = 60
_MOST_WORDS = 10


class WordNumber(NamedTuple):
    """Hold a number read from words: its value, how many words it took, and its language."""

    value: int
    words: int
    tongue: Tongue


def _below_hundred(tongue: Tongue) -> dict[str, int]:
    spelt = {word: value for value, word in enumerate(SMALL[tongue].split("|"), 1)}
    spelt |= _TENS[tongue] | _OTHER_FORMS[tongue]
    forms = {word if word == "één" else fold(word): value for word, value in spelt.items()}
    if tongue == "de":
        # A keyboard without umlauts writes "fuenf".
        forms |= {fold(word.replace("ü", "ue").replace("ö", "oe")): value for word, value in spelt.items()}
    return forms


_VALUES: Final = {tongue: _below_hundred(tongue) for tongue in TONGUES}
_NUMERALS: Final = {
    tongue: frozenset(_VALUES[tongue]) | _HUNDRED[tongue] | _THOUSAND[tongue] for tongue in TONGUES
}
# The first letters of numerals rule out most other words at the cost of one look-up.
_HEADS: Final = {tongue: frozenset(word[:3] for word in _NUMERALS[tongue]) for tongue in _GLUED}


@lru_cache(maxsize=4096)
def parts_of(word: str, tongue: Tongue) -> tuple[str, ...]:
    """Cut a glued Dutch or German numeral into its parts; empty where the word is no numeral."""
    if word[:3] not in _HEADS[tongue] or len(word) > _LONGEST_WORD:
        return ()
    known, conjunction = _NUMERALS[tongue], _AND[tongue]
    # best[i] holds the parts of the first i letters; longer parts win, for "zestien" is not "zes" and "tien".
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 9), end):
            before = best[start]
            part = word[start:end]
            if before is not None and (part in known or (part == conjunction and before)):
                best[end] = (*before, part)
                break
    parts = best[-1] or ()
    return () if parts and parts[-1] == conjunction else parts


class _Reader:
    """Read one number from parts of one language, by recursive descent over a few parts.

    Each method gives the value read and the place after it; the value 0 means that there was none.
    """

    def __init__(self, parts: Sequence[str], tongue: Tongue) -> None:
        self.parts = parts
        self.tongue: Tongue = tongue

    def part(self, at: int) -> str:
        """Give a part, or nothing after the last."""
        return self.parts[at] if at < len(self.parts) else ""

    def value(self, at: int) -> int:
        """Give the value of a part below a hundred, or 0."""
        return _VALUES[self.tongue].get(self.part(at), 0)

    def joined(self, at: int) -> bool:
        """Tell whether a part is "and"."""
        return self.part(at) == _AND[self.tongue]

    def below_hundred(self, at: int) -> tuple[int, int]:
        """Read up to 99."""
        first = self.value(at)
        if not first:
            return 0, at
        if self.tongue == "fr":
            return self._french(first, at + 1)
        if self.tongue == "en":
            unit = self.value(at + 1)
            return (first + unit, at + 2) if first >= 20 and 0 < unit < 10 else (first, at + 1)
        ten = self.value(at + 2)
        if first < 10 and self.joined(at + 1) and ten >= 20:
            return first + ten, at + 3
        return first, at + 1

    def _french(self, first: int, at: int) -> tuple[int, int]:
        """Read what follows "quatre" (vingts), "dix" (sept) or a ten; sixty and eighty go on to nineteen."""
        if first == 4 and self.value(at) == 20:
            first, at = 80, at + 1
        if first == 10 and self.value(at) in (7, 8, 9):
            return 10 + self.value(at), at + 1
        if first < 20:
            return first, at
        behind = at + 1 if self.joined(at) and self.value(at + 1) in (1, 11) else at
        unit, end = self.value(behind), behind + 1
        if unit == 10:
            unit, end = self._french(unit, end)
        most = 20 if first in (60, 80) else 10
        return (first + unit, end) if 0 < unit < most else (first, at)

    def below_thousand(self, at: int) -> tuple[int, int]:
        """Read up to 9,900: "twelve hundred" is one."""
        count, after = self.below_hundred(at)
        if self.part(after) not in _HUNDRED[self.tongue]:
            return count, after
        return self._with_rest(max(count, 1) * 100, after + 1, self.below_hundred)

    def below_million(self, at: int) -> tuple[int, int]:
        """Read up to 999,999."""
        count, after = self.below_thousand(at)
        if self.part(after) not in _THOUSAND[self.tongue] or count >= 1000:
            return count, after
        return self._with_rest(max(count, 1) * 1000, after + 1, self.below_thousand)

    def _with_rest(self, value: int, at: int, read: Callable[[int], tuple[int, int]]) -> tuple[int, int]:
        rest, end = read(at + 1 if self.joined(at) and self.tongue != "fr" else at)
        return (value + rest, end) if rest else (value, at)


_SPACED: Final = _NUMERALS["fr"] | _NUMERALS["en"]
_ALL_HEADS: Final = _HEADS["nl"] | _HEADS["de"]


def may_begin(word: str) -> bool:
    """Tell at the cost of two look-ups whether a folded word may begin a number."""
    return word in _SPACED or word[:3] in _ALL_HEADS


def _begins(word: str, tongue: Tongue) -> bool:
    if tongue in _GLUED:
        return bool(parts_of(word, tongue))
    return word in _NUMERALS[tongue]


def _read_in(words: Sequence[str], at: int, tongue: Tongue) -> WordNumber | None:
    """Read a number of one language that begins at a word and ends with one."""
    parts: list[str] = []
    ends: dict[int, int] = {}
    for offset, word in enumerate(words[at : at + _MOST_WORDS]):
        cut = parts_of(word, tongue) if tongue in _GLUED else ()
        if not cut and word not in _NUMERALS[tongue] and (not parts or word != _AND[tongue]):
            break
        parts.extend(cut or (word,))
        ends[len(parts)] = offset + 1
    value, end = _Reader(parts, tongue).below_million(0)
    # A number that would end inside a word ("drievier") is none.
    return WordNumber(value, ends[end], tongue) if value and end in ends else None


def read_number(words: Sequence[str], at: int, tongue: Tongue | None = None) -> WordNumber | None:
    """Read the number that begins at a folded word, in whichever language reads most words of it.

    `tongue` wins where several read as many. Articles alone ("un", "een", "a") are read too: it is the caller who
    knows whether one is meant (`ARTICLES`).
    """
    best: WordNumber | None = None
    for candidate in TONGUES:
        if _begins(words[at], candidate):
            found = _read_in(words, at, candidate)
            if found and (
                best is None
                or found.words > best.words
                or (found.words == best.words and candidate == tongue)
            ):
                best = found
    return best
