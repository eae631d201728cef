"""Fail where a sentence is missing, fuzzy or stale, or where its places differ between languages."""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from locales.extract import extract, read_catalogue
from locales.words import LANGUAGES


def places(text: str) -> set[str]:
    """List the named places of a sentence; a sentence that `format` cannot read has none."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def faults(language: str, template: Catalog) -> Iterator[str]:
    """Say what is wrong with a language's catalogue, a line each."""
    catalogue = read_catalogue(language)
    wanted = {message.id: message for message in template if message.id}
    present = {message.id: message for message in catalogue if message.id}
    for key in wanted.keys() - present.keys():
        yield f"{language}: not in the catalogue (run `make messages`): {key}"
    for key in present.keys() - wanted.keys():
        yield f"{language}: stale, no longer in the code: {key}"
    for key in wanted.keys() & present.keys():
        yield from _message_faults(language, present[key])


def _message_faults(language: str, message: Message) -> Iterator[str]:
    originals = message.id if isinstance(message.id, tuple | list) else [message.id]
    written = message.string if isinstance(message.string, tuple | list) else [message.string]
    if not all(written):
        yield f"{language}: not translated: {originals[0]}"
        return
    if message.fuzzy:
        yield f"{language}: fuzzy: {originals[0]}"
    allowed = set().union(*map(places, originals))
    for text in filter(None, written):
        if places(text) - allowed or (allowed - {"count"}) - places(text):
            yield f"{language}: places differ from the original: {text}"


def main() -> int:
    """Print every fault and give the exit code."""
    template = extract()
    found = [line for language in LANGUAGES for line in faults(language, template)]
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
