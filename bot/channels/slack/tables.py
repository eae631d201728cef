"""Draw a table: rows with their buttons while they are few, else aligned columns and a list to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.buttons import actions, choosing
from bot.channels.slack.limits import cut, in_groups
from bot.channels.slack.markup import code, escape, plain, sections

Json = dict[str, Any]

ROWS_WITH_BUTTONS = 10
CELL = 60
# Room for the fences and for the entities of the last line.
CODE = limits.SECTION - 10


def table(block: Json) -> Iterator[Json]:
    """Draw a table's caption, rows and buttons."""
    yield from sections(block["caption"])
    with_buttons = any(block["row_choices"])
    if with_buttons and len(block["rows"]) <= ROWS_WITH_BUTTONS:
        yield from _rows(block)
        return
    yield from _columns(block)
    if with_buttons:
        named = [
            {**choice, "label": f"{choice['label']} · {row[0]}"}
            for row, of_row in zip(block["rows"], block["row_choices"], strict=True)
            for choice in of_row
        ]
        yield from choosing(named, block["caption"])


def _rows(block: Json) -> Iterator[Json]:
    """Give each row its cells under their labels, its buttons below or beside."""
    for row, choices in zip(block["rows"], block["row_choices"], strict=True):
        cells = [
            plain(f"{column['label']}\n{cell or '–'}", limits.FIELD)
            for column, cell in zip(block["columns"], row, strict=True)
        ]
        for group in in_groups(cells, limits.FIELDS):
            yield {"type": "section", "fields": list(group)}
        yield from actions(choices)


def _columns(block: Json) -> Iterator[Json]:
    """Set the cells in columns, the heads again above each piece that fits a block."""
    heads = [_cell(column["label"]) for column in block["columns"]]
    rows = [[_cell(cell) for cell in row] for row in block["rows"]]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    right = [column["align"] == "right" for column in block["columns"]]
    # What is wider than a block is cut, the last columns first.
    head = _line(heads, widths, right)
    lines: list[str] = []
    size = len(escape(head)) + 1
    for line in (_line(row, widths, right) for row in rows):
        if lines and size + len(escape(line)) + 1 > CODE:
            yield _code_block([head, *lines])
            lines, size = [], len(escape(head)) + 1
        lines.append(line)
        size += len(escape(line)) + 1
    yield _code_block([head, *lines])


def _code_block(lines: Sequence[str]) -> Json:
    text = {"type": "mrkdwn", "text": code("\n".join(lines)), "verbatim": True}
    return {"type": "section", "text": text}


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = (
        cell.rjust(width) if is_right else cell.ljust(width)
        for cell, width, is_right in zip(cells, widths, right, strict=True)
    )
    line = "  ".join(padded).rstrip()
    while len(escape(line)) > CODE // 2 - 1:
        line = cut(line, len(line) - 1 - (len(escape(line)) - CODE // 2) // 5)
    return line


def _cell(text: str) -> str:
    """Keep a cell on its line, and out of the fences."""
    return cut(" ".join(text.replace("`", "ˋ").split()), CELL)
