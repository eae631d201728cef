"""Measure how well messages are understood that the catalogue has never seen.

`--misses` lists what went wrong, `--fresh` and `--third` take the messages of a second or third hand instead, `--peers`
measures other engines on the same examples and messages.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.test_messages import TestMessage, read_follow_ups, read_fresh, read_messages
from intents.declaration import FAQ, UNKNOWN
from intents.model.noise import mistype
from intents.understander import Understander
from intents.understanding import LANGUAGES, Language, Understanding

CACHE = Path(__file__).parents[1] / ".guichet" / "model"
# The topic is counted by itself; the codes of products are data of the Service Centre (SUP-4), not of the contract.
UNCOUNTED = frozenset({"topic", "product", "products"})
Answer = tuple[TestMessage, Understanding]


@dataclass(frozen=True, slots=True)
class Figure:
    """Name a figure, with what is to be reached in French and Dutch, and in English and German."""

    name: str
    first: int
    second: int
    at_most: bool = False

    def goal(self, language: Language) -> int:
        """Give the figure to reach in a language."""
        return self.first if language in ("fr", "nl") else self.second

    def reached(self, language: Language, value: float) -> bool:
        """Tell whether a percentage is good enough."""
        return value <= self.goal(language) if self.at_most else value >= self.goal(language)


FIGURES = (
    Figure("intent", 95, 92),
    Figure("topic", 93, 90),
    Figure("acted rightly", 90, 87),
    Figure("acted wrongly", 2, 3, at_most=True),
    Figure("asked or rejected in scope", 8, 10, at_most=True),
    Figure("acted out of scope", 5, 5, at_most=True),
    Figure("entities F1", 97, 95),
    Figure("intent with a typo", 91, 88),
    Figure("language", 98, 98),
    Figure("follow-ups", 90, 87),
)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list the messages that were misunderstood")
    parser.add_argument("--fresh", action="store_true", help="take the messages of a second hand")
    parser.add_argument("--third", action="store_true", help="take the messages of a third hand")
    parser.add_argument("--peers", action="store_true", help="measure other engines beside it")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where the prepared model is kept")
    options = parser.parse_args()
    console = Console()
    if options.peers:
        from benchmarks.peers.compare import compare

        console.print(compare(options.cache))
        return
    understander = Understander.open(options.cache, progress=console.print)
    messages, follow_ups = _messages(options)
    console.print(report(understander, messages, follow_ups))
    if options.misses:
        for line in misses(understander, messages + follow_ups):
            console.print(line, highlight=False, markup=False, soft_wrap=True)


def _messages(options: argparse.Namespace) -> tuple[list[TestMessage], list[TestMessage]]:
    """Give the messages that were asked for, and those that go on with something."""
    if options.fresh or options.third:
        return read_fresh(name="_third" if options.third else "_fresh"), []
    return read_messages(), read_follow_ups()


def report(
    understander: Understander, messages: Sequence[TestMessage], follow_ups: Sequence[TestMessage]
) -> Table:
    """Measure every figure in every language."""
    table = Table("figure", *(f"{language} (goal)" for language in LANGUAGES))
    columns = {
        language: measure(
            understander,
            [message for message in messages if message.language == language],
            [message for message in follow_ups if message.language == language],
        )
        for language in LANGUAGES
    }
    for figure in FIGURES:
        table.add_row(figure.name, *(_cell(figure, language, columns[language]) for language in LANGUAGES))
    return table


def _cell(figure: Figure, language: Language, column: dict[str, float]) -> str:
    if figure.name not in column:
        return "–"
    value = column[figure.name]
    colour = "green" if figure.reached(language, value) else "red"
    return f"[{colour}]{value:.1f}[/] ({'≤' if figure.at_most else '≥'}{figure.goal(language)})"


def measure(
    understander: Understander, messages: Sequence[TestMessage], follow_ups: Sequence[TestMessage]
) -> dict[str, float]:
    """Give the percentages of one language."""
    answers = answer(understander, messages)
    inside = [pair for pair in answers if pair[0].intent != UNKNOWN]
    outside = [pair for pair in answers if pair[0].intent == UNKNOWN]
    mistyped = answer(understander, [replace(message, text=one_typo(message.text)) for message in messages])
    found: dict[str, Iterable[bool]] = {
        "intent": (message.intent == got.intent for message, got in answers),
        "topic": (label(got) == message.label for message, got in answers if message.intent == FAQ),
        "acted rightly": (got.decision == "act" and label(got) == message.label for message, got in inside),
        "acted wrongly": (got.decision == "act" and label(got) != message.label for message, got in inside),
        "asked or rejected in scope": (got.decision != "act" for _, got in inside),
        "acted out of scope": (got.decision == "act" and got.intent != UNKNOWN for _, got in outside),
        "intent with a typo": (message.intent == got.intent for message, got in mistyped),
        "language": (got.language == message.language for message, got in answers if got.language),
        "follow-ups": (is_right(message, got) for message, got in answer(understander, follow_ups)),
    }
    shares = {name: 100 * mean(hits) for name, hits in ((n, [*h]) for n, h in found.items()) if hits}
    marked = any(message.entities is not None for message in messages)
    return {**shares, **({"entities F1": f1(answers)} if marked else {})}


def answer(understander: Understander, messages: Iterable[TestMessage]) -> list[Answer]:
    """Understand every message."""
    return [
        (message, understander.understand(message.text, today=message.today, context=message.context))
        for message in messages
    ]


def label(understanding: Understanding) -> str:
    """Give intent and topic in one."""
    topic = understanding.entities.get("topic")
    return f"{FAQ}:{topic}" if understanding.intent == FAQ else understanding.intent


def is_right(message: TestMessage, got: Understanding) -> bool:
    """Tell whether a follow-up was understood with all that it takes over."""
    return label(got) == message.label and _pairs(got.entities) == _pairs(message.entities or {})


def f1(answers: Iterable[Answer]) -> float:
    """Give the F1 of names and values of entities, in percent, where a message says what they are."""
    hits = wanted = found = 0
    for message, got in answers:
        if message.entities is None:
            continue
        right, said = _pairs(message.entities), _pairs(got.entities)
        hits += (right & said).total()
        wanted += right.total()
        found += said.total()
    return 100 * 2 * hits / max(1, wanted + found)


def _pairs(entities: Any) -> Counter[str]:
    """Give names and values so that they can be counted; a list is several of a name."""
    return Counter(
        f"{name}={one!r}"
        for name, value in entities.items()
        if name not in UNCOUNTED
        for one in (value if isinstance(value, list) else [value])
    )


def one_typo(text: str) -> str:
    """Make one typo in a word of a message, the same one each time; identifiers are left alone."""
    words = text.split(" ")
    places = [place for place, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not places:
        return text
    chance = Random(zlib.crc32(text.encode()))
    place = chance.choice(places)
    words[place] = mistype(words[place], chance)
    return " ".join(words)


def misses(understander: Understander, messages: Sequence[TestMessage]) -> Iterable[str]:
    """Tell what went wrong, worst first: acted wrongly, then asked, then entities."""
    answers = answer(understander, messages)
    kinds: tuple[tuple[str, Callable[[TestMessage, Understanding], bool]], ...] = (
        ("acted wrongly", lambda message, got: got.decision == "act" and label(got) != message.label),
        ("misunderstood", lambda message, got: got.decision != "act" and label(got) != message.label),
        ("asked", lambda message, got: got.decision != "act" and UNKNOWN != message.label == label(got)),
        ("entities", lambda message, got: message.entities is not None and not _same(message, got)),
        ("language", lambda message, got: got.language not in (message.language, None)),
    )
    for kind, is_miss in kinds:
        for message, got in answers:
            if is_miss(message, got):
                yield _miss(kind, message, got)


def _same(message: TestMessage, got: Understanding) -> bool:
    return _pairs(message.entities) == _pairs(got.entities)


def _miss(kind: str, message: TestMessage, got: Understanding) -> str:
    """Tell one miss."""
    if kind == "entities":
        return f"{kind}: {message.text!r}: {dict(got.entities)} is not {dict(message.entities or {})}"
    if kind == "language":
        return f"{kind}: {message.text!r}: {got.language} is not {message.language}"
    return f"{kind}: {message.text!r} ({message.language}): {label(got)} ({got.confidence:.2f}), not {message.label}"


if __name__ == "__main__":
    main()
