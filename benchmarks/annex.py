"""Measure an annex of 31 days, 12 types and 5 cost centres against a bare openpyxl loop writing the same cells."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl

from documents.annex import AnnexLine, AnnexSheet, annex_workbook
from documents.annex_data import net_of, vat_of
from locales.names import FRANKING_TYPES

DAYS, COST_CENTRES, RUNS = 31, 5, 15
LANGUAGE = "fr"
Values = dict[str, list[list[Any]]]


def sheets() -> list[AnnexSheet]:
    """Invent the month's invoices; the quantities follow from the positions, so that each run is the same."""
    month = date(2026, 10, 1)
    made = []
    for centre in range(COST_CENTRES):
        lines = tuple(
            AnnexLine(
                month + timedelta(days=day),
                item_type,
                (day * 7 + number * 13 + centre * 5) % 300 + 1,
                107 + number * 61,
                8 + number * 5,
                21 if number > 8 else 0,
            )
            for day in range(DAYS)
            for number, item_type in enumerate(FRANKING_TYPES)
        )
        name = f"Centre de coûts {centre + 1}"
        made.append(
            AnnexSheet(
                f"10460000{centre:02}",
                f"90000{centre}",
                name,
                "Client",
                month,
                lines,
                net_of(lines),
                vat_of(lines),
                True,
            )
        )
    return made


def bare(values: Values, *, write_only: bool) -> bytes:
    """Write the cells with openpyxl and nothing else: no style, no chart, no page."""
    workbook = openpyxl.Workbook(write_only=write_only)
    for title, rows in values.items():
        worksheet = workbook.create_sheet(title)
        for row in rows:
            worksheet.append(row)
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def cells_of(workbook: bytes) -> Values:
    """Read back every value and formula that an annex holds."""
    read = openpyxl.load_workbook(BytesIO(workbook))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in read}


def measure() -> dict[str, Any]:
    """Time the three ways in turns, in milliseconds of processor time (median), and their ratios."""
    invoices = sheets()
    values = cells_of(annex_workbook(invoices, LANGUAGE))
    ways: dict[str, Callable[[], bytes]] = {
        "annex": lambda: annex_workbook(invoices, LANGUAGE),
        "bare": lambda: bare(values, write_only=False),
        "bare_write_only": lambda: bare(values, write_only=True),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(RUNS):
        for name, way in ways.items():
            start = time.process_time()
            way()
            times[name].append((time.process_time() - start) * 1000)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    return {
        "cells": sum(cell is not None for rows in values.values() for row in rows for cell in row),
        **{f"{name}_ms": round(taken, 1) for name, taken in medians.items()},
        "ratio": round(medians["annex"] / medians["bare"], 2),
        "ratio_to_write_only": round(medians["annex"] / medians["bare_write_only"], 2),
    }


def main() -> None:
    """Print the measurement as a small table."""
    found = measure()
    print(
        f"Annex of {DAYS} days x {len(FRANKING_TYPES)} types x {COST_CENTRES} cost centres: {found['cells']} cells"
    )
    print(f"  {'annex, styled, with charts':<34}{found['annex_ms']:>8} ms")
    print(f"  {'bare openpyxl loop':<34}{found['bare_ms']:>8} ms   ratio {found['ratio']}")
    print(
        f"  {'bare loop, write-only':<34}{found['bare_write_only_ms']:>8} ms   ratio {found['ratio_to_write_only']}"
    )


if __name__ == "__main__":
    main()
