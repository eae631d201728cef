"""Say something without choosing a language yet.

A handler builds a `Phrase`: a whole English sentence with named places, and the objects (dates, amounts, other
phrases) that go there. It is plain data. `locales.words.Words` writes it last, in the reader's language (GEN-1, GEN-2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in euro cents."""

    cents: int


@dataclass(frozen=True, slots=True)
class Days:
    """A period, both days included; a whole month or year is written by its name."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Month:
    """A month, written by its name and year; any day of it will do."""

    day: date


@dataclass(frozen=True, slots=True)
class FileSize:
    """The size of a file in bytes."""

    size: int


@dataclass(frozen=True, slots=True)
class Named:
    """A name that the records hold in each language, by its code: that of a product."""

    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence to be written in the reader's language.

    `msgid` is the English sentence that the catalogues are keyed by; with `plural` and `count` the catalogue
    chooses the form. `verbatim` phrases (a name, a number) are written as they are.
    """

    msgid: str
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    plural: str | None = None
    count: int = 0
    verbatim: bool = False


Value: TypeAlias = (
    "str | int | Decimal | date | datetime | Money | Days | Month | FileSize | Named"
    " | Phrase | Sequence[Value]"
)


def say(msgid: str, /, **values: Value) -> Phrase:
    """Build a sentence; the name is what the extraction of messages looks for."""
    return Phrase(msgid, MappingProxyType(values))


def say_many(singular: str, plural: str, count: int, /, **values: Value) -> Phrase:
    """Build a sentence that depends on a number, available in it as `{count}`."""
    return Phrase(singular, MappingProxyType({"count": count, **values}), plural=plural, count=count)


def as_is(text: str) -> Phrase:
    """Wrap a text that has no translation: a name, a number, a customer's own words."""
    return Phrase(text, verbatim=True)
