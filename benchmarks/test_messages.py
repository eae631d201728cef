"""Read the messages that the catalogue has never seen: tests/understanding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from intents.declaration import FAQ
from intents.understanding import LANGUAGES, Context, Language

MESSAGES = Path(__file__).parents[1] / "tests" / "understanding"
TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class TestMessage:
    """Hold a message with what is right; `entities` is None where nobody determined them."""

    text: str
    language: Language
    intent: str
    topic: str | None
    entities: Mapping[str, Any] | None
    today: date
    context: Context | None = None

    @property
    def label(self) -> str:
        """Give intent and topic in one."""
        return f"{FAQ}:{self.topic}" if self.topic else self.intent


def read_messages(folder: Path = MESSAGES) -> list[TestMessage]:
    """Read all single messages; a file's name says what its messages mean."""
    return [
        _message(row, language, path.stem)
        for language in LANGUAGES
        for path in sorted((folder / language).glob("[!_]*.yaml"))
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def read_follow_ups(folder: Path = MESSAGES) -> list[TestMessage]:
    """Read the messages that go on with something."""
    return [
        _message(row, language, row["intent"])
        for language in LANGUAGES
        for path in (folder / language).glob("_context.yaml")
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def read_fresh(folder: Path = MESSAGES, name: str = "_fresh") -> list[TestMessage]:
    """Read the messages of a second or third hand, listed under what they mean; they teach the catalogue nothing."""
    return [
        _message({"text": row} if isinstance(row, str) else row, language, label)
        for language in LANGUAGES
        for path in (folder / language).glob(f"{name}.yaml")
        for label, rows in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for row in rows
    ]


def _message(row: Mapping[str, Any], language: Language, name: str) -> TestMessage:
    """Read one row."""
    named = name.removeprefix(f"{FAQ}.") if name.startswith(f"{FAQ}.") else None
    entities = dict(row["entities"] or {}) if "entities" in row else None
    said = entities.pop("topic", None) if entities else None
    context = row.get("context")
    return TestMessage(
        text=str(row["text"]),
        language=row.get("language", language),
        intent=row.get("intent") or (FAQ if named else name),
        topic=row.get("topic") or said or named,
        entities=entities,
        today=date.fromisoformat(str(row.get("now", TODAY))),
        context=Context(context["intent"], context.get("entities") or {}, language) if context else None,
    )
