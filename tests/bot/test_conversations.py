"""Hold the conversations of tests/conversations: lines in, replies out, compared exactly.

`GUICHET_RECORD=1` writes what is answered today into the files, to be read by a person before it is committed.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.terminal import TerminalChat, choices_of
from bot.drawing import plain
from bot.wiring import Counter
from tests.conftest import NOON

FOLDER = Path(__file__).parents[1] / "conversations"
FILES = sorted(FOLDER.glob("*/*.yaml"))
VARYING = (
    (re.compile(r"GC-2026-\d{6}"), "GC-2026-…"),
    (re.compile(r"SU-\d{8}"), "SU-…"),
    (re.compile(r"AR-[A-Z0-9]{8}\b"), "AR-…"),
    (re.compile(r" \([\d.,]+ [kM]?B\)"), ""),
)


def cases() -> list[Any]:
    found = []
    for path in FILES:
        rules = yaml.safe_load(path.read_text(encoding="utf-8")).get("rules", [])
        marks = [pytest.mark.rule(*rules)] if rules else []
        found.append(pytest.param(path, id=f"{path.parent.name}/{path.stem}", marks=marks))
    return found


@pytest.mark.parametrize("path", cases())
async def test_conversation_goes_as_written(path: Path, counter: Counter, tmp_path: Path) -> None:
    script = yaml.safe_load(path.read_text(encoding="utf-8"))
    chat = await TerminalChat.open(counter, script.get("as"), tmp_path, NOON)
    last: dict[str, Any] | None = None
    answers = []
    for turn in script["turns"]:
        line = await _line(turn, last)
        replies = [reply async for reply in chat.say(line)]
        last = replies[-1] if replies else last
        answers.append([_shown(reply) for reply in replies])
    if os.environ.get("GUICHET_RECORD"):
        _record(path, script, answers)
    assert answers == [turn["replies"] for turn in script["turns"]]
    assert {reply["language"] for reply in replies} == {path.parent.name}


async def _line(turn: dict[str, Any], last: dict[str, Any] | None) -> str:
    if "press" not in turn:
        return str(turn["say"])
    assert last is not None
    token = next(choice["token"] for choice in choices_of(last) if choice["label"] == turn["press"])
    return f'{{"press": "{token}"}}'


def _shown(reply: dict[str, Any]) -> str:
    text = "\n".join(plain(block) for block in reply["blocks"])
    for pattern, replacement in VARYING:
        text = pattern.sub(replacement, text)
    return text.replace("\u202f", " ").replace("\xa0", " ")


class _Dumper(yaml.SafeDumper):
    """Write texts of several lines as blocks, so that they read as they are shown."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def _record(path: Path, script: dict[str, Any], answers: list[list[str]]) -> None:
    for turn, replies in zip(script["turns"], answers, strict=True):
        turn["replies"] = ["\n".join(line.rstrip() for line in reply.split("\n")) for reply in replies]
    path.write_text(
        yaml.dump(script, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8"
    )
