"""Name the commands of the operator: `guichet audit|company|user|agent …`; what is heavy is imported when one runs."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

DAY = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"])
LANGUAGE = click.option(
    "--language", type=click.Choice(["fr", "nl", "en", "de"]), default="fr", show_default=True
)
NAME = click.option("--name", required=True, help="Name of the person.")


@click.group()
def audit() -> None:
    """Read the audit log."""


@audit.command("verify")
@click.option("--anchor", "anchors", multiple=True, metavar="PLACE:DIGEST", help="An anchor from the log.")
def verify(anchors: tuple[str, ...]) -> None:
    """Tell whether an entry was changed or removed, the last ones too; ends with 1 where one was."""
    from bot.commands.audit import run_verify
    from bot.settings import Settings
    from services.audit_chain import Anchor

    noted = []
    for anchor in anchors:
        place, colon, digest = anchor.partition(":")
        if not colon or not place.isdecimal():
            raise click.BadParameter(f"{anchor} does not look like 120:9f86d0…")
        noted.append(Anchor(int(place), digest))
    sys.exit(asyncio.run(run_verify(Settings(), tuple(noted))))


@audit.command("export")
@click.argument("target", type=click.File("w", encoding="utf-8"), default="-")
@click.option("--since", type=DAY, help="First day, in UTC.")
@click.option("--until", type=DAY, help="Day after the last one, in UTC.")
@click.option("--names", is_flag=True, help="With the names behind the pseudonyms.")
def export(target: IO[str], since: datetime | None, until: datetime | None, names: bool) -> None:
    """Write the log to TARGET, one JSON object a line."""
    from bot.commands.audit import run_export
    from bot.settings import Settings

    asyncio.run(run_export(Settings(), target, _aware(since), _aware(until), names=names))


@audit.command("search")
@click.option("--person", metavar="EMAIL", help="Who did something, or whom it concerned.")
@click.option("--company", metavar="NUMBER", help="Enterprise or PRS number of the company.")
@click.option("--action", "actions", multiple=True, help="How the action begins: access., file:, agent.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
def search(person: str | None, company: str | None, actions: tuple[str, ...], limit: int) -> None:
    """Print the newest entries, one JSON object a line."""
    from bot.commands.audit import run_search
    from bot.settings import Settings

    asyncio.run(run_search(Settings(), person=person, company=company, actions=actions, limit=limit))


@click.group()
def company() -> None:
    """Set up companies."""


@company.command("add")
@click.argument("number")
@click.option("--name", required=True, help="Name of the company.")
@click.option("--city", default="", help="Where it is.")
def add_company(number: str, name: str, city: str) -> None:
    """Add the company with the enterprise NUMBER."""
    from bot.commands.people import run_add_company
    from bot.settings import Settings

    asyncio.run(run_add_company(Settings(), name, number, city))


@click.group()
def user() -> None:
    """Set up users of companies."""


@user.command("add")
@click.argument("email")
@NAME
@LANGUAGE
@click.option("--company", required=True, metavar="NUMBER", help="Enterprise or PRS number.")
@click.option(
    "--right",
    "rights",
    multiple=True,
    type=click.Choice(["invoices", "transactions", "distripost", "users", "admin"]),
)
def add_user(email: str, name: str, language: str, company: str, rights: tuple[str, ...]) -> None:
    """Add EMAIL to a company; --right users --right admin makes its administrator."""
    from bot.commands.people import run_add_user
    from bot.settings import Settings

    asyncio.run(run_add_user(Settings(), email, name, language, company, rights))


@click.group()
def agent() -> None:
    """Set up agents of the Service Centre."""


@agent.command("add")
@click.argument("email")
@NAME
@LANGUAGE
@click.option("--right", "rights", multiple=True, type=click.Choice(["audit"]), help="audit reads the log.")
def add_agent(email: str, name: str, language: str, rights: tuple[str, ...]) -> None:
    """Make EMAIL an agent."""
    from bot.commands.people import run_add_agent
    from bot.settings import Settings

    asyncio.run(run_add_agent(Settings(), email, name, language, rights))


@agent.command("remove")
@click.argument("email")
def remove_agent(email: str) -> None:
    """Take the agent EMAIL out at once."""
    from bot.commands.people import run_remove_agent
    from bot.settings import Settings

    asyncio.run(run_remove_agent(Settings(), email))


def _aware(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=UTC)


@click.group()
def privacy() -> None:
    """Give or erase what is kept about a person (docs/privacy.md)."""


@privacy.command("export")
@click.argument("email")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def export_person(email: str, target: Path) -> None:
    """Write a copy of what is kept about EMAIL to the Excel file TARGET."""
    from bot.commands.privacy import run_export
    from bot.settings import Settings

    asyncio.run(run_export(Settings(), email, target))


@privacy.command("erase")
@click.argument("email")
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
def erase_person(email: str, dry_run: bool) -> None:
    """Erase what is kept about EMAIL; ends with 1 where something stands in the way."""
    from bot.commands.privacy import run_erase
    from bot.settings import Settings

    sys.exit(asyncio.run(run_erase(Settings(), email, rehearse=dry_run)))


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
def retention(dry_run: bool) -> None:
    """Remove what has been kept long enough, as the bot does every hour."""
    from bot.commands.privacy import run_retention
    from bot.settings import Settings

    asyncio.run(run_retention(Settings(), rehearse=dry_run))


GROUPS = (audit, company, user, agent, privacy, retention)
