"""Tie Slack's events to what hears them, in the framework that checks signatures and speaks the protocol."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

from bot.channels.slack.buttons import CHOOSE, FILL, LINK, PRESS, WISH
from bot.channels.slack.hearing import COMMAND, Hearing
from bot.channels.slack.home import Home
from bot.channels.slack.modals import FILLED, SEARCH
from bot.channels.slack.workspaces import Workspaces

SHORTCUT = "make_ticket"


class Authorize(AsyncAuthorize):
    """Tell the framework which workspace an event comes from."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - the framework passes it
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,  # noqa: ARG002
        actor_enterprise_id: str | None = None,  # noqa: ARG002
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult | None:
        """Find the workspace; None where it does not have us."""
        return await self._workspaces.authorize(enterprise_id, team_id)


def make_application(
    workspaces: Workspaces,
    hearing: Hearing,
    home: Home,
    signing_secret: str | None,
    flow: AsyncOAuthFlow | None = None,
) -> AsyncApp:
    """Build the framework's application; an event is acknowledged once what hears it has returned."""

    app = AsyncApp(
        name="guichet",
        client=workspaces.client(None),
        signing_secret=signing_secret or "",
        authorize=Authorize(workspaces),  # type: ignore[arg-type]  # taken, though not declared
        oauth_flow=flow,
        process_before_response=True,
    )
    app.event("message")(hearing.message)
    app.event("app_mention")(hearing.message)
    app.event("app_home_opened")(home.opened)
    if flow is not None:
        departures = Departures(workspaces, flow)
        app.event("app_uninstalled")(departures.uninstalled)
        app.event("tokens_revoked")(departures.revoked)
    app.event(re.compile(".*"))(_ignore)
    app.action(re.compile(f"^({PRESS}|{CHOOSE}):"))(hearing.click)
    app.action(re.compile(f"^{WISH}:"))(hearing.wish)
    app.action(FILL)(hearing.open_form)
    app.action(re.compile(f"^{LINK}:"))(hearing.nothing)
    app.view(FILLED)(hearing.submit)
    app.options(SEARCH)(hearing.options)
    app.command(COMMAND)(hearing.command)
    app.shortcut(SHORTCUT)(hearing.shortcut)
    return app


class Departures:
    """Forget the workspaces that throw us out."""

    def __init__(self, workspaces: Workspaces, flow: AsyncOAuthFlow) -> None:
        self._workspaces = workspaces
        self._store = flow.settings.installation_store

    async def uninstalled(self, context: AsyncBoltContext) -> None:
        """Forget a workspace."""
        await self._store.async_delete_all(enterprise_id=context.enterprise_id, team_id=context.team_id)
        self._workspaces.forget()

    async def revoked(self, event: dict[str, Any], context: AsyncBoltContext) -> None:
        """Forget a workspace whose bot token was taken back; we hold no other kind."""
        if (event.get("tokens") or {}).get("bot"):
            await self.uninstalled(context)


async def _ignore(event: dict[str, Any]) -> None:
    """Let an event pass that means nothing here, so that Slack does not send it again."""
