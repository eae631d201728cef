"""Keep an open form between turns, and show it to channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

from handlers.forms.declaration import Kind, Option
from locales.phrases import Phrase, Value

Stage = Literal["filling", "confirming"]


@dataclass(frozen=True, slots=True)
class FormState:
    """An open form as it is kept: plain JSON through `dump` and `load`.

    `key` names this opening of the form, so that an old button or a form submitted twice does nothing. `entities` are
    what the message said besides the fields. `misses` counts answers not understood in a row (CNV-1). `answered` are
    the fields that were asked before, the latest last; `returned` is the one that the person went back to.
    """

    key: str
    intent: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    entities: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    asked: str | None = None
    stage: Stage = "filling"
    misses: int = 0
    answered: tuple[str, ...] = ()
    returned: str | None = None

    def with_values(self, changes: Mapping[str, Any]) -> FormState:
        """Take values in; a change after the summary is summed up again."""
        return replace(self, values={**self.values, **changes}, stage="filling", misses=0, returned=None)

    def dump(self) -> dict[str, Any]:
        """Give the plain JSON that the records keep."""
        return {
            "key": self.key,
            "intent": self.intent,
            "values": dict(self.values),
            "entities": dict(self.entities),
            "asked": self.asked,
            "stage": self.stage,
            "misses": self.misses,
            "answered": list(self.answered),
            "returned": self.returned,
        }

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> FormState:
        """Read what `dump` gave."""
        return cls(**{**kept, "answered": tuple(kept.get("answered", ()))})


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field as a channel shows it: `shown` is its value for people, `error` why the last one was not taken.

    `incomplete` is a value that needs more, which `question` then asks for.
    """

    name: str
    kind: Kind
    label: Phrase
    question: Phrase
    required: bool
    many: bool = False
    value: Any = None
    shown: Value | None = None
    options: tuple[Option, ...] = ()
    error: Phrase | None = None
    suggestions: tuple[Option, ...] = ()
    hint: Phrase | None = None
    minimum: int | None = None
    maximum: int | None = None
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as a channel shows it: whole, or only the field asked next; when confirming, its summary.

    `back` is the field that "back" leads to.
    """

    key: str
    intent: str
    title: Phrase
    stage: Stage
    fields: tuple[FieldView, ...]
    asked: str | None = None
    summary: tuple[tuple[Phrase, Value], ...] = ()
    confirm_label: Phrase | None = None
    back: str | None = None

    @property
    def missing(self) -> tuple[FieldView, ...]:
        """List the fields that still need the person."""
        return tuple(
            view
            for view in self.fields
            if view.error or view.incomplete or (view.required and view.value in (None, "", []))
        )
