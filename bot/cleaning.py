"""Take out of a text what must never be written anywhere: control characters and passwords (ACC-7)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST = 10_000
KEPT_CONTROLS = frozenset("\n\t")
BLANKED = "•••••"

# A word that announces a password, a sign that it follows, and the word after it. Each part is bounded, so that
# reading stays linear in the length of the text.
_WORDS = (
    r"mots?\s{0,3}de\s{0,3}passe|mdp|pass\s?words?|passwords?|passphrase|pwd|wachtwoorden|wachtwoord|paswoord|"
    r"passw[oö]rt(?:er)?|kennwort|zugangscode|codes?\s{1,3}d['’]acc[eè]s|toegangscode|access\s{1,3}code"
)
_SIGNS = r"\s{0,3}(?:[:=]|\b(?:est|c['’]est|is|ist|lautet|luidt)\b\s{0,2}:?)\s{0,3}"
_QUOTED = r"[\"«»“„]\s?(?P<quoted>[^\"«»”“\n]{4,80})"
_PASSWORD = re.compile(
    rf"\b(?:{_WORDS})\b{_SIGNS}(?:{_QUOTED}|'?(?P<secret>[^\s\"'»”]{{4,80}}))", re.IGNORECASE
)
# Without such a sign, or with a few words before it ("mon nouveau mot de passe du portail est …"), only what looks
# like a password is taken for one: letters with digits or signs among them.
_GAP = r"(?:[^\S\n]{1,3}[^\W\d_]{1,20}){0,4}?"
_KNOWN = r"(?!CS\d{12}\b|[A-Z]{2}\d{9}[A-Z]{2}\b|\S{1,64}@\S{1,64}\.)"
_MIXED = r"(?=[^\s\d]{0,79}\d|[^\s\w]{0,79}\w{1,79}[!#$%&*+@^~])(?=\S{0,79}[^\W\d_])"
_LIKELY = re.compile(
    rf"\b(?:{_WORDS})\b{_GAP}(?:{_SIGNS}|\s{{1,3}})[\"'«»“„]?{_KNOWN}"
    rf"(?P<secret>{_MIXED}[^\s\"'»”]{{6,80}})",
    re.IGNORECASE,
)
# "mon mot de passe est oublié", "is vergeten": what follows is no password.
_NO_SECRET = re.compile(
    r"(?:oubli|perdu|expir|bloqu|vergeten|verlopen|kwijt|geblokkeerd|forgotten|lost|expired|vergessen|abgelaufen|"
    r"gesperrt|wrong|faux|incorrect|fout|verkeerd|falsch|invalid|refus|(?:not|niet|pas|nicht|plus|ne|trop|te|"
    r"toujours|comment|quel|quelle|combien|pourquoi|minimum|hoe|hoeveel|waar|waarom|welk|how|what|where|which|"
    r"wie|wo|was|warum|immer|altijd|always|still|encore|nog|noch|n[eé]cessaire|obligatoire|correcte?|bon|nodig|"
    r"verplicht|juist|required|needed|right|valid|n[oö]tig|richtig|erforderlich)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text that may be kept; `held_password` and `cut` say what was taken out."""

    text: str
    held_password: bool = False
    cut: bool = False


def clean(text: str) -> Cleaned:
    """Clean a text of control and direction characters, cut it at 10,000 characters, blank passwords."""
    cut = len(text) > MOST
    visible = "".join(
        c if c in KEPT_CONTROLS or not _is_control(c) else " " if c.isspace() else "" for c in text[:MOST]
    )
    blanked, count = _blank(visible)
    return Cleaned(blanked.strip(), held_password=count > 0, cut=cut)


def _is_control(character: str) -> bool:
    """Tell control, direction and unpaired surrogate characters; joiners inside emoji stay."""
    if character in "\u200c\u200d":
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}


def clean_value(value: Any) -> Any:
    """Clean every text inside a form's value, which may be a list or hold parts."""
    match value:
        case str():
            return clean(value).text
        case list():
            return [clean_value(part) for part in value]
        case dict():
            return {clean(str(name)).text: clean_value(part) for name, part in value.items()}
    return value


def holds_password(value: Any) -> bool:
    """Tell whether any text inside a form's value holds a password."""
    match value:
        case str():
            return clean(value).held_password
        case list():
            return any(map(holds_password, value))
        case dict():
            return any(map(holds_password, value.values()))
    return False


def _secrets(text: str) -> Iterator[tuple[int, int]]:
    """Give where passwords stand."""
    for match in _PASSWORD.finditer(text):
        yield match.span("quoted") if match["quoted"] else match.span("secret")
    for match in _LIKELY.finditer(text):
        yield match.span("secret")


def _is_no_secret(word: str) -> bool:
    """Tell an ordinary word; one with a digit in it is none, whatever it begins with."""
    return _NO_SECRET.match(word) is not None and not any(map(str.isdigit, word))


def _blank(text: str) -> tuple[str, int]:
    pieces: list[str] = []
    at, count = 0, 0
    for start, end in sorted(_secrets(text)):
        if start < at or _is_no_secret(text[start:end]):
            continue
        pieces.extend((text[at:start], BLANKED))
        at, count = end, count + 1
    return "".join((*pieces, text[at:])), count
