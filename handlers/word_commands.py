"""Let people command by one word, in four languages, what they may also say: what chats offer in their menus."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handlers.commands import Commands, Entities

# In the order in which a menu shows them. They are written in small letters without accents, as platforms want
# them. "Cancel" is listed and not commanded: the dialogue itself hears it, whatever form is open.
WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "fr": {
            "aide": "chat.help",
            "factures": "invoice.search",
            "annexe": "invoice.annex",
            "recepisses": "receipt.generate",
            "envois": "item.search",
            "suivi": "item.track",
            "rapport": "report.create",
            "materiel": "supplies.order",
            "commandes_materiel": "supplies.history",
            "langue": "chat.language",
            "annuler": "chat.cancel",
        },
        "nl": {
            "hulp": "chat.help",
            "facturen": "invoice.search",
            "bijlage": "invoice.annex",
            "ontvangstbewijzen": "receipt.generate",
            "zendingen": "item.search",
            "volgen": "item.track",
            "rapport": "report.create",
            "materiaal": "supplies.order",
            "bestellingen_materiaal": "supplies.history",
            "taal": "chat.language",
            "annuleren": "chat.cancel",
        },
        "en": {
            "help": "chat.help",
            "invoices": "invoice.search",
            "annex": "invoice.annex",
            "receipts": "receipt.generate",
            "items": "item.search",
            "track": "item.track",
            "report": "report.create",
            "supplies": "supplies.order",
            "supply_orders": "supplies.history",
            "language": "chat.language",
            "cancel": "chat.cancel",
        },
        "de": {
            "hilfe": "chat.help",
            "rechnungen": "invoice.search",
            "anlage": "invoice.annex",
            "belege": "receipt.generate",
            "sendungen": "item.search",
            "verfolgen": "item.track",
            "bericht": "report.create",
            "material": "supplies.order",
            "materialbestellungen": "supplies.history",
            "sprache": "chat.language",
            "abbrechen": "chat.cancel",
        },
    }
)


def word_commands() -> Commands:
    """Gather the commands, with "start" for those who have just come and "link" for a code that came by mail."""
    commands = Commands()
    words: dict[str, set[str]] = {}
    for language in WORDS.values():
        for word, intent in language.items():
            words.setdefault(intent, set()).add(word)
    del words["chat.cancel"]
    for intent, of_intent in words.items():
        commands.add(intent, *of_intent)
    commands.add("chat.greet", "start")
    commands.add("access.link", "link", read=_code)
    return commands


def _code(rest: str, entities: Entities) -> Entities:
    """Take what follows as the code, unless an address was recognised in it."""
    code = rest.strip()
    return {"link_code": code} if code and "email" not in entities else entities
