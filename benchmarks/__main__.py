"""Run all measurements, or the named ones: `python -m benchmarks turn annex`."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
from types import ModuleType

SUBJECTS = (
    "turn",
    "annex",
    "items",
    "startup",
    "help",
    "receipts",
    "slack",
    "telegram",
    "understanding",
    "catalogue",
)
# What measures another thing than speed, or needs long, runs when it is named.
ONLY_WHEN_NAMED = ("help", "telegram", "understanding", "catalogue")


def module_of(subject: str) -> ModuleType | None:
    """Load a subject's module; None where it is not written yet."""
    name = f"benchmarks.{'startup' if subject == 'help' else subject}"
    if importlib.util.find_spec(name) is None:
        return None
    return importlib.import_module(name)


def run(subject: str) -> None:
    """Run one measurement under its name."""
    module = module_of(subject)
    print(f"== {subject}", flush=True)
    if module is None:
        print("  not written yet")
    elif subject == "help":
        module.measure_help()
    else:
        module.main()


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(SUBJECTS)}")
    names = parser.parse_args().names
    unknown = sorted(set(names) - set(SUBJECTS))
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; choose from {', '.join(SUBJECTS)}")
    for name in names or [subject for subject in SUBJECTS if subject not in ONLY_WHEN_NAMED]:
        run(name)


if __name__ == "__main__":
    main()
