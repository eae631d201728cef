"""Find e-mail addresses in linear time, whatever the text."""

from __future__ import annotations

from intents.entities.findings import Findings

# "Registered P@ck.Merci" is an option and a full stop.
NOT_A_HOST = "p@ck."
LOCAL_SIGNS = frozenset("._%+-'")
LONGEST_LOCAL = 64
LONGEST_DOMAIN = 253
# French joins a word to the next: "l'adresse d'info@exemple.be" is written to info@exemple.be.
ELISIONS = ("d'", "l'", "qu'", "n'", "s'", "j'", "m'", "t'", "c'")


def find_emails(found: Findings) -> None:
    """Add each address, in lower case, by walking left and right from its at sign."""
    plain = found.folded.plain
    place = plain.find("@")
    while place >= 0:
        start = _start_of_local(plain, place)
        end = _end_of_domain(plain, place)
        if start < place < end and not plain.startswith(NOT_A_HOST, place - 1):
            address = found.folded.original(start, end).lower().replace("\u2019", "'")
            found.add("email", address, (start, end))
        place = plain.find("@", place + 1)


def _start_of_local(plain: str, at: int) -> int:
    start = at
    while start > 0 and at - start < LONGEST_LOCAL and _is_local(plain[start - 1]):
        start -= 1
    while start < at and plain[start] in LOCAL_SIGNS:
        start += 1
    for elision in ELISIONS:
        if plain.startswith(elision, start, at):
            return start + len(elision)
    return start


def _is_local(character: str) -> bool:
    return character.isalnum() or character in LOCAL_SIGNS


def _end_of_domain(plain: str, at: int) -> int:
    """Return the end of the host's name behind an at sign, or the at sign's place where there is none."""
    end = at + 1
    while end < len(plain) and end - at <= LONGEST_DOMAIN and (plain[end].isalnum() or plain[end] in ".-"):
        end += 1
    labels = plain[at + 1 : end].rstrip(".-").split(".")
    if len(labels) < 2 or not all(labels) or not labels[-1].isalpha() or len(labels[-1]) < 2:
        return at
    return at + 1 + sum(map(len, labels)) + len(labels) - 1
