"""Prove that each test that docs/security.md names is there: a defence whose test was renamed or lost is a claim."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLES = [
    line for line in (ROOT / "docs/security.md").read_text(encoding="utf-8").splitlines() if line[:2] == "| "
]
NAMED = [
    found for line in TABLES for found in re.findall(r"`([^`]+)`", line.rstrip(" |").rpartition(" | ")[2])
]


@pytest.fixture(scope="module")
def tests() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/*.py")
    }


@pytest.mark.parametrize("name", [name for name in dict.fromkeys(NAMED) if "guichet" not in name])
def test_test_that_is_named_is_there(name: str, tests: dict[str, str]) -> None:
    if name.endswith(".py"):
        assert any(path.endswith(name) for path in tests) or (ROOT / name).exists()
    else:
        assert any(re.search(rf"def test_\w*{re.escape(name)}", text) for text in tests.values())
