"""Draw the counter's own page in Slack: open requests, rights, language, examples to try."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt.context.async_context import AsyncBoltContext

from bot.channels.slack import limits
from bot.channels.slack.drawing import draw_block
from bot.channels.slack.inbound import CHANNEL
from bot.channels.slack.places import FAULTS, Acquaintance, account_key
from bot.channels.slack.workspaces import Workspaces
from bot.message import DIRECT
from bot.open_forms import Whose
from bot.overview import Overview
from bot.wiring import Counter
from locales.words import words_of

log = structlog.get_logger()


class Home:
    """Publish a person's page when they open it."""

    def __init__(self, counter: Counter, workspaces: Workspaces, acquaintance: Acquaintance) -> None:
        self._overview = Overview(counter.house)
        self._workspaces = workspaces
        self._acquaintance = acquaintance

    async def opened(self, event: dict[str, Any], context: AsyncBoltContext) -> None:
        """Publish the page of whoever opened it; a page that fails is drawn anew the next time."""
        if event.get("tab") != "home" or context.authorize_result is None:
            return
        team, user = str(context.authorize_result.team_id), str(event["user"])
        hint = await self._acquaintance.language(team, user)
        seen = await self._overview.draw(Whose(CHANNEL, account_key(team, user), DIRECT, True, hint))
        words = words_of(seen.language)
        blocks = [kit for block in seen.blocks for kit in draw_block(block, words)]
        try:
            client = await self._workspaces.client_of(team)
            await client.views_publish(
                user_id=user, view={"type": "home", "blocks": blocks[: limits.MODAL_BLOCKS]}
            )
        except FAULTS as error:
            log.warning("home_not_published", channel=CHANNEL, reason=type(error).__name__)
