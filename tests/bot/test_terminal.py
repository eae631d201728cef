"""Use the terminal as scripts do: one JSON object a reply, whatever comes in (docs/replies.md)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.channels.terminal import TerminalChat, UnknownPerson, choices_of
from bot.channels.terminal.screen import draw
from bot.wiring import Counter
from tests.bot.conftest import Talk
from tests.conftest import NOON

ROOT = Path(__file__).parents[2]
CLAIRE = "claire.dubois@lambert.example"
HOSTILE = [
    "",
    " ",
    "\x00\x01\u202e",
    "\ud800",
    "😀😀😀",
    "{",
    "{}",
    '{"text": null}',
    '{"text": 5}',
    '{"press": {"a": 1}}',
    '{"press": "\\u0000"}',
    '{"press": "\\ud800"}',
    '{"form": "x"}',
    '{"form": {"key": 1, "values": {}}}',
    '{"form": {"key": "\\u0000", "values": {"a\\u0000": "\\u0000\\ud800"}}}',
    '{"text": "a", "press": "b"}',
    "[1, 2]",
    "'; DROP TABLE invoices; --",
    '=HYPERLINK("http://x","y")',
    "<!channel> <script>alert(1)</script> [bold]x[/bold]",
    "{name} {0} %s %(x)s",
    "a" * 10_001,
    "1" * 10_000,
    "facture " * 1_250,
]


def run(
    settings_folder: Path, address: str, lines: bytes, *options: str
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "GUICHET_DATA_FOLDER": str(settings_folder), "GUICHET_DATABASE_URL": address}
    command = [sys.executable, "-m", "bot.main", "chat", "--now", "2026-11-22", "--json", *options]
    return subprocess.run(
        command, cwd=ROOT, env=environment, input=lines, capture_output=True, timeout=120, check=False
    )


def test_script_gets_one_json_object_a_reply(data_folder: Path, settings: Any, address: str) -> None:
    lines = b"facture 1046100091\n1\n" + b"\xff\xfe\n" + b"merci\n"
    done = run(data_folder, address, lines, "--as", CLAIRE)
    assert done.returncode == 0, done.stderr.decode()
    replies = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert all(reply.keys() == {"sequence", "language", "text", "blocks"} for reply in replies)
    assert [reply["sequence"] for reply in replies] == list(range(1, len(replies) + 1))
    assert "5\u202f191,46\xa0€" in replies[0]["text"]
    # The number pressed the button: the annex was announced, then came.
    assert [reply["blocks"][0]["type"] for reply in replies[1:3]] == ["progress", "file"]
    assert Path(ROOT / replies[2]["blocks"][0]["path"]).read_bytes()[:2] == b"PK"
    assert len(replies) == 5


def test_unknown_person_is_told_what_to_do(data_folder: Path, settings: Any, address: str) -> None:
    done = run(data_folder, address, b"", "--as", "nobody@nowhere.example")
    assert done.returncode == 1
    assert "nobody@nowhere.example" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("line", HOSTILE, ids=range(len(HOSTILE)))
async def test_whatever_is_written_is_answered_or_ignored_and_never_fails(
    counter: Counter, talk: Talk, line: str
) -> None:
    hostile, after = await talk(CLAIRE, line, "facture 1046100091")
    blocks = [block for reply in hostile for block in reply["blocks"]]
    assert "error" not in {block.get("tone") for block in blocks}
    json.dumps(hostile, ensure_ascii=False).encode()
    for reply in hostile:
        assert draw(reply)
    assert after
    assert "error" not in {block.get("tone") for reply in after for block in reply["blocks"]}
    assert counter.house.metrics.failures._value.get() == 0


async def test_long_message_is_read_at_its_beginning_and_says_so(talk: Talk) -> None:
    ((reply,),) = await talk(CLAIRE, "facture 1046100091 " + "x " * 10_000)
    assert reply["blocks"][0]["type"] == "notice"


@pytest.mark.parametrize("kind", ["voice", "sticker", "picture", "contact", "file"])
async def test_what_is_no_text_gets_the_menu(talk: Talk, kind: str) -> None:
    ((reply,),) = await talk(CLAIRE, json.dumps({"unreadable": kind}))
    assert [block["type"] for block in reply["blocks"]] == ["text", "choices"]
    assert len(choices_of(reply)) >= 3


async def test_customers_markup_is_drawn_as_it_is(talk: Talk) -> None:
    from io import StringIO

    from rich.console import Console

    replies = await talk(CLAIRE, "je veux parler à quelqu'un", "[red]x[/red] [link=http://x]y[/link]")
    console = Console(file=StringIO(), width=200)
    console.print(draw(replies[-1][-1]))
    assert "[red]x[/red] [link=http://x]y[/link]" in console.file.getvalue()  # type: ignore[attr-defined]


async def test_nobody_of_that_address_may_speak(counter: Counter, tmp_path: Path) -> None:
    with pytest.raises(UnknownPerson):
        await TerminalChat.open(counter, "nobody@nowhere.example", tmp_path, NOON)
