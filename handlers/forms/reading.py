"""Read a person's words as the value of a field."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from rapidfuzz import fuzz

from handlers.forms.declaration import Field, Option
from handlers.forms.rows import said_rows
from locales.words import LANGUAGES, words_of

# "Tous / alle" takes every option (GEN-7).
ALL = frozenset(
    {"tous", "toutes", "tout", "alle", "allemaal", "allen", "all", "everything", "les deux", "beide", "both"}
)
CLOSE_ENOUGH = 88
NAMING_LETTERS = 4


def read_value(field: Field, text: str, entities: Mapping[str, Any], options: Sequence[Option]) -> Any | None:
    """Read an answer for a field; None where the text is no value of its kind."""
    words = text.strip()
    match field.kind:
        case "text" | "file":
            offered = _by_number(fold(words), options)
            return offered.value if offered else words[: field.max_length + 1] or None
        case "number":
            return _number(words, entities)
        case "period":
            return one_of("period", entities.get("period")) or _day_as_period(entities.get("date"))
        case "date":
            return one_of("date", entities.get("date")) or _single_day(entities.get("period"))
        case "email":
            return entities.get("email")
        case "choice":
            return _choice(field, words, options)
        case "rows":
            chosen = _choice(field, words, options)
            return said_rows(entities) or (
                None if chosen is None else [{"product": chosen, "quantity": None}]
            )


def labelled(fields: Sequence[Field], text: str) -> dict[str, str]:
    """Read "contact : Jeanne Maes" as the value of the free text whose label is named before the colon."""
    head, colon, rest = text.partition(":")
    named, said = fold(head), rest.strip()
    if not colon or not named or not said:
        return {}
    for field in fields:
        label = {fold(words_of(language).write(field.label)) for language in LANGUAGES}
        if field.kind == "text" and not field.many and any(_names(named, words) for words in label):
            return {field.name: said[: field.max_length + 1]}
    return {}


def _names(named: str, label: str) -> bool:
    return named == label or (len(named) >= NAMING_LETTERS and named in label.split())


def fold(text: str) -> str:
    """Fold a text for comparison: no accents, no capitals, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def labels(option: Option) -> set[str]:
    """Give an option's label in every language, folded: people mix them."""
    return {fold(words_of(language).write(option.label)) for language in LANGUAGES} - {""}


def find_option(text: str, options: Sequence[Option]) -> Option | None:
    """Find the one option whose label stands in the text, typos allowed; None where there are none or several."""
    folded = fold(text)
    if not folded:
        return None
    found = [
        option
        for option in options
        if any(
            len(label) >= 3
            and fuzz.partial_ratio(label, folded, score_cutoff=CLOSE_ENOUGH) >= CLOSE_ENOUGH
            and len(label) <= len(folded) + 2
            for label in labels(option)
        )
    ]
    return found[0] if len(found) == 1 else None


def _choice(field: Field, words: str, options: Sequence[Option]) -> Any | None:
    open_options = [option for option in options if option.reason is None]
    folded = fold(words)
    if field.many and folded in ALL:
        return [option.value for option in open_options]
    chosen = (
        _exact(folded, open_options) or _by_number(folded, open_options) or find_option(words, open_options)
    )
    if chosen is None:
        chosen = _by_part(folded, open_options)
    if chosen is None:
        return None
    return [chosen.value] if field.many else chosen.value


def find_named(text: str, options: Sequence[Option]) -> Option | None:
    """Find the one option that a message names, by its label or by a word of it that no other option has.

    "les factures de Lambert" names Menuiserie Lambert & Fils SA; short words and legal forms name nobody.
    """
    whole = find_option(text, options)
    if whole is not None or len(options) < 2:
        return whole
    said = [word for word in fold(text).split() if len(word) >= NAMING_LETTERS]
    words = [{word for label in labels(option) for word in label.split()} for option in options]
    found = [
        option
        for index, option in enumerate(options)
        if any(
            len(word) >= NAMING_LETTERS and fuzz.ratio(word, part) >= CLOSE_ENOUGH
            for word in words[index].difference(*(words[i] for i in range(len(words)) if i != index))
            for part in said
        )
    ]
    return found[0] if len(found) == 1 else None


def one_of(kind: str, value: Any) -> Any:
    """Give the one value of a field out of those a message holds.

    Months that follow each other are one period; several periods or days stay a list, to be refused rather than
    cut; of other things the first was meant.
    """
    if not isinstance(value, list) or not value:
        return value
    if kind == "period":
        return _joined(value)
    return value if kind == "date" and len(value) > 1 else value[0]


def _joined(periods: Sequence[Mapping[str, str]]) -> Any:
    ordered = sorted(periods, key=lambda period: period["start"])
    end = date.fromisoformat(ordered[0]["end"])
    for period in ordered[1:]:
        if date.fromisoformat(period["start"]) > end + timedelta(days=1):
            return list(periods)
        end = max(end, date.fromisoformat(period["end"]))
    return {"start": ordered[0]["start"], "end": end.isoformat()}


def _exact(folded: str, options: Sequence[Option]) -> Option | None:
    """Find an option by its label or its code; the ids of records are no codes, nobody knows them."""
    return next(
        (o for o in options if folded in labels(o) or (isinstance(o.value, str) and folded == fold(o.value))),
        None,
    )


def _by_number(folded: str, options: Sequence[Option]) -> Option | None:
    """Take "2" as the second option, as people answer numbered lists."""
    if folded.isdecimal() and len(folded) <= 2 and 1 <= int(folded) <= len(options):
        return options[int(folded) - 1]
    return None


def _by_part(folded: str, options: Sequence[Option]) -> Option | None:
    """Take a distinctive part of a label ("Lambert" for "Menuiserie Lambert")."""
    if len(folded) < 3:
        return None
    found = [option for option in options if any(folded in label for label in labels(option))]
    return found[0] if len(found) == 1 else None


def _number(words: str, entities: Mapping[str, Any]) -> int | None:
    quantity = entities.get("quantity")
    if isinstance(quantity, int):
        return quantity
    digits = "".join(words.replace("\u202f", " ").replace(".", " ").split())
    return int(digits) if digits.isdecimal() and len(digits) <= 9 else None


def _day_as_period(day: Any) -> dict[str, str] | None:
    return None if not isinstance(day, str) else {"start": day, "end": day}


def _single_day(period: Mapping[str, str] | None) -> str | None:
    if isinstance(period, Mapping) and period["start"] == period["end"]:
        return date.fromisoformat(period["start"]).isoformat()
    return None
