"""Prove that docs/settings.md names every setting with its default and meaning, and nothing else.

`GUICHET_RECORD=1` writes the table anew.
"""

import os
import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.settings import Settings
from bot.wiring import open_counter
from handlers.desk import Contacts

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"
HEAD = "| setting | default | meaning |\n|---|---|---|\n"


def table() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        shown = field.default
        if isinstance(shown, time):
            shown = f"{shown:%H:%M}"
        default = f"`{shown}`" if shown not in (None, "", ()) else "–"
        rows.append(f"| `GUICHET_{name.upper()}` | {default} | {field.description} |\n")
    return HEAD + "".join(rows)


def test_settings_are_documented_with_default_and_meaning() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, after = text.partition(HEAD)
    rest = re.sub(r"\A(\|.*\n)*", "", after)
    if os.environ.get("GUICHET_RECORD"):
        DOCUMENT.write_text(before + table() + rest, encoding="utf-8")
        text = DOCUMENT.read_text(encoding="utf-8")
    assert table() in text
    assert set(re.findall(r"GUICHET_[A-Z_]+", text)) == {
        f"GUICHET_{n.upper()}" for n in Settings.model_fields
    }


@pytest.mark.rule("TIC-4")
def test_every_address_that_answers_name_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {}
    for name in Contacts.__dataclass_fields__:
        setting = {"phone": "contact_phone", "email": "contact_email"}.get(name, name)
        monkeypatch.setenv(f"GUICHET_{setting.upper()}", f"changed {name}")
        changed[name] = f"changed {name}"
    assert Settings().contacts() == Contacts(**changed)


@pytest.mark.rule("TIC-4")
def test_defaults_are_those_of_the_sources() -> None:
    contacts = Settings().contacts()
    assert (contacts.phone, contacts.email) == ("02 201 11 11", "service.centre@bpost.be")
    assert contacts.distripost_email == "distripost@bpost.be"


@pytest.mark.parametrize(
    ("name", "value"),
    [("WEB_PORT", "70000"), ("LOG_LEVEL", "LOUD"), ("MESSAGES_PER_MINUTE", "0"), ("OPENING_TIME", "25:00")],
)
def test_impossible_setting_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"GUICHET_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_log_level_may_be_written_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUICHET_LOG_LEVEL", "warning")
    assert Settings().log_level == "WARNING"


def test_origins_are_separated_by_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUICHET_EMBED_ORIGINS", "https://a.example  https://b.example")
    assert Settings().embed_origins == ("https://a.example", "https://b.example")


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUICHET_SECRET_KEY", "most-secret")
    monkeypatch.setenv("GUICHET_DATABASE_URL", "postgresql://guichet:most-secret@db/guichet")
    assert "most-secret" not in repr(Settings())


async def test_days_on_which_the_service_centre_is_closed_count_for_nothing(
    settings: Settings, understander: Any, new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUICHET_CLOSED_DAYS", "2026-12-24 2026-12-31")
    closed = settings.model_copy(update={"closed_days": Settings().closed_days})
    async with open_counter(closed, understander=understander, address=new_database()) as counter:
        # The Friday after it is Christmas.
        assert counter.house.calendar.add_business_days(date(2026, 12, 23), 1) == date(2026, 12, 28)


def test_day_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUICHET_CLOSED_DAYS", "2026-02-30")
    with pytest.raises(ValidationError):
        Settings()
