"""Bring in data that the Service Centre edits."""

from __future__ import annotations

from pathlib import Path

import click

from bot.settings import Settings
from bot.wiring import database_address
from services.schema import migrate
from services.supply_list import import_products, read_products


def run_import_supplies(settings: Settings, file: Path) -> int:
    """Write a list of supplies into the records (SUP-4), all of it or nothing; give the exit code.

    Half a list would be worse than the old one: every faulty row is named, and nothing changes until none is left.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        click.echo(f"{file}: not in UTF-8; save it as “CSV UTF-8”.", err=True)
        return 1
    reading = read_products(text)
    for fault in reading.faults:
        place = f"line {fault.line}" + (f", {fault.column}" if fault.column else "")
        click.echo(f"{file}: {place}: {fault.reason}", err=True)
    if reading.faults:
        click.echo(f"Nothing was changed: {len(reading.faults)} to correct.", err=True)
        return 1
    address = database_address(settings)
    migrate(address)
    written = import_products(address, reading.products)
    click.echo(f"{written.added} added, {written.changed} changed, {written.same} the same.")
    return 0
