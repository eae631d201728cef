"""Recognise values that have a fixed list of names (products, options, rights, …), misspelt too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from intents.entities.findings import Findings
from intents.entities.folding import Word, fold_phrase
from intents.entities.phrases import expand_phrase
from intents.entities.vocabulary import Vocabulary, is_misspelling
from intents.understanding import Language

DATA = Path(__file__).parent / "data"
FILES = (
    "item_types.yaml",
    "languages.yaml",
    "options.yaml",
    "print_types.yaml",
    "products.yaml",
    "receipts_per_page.yaml",
    "rights.yaml",
)
MOST_BETWEEN = 2


class ClashError(ValueError):
    """Report a phrase that stands for two values."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for, and how strictly it must be said: in messages of `language` only where there is one."""

    entity: str
    value: str | int
    exact: bool
    alone: bool
    language: str | None = None


@dataclass(slots=True)
class Node:
    """A place in the tree of phrases: the words that may follow, and what is said when it ends here."""

    following: dict[str, Node] = field(default_factory=dict)
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """An end of a phrase in the tree: how many words of the message it takes, and what it means."""

    words: int
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: its span in the plain text, and what it means."""

    start: int
    end: int
    meaning: Meaning


class Lexicon:
    """Know all phrases at once, so that of two that fit the longer wins, whatever they stand for."""

    def __init__(self, files: Iterable[Mapping[str, Any]], *, between: Set[str], ordinary: Set[str]) -> None:
        self._root = Node()
        self._between = between
        self._ordinary = ordinary
        first_words: set[str] = set()
        for data in files:
            for value, language, written in _phrases(data["values"]):
                for phrase in expand_phrase(written):
                    own = language if phrase.own_language else None
                    meaning = Meaning(data["entity"], _number_or_name(value), phrase.exact, phrase.alone, own)
                    self._insert(phrase.words, meaning)
                    if not phrase.exact:
                        first_words.add(phrase.words[0])
        self._vocabulary = Vocabulary(first_words)

    def search(self, found: Findings, *, language: Language | None = None) -> list[Match]:
        """Find what is said where nothing else was found, the longest phrase first."""
        words = tuple(
            word if found.is_free(word.start, word.end) else Word("", word.start, word.end)
            for word in found.folded.words
        )
        matches: list[Match] = []
        index = 0
        while index < len(words):
            ending = self._match(words, index, language)
            if ending is None:
                index += 1
                continue
            matches.append(Match(words[index].start, words[index + ending.words - 1].end, ending.meaning))
            index += ending.words
        return matches

    def _insert(self, words: tuple[str, ...], meaning: Meaning) -> None:
        node = self._root
        for word in words:
            node = node.following.setdefault(word, Node())
        known = node.meaning
        if known is not None and (known.entity, known.value) != (meaning.entity, meaning.value):
            raise ClashError(f"{' '.join(words)!r} stands for {known.value!r} and for {meaning.value!r}")
        if known is None or known.exact:
            node.meaning = meaning

    def _match(self, words: tuple[Word, ...], index: int, language: Language | None) -> Ending | None:
        best: Ending | None = None
        for node, exact in self._starts(words[index].plain):
            for ending in self._ends(node, words, index + 1, exact=exact, taken=1):
                if ending.meaning.alone and ending.words != len(words):
                    continue
                if ending.meaning.language not in {None, language}:
                    continue
                if best is None or ending.words > best.words:
                    best = ending
        return best

    def _starts(self, word: str) -> Iterator[tuple[Node, bool]]:
        node = self._root.following.get(word)
        if node is not None:
            yield node, True
        elif word not in self._ordinary:
            for known in self._vocabulary.near(word):
                yield self._root.following[known], False

    def _ends(
        self, node: Node, words: tuple[Word, ...], index: int, *, exact: bool, taken: int
    ) -> Iterator[Ending]:
        """Go through all phrases that end at or behind a place of the tree."""
        if node.meaning is not None and (exact or not node.meaning.exact):
            yield Ending(taken, node.meaning)
        if not node.following:
            return
        skipped = 0
        while index + skipped < len(words):
            word = words[index + skipped].plain
            for following, following_exact in _next(node, word):
                yield from self._ends(
                    following,
                    words,
                    index + skipped + 1,
                    exact=exact and following_exact,
                    taken=taken + skipped + 1,
                )
            if word not in self._between or skipped == MOST_BETWEEN:
                return
            skipped += 1


def _next(node: Node, word: str) -> Iterator[tuple[Node, bool]]:
    following = node.following.get(word)
    if following is not None:
        yield following, True
        return
    for known, other in node.following.items():
        if is_misspelling(word, known):
            yield other, False


def add_values(found: Findings, matches: Iterable[Match]) -> None:
    """Add the values said, unless something that was found since then takes their place."""
    for match in matches:
        found.add(match.meaning.entity, match.meaning.value, (match.start, match.end))


def _phrases(values: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterator[tuple[str, str, str]]:
    for value, by_language in values.items():
        for language, phrases in by_language.items():
            for written in phrases:
                yield value, language, written


def _number_or_name(value: str) -> str | int:
    return int(value) if value.isdigit() else value


def read_data(name: str) -> Any:
    """Read a data file of the package; every value in it is text."""
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 -- text only


def read_lexicon() -> Lexicon:
    """Read the lexicon that the package brings."""
    words = read_data("ordinary.yaml")
    return Lexicon(map(read_data, FILES), between=flatten(words["between"]), ordinary=flatten(words["words"]))


def flatten(data: Any) -> frozenset[str]:
    """Put together the words of a branch of a data file, however it is nested, folded."""
    if isinstance(data, str):
        return frozenset({fold_phrase(data)})
    branches = data.values() if isinstance(data, Mapping) else data
    return frozenset(word for branch in branches for word in flatten(branch))
