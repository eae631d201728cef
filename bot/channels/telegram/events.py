"""Read what Telegram tells of: one update becomes one message for the house, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from telegram import CallbackQuery, Chat, InaccessibleMessage, Update, User
from telegram import Message as TelegramMessage
from telegram.constants import ChatType, MessageEntityType

from bot.message import DIRECT, Message

CHANNEL = "telegram"
# What is asked for; an edited message has the identity of the first, so that one effect comes of both.
WANTED = ("message", "edited_message", "callback_query")
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+|$)")
# Told apart by what Telegram puts into the message; the first that fits names it.
UNREADABLE = {
    "voice": ("voice", "audio", "video_note"),
    "sticker": ("sticker", "animation", "dice"),
    "picture": ("photo", "video"),
    "contact": ("contact", "location", "venue"),
    "file": ("document", "poll", "story", "game", "paid_media"),
}


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account."""

    id: int
    username: str


def read(update: Update, me: Me) -> Message | None:
    """Read an update; None for what is not said to the bot, or by nobody."""
    if update.callback_query is not None:
        return _read_press(update.callback_query)
    said = update.message or update.edited_message
    if said is None or said.from_user is None or said.from_user.is_bot or said.sender_chat is not None:
        return None
    text = said.text or said.caption or ""
    if not text and _unreadable(said) is None:
        return None
    is_private = said.chat.type == ChatType.PRIVATE
    if not is_private and not _is_called(said, text, me):
        return None
    words = _addressed(said, text, me)
    return _message(
        said.from_user,
        said.chat,
        said.message_thread_id if said.is_topic_message else None,
        f"{said.chat.id}:{said.message_id}",
        text=words,
        unreadable=None if words else _unreadable(said),
    )


def _read_press(query: CallbackQuery) -> Message | None:
    """Read a press: the query is the click's identity; its data is our token."""
    under = query.message
    if under is None or not query.data:
        return None
    thread = None
    if not isinstance(under, InaccessibleMessage) and isinstance(under, TelegramMessage):
        thread = under.message_thread_id if under.is_topic_message else None
    return _message(query.from_user, under.chat, thread, f"query:{query.id}", press=query.data)


def _message(
    user: User,
    chat: Chat,
    thread: int | None,
    event_id: str,
    *,
    text: str = "",
    press: str | None = None,
    unreadable: str | None = None,
) -> Message:
    is_private = chat.type == ChatType.PRIVATE
    return Message(
        channel=CHANNEL,
        account_key=str(user.id),
        place_key=DIRECT if is_private else place_of(chat.id, thread),
        event_id=event_id,
        text=text,
        press=press,
        unreadable=unreadable,
        private=is_private,
        language_hint=(user.language_code or "").partition("-")[0].lower() or None,
    )


def place_of(chat_id: int, thread: int | None) -> str:
    """Name a group, or a topic in it, as a place."""
    return str(chat_id) if thread is None else f"{chat_id}:{thread}"


def chat_of(place_key: str, account_key: str) -> tuple[int, int | None]:
    """Give the chat and topic that a place names; the private talk is the chat with the person."""
    chat_id, _, thread = (account_key if place_key == DIRECT else place_key).partition(":")
    return int(chat_id), int(thread) if thread else None


def message_of(event_id: str | None) -> int | None:
    """Give the number of the message that an event was; None for a click."""
    chat_id, _, number = (event_id or "").partition(":")
    return int(number) if chat_id.lstrip("-").isdigit() and number.isdigit() else None


def _unreadable(said: TelegramMessage) -> str | None:
    for kind, names in UNREADABLE.items():
        if any(getattr(said, name, None) for name in names):
            return kind
    return None


def _is_called(said: TelegramMessage, text: str, me: Me) -> bool:
    """Tell whether the bot is meant among others: by command, by its name, or in answer to it."""
    command = COMMAND.match(text)
    if command is not None:
        return command[2] is None or command[2].casefold() == me.username.casefold()
    answered = said.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.id == me.id:
        return True
    return any(True for _ in _mentions(said, text, me))


def _mentions(said: TelegramMessage, text: str, me: Me) -> Iterator[str]:
    """Find where the bot is named in a message."""
    entities = said.entities or said.caption_entities
    for entity in entities:
        if entity.type == MessageEntityType.TEXT_MENTION:
            if entity.user is not None and entity.user.id == me.id:
                yield _stretch(text, entity.offset, entity.length)
        elif entity.type == MessageEntityType.MENTION:
            name = _stretch(text, entity.offset, entity.length)
            if name.casefold() == f"@{me.username}".casefold():
                yield name


def _stretch(text: str, offset: int, length: int) -> str:
    """Take a stretch that is given in UTF-16 units."""
    return text.encode("utf-16-le", "surrogatepass")[2 * offset : 2 * (offset + length)].decode(
        "utf-16-le", "replace"
    )


def _addressed(said: TelegramMessage, text: str, me: Me) -> str:
    """Take the bot's name out of what was said, and write a command the house's way."""
    command = COMMAND.match(text)
    if command is not None and (command[2] or me.username).casefold() == me.username.casefold():
        return _command(command[1], text[command.end() :].strip())
    for name in _mentions(said, text, me):
        text = text.replace(name, " ", 1)
    # A name alone calls the bot without a wish: it is shown what can be done.
    return text.strip() or ("/guichet" if said.text else "")


def _command(name: str, rest: str) -> str:
    """Write "/guichet …"; the deep link of a linking mail comes as "/start CODE"."""
    if name.casefold() == "guichet":
        return f"/guichet {rest}".strip()
    if name.casefold() == "start" and rest:
        return f"/guichet link {rest}"
    return f"/guichet {name.replace('_', ' ')} {rest}".strip()
