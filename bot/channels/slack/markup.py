"""Read and write Slack's markup: what somebody wrote is never markup of ours, nor a call to everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.channels.slack import limits

Json = dict[str, Any]

# Addresses are links of ours; whatever else looks like one stays as it stands (`verbatim`).
ADDRESS = re.compile(r"https?://[^\s<>|&\"]*[^\s<>|&\".,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Signs that Slack would draw with, and a sign at a line's begin that it would take for a quotation.
DRAWS = re.compile(r"[*_~`]|^\s*>", re.MULTILINE)
ENTITY = re.compile(r"<([^<>]*)>")
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")


def escape(text: str) -> str:
    """Write a text so that Slack reads no mention, link or entity in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mrkdwn(text: str) -> str:
    """Write a text for Slack's markup, with its web and mail addresses as links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        parts.append(escape(text[end : found.start()]))
        address = found.group()
        target = address if address.startswith("http") else f"mailto:{address}|{address}"
        parts.append(f"<{target}>")
        end = found.end()
    return "".join((*parts, escape(text[end:])))


def inert(text: str) -> str:
    """Write a text for a place that reads no markup; a sequence that calls people is broken all the same."""
    return re.sub(r"<(?=[!@#])", "<\u2060", text)


def words(text: str) -> Json:
    """Give a text object that shows a text exactly, with links where it has no sign that Slack would draw with."""
    if DRAWS.search(ADDRESS.sub("", text)):
        return plain(text)
    return {"type": "mrkdwn", "text": mrkdwn(text), "verbatim": True}


def plain(text: str, limit: int = limits.SECTION) -> Json:
    """Give a text object without any markup, shortened to so many characters."""
    return {"type": "plain_text", "text": limits.cut(inert(text), limit), "emoji": False}


def sections(text: str) -> Iterator[Json]:
    """Give the blocks of a text, each of which fits."""
    for piece in limits.shared_out(text, limits.SECTION, mrkdwn):
        yield {"type": "section", "text": words(piece)}


def code(lines: str) -> str:
    """Write lines that keep their columns."""
    return f"```{escape(lines)}```"


def read_text(text: str, bot_user_id: str | None) -> str:
    """Read what somebody wrote: the bot's own name taken off, mentions and links as they look, no entities."""

    def shown(found: re.Match[str]) -> str:
        inside = found.group(1)
        target, _bar, label = inside.partition("|")
        if target.startswith("@"):
            return "" if target[1:] == bot_user_id else f"@{label or target[1:]}"
        if target.startswith("#"):
            return f"#{label or target[1:]}"
        if target.startswith("!"):
            return label or f"@{target[1:].partition('^')[0]}"
        return label or target.removeprefix("mailto:").removeprefix("tel:")

    read = ENTITY.sub(shown, text)
    return read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def mentions(text: str) -> frozenset[str]:
    """List the people that a message names."""
    return frozenset(MENTION.findall(text))
