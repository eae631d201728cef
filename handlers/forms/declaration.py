"""Declare a form: its fields, what fills them and what checks them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from locales.phrases import Phrase, Value

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.reply import Block
    from handlers.request import Request

Kind = Literal["text", "number", "date", "period", "choice", "email", "rows", "file"]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: `value` is plain JSON. With `reason` it is shown but cannot be chosen (DIS-7).

    A product of a field of kind `rows` has the bounds of its quantity, and the `family` that people may call it by.
    """

    value: Any
    label: Phrase
    reason: Phrase | None = None
    minimum: int | None = None
    maximum: int | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a value cannot be taken, and what could be taken instead."""

    phrase: Phrase
    suggestions: tuple[Option, ...] = ()


OptionsOf = Callable[["Request", "Desk", Values], Awaitable[Sequence[Option]]]
Check = Callable[[Any, "Request"], Refusal | None]
Examination = Callable[[Any, "Request", "Desk", Values], Awaitable[Refusal | None]]
Summary = tuple[tuple[Phrase, Value], ...]


@dataclass(frozen=True, slots=True)
class Received:
    """What a form's subject says to a message first, and what of it goes into the form.

    Without `entities` the form takes nothing of the message; one that is not open yet stays closed.
    """

    blocks: tuple[Block, ...] = ()
    entities: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    `entity` names the contract's entity that fills it from a message. `required` and `when` may depend on the values
    so far. A required choice with one option is filled without asking (GEN-7). `many` holds a list. `named` options
    are also found by their label anywhere in a message ("pour la Menuiserie Lambert"). A field of kind `rows` holds a
    list of {"product", "quantity"}, `options` being the products. `adapt` turns what a message says ("la semaine
    passée", a period, or nothing but the text) into what the field keeps ("last_week"). `unknown` words what is none
    of the options, in place of a general sentence; its place is {value}. `takes` makes the value of several entities
    of a message and its text ("du 24 au 31", "jusqu'au 31"). `depends` is a `when` that asks the records,
    `examine` a check that asks the records or the other values.
    """

    name: str
    kind: Kind
    label: Phrase
    question: Phrase
    entity: str | None = None
    required: bool | Callable[[Values], bool] = True
    when: Callable[[Values], bool] | None = None
    options: OptionsOf | None = None
    many: bool = False
    named: bool = False
    adapt: Callable[[Any, Request], Any] | None = None
    takes: Callable[[Mapping[str, Any], str], Any] | None = None
    depends: Callable[[Request, Desk, Values], Awaitable[bool]] | None = None
    check: Check | None = None
    examine: Examination | None = None
    unknown: Phrase | None = None
    hint: Phrase | None = None
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = 2000

    def is_required(self, values: Values) -> bool:
        """Tell whether the form cannot do without this field, given the values so far."""
        return self.required(values) if callable(self.required) else self.required

    def is_asked(self, values: Values) -> bool:
        """Tell whether this field has a place in the form, given the values so far."""
        return self.when is None or self.when(values)


@dataclass(frozen=True, slots=True)
class Form:
    """A handler's form.

    `model` is the pydantic model that the complete values must satisfy; the handler gets its instance. `summary`
    makes the rows that are confirmed before anything changes (CNV-2), `looked_up_summary` the same where it asks the
    records; without either the form ends when it is complete. `receive` sees each message before the form takes it.
    `borrows` is False where what was spoken of before says nothing of what is wanted now.
    """

    intent: str
    title: Phrase
    fields: tuple[Field, ...]
    model: type[BaseModel]
    summary: Callable[[Values], Summary] | None = None
    looked_up_summary: Callable[[Request, Desk, Values], Awaitable[Summary]] | None = None
    confirm_label: Phrase | None = None
    receive: Callable[[Request, Desk], Awaitable[Received | None]] | None = None
    borrows: bool = True

    def field(self, name: str) -> Field:
        """Find a field by its name."""
        return next(field for field in self.fields if field.name == name)
