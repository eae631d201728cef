"""Take out of a text what must never be written anywhere: control characters and passwords (ACC-7)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST = 10_000
KEPT_CONTROLS = frozenset("\n\t")
BLANKED = "•••••"

# A word that announces a password, a sign that it follows, and the word after it. Each part is bounded, so that
# reading stays linear in the length of the text.
_WORDS = (
    r"mots?\s{1,3}de\s{1,3}passe|mdp|pass\s?words?|passwords?|pwd|wachtwoorden|wachtwoord|paswoord|passwort|"
    r"kennwort|code\s{1,3}d['’]acc[eè]s|toegangscode|access\s{1,3}code"
)
_SIGNS = r"\s{0,3}(?:[:=]|\b(?:est|c['’]est|is|ist|lautet|luidt)\b\s{0,2}:?)\s{0,3}"
_PASSWORD = re.compile(rf"\b(?:{_WORDS})\b{_SIGNS}[\"'«“]?\s?(?P<secret>[^\s\"'»”]{{4,80}})", re.IGNORECASE)
# "mon mot de passe est oublié", "is vergeten": what follows is no password.
_NO_SECRET = re.compile(
    r"(?:oubli|perdu|expir|bloqu|vergeten|verlopen|kwijt|geblokkeerd|forgotten|lost|expired|vergessen|abgelaufen|"
    r"gesperrt|wrong|faux|incorrect|fout|verkeerd|falsch|not|niet|pas|nicht|plus|invalid|toujours|refus|ne\b|trop|te\b)",
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
    visible = "".join(c for c in text[:MOST] if c in KEPT_CONTROLS or not _is_control(c))
    blanked, count = _blank(visible)
    return Cleaned(blanked.strip(), held_password=count > 0, cut=cut)


def _is_control(character: str) -> bool:
    """Tell control, direction and unpaired surrogate characters; joiners inside emoji stay."""
    if character in "\u200c\u200d":
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}


def _blank(text: str) -> tuple[str, int]:
    pieces: list[str] = []
    at, count = 0, 0
    for match in _PASSWORD.finditer(text):
        start, end = match.span("secret")
        if _NO_SECRET.match(text, start):
            continue
        pieces.extend((text[at:start], BLANKED))
        at, count = end, count + 1
    return "".join((*pieces, text[at:])), count
