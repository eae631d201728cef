"""Compare Guichet's understanding with NLP.js and a linear classifier, each in a process of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from benchmarks.peers.answers import read_answer
from benchmarks.test_messages import TestMessage, read_messages
from intents.declaration import UNKNOWN
from intents.phrasebook import read_phrasebook
from intents.preparation import prepare

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_MODULES = _ROOT / ".guichet" / "peers"
_PACKAGES = ("@nlpjs/basic", "@nlpjs/lang-fr", "@nlpjs/lang-nl", "@nlpjs/lang-en", "@nlpjs/lang-de")
_LONGEST_S = 1_800
_OURS = "Guichet"


def compare(cache: Path) -> Table:
    """Run every engine on the same examples and messages; one that cannot run is named as skipped."""
    prepare(cache)
    messages = read_messages()
    table = Table("engine", "right %", "wrong actions %", "p50 ms", "p99 ms", "start-up s", "memory MB")
    with tempfile.TemporaryDirectory() as folder:
        task = Path(folder) / "task.json"
        task.write_text(_task(messages, cache), encoding="utf-8")
        ours = _run([sys.executable, "-m", "benchmarks.peers.ours", str(task)])
        acted = sum(confidence > 0 for _, confidence in ours["answers"])
        table.add_row(_OURS, *_row(ours, messages, acted))
        linear = _run([sys.executable, "-m", "benchmarks.peers.linear", str(task)])
        table.add_row("scikit-learn, pieces of words", *_row(linear, messages, acted))
        table.add_row("NLP.js", *_nlpjs(task, messages, acted))
    return table


def _task(messages: Sequence[TestMessage], cache: Path) -> str:
    """Write what every engine gets."""
    examples = [(phrase.text, phrase.label, phrase.language) for phrase in read_phrasebook().examples]
    asked = [(message.text, message.language) for message in messages]
    return json.dumps({"examples": examples, "messages": asked, "cache": str(cache.resolve())})


def _run(command: Sequence[str]) -> dict[str, Any]:
    """Run one engine in a process of its own."""
    done = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True, timeout=_LONGEST_S)
    return read_answer(done.stdout)


def _nlpjs(task: Path, messages: Sequence[TestMessage], acted: int) -> tuple[str, ...]:
    """Run NLP.js where Node and its package are there."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return ("skipped: Node is missing",)
    try:
        if not (_MODULES / "node_modules" / "@nlpjs" / "lang-fr").exists():
            _MODULES.mkdir(parents=True, exist_ok=True)
            subprocess.run(
                ["npm", "install", "--prefix", str(_MODULES), "--no-audit", "--no-fund", *_PACKAGES],
                check=True,
                capture_output=True,
                timeout=300,
            )
        answers = _run(["node", str(_HERE / "nlpjs.js"), str(task), f"{_MODULES}/"])
    except (subprocess.SubprocessError, OSError) as error:
        return (f"skipped: {type(error).__name__}",)
    return _row(answers, messages, acted)


def _row(found: Mapping[str, Any], messages: Sequence[TestMessage], acted: int) -> tuple[str, ...]:
    """Sum an engine up.

    Wrong actions are counted among as many messages as Guichet acts on, the engine's surest ones: an engine may
    always buy fewer wrong actions with more questions.
    """
    right = [label == message.label for (label, _), message in zip(found["answers"], messages, strict=True)]
    scores = np.array([score for _, score in found["answers"]])
    surest = np.argsort(-scores, kind="stable")[:acted]
    wrong = sum(not right[place] and found["answers"][place][0] != UNKNOWN for place in surest)
    times = np.array(found["times"])
    return (
        f"{100 * np.mean(right):.1f}",
        f"{100 * wrong / len(messages):.1f}",
        f"{np.percentile(times, 50):.2f}",
        f"{np.percentile(times, 99):.2f}",
        f"{found['start_up']:.2f}",
        f"{found['memory']:.0f}",
    )
