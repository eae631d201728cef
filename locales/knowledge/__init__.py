"""Answer questions of knowledge: a text for each topic and language, its source and the button that does it.

`topics.yaml` says for each topic where its facts come from and which intent does the thing; `<language>.yaml` holds a
short title and a text for each, at most five short sentences in our own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from locales.phrases import Phrase, as_is, say

FOLDER = Path(__file__).parent
DOCUMENTS: dict[str, Phrase] = {
    "M": say("Collect & Stamp manual"),
    "F": say("Distripost questions and answers"),
    "S": say("Service Centre"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a topic: `text` in one language, where it comes from, the intent that does the thing."""

    topic: str
    title: str
    text: str
    source: Phrase
    intent: str | None


class Knowledge:
    """The texts of all topics; `facts` are the addresses and numbers that settings may change (TIC-4)."""

    def __init__(self, facts: Mapping[str, str]) -> None:
        self._facts = dict(facts)

    def answer(self, topic: str, language: str) -> Answer | None:
        """Give the answer to a topic; None where nothing is known: nothing is invented (GEN-8)."""
        entry, words = topics().get(topic), texts(language).get(topic)
        if entry is None or words is None:
            return None
        source = say(
            "{document}, {section}", document=DOCUMENTS[entry["document"]], section=as_is(entry["section"])
        )
        # Only ordinary white space is folded: the non-breaking spaces of French and of its numbers are meant.
        text = re.sub(r"[ \t\r\n]+", " ", words["text"].format_map(self._facts)).strip()
        return Answer(topic, words["title"], text, source, entry.get("intent"))


@cache
def topics() -> dict[str, dict[str, Any]]:
    """Read where each topic's facts come from."""
    return dict(yaml.safe_load((FOLDER / "topics.yaml").read_text(encoding="utf-8")))


@cache
def texts(language: str) -> dict[str, dict[str, str]]:
    """Read a language's texts by topic."""
    return dict(yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8")))
