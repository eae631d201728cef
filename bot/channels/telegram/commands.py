"""Offer Telegram's list of commands in each language: the house's own words (handlers.word_commands)."""

from __future__ import annotations

from telegram import Bot, BotCommand

from handlers.names import INTENTS
from handlers.word_commands import WORDS
from locales.words import words_of

DEFAULT = "en"


async def offer(bot: Bot) -> None:
    """Set the list of each language; people whose Telegram speaks another one see the English."""
    for language, listed in WORDS.items():
        words = words_of(language)
        commands = [BotCommand(name, words.write(INTENTS[intent])) for name, intent in listed.items()]
        await bot.set_my_commands(commands, language_code=language)
        if language == DEFAULT:
            await bot.set_my_commands(commands)
