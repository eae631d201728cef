"""Draw tables: in letters of equal width where a telephone has room, else row by row; each part has its heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.channels.telegram.keyboards import MOST_BUTTONS, Key, key_of
from bot.channels.telegram.passages import (
    MOST_MARKS,
    TEXT_LIMIT,
    Passage,
    bold,
    join,
    preformatted,
    shorten,
    split,
)

# What a telephone shows in one line without folding it.
WIDEST = 44
# Leaves room for the reply's other words; a table cut into parts begins each with its caption and headings.
ROOM = TEXT_LIMIT - 200
MOST_CAPTION = 300
BESIDE = " · "

Drawn = tuple[Passage, tuple[Key, ...]]
Row = tuple[Passage, tuple[Key, ...]]


def draw_table(block: Mapping[str, Any]) -> Iterator[Drawn]:
    """Draw a table as parts of one message each, with the buttons of their rows."""
    caption = bold(shorten(block["caption"], MOST_CAPTION))
    columns, rows = block["columns"], block["rows"]
    widths = [
        max(len(cell) for cell in cells)
        for cells in zip([column["label"] for column in columns], *rows, strict=True)
    ]
    keys = _row_keys(block)
    if sum(widths) + 2 * (len(widths) - 1) <= WIDEST:
        lines = [_line(columns, widths, row) for row in rows]
        yield from _in_letters(caption, _line(columns, widths, [c["label"] for c in columns]), lines, keys)
    else:
        yield from _row_by_row(caption, columns, rows, keys)


def _row_keys(block: Mapping[str, Any]) -> list[tuple[Key, ...]]:
    """Name the buttons of each row by its first cell."""
    if not block["row_choices"]:
        return [() for _row in block["rows"]]
    return [
        tuple(
            key
            for choice in choices
            if (key := key_of(choice, f"{choice['label']} · {row[0]}" if row else None)) is not None
        )
        for row, choices in zip(block["rows"], block["row_choices"], strict=True)
    ]


def _line(columns: Sequence[Mapping[str, Any]], widths: Sequence[int], cells: Sequence[str]) -> str:
    padded = (
        cell.rjust(width) if column["align"] == "right" else cell.ljust(width)
        for cell, width, column in zip(cells, widths, columns, strict=True)
    )
    return "  ".join(_one_line(cell) for cell in padded).rstrip()


def _one_line(cell: str) -> str:
    return cell.replace("\n", " ").replace("\r", " ")


def _in_letters(
    caption: Passage, heading: str, lines: Sequence[str], keys: Sequence[tuple[Key, ...]]
) -> Iterator[Drawn]:
    head = join((caption, Passage(heading)))
    rows: list[Row] = [(Passage(line), of_row) for line, of_row in zip(lines, keys, strict=True)]
    for chunk, of_chunk in _chunks(rows, ROOM - head.units, "\n"):
        body = preformatted("\n".join((heading, *(row.text for row in chunk))))
        yield join((caption, body)), of_chunk


def _row_by_row(
    caption: Passage,
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Sequence[str]],
    keys: Sequence[tuple[Key, ...]],
) -> Iterator[Drawn]:
    """Write each row under its first cell, the others after their names, in lines that fold well."""
    drawn: list[Row] = []
    for row, of_row in zip(rows, keys, strict=True):
        named = [
            f"{column['label']} {_one_line(cell)}" for column, cell in zip(columns, row, strict=True) if cell
        ]
        lines = join((bold(named[0]) if named else Passage(""), Passage(BESIDE.join(named[1:]))))
        # A row longer than a message is cut between its words; its buttons stand under its last part.
        *before, last = split(lines, ROOM - caption.units - 2)
        drawn.extend((part, ()) for part in before)
        drawn.append((last, of_row))
    for chunk, of_chunk in _chunks(drawn, ROOM - caption.units, "\n\n"):
        yield join((caption, join(chunk, "\n\n"))), of_chunk


def _chunks(
    rows: Sequence[Row], room: int, between: str
) -> Iterator[tuple[tuple[Passage, ...], tuple[Key, ...]]]:
    """Gather rows as long as they and their buttons find room; a table without rows is one part."""
    chunk, keys, used = list[Passage](), list[Key](), 0
    for passage, of_row in rows:
        needed = passage.units + len(between)
        is_full = used + needed > room or len(keys) + len(of_row) > MOST_BUTTONS
        # The caption is marked too.
        is_full = is_full or sum(len(row.marks) for row in chunk) + len(passage.marks) >= MOST_MARKS
        if chunk and is_full:
            yield tuple(chunk), tuple(keys)
            chunk, keys, used = [], [], 0
        chunk.append(passage)
        keys.extend(of_row)
        used += needed
    yield tuple(chunk), tuple(keys)
