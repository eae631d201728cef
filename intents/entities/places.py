"""Know places by their names in four languages, misspelt or abbreviated, and by their postcodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from intents.entities.folding import WORD, fold_phrase
from intents.entities.lexicon import flatten, read_data
from intents.entities.place_table import Place, PlaceRow, bundled_places, gather_places
from intents.entities.vocabulary import Vocabulary
from intents.understanding import Language

# "Saint-Nicolas", "St Nicolas", "Sint-Niklaas", "St.-Niklaas", "Sankt Vith".
SAINTS = {"saint": "st", "sint": "st", "sankt": "st", "sainte": "ste", "st": "st", "ste": "ste"}


@dataclass(frozen=True, slots=True)
class Name:
    """A place under one of its names: of how many words, and in which languages it is the official one."""

    place: Place
    words: int
    languages: frozenset[Language]


class Places:
    """Know the names and postcodes of places."""

    def __init__(self, places: Iterable[Place], main: dict[str, tuple[str, str]]) -> None:
        data = read_data("ordinary.yaml")
        self._ordinary = frozenset(squeeze(name) for name in flatten(data["places"]))
        self._rare = frozenset(squeeze(name) for name in flatten(data["rare_places"]))
        self._never = frozenset(squeeze(name) for name in flatten(data["never_places"]))
        self._words = flatten(data["words"]) | flatten(data["near_places"]) | self._never
        self._names: defaultdict[str, list[Name]] = defaultdict(list)
        self._longest: dict[str, int] = {}
        self._by_postcode: dict[str, Place] = {}
        for place in places:
            self._insert(place, main)
        plain = (key for key in self._names if key not in self._ordinary and key not in self._rare)
        # Nobody errs in the first letter of a name.
        self._vocabulary = Vocabulary(plain, first_letter_sure=True)

    @classmethod
    def load(cls, rows: Iterable[PlaceRow]) -> Places:
        """Load a full table; the communes that the package brings lend it English, German and short names."""
        kept, bundled = list(rows), bundled_places()
        parts = {(place.names["fr"], place.names["nl"]) for place in bundled if not place.is_commune}
        main: dict[str, tuple[str, str]] = {}
        for row in kept:
            names = (row.locality_fr, row.locality_nl)
            if row.is_main or row.postcode not in main or names in parts:
                main[row.postcode] = names
        return cls(gather_places(kept, bundled), main)

    @classmethod
    def bundled(cls) -> Places:
        """Know only the main communes that the package brings."""
        return cls(bundled_places(), {})

    def __contains__(self, postcode: str) -> bool:
        """Tell whether a postcode exists."""
        return postcode in self._by_postcode

    def named(self, key: str) -> Sequence[Name]:
        """Return the places that bear a squeezed name."""
        return self._names.get(key, ())

    def near(self, word: str) -> Iterator[tuple[str, Sequence[Name]]]:
        """Return the places whose squeezed name is nearest to a misspelt one; words of every day have none."""
        if word not in self._words and word not in self._ordinary and word not in self._rare:
            for key in self._vocabulary.near(word):
                yield key, self._names[key]

    def longest(self, word: str) -> int:
        """Say how many words the longest name has that begins with a word."""
        return self._longest.get(word, 1)

    def is_ordinary(self, key: str) -> bool:
        """Tell whether a name is a word of every day too."""
        return key in self._ordinary

    def is_rare(self, key: str) -> bool:
        """Tell whether a name is a word that nearly always means something else."""
        return key in self._rare

    def describe(
        self, names: Sequence[Name], language: Language, postcode: str | None = None
    ) -> dict[str, Any]:
        """Give the normal form of what a name stands for in a language, or of one postcode of it.

        A commune goes before a locality, a name in the message's language before one in another; those that are
        still alike are taken together, since only their postcodes tell them apart.
        """
        if postcode is not None:
            names = [name for name in names if postcode in name.place.postcodes]
            return {"name": names[0].place.names[language], "postcodes": [postcode]}
        ranks = [(name.place.is_commune, language in name.languages) for name in names]
        chosen = [name.place for name, rank in zip(names, ranks, strict=True) if rank == max(ranks)]
        postcodes = {postcode for place in chosen for postcode in place.postcodes}
        return {"name": chosen[0].names[language], "postcodes": sorted(postcodes)}

    def describe_postcode(self, postcode: str, language: Language) -> dict[str, Any]:
        """Give the normal form of a postcode said alone, with the name of its main place."""
        return {"name": self._by_postcode[postcode].names[language], "postcodes": [postcode]}

    def _insert(self, place: Place, main: dict[str, tuple[str, str]]) -> None:
        spoken: defaultdict[str, set[Language]] = defaultdict(set)
        for language, name in place.names.items():
            spoken[name].add(language)
        for name in (*spoken, *place.also):
            words = split_name(name)
            key = "".join(words)
            if key in self._never:
                continue
            self._names[key].append(Name(place, len(words), frozenset(spoken.get(name, ()))))
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 1))
        for postcode in place.postcodes:
            self._claim(postcode, place, main.get(postcode))

    def _claim(self, postcode: str, place: Place, main: tuple[str, str] | None) -> None:
        """Let a postcode be named by its main place; else by its commune if it is the first there, or by its part."""
        known = self._by_postcode.get(postcode)
        is_main = main == (place.names["fr"], place.names["nl"])
        is_part = (
            known is not None and main is None and not place.is_commune and known.postcodes[0] != postcode
        )
        if known is None or is_main or is_part:
            self._by_postcode[postcode] = place


def split_name(name: str) -> list[str]:
    """Split a name into folded words, every saint abbreviated alike."""
    return [SAINTS.get(word, word) for word in WORD.findall(fold_phrase(name))]


def squeeze(name: str) -> str:
    """Write a name as one folded word, as it is looked up."""
    return "".join(split_name(name))
