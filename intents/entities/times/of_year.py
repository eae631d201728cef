"""Read a month or a day whose year is said before it: "vorig jaar maart", "l'an dernier en mars"."""

from __future__ import annotations

from typing import Final

from intents.entities.times.dates import day_of_month, month
from intents.entities.times.days import Unit
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line, Parsed
from intents.entities.times.marks import quarter
from intents.entities.times.said import Day, Yearly, with_year
from intents.entities.times.tails import relative_year

_BETWEEN: Final[frozenset[Kind]] = frozenset({"in", "of", "of_the", "the", "on_the", "comma"})


def of_year(line: Line, at: int) -> Parsed | None:
    """Read "vorig jaar maart", "l'année passée, le 3 mars", "volgend jaar in het eerste kwartaal"."""
    year = relative_year(line, at)
    # "L'année" alone, this one, takes no month behind it.
    if year is None or year[1] == at + 1:
        return None
    # "Vorig jaar en maart" are two periods; the French "en" leads to the month.
    if line.language == "nl" and line.has(year[1], "and"):
        return None
    place = line.skip(year[1], _BETWEEN)
    for reader in (day_of_month, month, quarter):
        found = reader(line, place)
        if found is None:
            continue
        said = found.said
        if isinstance(said, Yearly | Day) and said.year is None and said.grain is not Unit.YEAR:
            return Parsed(with_year(said, year[0]), found.end)
    return None
