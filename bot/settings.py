"""Read the settings: environment variables with the prefix GUICHET_, each documented in docs/settings.md."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, HttpUrl, SecretStr, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from bot.signing_settings import SigningSettings
from handlers.desk import Contacts


class Settings(SigningSettings):
    """Everything that can be set; the defaults run on one machine with nothing installed."""

    model_config = SettingsConfigDict(env_prefix="GUICHET_", env_file=".env", extra="ignore")

    data_folder: Path = Field(
        default=Path(".guichet"), description="Folder of the embedded database, the model and the keys."
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="Address of a PostgreSQL server (postgresql://…); without it the embedded one is started.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Key that signs sessions and file addresses; without it one is made in the data folder.",
    )
    web_host: str = Field(default="127.0.0.1", description="Address the web server listens on.")
    web_port: int = Field(default=8642, ge=0, le=65535, description="Port the web server listens on.")
    public_url: str = Field(
        default="", description="Address under which customers reach the web server, for links in chats."
    )
    embed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Origins, separated by spaces, whose pages may embed the chat."
    )
    file_minutes: int = Field(default=15, ge=1, description="Minutes for which the address of a file works.")
    job_concurrency: int = Field(
        default=10, ge=1, le=100, description="How many jobs one process does at once."
    )
    document_processes: int = Field(
        default=1, ge=1, le=32, description="How many processes make documents at once."
    )
    messages_per_minute: int = Field(
        default=30, ge=1, description="How many messages a minute of one person are answered without delay."
    )
    conversation_days: int = Field(
        default=365, ge=1, description="Days for which conversations and misses are kept."
    )
    ticket_days: int = Field(default=1095, ge=1, description="Days for which closed tickets are kept.")
    opening_time: time = Field(default=time(8, 30), description="When the Service Centre opens, in Brussels.")
    closing_time: time = Field(
        default=time(17, 0), description="When the Service Centre closes, in Brussels."
    )
    closed_days: Annotated[tuple[date, ...], NoDecode] = Field(
        default=(),
        description="Days, separated by spaces, on which the Service Centre is closed beside weekends and legal "
        "holidays: `2026-12-24 2026-12-31`.",
    )
    answer_hours: float = Field(
        default=8, gt=0, description="Opening hours within which a ticket is to be answered."
    )
    solve_hours: float = Field(
        default=24, gt=0, description="Opening hours within which a ticket is to be solved."
    )
    due_soon_hours: float = Field(
        default=1, gt=0, description="Opening hours before a ticket is due in which the agents are reminded."
    )
    close_after_days: int = Field(
        default=5, ge=1, description="Business days after which a solved ticket is closed by itself."
    )
    smtp_host: str = Field(
        default="",
        description="SMTP server that sends mail; without it mails become files in the data folder's `outbox`.",
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Port of the SMTP server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="How the connection to the SMTP server is secured: starttls, tls or none.",
    )
    smtp_user: str = Field(default="", description="User name at the SMTP server, where it wants one.")
    smtp_password: SecretStr | None = Field(default=None, description="Password at the SMTP server.")
    smtp_timeout: float = Field(
        default=15, gt=0, le=120, description="Seconds after which the SMTP server counts as silent."
    )
    mail_sender: str = Field(
        default="Guichet <guichet@localhost>", description="Address that mails are sent from."
    )
    slack_bot_token: SecretStr | None = Field(
        default=None,
        description="Bot token of the Slack app (xoxb-…); without it Slack is off (docs/slack.md).",
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        description="App-level token of the Slack app (xapp-…): events come by Socket Mode, no public address needed.",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        description="Signing secret of the Slack app: its events are taken as web requests at /slack/events.",
    )
    slack_queue_channel: str = Field(
        default="",
        description="ID of the Slack channel (C…) in which agents hear of tickets and take them; none by default.",
    )
    slack_client_id: str = Field(
        default="",
        description="Client ID of the Slack app: many workspaces may install it at /slack/install.",
    )
    slack_client_secret: SecretStr | None = Field(
        default=None, description="Client secret of the Slack app, for installs."
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Address of Slack's Web API, for tests against another."
    )
    sending_time: time = Field(default=time(8, 0), description="When regular reports are sent, in Brussels.")
    places_file: Path | None = Field(
        default=None,
        description="CSV file of postcodes and localities; without it the main communes are known.",
    )
    upload_megabytes: float = Field(
        default=10,
        gt=0,
        le=25,
        description="Size in megabytes up to which a PDF dropped into a chat is checked.",
    )
    tracking_url: HttpUrl | None = Field(
        default=None,
        description="Address of a Track & Trace service (docs/tracking.md); without it only demo items are followed.",
    )
    tracking_key: SecretStr | None = Field(
        default=None, description="Key sent to the Track & Trace service as a bearer token."
    )
    tracking_timeout: float = Field(
        default=2.5,
        gt=0,
        le=10,
        description="Seconds after which the Track & Trace service counts as silent.",
    )
    telegram_token: SecretStr | None = Field(
        default=None,
        min_length=1,
        description="Token of the Telegram bot (docs/telegram.md); without it Telegram is off.",
    )
    telegram_webhook_secret: SecretStr | None = Field(
        default=None,
        min_length=16,
        max_length=256,
        description="Secret with which Telegram brings messages to our web server; without it we ask for them.",
    )
    telegram_api: str = Field(
        default="https://api.telegram.org", description="Address of the Telegram Bot API."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least level of the log: DEBUG, INFO, WARNING or ERROR."
    )
    contact_phone: str = Field(default=Contacts.phone, description="Telephone of the Service Centre.")
    contact_email: str = Field(default=Contacts.email, description="E-mail address of the Service Centre.")
    distripost_email: str = Field(
        default=Contacts.distripost_email, description="E-mail address of the Distripost team."
    )
    product_page: str = Field(default=Contacts.product_page, description="Product page of Collect & Stamp.")
    distripost_page: str = Field(default=Contacts.distripost_page, description="Product page of Distripost.")
    recovery_page: str = Field(
        default=Contacts.recovery_page, description="Page that recovers a forgotten password."
    )
    new_code_page: str = Field(default=Contacts.new_code_page, description="Page that changes a password.")
    user_management_page: str = Field(
        default=Contacts.user_management_page, description="Help page of the user management."
    )
    distripost_manual: str = Field(
        default=Contacts.distripost_manual, description="Manual of the Distripost tool."
    )
    distripost_demo: str = Field(
        default=Contacts.distripost_demo, description="Demonstration of the Distripost tool."
    )
    track_page: str = Field(default=Contacts.track_page, description="Public Track & Trace page.")

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("embed_origins", "closed_days", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.split()) if isinstance(value, str) else value

    def contacts(self) -> Contacts:
        """Give the addresses that answers name (TIC-4)."""
        return Contacts(
            phone=self.contact_phone,
            email=self.contact_email,
            distripost_email=self.distripost_email,
            product_page=self.product_page,
            distripost_page=self.distripost_page,
            recovery_page=self.recovery_page,
            new_code_page=self.new_code_page,
            user_management_page=self.user_management_page,
            distripost_manual=self.distripost_manual,
            distripost_demo=self.distripost_demo,
            track_page=self.track_page,
        )
