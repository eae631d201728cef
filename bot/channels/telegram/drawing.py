"""Draw the blocks of a reply (docs/replies.md) as Telegram messages: the same blocks give the same parts each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.telegram.keyboards import MOST_BUTTONS, Key, key_of
from bot.channels.telegram.passages import MOST_MARKS, TEXT_LIMIT, Passage, bold, join, split
from bot.channels.telegram.tables import draw_table

Block = Mapping[str, Any]
SIGNS = {"info": "ℹ️", "success": "✅", "warning": "⚠️", "error": "❌"}
WORKING = "⏳"
BELOW = "👇"
# More options than this would bury the question: their labels are typed (docs/decisions/0005).
MOST_OPTIONS = 30
BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Said:
    """A message of text with buttons under it; `leads_aside` asks for the way to the private talk."""

    passage: Passage
    keys: tuple[Key, ...] = ()
    leads_aside: bool = False


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of the reply."""

    block: Block


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the reply."""

    block: Block


Part = Said | Enclosed | Shown


def draw(blocks: Iterable[Block]) -> list[Part]:
    """Draw blocks as the messages that are sent one after the other: texts together as far as they fit."""
    parts: list[Part] = []
    for block in blocks:
        for part in _draw(block):
            last = parts[-1] if parts else None
            joined = _joined(last, part) if isinstance(last, Said) and isinstance(part, Said) else None
            if joined is not None:
                parts[-1] = joined
            else:
                parts.append(part)
    return [_with_text(part) for part in parts]


def _with_text(part: Part) -> Part:
    """Give buttons that stand alone a sign to stand under, for Telegram takes no message without text."""
    return replace(part, passage=Passage(BELOW)) if isinstance(part, Said) and not part.passage.text else part


def _joined(first: Said, second: Said) -> Said | None:
    """Join two texts into one message, where that keeps within the limits."""
    passage = join([said.passage for said in (first, second) if said.passage.text], BETWEEN)
    keys = (*first.keys, *second.keys)
    if passage.units > TEXT_LIMIT or len(keys) > MOST_BUTTONS or len(passage.marks) > MOST_MARKS:
        return None
    return Said(passage, keys, first.leads_aside or second.leads_aside)


def _draw(block: Block) -> Iterator[Part]:
    match block["type"]:
        case "notice":
            text = Passage(f"{SIGNS[block['tone']]} {block['text']}")
            yield from _texts(text, leads_aside=bool(block.get("aside")))
        case "progress":
            yield from _texts(Passage(f"{WORKING} {block['text']}"))
        case "table":
            for passage, keys in draw_table(block):
                yield Said(passage, keys)
        case "choices":
            yield from _choices(block)
        case "file":
            yield Enclosed(block)
        case "picture":
            yield Shown(block)
        case "form":
            yield from _form(block)
        case _:
            # A kind that is younger than this channel is shown as its text.
            yield from _texts(Passage(str(block.get("text", ""))))


def _texts(passage: Passage, keys: Sequence[Key] = (), *, leads_aside: bool = False) -> Iterator[Said]:
    """Cut a text into messages; the buttons stand under the last one, and under more where there are many."""
    *before, last = split(passage)
    yield from (Said(part) for part in before)
    yield Said(last, tuple(keys[:MOST_BUTTONS]), leads_aside)
    yield from _more(keys[MOST_BUTTONS:])


def _more(keys: Sequence[Key]) -> Iterator[Said]:
    for first in range(0, len(keys), MOST_BUTTONS):
        yield Said(Passage(""), tuple(keys[first : first + MOST_BUTTONS]))


def _choices(block: Block) -> Iterator[Said]:
    keys, lines = _keys(block["choices"], block["colon"])
    text = join([Passage(line) for line in (block["prompt"], *lines) if line])
    if text.text:
        yield from _texts(text, keys)
    else:
        yield from _more(keys)


def _keys(choices: Iterable[Mapping[str, Any]], colon: str) -> tuple[list[Key], list[str]]:
    """Make buttons of choices, and lines of what cannot be one: an address of our own machine, a reason."""
    keys, lines = [], []
    for choice in choices:
        key = key_of(dict(choice))
        if key is not None:
            keys.append(key)
            if key.label != choice["label"]:
                # A button has no room for it: it is read above.
                lines.append(f"• {choice['label']}")
        else:
            lines.append(f"{choice['label']}{colon}{choice.get('url') or choice.get('reason') or ''}")
    return keys, lines


def _form(block: Block) -> Iterator[Said]:
    """Draw a form: what is known, what was wrong, the question with its options, and the ways out."""
    colon = block["colon"]
    asked = next((field for field in block["fields"] if field["name"] == block["asked"]), None)
    rows = block["summary"] or [
        [field["label"], field["shown"]]
        for field in block["fields"]
        if field["shown"] and field["name"] != block["asked"]
    ]
    known = [join((bold(str(label)), Passage(f"{colon}{value}")), "") for label, value in rows]
    keys: list[Key] = []
    question = [Passage(block["question"])]
    if asked is not None:
        keys, after = _options(asked, colon)
        error = [Passage(f"{SIGNS['warning']} {asked['error']}")] if asked["error"] else []
        hint = [Passage(asked["hint"])] if asked["hint"] and asked["hint"] != asked["error"] else []
        question = [*error, *question, *hint, *map(Passage, after)]
    ways = [
        key_of(dict(choice))
        for choice in (block["confirm"], block.get("skip"), block.get("back"), block["cancel"])
        if choice
    ]
    keys.extend(key for key in ways if key is not None)
    heading = join([bold(block["title"]), *known])
    yield from _texts(join([heading, join(question)], BETWEEN), keys)


def _options(field: Mapping[str, Any], colon: str) -> tuple[list[Key], list[str]]:
    """Offer what may be chosen as buttons; many options are listed to be typed, with their reasons where closed."""
    options = field["suggestions"] or field["options"]
    if len(options) > MOST_OPTIONS:
        return [], [_listed(option, colon) for option in options]
    return _keys(options, colon)


def _listed(option: Mapping[str, Any], colon: str) -> str:
    return f"• {option['label']}" + (f"{colon}{option['reason']}" if option["reason"] else "")
