"""Let agents and customers command what concerns tickets, in the words of four languages (TIC-2, ACC-10)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handlers.commands import Commands, Entities
from handlers.forms.reading import fold
from handlers.ticket_forms import canonical
from services.ticket_states import STATES

NUMBER = re.compile(r"(?:gc)?[\s-]*20\d\d[\s-]*\d{6}\b", re.IGNORECASE)
EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}")
LANGUAGES = {
    "fr": "fr",
    "nl": "nl",
    "en": "en",
    "de": "de",
    "francais": "fr",
    "nederlands": "nl",
    "english": "en",
    "deutsch": "de",
}
STATE_WORDS: Mapping[str, str] = {
    **{state: state for state in STATES},
    **dict.fromkeys(("nouveau", "nouveaux", "nieuw", "nieuwe", "neu", "neue"), "new"),
    **dict.fromkeys(("pris", "genomen", "ubernommen"), "taken"),
    **dict.fromkeys(("attente", "wachtend", "wartend"), "waiting"),
    **dict.fromkeys(("resolu", "resolus", "opgelost", "gelost"), "solved"),
    **dict.fromkeys(("clos", "gesloten", "geschlossen"), "closed"),
}
SUBJECT_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("question", "questions", "vraag", "vragen", "frage", "fragen"), "question"),
    **dict.fromkeys(("option", "options", "optie", "opties", "optionen"), "option"),
    **dict.fromkeys(("supplies", "material", "materiel", "materiaal"), "supplies"),
    **dict.fromkeys(("access", "acces", "toegang", "zugang"), "access"),
    **dict.fromkeys(("password", "motdepasse", "wachtwoord", "passwort"), "password"),
    **dict.fromkeys(("derogation", "afwijking", "ausnahme"), "derogation"),
    **dict.fromkeys(("distripost",), "distripost"),
}
MINE = frozenset({"mine", "moi", "miens", "mes", "mijn", "mij", "meine", "mich"})
OVERDUE = frozenset({"overdue", "late", "retard", "laat", "telaat", "uberfallig"})
QUEUE = frozenset({"queue", "file", "wachtrij", "warteschlange"})


def one(rest: str, _entities: Entities) -> Entities:
    """Read a ticket's number."""
    number = canonical(rest)
    return {} if number is None else {"ticket_number": number}


def words(rest: str, entities: Entities) -> Entities:
    """Read a ticket's number and, as they are, the words after it."""
    found = NUMBER.search(rest)
    if found is None:
        return {"message": rest.strip()} if rest.strip() else {}
    message = rest[found.end() :].lstrip(" \t\n:,-").rstrip()
    return {**one(rest, entities), **({"message": message} if message else {})}


def queue_filter(rest: str, _entities: Entities) -> Entities:
    """Read which tickets of the queue: a state, a subject, a language, mine, overdue."""
    said: dict[str, Any] = {}
    for word in fold(rest).split():
        if word in STATE_WORDS:
            said["state"] = STATE_WORDS[word]
        elif word in SUBJECT_WORDS:
            said["subject"] = SUBJECT_WORDS[word]
        elif word in LANGUAGES:
            said["language"] = LANGUAGES[word]
        elif word in MINE:
            said["mine"] = True
        elif word in OVERDUE:
            said["overdue"] = True
    return said


def receiver(rest: str, entities: Entities) -> Entities:
    """Read which ticket goes to whom."""
    email = EMAIL.search(rest)
    return {**one(rest, entities), **({"email": email[0]} if email else {})}


def two(rest: str, _entities: Entities) -> Entities:
    """Read which ticket goes into which other."""
    numbers = [canonical(match[0]) for match in NUMBER.finditer(rest)]
    return {name: number for name, number in zip(("ticket_number", "into"), numbers, strict=False) if number}


def canned(rest: str, entities: Entities) -> Entities:
    """Read which canned answer for which ticket."""
    code = " ".join(NUMBER.sub(" ", rest).split())
    return {**one(rest, entities), **({"code": code} if code else {})}


def customer(rest: str, _entities: Entities) -> Entities:
    """Read for whom an agent wants to work, and why: the reason is what follows the address or number."""
    found = EMAIL.search(rest) or re.search(r"\b\d{5,10}\b", rest)
    if found is None:
        return {}
    reason = rest[found.end() :].strip(" :,-")
    return {"customer": found[0].rstrip(".,:"), **({"reason": reason} if reason else {})}


def days(rest: str, _entities: Entities) -> Entities:
    """Read how many days back figures are wanted for."""
    number = re.search(r"\b\d{1,3}\b", rest)
    return {"days": int(number[0])} if number else {}


def ticket_commands() -> Commands:
    """Gather the commands."""
    commands = Commands()
    commands.add("ticket.list", "queue", "file", "wachtrij", "warteschlange", read=queue_filter)
    commands.add("ticket.status", "ticket", "show", "voir", "toon", "zeige", read=one)
    commands.add("ticket.take", "take", "prendre", "prends", "neem", "nemen", "nehmen", read=one)
    commands.add(
        "ticket.reply", "answer", "reply", "répondre", "réponds", "antwoord", "antworten", read=words
    )
    commands.add("ticket.note", "note", "noter", "notitie", "notiz", read=words)
    commands.add("ticket.solve", "solve", "solved", "résolu", "opgelost", "gelöst", read=one)
    commands.add("ticket.close", "close", "clore", "clôturer", "sluiten", "schließen", read=one)
    commands.add("ticket.reopen", "reopen", "rouvrir", "heropenen", "wiedereröffnen", read=one)
    commands.add("ticket.hand_over", "handover", "transférer", "doorgeven", "weitergeben", read=receiver)
    commands.add("ticket.put_back", "putback", "remettre", "terugleggen", "zurücklegen", read=one)
    commands.add("ticket.merge", "merge", "fusionner", "samenvoegen", "zusammenführen", read=two)
    commands.add("ticket.macro", "macro", "macros", "modèle", "sjabloon", "vorlage", read=canned)
    commands.add("ticket.figures", "figures", "chiffres", "cijfers", "zahlen", read=days)
    commands.add("option.accept", "activate", "activer", "activeren", "aktivieren", read=one)
    commands.add("option.decline", "decline", "décliner", "afwijzen", "zurückweisen", read=one)
    commands.add("agent.on_behalf", "behalf", "pour", "namens", "für", read=customer)
    commands.add("agent.end", "end", "fin", "terminer", "einde", "ende")
    commands.add("access.visits", "visits", "consultations", "raadplegingen", "zugriffe")
    return commands
