"""Hold what an engine answered, as it writes it for the comparison."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True)
class Task:
    """Hold what every engine gets: examples to learn and messages to understand."""

    examples: Sequence[tuple[str, str, str]]
    messages: Sequence[tuple[str, str]]
    cache: str

    @classmethod
    def read(cls, path: Path) -> Task:
        """Read what `compare` wrote."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            [tuple(row) for row in data["examples"]], [tuple(row) for row in data["messages"]], data["cache"]
        )


Ask = Callable[[str, str], tuple[str, float]]


def give(task: Task, ask: Ask, started: float) -> None:
    """Ask every message and print answers, milliseconds, start-up and peak memory."""
    start_up = perf_counter() - started
    answers: list[tuple[str, float]] = []
    times: list[float] = []
    for text, language in task.messages:
        before = perf_counter()
        answers.append(ask(text, language))
        times.append(1000 * (perf_counter() - before))
    print(json.dumps({"start_up": start_up, "memory": peak_memory(), "times": times, "answers": answers}))


def peak_memory() -> float:
    """Give the peak memory of this process so far, in megabytes.

    The kernel's count for the program itself: `getrusage` would begin with what the parent held.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def task_path() -> Path:
    """Give the file named on the command line."""
    return Path(sys.argv[1])


def read_answer(text: str) -> dict[str, Any]:
    """Read what an engine printed last."""
    return dict(json.loads(text.strip().splitlines()[-1]))
