"""Gather the sentences of the code and bring each language's catalogue up to date: `make messages`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from locales.words import FOLDER, LANGUAGES

ROOT = FOLDER.parent
SOURCES = ("bot", "documents", "handlers", "locales", "services")
KEYWORDS = {"say": None, "say_many": (1, 2)}
FIXED = datetime(2026, 1, 1, tzinfo=UTC)


def extract() -> Catalog:
    """Collect every `say` and `say_many` of the code with its translator notes."""
    template = Catalog(project="Guichet", charset="utf-8", creation_date=FIXED, revision_date=FIXED)
    for folder in SOURCES:
        found = extract_from_dir(str(ROOT / folder), keywords=KEYWORDS, comment_tags=("Translators:",))
        for filename, _line, message, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
            place = (f"{folder}/{Path(filename).as_posix()}", 0)
            template.add(message, locations=[place], auto_comments=comments, context=context)
    return template


def catalogue_path(language: str) -> Path:
    """Name the file that holds a language's messages."""
    return FOLDER / language / "LC_MESSAGES" / "guichet.po"


def read_catalogue(language: str) -> Catalog:
    """Read a language's messages, an empty catalogue where there is none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, project="Guichet", charset="utf-8", creation_date=FIXED, fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def main() -> None:
    """Write the catalogues anew, keeping the translations that still have their sentence."""
    template = extract()
    for language in LANGUAGES:
        catalogue = read_catalogue(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.revision_date = FIXED
        with catalogue_path(language).open("wb") as target:
            write_po(target, catalogue, omit_header=False, include_lineno=False, width=110, sort_output=True)


if __name__ == "__main__":
    main()
