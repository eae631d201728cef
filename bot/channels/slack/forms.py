"""Draw a form as a message: what is asked with its buttons, a button that opens the whole form, the summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.channels.slack import limits, sentences
from bot.channels.slack.buttons import FILL, button, offered
from bot.channels.slack.limits import in_groups
from bot.channels.slack.markup import plain, sections
from locales.words import Words

Json = dict[str, Any]


def form(block: Json, words: Words) -> Iterator[Json]:
    """Draw a form where it stands."""
    yield from sections(block["title"])
    known = block["summary"] or [
        [field["label"], field["shown"]] for field in block["fields"] if field["shown"]
    ]
    yield from _known(known)
    asked = next((field for field in block["fields"] if field["name"] == block["asked"]), None)
    said = [asked["error"], asked["hint"]] if asked else []
    text = "\n".join(filter(None, (*said[:1], block["question"], *said[1:])))
    yield from sections(text)
    if asked:
        yield from offered(asked["suggestions"] or asked["options"], block["question"], block["colon"])
    yield {"type": "actions", "elements": list(_commands(block, asked, words))}


def _known(rows: Sequence[Sequence[str]]) -> Iterator[Json]:
    """Show what is known, two columns of labels and values; a long value has a block of its own."""
    short = [row for row in rows if len(row[0]) + len(row[1]) < 300]
    for group in in_groups(short, limits.FIELDS):
        yield {"type": "section", "fields": [plain(f"{label}\n{value}") for label, value in group]}
    for label, value in rows:
        if [label, value] not in [list(row) for row in short]:
            yield from sections(f"{label}\n{value}")


def _commands(block: Json, asked: Json | None, words: Words) -> Iterator[Json]:
    if block["confirm"]:
        yield button(block["confirm"], 0)
    if block["fields"] and _needs_a_page(block, asked):
        label = words.write(sentences.CHANGE if block["confirm"] else sentences.FILL_IN)
        drawn = {"type": "button", "action_id": FILL, "text": plain(label, limits.BUTTON)}
        yield {**drawn, "value": block["key"], **({} if block["confirm"] else {"style": "primary"})}
    if block["cancel"]:
        yield button(block["cancel"], 1)


def _needs_a_page(block: Json, asked: Json | None) -> bool:
    """Tell whether the whole form says more than the buttons of its one question."""
    return asked is None or len(block["fields"]) > 1 or asked["kind"] != "choice"
