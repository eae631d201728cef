"""Say what a message means: the value that the rest of the house receives from `intents`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

from intents.entities.mention import Mention

Language = Literal["fr", "nl", "en", "de"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Decision = Literal["act", "clarify", "reject"]

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Alternative:
    """An intent that the message may have meant, with its calibrated confidence (0 to 1).

    `topic` is set where the intent is `faq`.
    """

    intent: str
    confidence: float
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the conversation so far lends to a message that leaves things out ("et pour novembre ?").

    `entities` are the normal forms last used with `intent`; `language` is the person's last or chosen one
    (GEN-1: a bare number has none of its own).
    """

    intent: str | None = None
    entities: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """Hold what one message means.

    `entities` maps each entity's name to its normal form (the contract of intents is in
    `intents/catalogue/README.md`); a name that occurs several times holds a list. `language` is None where the
    message has none (a bare number, only emoji) and no context lent one. `follow_up` is True where intent or entities
    came from the context. `faults` are the mentions that were clearly meant but are not valid (a wrong check digit,
    31 February).
    """

    text: str
    language: Language | None
    intent: str
    confidence: float
    decision: Decision
    entities: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    alternatives: tuple[Alternative, ...] = ()
    follow_up: bool = False
    faults: tuple[Mention, ...] = ()
