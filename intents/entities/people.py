"""Find the names of people: cautiously, since nothing depends on a name that is not given again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from intents.entities.findings import Findings
from intents.entities.folding import Folded
from intents.entities.lexicon import Match, flatten, read_data
from intents.entities.place_cues import is_capital, starts_sentence
from intents.understanding import Language

GERMAN_ENDINGS = ("e", "en", "er", "es", "em")
INSIDE = frozenset({" ", "-", "'"})
BEHIND_INITIAL = frozenset({". ", "."})
BESIDE = re.compile(r"[ ,(<:\[-]{1,3}|\) ?")


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """Hold the words around and inside names."""

    titles: Set[str]
    roles: Set[str]
    givers: Set[str]
    particles: Set[str]
    not_names: Set[str]


@dataclass(frozen=True, slots=True)
class Run:
    """Words with capital letters that stand together: the indices of the first and the one behind the last."""

    first: int
    stop: int


def read_people_words() -> PeopleWords:
    """Read the words that the package brings."""
    data = read_data("people.yaml")
    return PeopleWords(
        *(flatten(data[key]) for key in ("titles", "roles", "givers", "particles", "not_names"))
    )


@dataclass(slots=True)
class Search:
    """One search for people: where values stand that are no names although they have a capital letter."""

    found: Findings
    people: PeopleWords
    language: Language
    values: Sequence[Match]

    def is_name(self, index: int) -> bool:
        """Tell whether a word may be part of a name: a capital letter, and none of the words known to be others."""
        word = self.found.folded.words[index]
        if not word.plain.isalpha() or not is_capital(self.found.folded, word) or self._is_other(index):
            return False
        if any(value.start < word.end and word.start < value.end for value in self.values):
            return False
        return self.found.is_free(word.start, word.end)

    def _is_other(self, index: int) -> bool:
        people, folded = self.people, self.found.folded
        plain = folded.words[index].plain
        if plain in people.not_names or plain in people.titles or plain in people.roles:
            return True
        # "An" is a name in Dutch, and a capital letter inside a sentence makes a name of any word.
        is_start = starts_sentence(folded, folded.words, index) and not (
            plain == "an" and self.language == "nl"
        )
        return is_start and plain in people.givers and plain not in people.particles


def find_people(
    found: Findings, people: PeopleWords, *, language: Language, values: Sequence[Match] = ()
) -> None:
    """Add each name: behind a title, a role or a word of giving, beside an e-mail address, or of several words."""
    folded = found.folded
    if folded.text.islower():
        return
    search = Search(found, people, language, values)
    addresses = [folded.locate(one.start, one.end) for one in found.mentions if one.entity == "email"]
    for run in _runs(search):
        start, end = folded.words[run.first].start, folded.words[run.stop - 1].end
        is_name = run.stop - run.first > 1 or (language != "de" and not _begins(folded, run))
        is_beside = is_name and any(
            BESIDE.fullmatch(folded.plain, end, at) or BESIDE.fullmatch(folded.plain, until, start)
            for at, until in addresses
        )
        if is_beside or _is_person(folded, run, people, language):
            found.add("person", folded.original(start, end), (start, end))


def _runs(search: Search) -> Iterator[Run]:
    words = search.found.folded.words
    index = 0
    while index < len(words):
        if not search.is_name(index):
            index += 1
            continue
        stop = _end_of_run(search, index)
        if any(word.plain not in search.people.particles for word in words[index:stop]):
            yield Run(index, stop)
        index = stop


def _end_of_run(search: Search, first: int) -> int:
    """Return the index behind a name; small particles belong to it where a capital letter follows them."""
    words, plain = search.found.folded.words, search.found.folded.plain
    stop = index = first + 1
    while index < len(words):
        gap = plain[words[index - 1].end : words[index].start]
        if gap not in INSIDE and not (gap in BEHIND_INITIAL and len(words[index - 1].plain) == 1):
            break
        if search.is_name(index):
            stop = index + 1
        elif words[index].plain not in search.people.particles:
            break
        index += 1
    return stop


def _is_person(folded: Folded, run: Run, people: PeopleWords, language: Language) -> bool:
    begins = _begins(folded, run)
    before = "" if run.first == 0 else folded.words[run.first - 1].plain
    if before in people.titles or (before in people.roles and not begins):
        return True
    given = before in people.givers and not begins
    if run.stop - run.first > 1:
        # German nouns have capital letters too, but two seldom meet; at the start stands an article or adjective.
        first = folded.words[run.first].plain
        return given or language != "de" or not (begins and first.endswith(GERMAN_ENDINGS))
    only = folded.words[run.first]
    is_acronym = folded.original(only.start, only.end).isupper()
    return given and language != "de" and not is_acronym


def _begins(folded: Folded, run: Run) -> bool:
    return starts_sentence(folded, folded.words, run.first)
