"""Find the known words that a misspelt one may stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

ONE_EDIT_FROM = 5
TWO_EDITS_FROM = 9
# Words met before are answered at once; a flood of invented ones must not fill the memory.
REMEMBERED = 4_096


def allowed_edits(known: str) -> int:
    """Say how many letters of a known word may be wrong, missing, too many or swapped."""
    return edits_for_length(len(known))


def edits_for_length(length: int) -> int:
    """Say how many errors a known word of a length forgives."""
    if length < ONE_EDIT_FROM:
        return 0
    return 1 if length < TWO_EDITS_FROM else 2


def is_misspelling(word: str, known: str) -> bool:
    """Tell whether a word is a known one but for the errors it is forgiven."""
    edits = allowed_edits(known)
    return bool(edits) and abs(len(word) - len(known)) <= edits and OSA.distance(word, known) <= edits


class Vocabulary:
    """Hold known words by length and by first and last letter: one error leaves one of the two untouched.

    With `first_letter_sure` a word is only sought among those that begin alike.
    """

    def __init__(self, words: Iterable[str], *, first_letter_sure: bool = False) -> None:
        self._by_first: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_last: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            if allowed_edits(word):
                self._by_first[word[0], len(word)].append(word)
                if not first_letter_sure:
                    self._by_last[word[-1], len(word)].append(word)
        self.near = lru_cache(maxsize=REMEMBERED)(self._near)

    def _near(self, word: str) -> tuple[str, ...]:
        """Return the known words nearest to a word, within what each forgives; none where it is short."""
        if len(word) < ONE_EDIT_FROM - 1:
            return ()
        best: dict[str, int] = {}
        for known, edits in self._candidates(word):
            for found, distance, _ in process.extract_iter(
                word, known, scorer=OSA.distance, score_cutoff=edits
            ):
                best[found] = int(distance)
        least = min(best.values(), default=0)
        return tuple(known for known, distance in best.items() if distance == least)

    def _candidates(self, word: str) -> Iterator[tuple[list[str], int]]:
        for length in range(len(word) - 2, len(word) + 3):
            edits = edits_for_length(length)
            if edits and abs(length - len(word)) <= edits:
                for bucket in (self._by_first.get((word[0], length)), self._by_last.get((word[-1], length))):
                    if bucket:
                        yield bucket, edits
