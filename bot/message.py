"""Carry one event of a channel into the house: what somebody wrote, pressed or filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.cleaning import clean, clean_value, holds_password


@dataclass(frozen=True, slots=True)
class FormValues:
    """A form filled in as a whole: `key` names the opening of the form that was shown."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WishFor:
    """A wish named by the platform's own means, such as an entry of its menu: an intent with its entities."""

    intent: str
    entities: Mapping[str, Any]


# The place of a person's private talk with the counter, in every channel: what others must not read goes there.
DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Message:
    """One event, parsed by its channel.

    `event_id` is the platform's identity of the *message*, so that a redelivered event or its twin is known (of
    the click, for a press). `place_key` names where it was said, `direct` for a private talk; `private` is False
    where others read along: what concerns a customer is then answered in the private talk (GEN-4). `language_hint`
    is what the platform knows of the person's language; `now` fixes the clock for this one message. `unreadable`
    names what came instead of text: `voice`, `sticker`, `picture`, `contact`, `file`.
    `upload` is the content of a file that came, as far as the channel carries files; it is no part of `content()`, but
    kept apart (`bot.intake`).
    """

    channel: str
    account_key: str
    place_key: str
    event_id: str
    text: str = ""
    press: str | None = None
    form: FormValues | None = None
    unreadable: str | None = None
    wish: WishFor | None = None
    private: bool = True
    language_hint: str | None = None
    now: datetime | None = None
    upload: bytes | None = None

    def content(self) -> dict[str, Any]:
        """Give what the inbox keeps: cleaned, without passwords (ACC-7)."""
        cleaned = clean(self.text)
        given = {} if self.form is None else dict(self.form.values)
        wished = {} if self.wish is None else dict(self.wish.entities)
        content = {
            "text": cleaned.text,
            "held_password": cleaned.held_password or holds_password([given, wished]),
            "cut": cleaned.cut,
            "press": self.press,
            "form": None
            if self.form is None
            else {"key": clean(self.form.key).text, "values": clean_value(given)},
            "unreadable": self.unreadable,
            "language_hint": self.language_hint,
            "now": None if self.now is None else self.now.isoformat(),
        }
        if self.wish is not None:
            action = {"do": "wish", "intent": self.wish.intent, "entities": clean_value(wished)}
            content.update(action=action, label="")
        return content
