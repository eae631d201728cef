"""Offer Telegram's list of commands in each language; each is a word that the house understands as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from telegram import Bot, BotCommand

from handlers.names import INTENTS
from locales.words import LANGUAGES, words_of

# What the words of a language ask for; Telegram wants small letters without accents.
COMMANDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
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
            "sprache": "chat.language",
            "abbrechen": "chat.cancel",
        },
    }
)
DEFAULT = "en"


async def offer(bot: Bot) -> None:
    """Set the list of each language; people whose Telegram speaks another one see the English."""
    for language in LANGUAGES:
        words = words_of(language)
        listed = [
            BotCommand(name, words.write(INTENTS[intent])) for name, intent in COMMANDS[language].items()
        ]
        await bot.set_my_commands(listed, language_code=language)
        if language == DEFAULT:
            await bot.set_my_commands(listed)
