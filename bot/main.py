"""Offer the commands of the product; what is heavy is imported by the command that needs it."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.groups import GROUPS

if TYPE_CHECKING:
    from bot.settings import Settings

EMAIL = click.option("--as", "email", metavar="EMAIL", help="Speak as this portal user.")
NOW = click.option("--now", metavar="DAY", help="Fix the clock: 2026-11-22, or with a time.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="guichet")
def main() -> None:
    """Guichet: the bpost Service Centre's counter in the chat."""


@main.command()
@click.option("--port", type=int, help="Port of the web chat.")
@click.option("--scale", type=float, default=1.0, show_default=True, help="How many times the items a day.")
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of the invented data.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def demo(port: int | None, scale: float, seed: int, no_browser: bool) -> None:
    """Serve the web chat on demo data, which is made on first use."""
    from bot.commands.demo import run_demo

    settings = _settings(web_port=port)
    asyncio.run(run_demo(settings, scale=scale, seed=seed, browser=not no_browser))


@main.command()
@EMAIL
@NOW
@click.option("--json", "as_json", is_flag=True, help="One JSON object a reply, for scripts.")
@click.option("--save", type=click.Path(path_type=Path), help="Folder for received files.")
def chat(email: str | None, now: str | None, as_json: bool, save: Path | None) -> None:
    """Chat in the terminal."""
    from bot.commands.chat import run_chat

    settings = _settings()
    folder = save or settings.data_folder / "received"
    asyncio.run(run_chat(settings, email=email, now=_moment(now), as_json=as_json, folder=folder))


@main.command()
@click.argument("messages", nargs=-1)
@NOW
@click.option("--language", type=click.Choice(["fr", "nl", "en", "de"]), help="Fix the language.")
def understand(messages: tuple[str, ...], now: str | None, language: str | None) -> None:
    """Say what messages mean: one JSON object a line, from the arguments or standard input."""
    from bot.commands.understand import run_understand

    run_understand(_settings(), messages or sys.stdin, now=_moment(now), language=language, out=sys.stdout)


@main.command()
@click.option(
    "--only", type=click.Choice(["web", "jobs", "slack", "telegram"]), help="Serve one part in this process."
)
@click.option("--port", type=int, help="Port of the web server.")
def serve(only: str | None, port: int | None) -> None:
    """Serve all configured channels, jobs and web."""
    from bot.commands.serve import run_serve

    asyncio.run(run_serve(_settings(web_port=port), only=only))


@main.command()
def prepare() -> None:
    """Prepare what is made from the catalogue once."""
    from bot.wiring import prepare as prepare_model

    click.echo(f"Ready: {prepare_model(_settings(), click.echo)}")


@main.command()
def doctor() -> None:
    """Check settings, database, model and keys, and say what to do."""
    from bot.commands.doctor import run_doctor

    sys.exit(asyncio.run(run_doctor()))


@main.group("import")
def import_() -> None:
    """Bring in data that the Service Centre edits."""


@import_.command("supplies")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_supplies(file: Path) -> None:
    """Bring in the list of supplies from a CSV FILE (docs/supplies.md): all of it, or nothing where a row is wrong."""
    from bot.commands.import_ import run_import_supplies

    sys.exit(run_import_supplies(_settings(), file))


@main.command()
@click.option("--limit", type=int, default=50, show_default=True, help="How many to list.")
def misses(limit: int) -> None:
    """List the messages that were not surely understood, the most frequent first."""
    from bot.commands.misses import run_misses

    asyncio.run(run_misses(_settings(), limit))


@main.command()
@click.argument("text")
@click.argument("label")
@click.option("--language", type=click.Choice(["fr", "nl", "en", "de"]), required=True)
def label(text: str, label: str, language: str) -> None:
    """Teach what a missed TEXT means: LABEL is an intent, or faq.TOPIC. Run it in the checkout."""
    from bot.commands.misses import run_label

    run_label(
        Path("intents/catalogue"),
        Path("tests/intents/regressions.yaml"),
        text=text,
        label=label,
        language=language,
    )


def _settings(**changes: object) -> Settings:
    """Read the settings; a wrong one ends the command with what to do instead of a trace."""
    from pydantic import ValidationError

    from bot.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        lines = [f"GUICHET_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
        raise click.ClickException("\n".join(lines)) from None
    return settings.model_copy(update={name: value for name, value in changes.items() if value is not None})


def _moment(text: str | None) -> datetime | None:
    """Read `--now`: a day is taken at noon in Brussels."""
    if text is None:
        return None
    from locales.words import BRUSSELS

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("give a day as 2026-11-22, or with a time as 2026-11-22T14:30") from None
    if "T" not in text and " " not in text:
        moment = moment.replace(hour=12)
    return moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)


for group in GROUPS:
    main.add_command(group)


if __name__ == "__main__":
    main()
