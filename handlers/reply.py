"""Say what to answer: blocks of plain data that each channel draws in its own best way.

No block knows a platform. Sentences are `Phrase`s, written in the reader's language when the turn ends
(`bot.drawing`), and each block has a plain-text form there for what a channel cannot draw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from handlers.forms.state import FormView
from locales.phrases import Phrase, Value

Tone = Literal["info", "success", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What pressing a button asks for: an intent with its entities, as if it had been said.

    `repeatable` is for reading: the button works again. What changes something works once.
    """

    intent: str
    entities: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    repeatable: bool = True


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What a button inside a form says: a field's value, or `confirm` or `cancel` for the form itself.

    `back` goes to the field named, `skip` leaves it as it is.
    """

    form: str
    field: str = ""
    value: Any = None
    command: Literal["value", "confirm", "cancel", "back", "skip"] = "value"


@dataclass(frozen=True, slots=True)
class Saying:
    """What pressing a button says for the person, in their language, as if they had typed it."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Link:
    """What a button that opens a web page leads to."""

    address: str


Action = Wish | FormAnswer | Saying | Link


@dataclass(frozen=True, slots=True)
class Choice:
    """One button."""

    label: Phrase
    action: Action
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or a few."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that stands out: a warning, a refusal, a success."""

    phrase: Phrase
    tone: Tone = "info"


@dataclass(frozen=True, slots=True)
class Aside:
    """A hint, where others read along, that the answer goes to the person alone (GEN-4); it tells nothing else."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values under headings, each row with its buttons; numbers and amounts align right."""

    caption: Phrase
    columns: tuple[Phrase, ...]
    rows: tuple[tuple[Value, ...], ...]
    row_choices: tuple[tuple[Choice, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """Buttons to choose from, under a question where there is one."""

    choices: tuple[Choice, ...]
    prompt: Phrase | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file that the records hold, by its id, with what a customer should know before opening it.

    `links_only`: its company wants no file in a chat platform, only a link to our own page that expires (GEN-4).
    """

    file_id: str
    name: str
    media_type: str
    size: int
    about: Phrase
    links_only: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that the records hold, with a text that says what it shows."""

    file_id: str
    alternative: Phrase


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work has begun (CNV-5); the result follows by itself and takes this block's place in the reader's mind."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class FormCard:
    """A form with what it knows so far; channels draw it whole or ask for its next field (docs/decisions/0005)."""

    view: FormView


Block = Text | Notice | Aside | Table | Choices | File | Picture | Progress | FormCard


@dataclass(frozen=True, slots=True)
class Work:
    """Long work to be done after the turn, by its name and arguments of plain JSON."""

    kind: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be carried into another conversation after the turn, by the key of its record.

    Errands with the same `lock` are done in their order.
    """

    name: Literal["ticket_relay"]
    key: int
    lock: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything that follows from a request.

    `remember` is what a follow-up may refer to ("et pour novembre ?"); `language` is set where the person chose one
    (GEN-1); `work` and `errands` are deferred in the turn's own transaction.
    """

    blocks: tuple[Block, ...]
    work: tuple[Work, ...] = ()
    remember: Mapping[str, Any] | None = None
    language: str | None = None
    errands: tuple[Errand, ...] = ()


def reply(*blocks: Block, work: tuple[Work, ...] = (), remember: Mapping[str, Any] | None = None) -> Reply:
    """Build a reply of blocks."""
    return Reply(blocks, work, remember)
