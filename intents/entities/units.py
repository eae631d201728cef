"""Know the nouns that numbers count: copies of a print, and packs that hold supplies."""

from __future__ import annotations

from collections.abc import Set

from intents.entities.lexicon import flatten, read_data
from intents.entities.vocabulary import Vocabulary


class Units:
    """Hold the counted nouns of all languages."""

    def __init__(self, copies: Set[str], packs: Set[str], *, ordinary: Set[str]) -> None:
        self._packs = packs
        self._all = copies | packs
        self._ordinary = ordinary
        self._vocabulary = Vocabulary(self._all)

    def counts(self, word: str) -> bool:
        """Tell whether a folded word is counted by the number before it."""
        return word in self._all or (word not in self._ordinary and bool(self._vocabulary.near(word)))

    def is_pack(self, word: str) -> bool:
        """Tell whether a folded word holds what is named behind it."""
        return word in self._packs


def read_units() -> Units:
    """Read the units that the package brings."""
    data = read_data("units.yaml")
    return Units(
        flatten(data["copies"]), flatten(data["packs"]), ordinary=flatten(read_data("ordinary.yaml")["words"])
    )
