"""Hear a yes or a no to what was summed up, in any of the four languages."""

from __future__ import annotations

YES = frozenset[str]().union(
    ["oui", "ouais", "ok", "okay", "d'accord", "dac", "parfait", "confirme", "confirmer"],
    ["ja", "jawel", "jep", "akkoord", "goed", "bevestigen", "bevestig"],
    ["yes", "yep", "sure", "confirm"],
    ["jawohl", "einverstanden", "bestätigen"],
)
# What calls a form off, whatever it had asked for (CNV-3).
OFF = frozenset[str]().union(
    ["annule", "annulez", "annuler", "annulation", "arrête", "arrêter", "arrêtez", "stop", "stopp"],
    ["annuleer", "annuleren", "stoppen"],
    ["cancel", "abort"],
    ["abbrechen", "abbruch", "stornieren"],
)
NO = OFF | {"non", "nee", "neen", "no", "nein"}
# What leads to the question before, and past the one that is asked.
BACK = frozenset[str]().union(
    ["retour", "précédent", "précédente", "revenir", "arrière"],
    ["terug", "vorige"],
    ["back", "previous"],
    ["zurück"],
)
SKIP = frozenset[str]().union(
    ["passer", "passe", "passez", "sauter"], ["overslaan"], ["skip"], ["überspringen", "auslassen"]
)
STEPPING = frozenset({"en", "la", "question", "vraag", "go", "step", "frage", "een", "stap"})
# What is said beside a yes or a no without changing it.
POLITE = frozenset[str]().union(
    ["merci", "svp", "stp", "s'il", "te", "vous", "plaît", "plait", "c'est", "bon"],
    ["graag", "aub", "alsjeblieft", "alstublieft", "bedankt", "dank", "u"],
    ["please", "thanks", "thank", "you"],
    ["bitte", "danke", "gerne"],
)


def agrees(text: str) -> bool:
    """Hear a yes, polite or not; a yes with anything else in it is no plain yes."""
    words = _words(text)
    return bool(words & YES) and words <= YES | POLITE


def declines(text: str) -> bool:
    """Hear a plain no, polite or not."""
    words = _words(text)
    return bool(words & NO) and words <= NO | POLITE


def calls_off(text: str) -> bool:
    """Hear nothing but "annuler / annuleren / stop", polite or not."""
    words = _words(text)
    return bool(words & OFF) and words <= OFF | POLITE


def goes_back(text: str) -> bool:
    """Hear nothing but "retour / terug / back / zurück", polite or not."""
    words = _words(text)
    return bool(words & BACK) and words <= BACK | POLITE | STEPPING


def skips(text: str) -> bool:
    """Hear nothing but "passer / overslaan / skip / überspringen", polite or not."""
    words = _words(text)
    return bool(words & SKIP) and words <= SKIP | POLITE | STEPPING


def objects(text: str) -> bool:
    """Hear a no that says more: "non, je veux dire …"."""
    first, *rest = text.casefold().split() or [""]
    return first.strip(".,!? ") in NO and bool(rest) and not declines(text)


def _words(text: str) -> set[str]:
    return {word.strip(".,!? ") for word in text.casefold().replace("’", "'").split()} - {""}
