"""Write messages again the way hurried people do.

Typos, short forms, a greeting before, thanks after: drawn from a seed of the message itself, so that training gives
the same model each time.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from intents.concepts import read_section
from intents.text import fold
from intents.understanding import LANGUAGES, Language

_WORD = re.compile(r"[^\W\d_]{4,}")
# A message of this many words usually has one typo in each, where its writer is hurried.
_WORDS_A_TYPO = 6
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Keys beside one another on the Belgian keyboard (azerty).
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_BESIDE = {
    letter: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _ROWS for at, letter in enumerate(row)
}


@dataclass(frozen=True, slots=True)
class Habits:
    """Hold how people of one language shorten words, open and close a message, and what else they talk about."""

    short_forms: Mapping[str, Sequence[str]]
    openings: Sequence[str]
    closings: Sequence[str]
    outside: Sequence[str] = ()


def read_habits(folder: Path) -> dict[Language, Habits]:
    """Read the habits of each language from its file of concepts."""
    found: dict[Language, Habits] = {}
    for language in LANGUAGES:
        path = folder / language / "_concepts.yaml"
        found[language] = Habits(
            {long.lower(): short for long, short in dict(read_section(path, "short_forms")).items()},
            tuple(read_section(path, "openings")),
            tuple(read_section(path, "closings")),
            tuple(read_section(path, "outside")),
        )
    return found


def seeded(text: str, salt: str) -> Random:
    """Give chance that falls the same way for the same message each time."""
    return Random(zlib.crc32(f"{salt} {text}".encode()))  # noqa: S311 -- training data, not a secret


def mistype(word: str, random: Random) -> str:
    """Make one typo: a letter swapped, left out, doubled, put in, or hit beside."""
    at = random.randrange(len(word) - 1)
    kind = random.randrange(5)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    if kind == 3:
        return word[:at] + random.choice(_LETTERS) + word[at:]
    return word[:at] + random.choice(_BESIDE.get(word[at].lower()) or _LETTERS) + word[at + 1 :]


def with_typos(text: str, random: Random) -> str:
    """Make a typo in a word, or in a few of a long message; identifiers are left alone."""
    places = [found.span() for found in _WORD.finditer(text) if not _in_address(text, *found.span())]
    if not places:
        return text
    count = 1 + (random.random() < 0.3) * (len(places) // _WORDS_A_TYPO)
    for start, end in sorted(random.sample(places, min(count, len(places))), reverse=True):
        text = text[:start] + mistype(text[start:end], random) + text[end:]
    return text


def _in_address(text: str, start: int, end: int) -> bool:
    """Tell whether a word is part of an e-mail address or number rather than one by itself."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(sign in "@.-_" or sign.isdigit() for sign in around.strip(".,")) or "@" in around


def in_short(text: str, habits: Habits, random: Random) -> str:
    """Write as in a text message: short forms, no accents or capitals, apostrophes lost."""
    written = text.lower()
    for long, short in habits.short_forms.items():
        if long in written and random.random() < 0.7:
            written = re.sub(rf"(?<!\w){re.escape(long)}(?!\w)", random.choice(short), written)
    if random.random() < 0.5:
        written = written.replace("'", "").replace("’", "")
    return fold(written)


def with_manners(text: str, habits: Habits, random: Random) -> str:
    """Put a greeting before, thanks after, or both."""
    where = random.randrange(3)
    before = f"{random.choice(habits.openings)} " if where != 1 and habits.openings else ""
    after = f" {random.choice(habits.closings)}" if where != 0 and habits.closings else ""
    return f"{before}{text}{after}"
