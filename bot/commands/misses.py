"""Learn from what was not surely understood: `guichet misses` lists it, `guichet label` teaches it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import click
import yaml

from bot.settings import Settings
from bot.wiring import database_address
from services.conversations import MissRecord, frequent_misses
from services.database import Database
from services.schema import migrate


async def run_misses(settings: Settings, limit: int) -> None:
    """Print the most frequent misses, a line each: how often, language, outcome, meaning, words."""
    address = await asyncio.to_thread(database_address, settings)
    await asyncio.to_thread(migrate, address)
    database = Database(address)
    async with database.transaction() as session:
        found = await frequent_misses(session, limit)
    await database.close()
    for miss in found:
        click.echo(_line(miss))


def _line(miss: MissRecord) -> str:
    """Write a miss; in brackets what was guessed, without them what the person then chose."""
    meant = miss.chosen or f"({miss.intent})"
    return f"{miss.count:4d}  {miss.language or '-':2}  {miss.outcome:8}  {meant:28}  {miss.text}"


def run_label(catalogue: Path, regressions: Path, *, text: str, label: str, language: str) -> None:
    """Add a message to the examples of an intent or topic, and to the regression tests.

    Raises click.ClickException where the catalogue has no such file, knows the phrase already (there or under another
    label, which would teach both), or the phrase is empty.
    """
    text = " ".join(text.split())
    if not text:
        raise click.ClickException("There is nothing to learn from an empty message.")
    files = {file.stem: file for file in sorted((catalogue / language).glob("[a-z]*.yaml"))}
    if label not in files:
        raise click.ClickException(
            f"{label} is no intent or topic of the catalogue. There are: {', '.join(files)}"
        )
    for file in files.values():
        examples = yaml.safe_load(file.read_text(encoding="utf-8")).get("examples") or []
        if text.casefold() in {str(example).casefold() for example in examples}:
            raise click.ClickException(f"{file.name} has this example already")
    path = files[label]
    content = path.read_text(encoding="utf-8")
    head, separator, rest = content.partition("examples:\n")
    quoted = json.dumps(text, ensure_ascii=False)
    path.write_text(f"{head}{separator}  - {quoted}\n{rest}", encoding="utf-8")
    row = json.dumps({"language": language, "label": label, "text": text}, ensure_ascii=False)
    with regressions.open("a", encoding="utf-8") as target:
        target.write(f"- {row}\n")
    click.echo(f"Added to {path.name} and {regressions.name}. `make understand-check` shows what it changes.")
