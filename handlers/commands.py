"""Read what is written as a command, "/guichet grant …", in the words of four languages: it needs no understanding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.forms.reading import fold

PREFIX = "/guichet"

Entities = Mapping[str, Any]
# What follows the command's word, and the entities that were recognised in it, as the entities of the wish.
Reading = Callable[[str, Entities], Entities]


@dataclass(frozen=True, slots=True)
class Command:
    """What a word asks for: an intent; `read` makes its entities of what follows."""

    intent: str
    words: frozenset[str]
    read: Reading


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command that was given, ready to be acted on."""

    intent: str
    entities: Entities


class Commands:
    """The commands there are, by their words."""

    def __init__(self) -> None:
        self._by_word: dict[str, Command] = {}

    def add(self, intent: str, *words: str, read: Reading | None = None) -> None:
        """Let words ask for an intent; without `read` the entities recognised after the word are taken."""
        command = Command(intent, frozenset(map(fold, words)), read or _as_recognised)
        for word in command.words:
            if self._by_word.setdefault(word, command) is not command:
                raise ValueError(f"{word} commands two things")

    def include(self, other: Commands) -> None:
        """Take in the commands of another subject."""
        for command in other:
            self.add(command.intent, *command.words, read=command.read)

    def read(self, text: str, entities: Entities) -> Commanded | None:
        """Read a command; None where the word is none of ours."""
        word, rest = split(text)
        command = self._by_word.get(fold(word))
        return None if command is None else Commanded(command.intent, command.read(rest, entities))

    def __iter__(self) -> Iterator[Command]:
        return iter(dict.fromkeys(self._by_word.values()))


def is_command(text: str) -> bool:
    """Tell whether a message is written as a command."""
    first, *_rest = text.split(maxsplit=1) or [""]
    return first.casefold() == PREFIX


def split(text: str) -> tuple[str, str]:
    """Part a command into its word and what follows."""
    _prefix, word, rest = (*text.split(maxsplit=2), "", "", "")[:3]
    return word, rest


def _as_recognised(_rest: str, entities: Entities) -> Entities:
    return entities
