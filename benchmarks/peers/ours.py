"""Answer the messages with Guichet's own understanding, prepared beforehand."""

from __future__ import annotations

from datetime import date
from time import perf_counter

from benchmarks.peers.answers import Task, give, task_path


def main() -> None:
    """Load the prepared model in this fresh process and answer."""
    from pathlib import Path

    task = Task.read(task_path())
    started = perf_counter()
    from intents.understander import Understander

    understander = Understander.open(Path(task.cache))

    def ask(text: str, _: str) -> tuple[str, float]:
        got = understander.understand(text, today=date(2026, 11, 22))
        topic = got.entities.get("topic")
        label = f"faq:{topic}" if got.intent == "faq" else got.intent
        return label, got.confidence if got.decision == "act" else 0.0

    give(task, ask, started)


if __name__ == "__main__":
    main()
