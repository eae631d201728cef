"""Read Slack's events: who said what where, or nothing where it is none of our business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.slack.markup import mentions, read_text

Json = Mapping[str, Any]

CHANNEL = "slack"
# A message of a person; edited and deleted ones, joins and topics have other subtypes.
SAID = frozenset({None, "file_share", "thread_broadcast", "me_message"})
KINDS = {"audio": "voice", "video": "voice", "image": "picture"}


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person said. `identity` is that of the message, so that all events about it are one.

    `named` says that the bot was called by name; `others` that somebody else was.
    """

    user: str
    channel: str
    thread: str
    identity: str
    text: str
    unreadable: str | None
    named: bool
    others: bool
    in_thread: bool

    @property
    def in_talk(self) -> bool:
        """Tell whether it was said in a talk of two."""
        return self.channel.startswith("D")


def read_message(event: Json, team: str, bot_user_id: str | None) -> Heard | None:
    """Read a `message` or an `app_mention`; None for those of bots, and what is no message of a person."""
    user, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    if not user or not channel or not ts or user in {bot_user_id, "USLACKBOT"}:
        return None
    if event.get("bot_id") or event.get("bot_profile") or event.get("subtype") not in SAID:
        return None
    if event.get("hidden"):
        return None
    written = str(event.get("text") or "")
    named = mentions(written)
    text = read_text(written, bot_user_id)
    # Nothing but the bot's name: somebody calls it.
    unreadable = None if text else _kind(event.get("files") or ())
    if not text and unreadable is None and bot_user_id in named:
        text = "help"
    return Heard(
        user=str(user),
        channel=str(channel),
        thread=str(event.get("thread_ts") or ts),
        identity=f"{team}:{channel}:{ts}",
        text=text,
        unreadable=unreadable,
        named=bot_user_id in named or event.get("type") == "app_mention",
        others=bool(named - {bot_user_id}),
        in_thread=event.get("thread_ts") not in {None, ts},
    )


def _kind(files: Any) -> str | None:
    """Name what came instead of text."""
    if not files:
        return None
    first = files[0]
    if first.get("subtype") in {"slack_audio", "slack_video"}:
        return "voice"
    return KINDS.get(str(first.get("mimetype") or "").partition("/")[0], "file")


@dataclass(frozen=True, slots=True)
class Click:
    """A button pressed or an entry chosen: `value` is its token; `identity` that of the click."""

    user: str
    channel: str | None
    thread: str
    identity: str
    value: str
    trigger: str


def read_click(body: Json, team: str) -> Click | None:
    """Read the first action of an interaction; None where nothing was chosen."""
    action = (body.get("actions") or [{}])[0]
    value = (action.get("selected_option") or {}).get("value") or action.get("value")
    if not value:
        return None
    container, message = body.get("container") or {}, body.get("message") or {}
    where = container.get("message_ts") or container.get("view_id") or ""
    thread = container.get("thread_ts") or message.get("thread_ts") or container.get("message_ts") or ""
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id")
    return Click(
        user=str(body["user"]["id"]),
        channel=channel,
        thread=str(thread),
        identity=f"{team}:{where}:{action.get('action_ts')}:{value}",
        value=str(value),
        trigger=str(body.get("trigger_id") or ""),
    )
