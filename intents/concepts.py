"""Find in a message what is asked of what: actions, objects, forms of question.

The words stand in `catalogue/<language>/_concepts.yaml`, the concepts are the same in each language: what is learnt
from a French example about cancelling and orders holds for a Dutch message too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.text import tokens
from intents.understanding import LANGUAGES, Language

Words = Mapping[str, Sequence[str]]

# Shorter words have too many neighbours: "liste" and "piste", "poste" and "reste".
_FUZZY_FROM = 5
_TWO_EDITS_FROM = 9
_ABROAD_FROM = 4
# Words met before are answered at once; a flood of invented ones must not fill the memory.
_REMEMBERED = 20_000


def read_concepts(folder: Path) -> dict[Language, Words]:
    """Read the words of each language's concepts; a language without the file has none."""
    found: dict[Language, Words] = {}
    for language in LANGUAGES:
        path = folder / language / "_concepts.yaml"
        found[language] = read_section(path, "concepts") if path.exists() else {}
    return found


def read_section(path: Path, section: str) -> Any:
    """Read one section of a file of concepts; `on`, `no` and numbers stay words."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 -- strings only
    return data.get(section, {})


class Lexicon:
    """Know the words of one language."""

    def __init__(self, words: Words) -> None:
        self._exact: defaultdict[str, list[str]] = defaultdict(list)
        self._begins: defaultdict[str, list[str]] = defaultdict(list)
        self._ends: defaultdict[str, list[str]] = defaultdict(list)
        self._phrases: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for concept, patterns in words.items():
            for pattern in patterns:
                self._add(concept, pattern)
        for same_start in self._phrases.values():
            same_start.sort(key=lambda phrase: -len(phrase[0]))
        self._near: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in {**self._exact, **self._begins}:
            if len(word) >= _FUZZY_FROM:
                self._near[word[0], len(word)].append(word)
        self._shortest = min(map(len, self._begins), default=1)

    @property
    def starts(self) -> Iterable[str]:
        """Give the words with which phrases begin."""
        return self._phrases.keys()

    def _add(self, concept: str, pattern: str) -> None:
        """Take in one way to say a concept."""
        found = tuple(tokens(pattern))
        if len(found) > 1:
            self._phrases[found[0]].append((found[1:], concept))
        elif found and pattern.startswith("-"):
            self._ends[found[0]].append(concept)
        elif found:
            (self._begins if pattern.endswith("-") else self._exact)[found[0]].append(concept)

    def lists(self, word: str) -> bool:
        """Tell whether a word is there in whole."""
        return word in self._exact

    def known(self, word: str) -> tuple[str, ...]:
        """Give the concepts of a word as it stands: in whole, by its beginning and by its end (compounds)."""
        found = (*self._exact.get(word, ()), *self._beginning(word), *self._ending(word))
        return tuple(dict.fromkeys(found))

    def _beginning(self, word: str) -> Sequence[str]:
        """Give the concepts of the longest beginning."""
        for length in range(len(word), self._shortest - 1, -1):
            if (found := self._begins.get(word[:length])) is not None:
                return found
        return ()

    def _ending(self, word: str) -> Sequence[str]:
        """Give the concepts of the longest ending."""
        for start in range(1, len(word) - 2):
            if (found := self._ends.get(word[start:])) is not None:
                return found
        return ()

    def like(self, word: str) -> tuple[str, ...]:
        """Give the concepts of the nearest word with the same first letter."""
        if len(word) < _FUZZY_FROM:
            return ()
        best: tuple[int, int, str] | None = None
        for length in range(_FUZZY_FROM, len(word) + 2):
            near = self._near.get((word[0], length))
            if near is None:
                continue
            allowed = 2 if length >= _TWO_EDITS_FROM else 1
            for end in {length - 1, length, length + 1}:
                match = process.extractOne(word[:end], near, scorer=OSA.distance, score_cutoff=allowed)
                # A word that is no beginning must be matched whole.
                if match is None or (match[0] not in self._begins and end < len(word)):
                    continue
                candidate = (-length + 2 * int(match[1]), int(match[1]), match[0])
                best = candidate if best is None else min(best, candidate)
        if best is None:
            return ()
        return (*self._exact.get(best[2], ()), *self._begins.get(best[2], ()))

    def phrase(self, words: Sequence[str], at: int) -> tuple[int, tuple[str, ...]]:
        """Give how many words a phrase takes from a place on, and its concepts; 0 where there is none."""
        length = 0
        concepts: list[str] = []
        for rest, concept in self._phrases.get(words[at], ()):
            if length > len(rest):
                break
            if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                length = len(rest)
                concepts.append(concept)
        return (length + 1, tuple(concepts)) if concepts else (0, ())


class Concepts:
    """Read the concepts of messages, in one language before the others.

    `ordinary` are words that are right as they stand ("werden" is no misspelt "werben").
    """

    def __init__(self, words: Mapping[Language, Words], *, ordinary: Collection[str] = ()) -> None:
        self._lexicons = {language: Lexicon(words.get(language, {})) for language in LANGUAGES}
        # The message's language first, then the others: the order in which lexicons are asked.
        self._turns = {
            language: (lexicon, *(other for other in self._lexicons.values() if other is not lexicon))
            for language, lexicon in self._lexicons.items()
        }
        self._starts = frozenset(start for lexicon in self._lexicons.values() for start in lexicon.starts)
        self._ordinary = frozenset(ordinary)
        self._remembered: dict[tuple[str, Language], tuple[str, ...]] = {}

    def read(self, words: Sequence[str], language: Language) -> list[str]:
        """Give the concepts of a message in the order in which they are said."""
        return list(self._read(words, language))

    def _read(self, words: Sequence[str], language: Language) -> Iterator[str]:
        at = 0
        while at < len(words):
            taken, found = self._phrase(words, at, language) if words[at] in self._starts else (0, ())
            yield from found if taken else self.of_word(words[at], language)
            at += taken or 1

    def _phrase(self, words: Sequence[str], at: int, language: Language) -> tuple[int, tuple[str, ...]]:
        """Give the phrase that begins at a place, in the message's language or another."""
        for lexicon in self._turns[language]:
            taken, found = lexicon.phrase(words, at)
            if taken:
                return taken, found
        return 0, ()

    def knows(self, word: str) -> bool:
        """Tell whether a folded word stands, as it is, in the list of any language."""
        return any(lexicon.lists(word) for lexicon in self._lexicons.values())

    def of_word(self, word: str, language: Language) -> tuple[str, ...]:
        """Give the concepts of one folded word."""
        key = (word, language)
        if key not in self._remembered:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._look_up(word, language)
        return self._remembered[key]

    def _look_up(self, word: str, language: Language) -> tuple[str, ...]:
        """Look a word up: as it stands here, then abroad, then with a typo."""
        home, *abroad = self._turns[language]
        if found := home.known(word):
            return found
        if not word.isascii() or not word.islower() or len(word) < _ABROAD_FROM:
            return ()
        for lexicon in abroad:
            if found := lexicon.known(word):
                return found
        if word in self._ordinary:
            return ()
        for lexicon in (home, *abroad):
            if found := lexicon.like(word):
                return found
        return ()
