"""Name what we ask of a workspace, each with its reason; the manifest and the guide are tested against it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SCOPES: Mapping[str, str] = MappingProxyType(
    {
        "app_mentions:read": "hear when somebody calls the bot in a channel",
        "channels:history": "hear the further messages of a thread that the bot was called into",
        "channels:read": "ask who can read in a public channel before anything is said there",
        "chat:write": "answer, and update what was announced as under way",
        "commands": "the command /guichet and the shortcut on messages",
        "files:write": "hand files over in the private talk",
        "groups:history": "hear the further messages of a thread in a private channel",
        "groups:read": "ask who can read in a private channel",
        "im:history": "hear private talks, and see what was already sent when a process died",
        "im:read": "make sure that a private talk is one",
        "im:write": "open the private talk with a person",
        "users:read": "read the language of a person's profile",
    }
)
