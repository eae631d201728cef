"""Show that logs are JSON and hold nothing that anybody said, and that records hold no password (ACC-7)."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import structlog

from bot.logs import set_up_logs
from bot.wiring import Counter
from services.conversations import Conversations
from tests.bot.conftest import Talk

CLAIRE = "claire.dubois@lambert.example"
PRIVATE = ("Soleil2024", "Dubois", "claire", "Zwartepiet", "1046100091", "Lambert")


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """Let the house's logs and the libraries' go to a text that the test reads."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    set_up_logs("INFO", written)
    yield written
    structlog.configure(**before)
    logging.basicConfig(handlers=handlers, level=level, force=True)


def parsed(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_exception_is_logged_by_kind_and_place_without_its_message(log_lines: io.StringIO) -> None:
    try:
        try:
            int("Soleil2024")
        except ValueError as error:
            raise KeyError("Claire Dubois") from error
    except KeyError:
        structlog.get_logger().exception("turn_failed", inbox_id=7)
        logging.getLogger("some.library").exception("job %s failed", "Soleil2024")
    house, library = parsed(log_lines)
    assert (house["event"], house["inbox_id"], house["level"]) == ("turn_failed", 7, "error")
    assert [link["type"] for link in house["exception"]] == ["KeyError", "ValueError"]
    assert "test_logs.py" in house["exception"][0]["places"][0]
    assert library["library"] == "some.library"
    assert not any(word in log_lines.getvalue() for word in PRIVATE)


def test_library_shows_no_objects_on_further_lines(log_lines: io.StringIO) -> None:
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: <Task 'Soleil2024'>")
    assert parsed(log_lines)[0]["event"] == "Task exception was never retrieved"
    assert "Soleil2024" not in log_lines.getvalue()


def test_what_is_below_the_level_is_not_logged(log_lines: io.StringIO) -> None:
    structlog.get_logger().debug("detail")
    logging.getLogger("some.library").info("detail")
    assert parsed(log_lines) == []


async def test_failed_turn_is_apologised_for_and_logs_no_word(
    counter: Counter, talk: Talk, log_lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_self: Any, _conversation_id: int, _blocks: Any, *_rest: Any, **_named: Any) -> int:
        monkeypatch.undo()
        raise ValueError("Claire Dubois said Zwartepiet")

    monkeypatch.setattr(Conversations, "post", fail)
    ((reply,),) = await talk(CLAIRE, "facture 1046100091 pour Zwartepiet")
    assert [block["type"] for block in reply["blocks"]] == ["notice", "text", "choices"]
    # What is done at regular times may fall into this moment.
    lines = [line for line in parsed(log_lines) if line["event"] != "audit_anchor"]
    assert [line["event"] for line in lines] == ["turn_failed"]
    assert lines[0]["error"] == "ValueError"
    assert not any(word in log_lines.getvalue() for word in PRIVATE)


async def test_refused_statement_shows_no_parameter(counter: Counter, log_lines: io.StringIO) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError) as refused:
        async with counter.database.transaction() as session:
            await session.execute(text("SELECT 1 / (length(:said) - 10)"), {"said": "Soleil2024"})
    assert "Soleil2024" not in str(refused.value)


@pytest.mark.rule("ACC-7")
@pytest.mark.parametrize(
    "line",
    [
        "mon mot de passe est Soleil2024!",
        "mijn wachtwoord: Soleil2024!",
        "my password is Soleil2024!",
        "mein Passwort lautet Soleil2024!",
        '{"form": {"key": "x", "values": {"question": ["mdp: Soleil2024!"]}}}',
    ],
)
async def test_password_leaves_no_trace_and_is_answered_with_a_warning(
    counter: Counter, talk: Talk, log_lines: io.StringIO, line: str
) -> None:
    replies = await talk(CLAIRE, "je veux parler à quelqu'un", line)
    warned = [
        block["tone"] for reply in replies[-1] for block in reply["blocks"] if block["type"] == "notice"
    ]
    assert "warning" in warned
    with psycopg.connect(counter.database.address) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'items'"
        ).fetchall()
        for (table,) in tables:
            found = connection.execute(
                f"SELECT count(*) FROM \"{table}\" AS t WHERE t::text LIKE '%%Soleil2024%%'"
            ).fetchone()
            assert found == (0,), table
    assert "Soleil2024" not in log_lines.getvalue()
