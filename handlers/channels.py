"""Say where a message came from: its channel, for the audit log (ACC-9)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handlers.desk import Desk
from handlers.request import Request

# The names of platforms are the same in every language.
CHANNELS: Mapping[str, str] = MappingProxyType(
    {"slack": "Slack", "telegram": "Telegram", "web": "web", "terminal": "terminal"}
)


async def channel_of(request: Request, desk: Desk) -> str:
    """Name the channel that a request came by."""
    return (await desk.people.account(request.session.account_id)).channel
