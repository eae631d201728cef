"""Show a terminal conversation: rich for people, one JSON object a line for scripts."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.channels.terminal import TerminalChat, choices_of
from bot.drawing import plain

TONES = {"info": "cyan", "success": "green", "warning": "yellow", "error": "red"}


async def lines_of_input(prompt: str) -> AsyncIterator[str]:
    """Read standard input line by line without holding up the event loop."""
    while True:
        line = await asyncio.to_thread(_read_line, prompt)
        if not line:
            return
        yield line.rstrip("\n")


def _read_line(prompt: str) -> str:
    if prompt and sys.stdin.isatty():
        sys.stdout.write(prompt)
        sys.stdout.flush()
    # Bytes that are no text must not end the conversation.
    return sys.stdin.buffer.readline().decode("utf-8", "replace")


async def converse_in_json(chat: TerminalChat) -> None:
    """Answer each line of standard input with one JSON object a reply (docs/replies.md)."""
    pressable: list[dict[str, Any]] = []
    async for line in lines_of_input(""):
        async for reply in chat.say(_numbered(line, pressable)):
            pressable = choices_of(reply) or pressable
            sys.stdout.write(json.dumps(reply, ensure_ascii=False) + "\n")
            sys.stdout.flush()


async def converse(chat: TerminalChat) -> None:
    """Hold a conversation with a person."""
    console = Console()
    pressable: list[dict[str, Any]] = []
    async for line in lines_of_input("› "):
        async for reply in chat.say(_numbered(line, pressable)):
            pressable = choices_of(reply) or pressable
            console.print(draw(reply))


def _numbered(line: str, pressable: list[dict[str, Any]]) -> str:
    """Take a small number as the button of that number."""
    words = line.strip()
    if words.isdecimal() and len(words) <= 2 and 1 <= int(words) <= len(pressable):
        return json.dumps({"press": pressable[int(words) - 1]["token"]})
    return line


def draw(reply: dict[str, Any]) -> Panel:
    """Draw a reply for a terminal; customers' words are never read as markup."""
    numbers = {choice["token"]: number for number, choice in enumerate(choices_of(reply), 1)}
    parts: list[RenderableType] = [_draw_block(block, numbers) for block in reply["blocks"]]
    return Panel(Group(*parts), title="Guichet", title_align="left", border_style="red")


def _draw_block(block: dict[str, Any], numbers: dict[str, int]) -> RenderableType:
    match block["type"]:
        case "notice":
            return Text(block["text"], style=TONES[block["tone"]])
        case "progress":
            return Text(f"… {block['text']}", style="italic")
        case "table":
            return _draw_table(block, numbers)
        case "choices":
            lines = [block["prompt"]] if block["prompt"] else []
            return Text("\n".join([*lines, *_draw_choices(block["choices"], numbers)]))
        case "file":
            return Text(f"{block['name']} ({block['size_text']})\n{block['about']}\n→ {block['path']}")
        case "form":
            return _draw_form(block, numbers)
    return Text(plain(block))


def _draw_choices(choices: list[dict[str, Any]], numbers: dict[str, int]) -> list[str]:
    return [
        f"  [{numbers[choice['token']]}] {choice['label']}"
        if choice.get("token")
        else f"  {choice['label']}: {choice.get('url') or choice.get('reason')}"
        for choice in choices
    ]


def _draw_table(block: dict[str, Any], numbers: dict[str, int]) -> Table:
    table = Table(title=Text(block["caption"]), title_justify="left")
    for column in block["columns"]:
        table.add_column(Text(column["label"]), justify=column["align"])
    if block["row_choices"]:
        table.add_column("")
    for index, row in enumerate(block["rows"]):
        cells: list[Text] = [Text(cell) for cell in row]
        if block["row_choices"]:
            cells.append(Text(" ".join(_draw_choices(block["row_choices"][index], numbers))))
        table.add_row(*cells)
    return table


def _draw_form(block: dict[str, Any], numbers: dict[str, int]) -> Text:
    lines = [block["title"]]
    lines.extend(f"  {label}: {value}" for label, value in block["summary"])
    asked = next((field for field in block["fields"] if field["name"] == block["asked"]), None)
    if asked and asked["error"]:
        lines.append(f"! {asked['error']}")
    lines.append(block["question"])
    if asked:
        lines.extend(_draw_choices(asked["suggestions"] or asked["options"], numbers))
    ways = (block["confirm"], block["cancel"], block.get("skip"), block.get("back"))
    lines.extend(_draw_choices([c for c in ways if c], numbers))
    return Text("\n".join(lines))
