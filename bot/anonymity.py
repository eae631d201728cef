"""Take out of a message what could name a person or a customer, so that its words may be kept to learn from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from intents.understanding import Understanding

MOST = 500
HIDDEN = "…"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S{1,64}@\S{1,255}")
# A capital inside a sentence is most often a name; the sentence's own first letter stays.
_NAME = re.compile(r"(?<=[\w,;:('’«\"] )[A-ZÀ-Þ][\w'’-]{1,40}|(?<=[('’«\"])[A-ZÀ-Þ][\w'’-]{1,40}")
_TITLE = r"(?:m|mr|mme|mlle|mevr|mw|dhr|dr|me|hr|fr|frau|herr|mrs|ms|monsieur|madame|meneer|mevrouw)"
_TITLED = re.compile(rf"\b({_TITLE}\.?\s{{1,3}})[^\W\d_][\w'’-]{{1,40}}", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"\b(je m['’]appelle|mon nom est|ik heet|mijn naam is|my name is|ich hei(?:ß|ss)e|mein name ist)\s{1,3}"
    r"[^\W\d_][\w'’-]{0,40}(?:\s{1,3}[^\W\d_][\w'’-]{1,40}){0,2}",
    re.IGNORECASE,
)


def anonymous(understood: Understanding, names: Iterable[str] = ()) -> str:
    """Give a message's words without faulty numbers, digits, addresses, capitalised and titled names.

    `names` are the person's own and those of their companies: they go in any writing.
    """
    text = understood.text[:MOST]
    for fault in understood.faults:
        text = text.replace(understood.text[fault.start : fault.end] or HIDDEN, HIDDEN)
    text = _ADDRESS.sub(HIDDEN, text)
    for part in sorted(
        {part for name in names for part in name.split() if len(part) > 2}, key=len, reverse=True
    ):
        text = re.sub(rf"\b{re.escape(part)}\b", HIDDEN, text, flags=re.IGNORECASE)
    text = _INTRODUCED.sub(rf"\1 {HIDDEN}", _TITLED.sub(rf"\1{HIDDEN}", text))
    return re.sub(r"\d", "0", _NAME.sub(HIDDEN, text))
