"""Read numbers that people write in groups ("1046 123 456", "CS 0000.0000-0001")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

GROUP = re.compile(r"[0-9]+")
SEPARATOR = re.compile(r" [-.] |[ .\-/_]")
TIES = frozenset({".", "-", "_"})
MOST_GROUPS = 32
LONG = 6


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together, and what parts them from the group before."""

    digits: str
    start: int
    end: int
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """Groups read as one number, with the span they fill."""

    digits: str
    start: int
    end: int


def read_groups(plain: str, place: int) -> list[Group]:
    """Read the groups of digits that follow one another from a place on."""
    groups: list[Group] = []
    separator = ""
    while len(groups) < MOST_GROUPS and (found := GROUP.match(plain, place)):
        groups.append(Group(found.group(), found.start(), found.end(), separator))
        parting = SEPARATOR.match(plain, found.end())
        if parting is None:
            break
        separator, place = parting.group(), parting.end()
    return groups


def join_groups(groups: Sequence[Group], wanted: int, *, solid: int) -> Number:
    """Join the first groups to a number of `wanted` digits, or to what was meant to be one.

    A first group of `solid` digits or more stands alone whatever follows it: what comes after "CS00000000001 3"
    is a quantity. So does a lone digit after longer groups.
    """
    first = groups[0]
    if len(first.digits) >= solid:
        return _joined(groups[: _glued(groups, 1)])
    total = 0
    for index, group in enumerate(groups):
        if group.separator == " " and len(group.digits) == 1 and len(groups[index - 1].digits) > 1:
            break
        total += len(group.digits)
        if total == wanted:
            return _joined(groups[: _glued(groups, index + 1)])
        if total > wanted:
            break
    return _joined(groups[: _long_groups(groups)])


def _glued(groups: Sequence[Group], count: int) -> int:
    """Count on over short groups tied to the ones before by a dot or a dash; a whole next number is not."""
    while count < len(groups) and groups[count].separator in TIES and len(groups[count].digits) < LONG:
        count += 1
    return count


def _long_groups(groups: Sequence[Group]) -> int:
    """Count the groups that belong together although their sum is wrong: those of three digits or more."""
    count = 1
    while count < len(groups) and (len(groups[count].digits) >= 3 or groups[count].separator in TIES):
        count += 1
    return count


def _joined(groups: Sequence[Group]) -> Number:
    return Number("".join(group.digits for group in groups), groups[0].start, groups[-1].end)
