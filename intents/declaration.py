"""Read what each intent is: `catalogue/intents.yaml`, the one place that declares them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

UNKNOWN = "unknown"
FAQ = "faq"
_TOPIC_MARK = f"{FAQ}:"


@dataclass(frozen=True, slots=True)
class Intent:
    """Declare one intent; `ahead` is True where its dates lie in the future."""

    name: str
    wants: str
    slots: tuple[str, ...]
    needs: str
    example: str
    ahead: bool = False


@dataclass(frozen=True)
class Declaration:
    """Hold the intents, the topics of knowledge, and which topics say the same of both products."""

    intents: Mapping[str, Intent]
    topics: tuple[str, ...]
    twins: tuple[Mapping[str, tuple[str, ...]], ...]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Give what a message is sorted into: the intents, each topic in the place of `faq`."""
        return (*(name for name in self.intents if name != FAQ), *map(topic_label, self.topics))

    def ahead(self, intent: str) -> bool:
        """Tell whether the dates of an intent lie in the future."""
        return intent in self.intents and self.intents[intent].ahead

    def slots(self, intent: str) -> tuple[str, ...]:
        """Give the entities that an intent works with."""
        return self.intents[intent].slots if intent in self.intents else ()


def topic_label(topic: str) -> str:
    """Give the label under which the phrases of a topic are learnt."""
    return _TOPIC_MARK + topic


def intent_of(label: str) -> str:
    """Give the intent of a label."""
    return FAQ if label.startswith(_TOPIC_MARK) else label


def topic_of(label: str) -> str | None:
    """Give the topic of a label, where it is one of knowledge."""
    return label.removeprefix(_TOPIC_MARK) if label.startswith(_TOPIC_MARK) else None


def read_declaration(text: str) -> Declaration:
    """Read the text of `intents.yaml`."""
    data: dict[str, Any] = yaml.safe_load(text)
    return Declaration(
        intents={name: _intent(name, fields) for name, fields in data["intents"].items()},
        topics=tuple(data["topics"]),
        twins=tuple({product: tuple(topics) for product, topics in twin.items()} for twin in data["twins"]),
    )


def _intent(name: str, fields: dict[str, Any]) -> Intent:
    """Read one intent; an unknown key is an error, not a wish that goes unheard."""
    return Intent(name=name, **{**fields, "slots": tuple(fields["slots"])})
