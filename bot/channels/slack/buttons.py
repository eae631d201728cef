"""Draw what can be pressed: buttons while they are few, else lists to choose from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.limits import in_groups
from bot.channels.slack.markup import plain, sections

Json = dict[str, Any]

# Names of what was pressed, as the listeners know them.
PRESS, CHOOSE, FILL, LINK, WISH = "press", "choose", "fill", "link", "wish"
MOST_BUTTONS = 15


def choices(block: Json) -> Iterator[Json]:
    """Draw a question and its choices."""
    colon = block.get("colon", ": ")
    if block["prompt"]:
        yield from sections(block["prompt"])
    yield from offered(block["choices"], block["prompt"], colon)


def offered(found: Sequence[Json], prompt: str | None, colon: str) -> Iterator[Json]:
    """Draw choices; what cannot be chosen is said with its reason, what a button would cut is said in full."""
    yield from _said(found, colon)
    pressed = [one for one in found if one.get("token") or one.get("wish") or _is_web(one.get("url"))]
    if len(pressed) <= MOST_BUTTONS:
        yield from actions(pressed)
        return
    yield from choosing([choice for choice in pressed if choice.get("token")], prompt)
    yield from actions([choice for choice in pressed if not choice.get("token")])


def _said(found: Sequence[Json], colon: str) -> Iterator[Json]:
    lines = []
    for choice in found:
        if choice.get("reason"):
            lines.append(f"{choice['label']}{colon}{choice['reason']}")
        elif len(choice["label"]) > limits.BUTTON:
            lines.append(choice["label"])
        elif choice.get("url") and not _is_web(choice["url"]):
            lines.append(f"{choice['label']}{colon}{choice['url']}")
    text = "\n".join(f"• {line}" for line in lines)
    yield from sections(text)


def actions(found: Sequence[Json]) -> Iterator[Json]:
    """Draw buttons, so many a row."""
    for row in in_groups(found, limits.BUTTONS_A_ROW):
        yield {"type": "actions", "elements": [button(choice, place) for place, choice in enumerate(row)]}


def button(choice: Json, place: int = 0) -> Json:
    """Draw one button; a link opens its page."""
    drawn: Json = {"type": "button", "text": plain(choice["label"], limits.BUTTON)}
    if choice.get("primary"):
        drawn["style"] = "primary"
    if choice.get("token"):
        return {**drawn, "action_id": f"{PRESS}:{place}", "value": choice["token"]}
    if choice.get("wish"):
        return {**drawn, "action_id": f"{WISH}:{place}", "value": json.dumps(choice["wish"])}
    return {**drawn, "action_id": f"{LINK}:{place}", "url": choice["url"]}


def choosing(found: Sequence[Json], prompt: str | None) -> Iterator[Json]:
    """Draw lists to choose from, a hundred entries each."""
    for number, group in enumerate(in_groups(found, limits.OPTIONS)):
        select: Json = {
            "type": "static_select",
            "action_id": f"{CHOOSE}:{number}",
            "options": [option(choice["label"], choice["token"]) for choice in group],
        }
        if prompt:
            select["placeholder"] = plain(prompt, limits.PLACEHOLDER)
        yield {"type": "actions", "elements": [select]}


def option(label: str, value: str) -> Json:
    """Draw one entry of a list."""
    return {"text": plain(label, limits.OPTION), "value": value}


def _is_web(url: str | None) -> bool:
    return url is not None and url.startswith(("https://", "http://")) and len(url) <= limits.URL
