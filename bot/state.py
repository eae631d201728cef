"""Keep what a conversation must remember from one turn to the next, as plain JSON in its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from handlers.forms.state import FormState

REMEMBERED_LINES = 20
MOST_FORMS = 3


@dataclass(frozen=True, slots=True)
class ConversationState:
    """What is open and what was last spoken of.

    `forms` are the open forms, the last one being asked now; `intent` and `entities` are what a follow-up may refer
    to; `misses` counts messages not understood in a row (CNV-1); `lines` are the last ones said, for a ticket;
    `slowed` is True once somebody very fast has been told so; `unclear` is the message, without personal data, that was
    asked back about in the last turn. `addressed` is True while the open form was asked of the bot although a person
    has taken over (TIC-2); `on_behalf` is the session of work for a customer in which all this was said (ACC-10).
    """

    forms: tuple[FormState, ...] = ()
    intent: str | None = None
    entities: Mapping[str, Any] | None = None
    misses: int = 0
    lines: tuple[str, ...] = ()
    slowed: bool = False
    unclear: str | None = None
    addressed: bool = False
    on_behalf: int | None = None

    @property
    def form(self) -> FormState | None:
        """Give the form that is being asked."""
        return self.forms[-1] if self.forms else None

    def with_form(self, form: FormState) -> ConversationState:
        """Put a form in the place of its earlier state, or on top of the others."""
        others = tuple(kept for kept in self.forms if kept.key != form.key)
        return replace(self, forms=(*others, form)[-MOST_FORMS:])

    def without_form(self, key: str) -> ConversationState:
        """Close a form."""
        return replace(self, forms=tuple(kept for kept in self.forms if kept.key != key))

    def with_line(self, who: str, text: str) -> ConversationState:
        """Remember a line for the transcript of a ticket."""
        line = f"{who}: {' '.join(text.split())[:500]}"
        return replace(self, lines=(*self.lines, line)[-REMEMBERED_LINES:])

    def dump(self) -> dict[str, Any]:
        """Give the plain JSON that the record keeps."""
        return {
            "forms": [form.dump() for form in self.forms],
            "intent": self.intent,
            "entities": None if self.entities is None else dict(self.entities),
            "misses": self.misses,
            "lines": list(self.lines),
            "slowed": self.slowed,
            "unclear": self.unclear,
            "addressed": self.addressed,
            "on_behalf": self.on_behalf,
        }

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> ConversationState:
        """Read what `dump` gave; an empty record is a new conversation."""
        if not kept:
            return cls()
        return cls(
            forms=tuple(FormState.load(form) for form in kept["forms"]),
            intent=kept["intent"],
            entities=kept["entities"],
            misses=kept["misses"],
            lines=tuple(kept["lines"]),
            slowed=kept["slowed"],
            unclear=kept.get("unclear"),
            addressed=kept.get("addressed", False),
            on_behalf=kept.get("on_behalf"),
        )
