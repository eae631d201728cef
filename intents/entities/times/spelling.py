"""Find the word that was meant where one letter is wrong, missing, doubled or swapped with its neighbour."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

_SHORTEST = 5


def _shortened(word: str) -> Iterable[str]:
    """Leave out each letter but the first in turn: a typing error hardly ever hits the first letter."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


class Speller:
    """Know some words, and find them again one typing error away, in a time that does not grow with them.

    Two words that are one error apart become equal by leaving a letter out of one, the other or both; so all shortened
    forms are kept, and a search looks up the shortened forms of the word searched for. `ordinary` words are themselves
    and never a typing error ("montage" is not "Montag").
    """

    def __init__(self, words: Iterable[str], ordinary: Iterable[str] = ()) -> None:
        self._ordinary = frozenset(ordinary)
        self._by_form: dict[str, list[str]] = {}
        for word in sorted({word for word in words if len(word) >= _SHORTEST and " " not in word}):
            for form in (word, *_shortened(word)):
                self._by_form.setdefault(form, []).append(word)
        self._longest = max(map(len, self._by_form), default=0) + 1

    def meant(self, word: str) -> str | None:
        """Give the known word at most one error away; None where there is none, or the word is an ordinary one."""
        if not _SHORTEST <= len(word) <= self._longest or word in self._ordinary:
            return None
        for form in (word, *_shortened(word)):
            for candidate in self._by_form.get(form, ()):
                if OSA.distance(word, candidate, score_cutoff=1) <= 1:
                    return candidate
        return None
