"""Check the house and say what to do: `guichet doctor`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

import click
from pydantic import ValidationError

from bot.channels.platforms import Platform, open_platforms
from bot.secrets import secret_key
from bot.settings import Settings
from bot.signing_settings import SigningIncomplete
from bot.wiring import database_address, open_understander
from documents.signing.errors import NotSigned
from documents.signing.trial import sign_a_page
from services.database import Database
from services.health import check_rows_are_guarded, count_companies, server_version
from services.schema import migrate

Finding = tuple[str, str]


class Trouble(Exception):
    """Something is wrong; the text says what to do."""


async def run_doctor() -> int:
    """Run every check, print a line each, and give the exit code."""
    try:
        settings = Settings()
    except ValidationError as error:
        for fault in error.errors():
            click.echo(f"✗ settings: GUICHET_{str(fault['loc'][0]).upper()}: {fault['msg']}")
        return 1
    click.echo("✓ settings: read")
    healthy = True
    for name, check in CHECKS:
        healthy &= await _run(name, check, settings)
    for platform in open_platforms(settings):
        healthy &= await _run(platform.name, partial(_ask, platform), settings)
    return 0 if healthy else 1


async def _run(name: str, check: Callable[[Settings], Awaitable[str]], settings: Settings) -> bool:
    try:
        click.echo(f"✓ {name}: {await check(settings)}")
    except Exception as error:  # noqa: BLE001 - whatever is wrong, the next checks still help
        click.echo(f"✗ {name}: {error}")
        return False
    return True


async def _ask(platform: Platform, _settings: Settings) -> str:
    """Ask a platform whether it knows us."""
    try:
        return await platform.check()
    finally:
        await platform.close()


async def check_folder(settings: Settings) -> str:
    """Write into the data folder."""
    folder = settings.data_folder
    try:
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        probe = folder / ".doctor"
        await asyncio.to_thread(probe.write_text, "ok", encoding="ascii")
        await asyncio.to_thread(probe.unlink)
    except OSError as error:
        raise Trouble(f"{folder} cannot be written ({error.strerror}); set GUICHET_DATA_FOLDER") from error
    return f"{folder} can be written"


async def check_key(settings: Settings) -> str:
    """Look at the key that signs."""
    key = await asyncio.to_thread(secret_key, settings)
    if len(key) < 32:
        raise Trouble("GUICHET_SECRET_KEY is shorter than 32 characters; choose a longer one")
    kept = settings.data_folder / "secret.key"
    if settings.secret_key is None and (await asyncio.to_thread(kept.stat)).st_mode & 0o077:
        raise Trouble(f"{kept} can be read by others; run: chmod 600 {kept}")
    return "set" if settings.secret_key is not None else f"kept in {kept}"


async def check_database(settings: Settings) -> str:
    """Connect, migrate, and see that row-level security binds the application."""
    kind = "embedded" if settings.database_url is None else "named server"
    try:
        address = await asyncio.to_thread(database_address, settings)
        await asyncio.to_thread(migrate, address)
    except Exception as error:
        raise Trouble(
            f"the {kind} does not answer ({type(error).__name__}: {str(error).splitlines()[0]}); "
            "check GUICHET_DATABASE_URL and that its user may create tables and roles"
        ) from error
    database = Database(address)
    try:
        async with database.transaction() as session:
            version = await server_version(session)
            if not await check_rows_are_guarded(session):
                raise Trouble("row-level security does not bind the application's role; run the migrations")
            companies = await count_companies(session)
    finally:
        await database.close()
    advice = "" if companies else "; no customers yet: run `guichet demo` or `guichet import`"
    return f"PostgreSQL {version}, {kind}, {companies} companies{advice}"


async def check_understanding(settings: Settings) -> str:
    """Load the model, preparing it where it is missing or stale."""
    await asyncio.to_thread(open_understander, settings)
    return "the model fits the catalogue"


async def check_channels(settings: Settings) -> str:
    """Say which channels are on."""
    embedding = ", ".join(settings.embed_origins) or "no other site"
    return f"web on {settings.web_host}:{settings.web_port}, embedded by {embedding}"


async def check_signing(settings: Settings) -> str:
    """Open the key that signs receipts and sign a page with it."""
    try:
        signing = settings.signing(settings.data_folder)
        settings.earlier_certificates()
        return await asyncio.to_thread(sign_a_page, signing, datetime.now(UTC))
    except (SigningIncomplete, OSError) as error:
        raise Trouble(f"{error}; see docs/settings.md, GUICHET_SIGNING_SOURCE") from error
    except NotSigned as error:
        raise Trouble(
            f"receipts cannot be signed ({error!r}); check the GUICHET_SIGNING_… settings"
        ) from error


CHECKS: tuple[tuple[str, Callable[[Settings], Awaitable[str]]], ...] = (
    ("data folder", check_folder),
    ("key", check_key),
    ("database", check_database),
    ("understanding", check_understanding),
    ("signing", check_signing),
    ("channels", check_channels),
)
