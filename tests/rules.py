"""Print each rule of the service with the tests that show it: `make rules`.

The rules come from the specification beside the checkout where it lies there, else from the markers alone.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SPECIFICATION = ROOT.parent / "shared" / "spec" / "rules.md"
RULE = re.compile(r"^- (?P<id>[A-Z]{3}-\d+) (?P<text>.+)", re.MULTILINE)
GAP = "  – no test shows it"


class Collector:
    """A pytest plugin that gathers the `rule` markers of what is collected."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = {}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Note the tests of each rule, in the order in which they are collected; a conversation by its file."""
        for item in items:
            path, _, case = item.nodeid.partition("[")
            name = f"{path}[{case}" if "test_conversations" in path else path
            for marker in item.iter_markers("rule"):
                for rule in marker.args:
                    shown_by = self.tests.setdefault(rule, [])
                    if name not in shown_by:
                        shown_by.append(name)


def read_rules(path: Path) -> dict[str, str]:
    """Read the rules' ids and first words; nothing where the specification is not there."""
    if not path.exists():
        return {}
    return {match["id"]: match["text"] for match in RULE.finditer(path.read_text(encoding="utf-8"))}


def report(rules: dict[str, str], tests: dict[str, list[str]]) -> Iterable[str]:
    """Give the lines to print: rules in the specification's order, then those that only tests know."""
    unknown = sorted(tests.keys() - rules.keys(), key=by_subject_and_number)
    for rule in (*rules, *unknown):
        yield f"{rule} {shortened(rules.get(rule, '(not in the specification)' if rules else ''))}".rstrip()
        yield from (f"  {test}" for test in tests.get(rule, ()))
        if rule not in tests:
            yield GAP
    shown = sum(rule in tests for rule in rules)
    if rules:
        yield f"{shown} of {len(rules)} rules are shown by tests."


def shortened(text: str) -> str:
    """Cut a rule's text to what a line holds."""
    return text if len(text) <= 100 else f"{text[:99]}…"


def by_subject_and_number(rule: str) -> tuple[str, int]:
    """Order rule ids as people count."""
    subject, _, number = rule.partition("-")
    return subject, int(number)


def main(arguments: Sequence[str]) -> int:
    """Collect the tests and print the report."""
    collector = Collector()
    with redirect_stdout(io.StringIO()) as collected:
        code = pytest.main(["--collect-only", "-qq", *arguments], plugins=[collector])
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        print(collected.getvalue(), "Some tests could not be collected.", sep="\n", file=sys.stderr)
    print("\n".join(report(read_rules(SPECIFICATION), collector.tests)))
    return int(code)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
