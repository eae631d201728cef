"""Draw a reply (docs/replies.md) as the messages and files that Slack takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.slack import buttons, limits
from bot.channels.slack.forms import form
from bot.channels.slack.markup import escape, sections
from bot.channels.slack.tables import table
from bot.drawing import plain as as_plain
from locales.words import Words, words_of

Json = dict[str, Any]

TONES = {"info": "ℹ️", "success": "✅", "warning": "⚠️", "error": "❌"}
UNDER_WAY, DONE = "⏳", "✅"


@dataclass(frozen=True, slots=True)
class Said:
    """A message: blocks of Slack's own, and the words of its notification.

    `aside` asks for the way to the private talk; `under_way` says that it is about work that goes on.
    """

    blocks: tuple[Json, ...]
    text: str
    aside: bool = False
    under_way: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """A file to be handed over, as it was drawn."""

    block: Json


Part = Said | Handed


def draw(blocks: Sequence[Mapping[str, Any]], language: str) -> tuple[Part, ...]:
    """Draw a reply as parts in order; the same reply always has the same parts."""
    words = words_of(language)
    parts: list[Part] = []
    waiting: list[Json] = []
    for block in blocks:
        if block["type"] in {"file", "picture"}:
            parts.extend(_messages(waiting, words))
            waiting = []
            parts.append(Handed(dict(block)))
        else:
            waiting.append(dict(block))
    parts.extend(_messages(waiting, words))
    return tuple(parts)


def _messages(blocks: Sequence[Json], words: Words) -> Iterator[Said]:
    """Share blocks out over as few messages as take them."""
    drawn = [kit for block in blocks for kit in draw_block(block, words)]
    text = "\n".join(as_plain(block) for block in blocks)
    aside = any(block.get("aside") for block in blocks)
    under_way = any(block["type"] == "progress" for block in blocks)
    for first, group in enumerate(shared_out(drawn)):
        # Each message has its own words for those who hear of it without seeing its blocks.
        spoken = text if first == 0 else "\n".join(map(words_in, group))
        yield Said(tuple(group), notification(spoken.strip() or text), aside and first == 0, under_way)


def notification(text: str) -> str:
    """Give the words of a notification."""
    return escape(limits.cut(text, limits.NOTIFICATION)) or "…"


def shared_out(drawn: Sequence[Json], most: int = limits.BLOCKS) -> Iterator[list[Json]]:
    """Group blocks by number and by how much they say; one place is left for what a message may add."""
    group: list[Json] = []
    size = 0
    for block in drawn:
        length = length_of(block)
        if group and (len(group) >= most - 1 or size + length > limits.TEXT):
            yield group
            group, size = [], 0
        group.append(block)
        size += length
    if group:
        yield group


def draw_block(block: Json, words: Words) -> Iterator[Json]:
    """Draw one block of a reply."""
    match block["type"]:
        case "text":
            yield from sections(block["text"])
        case "notice":
            yield from sections(f"{TONES[block['tone']]} {block['text']}")
        case "progress":
            yield from sections(f"{UNDER_WAY} {block['text']}")
        case "table":
            yield from table(block)
        case "choices":
            yield from buttons.choices(block)
        case "form":
            yield from form(block, words)
        case _:
            yield from sections(as_plain(block))


def length_of(block: Any) -> int:
    """Count the characters that Slack counts in a block."""
    if isinstance(block, dict):
        return sum(
            len(value) if name in {"text", "value"} and isinstance(value, str) else length_of(value)
            for name, value in block.items()
        )
    return sum(map(length_of, block)) if isinstance(block, list) else 0


def words_in(block: Json) -> str:
    """Give the words of a block's text, without its buttons."""
    if "fields" in block:
        return "\n".join(str(field["text"]) for field in block["fields"])
    text = block.get("text")
    return str(text["text"]) if isinstance(text, dict) else ""
