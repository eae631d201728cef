"""Let many workspaces install us: the store of their tokens, sealed, and of the leave that Slack's pages bring back."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from logging import Logger, getLogger
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.inbound import CHANNEL
from bot.channels.slack.scopes import SCOPES
from bot.channels.slack.workspaces import Workspace
from bot.settings import Settings
from services.database import Database
from services.installations import Installations

INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"
LEAVE_SECONDS = 600


class InstallationStore(AsyncInstallationStore):
    """Slack's store of installations on our records: bots only, tokens sealed with our secret key."""

    def __init__(self, database: Database, secret: str) -> None:
        self._database = database
        self._seal = Fernet(_key(secret, b"slack installations"))

    @property
    def logger(self) -> Logger:
        """Give the log of the framework."""
        return getLogger(__name__)

    async def async_save(self, installation: Installation) -> None:
        """Keep what a workspace gave us."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot's token under its workspace, or its organisation where that installed us as a whole."""
        kept = {
            "token": bot.bot_token,
            "bot_user_id": bot.bot_user_id,
            "bot_id": bot.bot_id,
            "enterprise": bot.enterprise_id,
        }
        workspace = bot.enterprise_id if bot.is_enterprise_install else bot.team_id
        sealed = self._seal.encrypt(json.dumps(kept).encode())
        async with self._database.transaction() as session:
            await Installations(session, CHANNEL).keep(str(workspace), sealed, datetime.now(UTC))

    async def find(self, enterprise: str | None, team: str | None) -> Workspace | None:
        """Find the installation of a workspace, or of its organisation."""
        async with self._database.transaction() as session:
            installations = Installations(session, CHANNEL)
            for name in (team, enterprise):
                sealed = await installations.find(name) if name else None
                if name and sealed is not None:
                    return self._opened(name, sealed)
        return None

    def _opened(self, name: str, sealed: bytes) -> Workspace | None:
        try:
            kept: dict[str, Any] = json.loads(self._seal.decrypt(sealed))
        except InvalidToken:
            # Our key was changed: the workspace installs us once more.
            return None
        return Workspace(name, kept["token"], kept["bot_user_id"], kept["bot_id"], kept["enterprise"])

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace that has thrown us out."""
        async with self._database.transaction() as session:
            await Installations(session, CHANNEL).remove(str(team_id or enterprise_id))

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace whose token was taken back."""
        await self.async_delete_all(enterprise_id=enterprise_id, team_id=team_id)


class Leaves(AsyncOAuthStateStore):
    """The leave to install, given to a browser for ten minutes; it is signed, and bound to that browser's cookie."""

    def __init__(self, secret: str) -> None:
        self._seal = Fernet(_key(secret, b"slack leave to install"))

    @property
    def logger(self) -> Logger:
        """Give the log of the framework."""
        return getLogger(__name__)

    async def async_issue(self, *_args: Any, **_more: Any) -> str:
        """Give a leave."""
        return self._seal.encrypt(b"install").decode()

    async def async_consume(self, state: str) -> bool:
        """Tell whether a leave is ours and not too old."""
        try:
            return self._seal.decrypt(state.encode(), ttl=LEAVE_SECONDS) == b"install"
        except (InvalidToken, UnicodeEncodeError):
            return False


def make_flow(
    settings: Settings, store: InstallationStore, client: AsyncWebClient, secret: str
) -> AsyncOAuthFlow:
    """Put together what Slack's pages of an installation call."""
    client_secret = settings.slack_client_secret
    public = settings.public_url.rstrip("/")
    return AsyncOAuthFlow(
        client=client,
        settings=AsyncOAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=client_secret.get_secret_value() if client_secret else "",
            scopes=list(SCOPES),
            user_scopes=[],
            redirect_uri=f"{public}{REDIRECT_PATH}" if public else None,
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
            installation_store=store,
            installation_store_bot_only=True,
            state_store=Leaves(secret),
        ),
    )


def _key(secret: str, purpose: bytes) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
