"""Recognise all entities of a message."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from intents.entities.contract import as_entities
from intents.entities.findings import Findings
from intents.entities.folding import fold
from intents.entities.identifiers import find_identifiers
from intents.entities.lexicon import Lexicon, Match, add_values, flatten, read_data, read_lexicon
from intents.entities.mention import Mention
from intents.entities.numbers import find_numbers
from intents.entities.people import PeopleWords, find_people, read_people_words
from intents.entities.place_search import find_places
from intents.entities.places import Places
from intents.entities.quantities import find_other_numbers, find_quantities
from intents.entities.recurrence import find_recurrences
from intents.entities.times import find_times
from intents.entities.units import Units, read_units
from intents.understanding import Language

__all__ = ["as_entities", "package_data", "recognise"]

# What is longer than any message of a person is an attack or a pasted file: its beginning says what it is.
LONGEST_READ = 10_000
SPEAKER = re.compile(
    r"(?:(?:^|[.!?,;] ?)(?:als|as|en tant qu(?:e |'))|je suis|ik ben|ich bin|i am|i'm)(?: l'| an?| een| de| der)? ?$"
)
SPEAKER_WITHIN = 30


@dataclass(frozen=True, slots=True)
class PackageData:
    """Hold the words that the package brings: read once, never changed."""

    lexicon: Lexicon
    units: Units
    people: PeopleWords
    access_words: tuple[str, ...]


@cache
def package_data() -> PackageData:
    """Read the data files of the package on first use."""
    access = flatten(read_data("rights.yaml")["context"])
    return PackageData(read_lexicon(), read_units(), read_people_words(), tuple(sorted(access)))


def recognise(text: str, *, language: Language, today: dt.date, ahead: bool, places: Places) -> list[Mention]:
    """Find all entities of a text, in the order in which they stand.

    Dates look ahead of `today` where `ahead`, else back. What comes first takes its characters: addresses and
    identifiers, places, times, then quantities and the values with fixed names. A number that is none of these is a
    `number`, one like "2026-000145" a `reference`: the intent decides what they are (`as_entities`).
    """
    data = package_data()
    found = Findings(fold(text[:LONGEST_READ]))
    find_identifiers(found, today=today)
    find_places(found, places, language=language, units=data.units)
    _adopt_times(found, language=language, today=today, ahead=ahead)
    closed = data.lexicon.search(found, language=language)
    numbers = find_numbers(found.folded.text, language=language)
    find_quantities(found, numbers, closed, data.units)
    _add_closed(found, closed, data, language)
    find_other_numbers(found, numbers, places, language=language)
    return sorted(found.mentions, key=lambda mention: (mention.start, mention.end))


def _adopt_times(found: Findings, *, language: Language, today: dt.date, ahead: bool) -> None:
    """Add recurrences, then days and periods, where no identifier or place has the characters."""
    text = found.folded.text
    for mention in find_recurrences(text, language=language):
        found.adopt(mention)
    for mention in find_times(text, language=language, today=today, ahead=ahead, taken=tuple(found.mentions)):
        found.adopt(mention)


def _add_closed(found: Findings, closed: Sequence[Match], data: PackageData, language: Language) -> None:
    """Add values and people; rights last, and only in a message about access: "ma facture" asks for none."""
    add_values(found, (match for match in closed if match.meaning.entity != "right"))
    find_people(found, data.people, language=language, values=closed)
    speaks_of_access = any(mention.entity in {"email", "person"} for mention in found.mentions) or any(
        word.plain.startswith(data.access_words) for word in found.folded.words
    )
    if speaks_of_access:
        plain = found.folded.plain
        rights = (match for match in closed if match.meaning.entity == "right")
        add_values(found, (match for match in rights if not _is_speaker(plain, match)))


def _is_speaker(plain: str, match: Match) -> bool:
    """Tell whether the administrator named is who writes: "als beheerder wil ik …", "je suis administrateur et …"."""
    return (
        match.meaning.value == "admin" and SPEAKER.search(plain[: match.start][-SPEAKER_WITHIN:]) is not None
    )
