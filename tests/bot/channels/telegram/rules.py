"""What Telegram refuses, told in its own words: the rules of the Bot API that our messages are held to."""

import re
from typing import Any
from urllib.parse import urlsplit

FIELDS: dict[str, set[str]] = {
    "getMe": set(),
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "max_connections", "drop_pending_updates"},
    "deleteWebhook": {"drop_pending_updates"},
    "getWebhookInfo": set(),
    "setMyCommands": {"commands", "scope", "language_code"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert", "url", "cache_time"},
    "sendMessage": {
        "chat_id",
        "text",
        "entities",
        "message_thread_id",
        "reply_markup",
        "reply_parameters",
        "link_preview_options",
    },
    "sendDocument": {
        "chat_id",
        "document",
        "caption",
        "caption_entities",
        "message_thread_id",
        "reply_markup",
        "reply_parameters",
        "disable_content_type_detection",
    },
    "sendPhoto": {
        "chat_id",
        "photo",
        "caption",
        "caption_entities",
        "message_thread_id",
        "reply_markup",
        "reply_parameters",
    },
}
ENTITY_KINDS = {"bold", "italic", "pre", "code", "underline", "strikethrough", "spoiler"}
MOST_BYTES = {"document": 50_000_000, "photo": 10_000_000}
SHORTENED = "Bad Request: "


class Refused(Exception):
    """Telegram refuses a request: a status and what it says."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def refuse(what: str) -> Refused:
    return Refused(400, f"{SHORTENED}{what}")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def check_fields(method: str, given: dict[str, Any]) -> None:
    """Refuse methods and fields that do not exist, or that we have no business with."""
    if method not in FIELDS:
        raise Refused(404, "Not Found: method not found")
    unknown = given.keys() - FIELDS[method]
    if unknown:
        raise refuse(f"unknown fields {sorted(unknown)}")


def check_text(text: str, entities: list[dict[str, Any]], *, limit: int, name: str) -> None:
    """Refuse an empty or long text and entities that do not lie in it."""
    if "\x00" in text:
        raise refuse("strings must not contain NUL")
    if name == "message" and not re.sub(r"[\s\u200b-\u200f\u2028-\u202e\u2060\ufeff]", "", text):
        raise refuse("message text is empty")
    if text != text.strip():
        raise refuse("the text would be trimmed, and its entities would lie elsewhere")
    if units(text) > limit:
        raise refuse(f"{name} is too long")
    if len(entities) > 100:
        raise refuse("entities beyond a hundred are ignored")
    spans = []
    whole = text.encode("utf-16-le")
    for entity in entities:
        if entity.keys() - {"type", "offset", "length"} or entity["type"] not in ENTITY_KINDS:
            raise refuse(f"can't parse entities: {entity}")
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if not 0 <= start < end <= units(text):
            raise refuse("entity lies outside the text")
        # A bound within a surrogate pair leaves half a character, which no decoder takes.
        for bound in (start, end):
            try:
                whole[: 2 * bound].decode("utf-16-le")
            except UnicodeDecodeError:
                raise refuse("entity begins in the middle of a character") from None
        spans.append((start, end))
    for (_start, end), (start, _end) in zip(sorted(spans), sorted(spans)[1:], strict=False):
        if start < end:
            raise refuse("entities overlap")


def check_keyboard(markup: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Refuse buttons that Telegram does not take, and list the others."""
    if markup is None:
        return []
    if markup.keys() != {"inline_keyboard"}:
        raise refuse("object expected as reply markup")
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    if not buttons or not all(markup["inline_keyboard"]) or len(buttons) > 100:
        raise refuse("reply markup is too long" if buttons else "reply markup is empty")
    for row in markup["inline_keyboard"]:
        if len(row) > 8:
            raise refuse("too many buttons in a row")
    for button in buttons:
        _check_button(button)
    return buttons


def _check_button(button: dict[str, Any]) -> None:
    if not str(button.get("text", "")).strip():
        raise refuse("text buttons are unallowed in the inline keyboard")
    kinds = button.keys() - {"text"}
    if kinds == {"callback_data"}:
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise refuse("BUTTON_DATA_INVALID")
    elif kinds == {"url"}:
        parts = urlsplit(button["url"])
        if parts.scheme not in {"http", "https", "tg"} or "." not in (parts.hostname or ""):
            raise refuse(f"inline keyboard button URL '{button['url']}' is invalid: wrong HTTP URL")
    else:
        raise refuse(f"a button must have one kind: {sorted(kinds)}")


def check_commands(commands: list[dict[str, str]]) -> None:
    """Refuse commands that Telegram does not take."""
    if len(commands) > 100:
        raise refuse("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise refuse("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise refuse("BOT_COMMAND_DESCRIPTION_INVALID")
