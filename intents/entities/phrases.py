"""Write out the phrases of a data file, in all the ways they can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intents.entities.folding import WORD, fold_phrase
from intents.templates import BadTemplateError, Choice, Part, parse

SIGNS = "=^!"
MOST_READINGS = 5_000


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of saying a value: its folded words, and how strictly a message must say it."""

    words: tuple[str, ...]
    exact: bool
    alone: bool
    own_language: bool


def expand_phrase(written: str) -> list[Phrase]:
    """Return each reading of a phrase once.

    The signs are those of templates; `=` before it forgives no typing error, `^` wants it to be the whole message,
    `!` a message in its own language. Raises `BadTemplateError` where it cannot be read.
    """
    body = written.lstrip(SIGNS)
    signs = written[: len(written) - len(body)]
    readings = _readings(parse(body))
    if len(readings) > MOST_READINGS:
        raise BadTemplateError(f"{written!r} has more than {MOST_READINGS} readings")
    unique = {tuple(WORD.findall(fold_phrase(reading))): None for reading in readings}
    exact = "=" in signs or "^" in signs
    return [Phrase(words, exact, "^" in signs, "!" in signs) for words in unique if words]


def _readings(parts: Sequence[Part]) -> list[str]:
    readings = [""]
    for part in parts:
        if isinstance(part, Choice):
            pieces = [piece for option in part.options for piece in _readings(option)]
        elif isinstance(part, str):
            pieces = [part]
        else:
            raise BadTemplateError(f"{part.name!r} refers to a list: these files have none")
        readings = [reading + piece for reading in readings for piece in pieces]
    return readings
