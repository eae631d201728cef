"""Carry a reply to Slack, part by part, each once as far as Slack lets us know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack import sentences
from bot.channels.slack.buttons import actions
from bot.channels.slack.drawing import DONE, UNDER_WAY, Handed, Part, Said, draw, notification
from bot.channels.slack.limits import cut
from bot.channels.slack.markup import sections
from bot.channels.slack.places import FAULTS, Acquaintance, Place
from bot.channels.slack.workspaces import NotInstalled, Workspaces, trouble
from bot.message import DIRECT
from bot.sending import Later, Parcel, Undeliverable
from locales.words import words_of
from services.files import FileRecord

log = structlog.get_logger()

Json = dict[str, Any]

# What Slack says of places and people that will never take a message.
NEVER = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "channel_is_archived",
        "ekm_access_denied",
        "is_archived",
        "is_inactive",
        "messages_tab_disabled",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "team_access_not_granted",
        "thread_not_found",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)
MARK = "guichet_part"
# A reply that leaves later than this after it was posted may have left before, when somebody died.
FRESH_SECONDS = 4
MOST_LOOKED_BACK = 200


class SlackCourier:
    """Post replies where they belong: in the thread that asked, or in the person's private talk."""

    def __init__(self, workspaces: Workspaces, acquaintance: Acquaintance) -> None:
        self._workspaces = workspaces
        self._acquaintance = acquaintance
        # What is announced as under way in a place, until what was announced follows.
        self._under_way: dict[tuple[str, str], tuple[str, str, Said]] = {}

    async def deliver(self, parcel: Parcel) -> None:
        """Send the parts of a reply that have not gone yet, noting each."""
        try:
            await self._deliver(parcel)
        except NotInstalled as error:
            raise Undeliverable(f"not installed: {error}") from error
        except SlackApiError as error:
            raise _fate(error) from error

    async def _deliver(self, parcel: Parcel) -> None:
        reply = parcel.reply
        team = reply.account_key.partition(":")[0]
        client = await self._workspaces.client_of(team)
        channel, thread = await self._address(parcel)
        delivery = _Delivery(client, parcel, channel, thread)
        await delivery.look_back()
        await self._settle(client, parcel)
        for number, part in enumerate(draw(reply.blocks, reply.language)):
            if number < parcel.parts_gone:
                continue
            sent = await delivery.send(await self._led(part, parcel), number)
            await parcel.note(sent)
            if isinstance(part, Said) and part.under_way:
                self._under_way[reply.account_key, reply.place_key] = channel, sent, part

    async def _address(self, parcel: Parcel) -> tuple[str, str | None]:
        root = parcel.reply.thread_root
        if parcel.reply.place_key == DIRECT:
            return await self._acquaintance.talk(parcel.reply.account_key), root
        place = Place.read(parcel.reply.place_key)
        return place.channel, root or place.thread or None

    async def _led(self, part: Part, parcel: Parcel) -> Part:
        if not isinstance(part, Said) or not part.aside:
            return part
        return replace(part, blocks=(*part.blocks, *await self._way(parcel)))

    async def _way(self, parcel: Parcel) -> tuple[Json, ...]:
        """Give the button that leads to the private talk."""
        try:
            talk = await self._acquaintance.talk(parcel.reply.account_key)
        except FAULTS:
            # The hint says where the answer is; the button is a convenience.
            return ()
        team = parcel.reply.account_key.partition(":")[0]
        label = words_of(parcel.reply.language).write(sentences.PRIVATE_TALK)
        return tuple(
            actions([{"label": label, "url": f"https://slack.com/app_redirect?channel={talk}&team={team}"}])
        )

    async def _settle(self, client: AsyncWebClient, parcel: Parcel) -> None:
        """Show that what was announced as under way has come; nothing is lost where that fails."""
        known = self._under_way.pop((parcel.reply.account_key, parcel.reply.place_key), None)
        if known is None:
            return
        channel, sent, said = known
        blocks = [_with_words(block, UNDER_WAY, DONE) for block in said.blocks]
        try:
            await client.chat_update(channel=channel, ts=sent, text=said.text, blocks=blocks)
        except FAULTS:
            log.info("progress_not_updated", channel="slack")


class _Delivery:
    """The parts of one reply on their way to one place."""

    def __init__(self, client: AsyncWebClient, parcel: Parcel, channel: str, thread: str | None) -> None:
        self._client = client
        self._parcel = parcel
        self._channel = channel
        self._thread = thread
        self._there: Sequence[Json] = ()

    async def look_back(self) -> None:
        """Read what stands there already, where this reply may have been on its way before."""
        since = self._parcel.reply.posted_at
        if (datetime.now(UTC) - since).total_seconds() < FRESH_SECONDS:
            return
        asked: Json = {
            "channel": self._channel,
            "oldest": f"{since.timestamp() - 1:.6f}",
            "limit": MOST_LOOKED_BACK,
            "include_all_metadata": True,
        }
        try:
            if self._thread is None:
                told = await self._client.conversations_history(**asked)
            else:
                told = await self._client.conversations_replies(ts=self._thread, **asked)
        except SlackApiError as error:
            if error.response.status_code == 429:
                raise
            # We may not read there: a part may then stand there twice, which is better than not at all.
            return
        self._there = told.get("messages") or ()

    async def send(self, part: Part, number: int) -> str:
        """Send one part and give Slack's number of it."""
        if isinstance(part, Said):
            return await self._say(part, number)
        return await self._hand(part, number)

    async def _say(self, part: Said, number: int) -> str:
        mark = f"{self._parcel.reply.outbox_id}.{number}"
        for message in self._there:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("part") == mark:
                return str(message["ts"])
        told = await self._client.chat_postMessage(
            channel=self._channel,
            text=part.text,
            blocks=list(part.blocks),
            metadata={"event_type": MARK, "event_payload": {"part": mark}},
            unfurl_links=False,
            unfurl_media=False,
            parse="none",
            thread_ts=self._thread,
            # In a private talk nobody looks for what came in a thread.
            reply_broadcast=True if self._thread and self._parcel.reply.private else None,
        )
        return str(told["ts"])

    async def _hand(self, part: Handed, number: int) -> str:
        """Hand a file over, or say where it is to be had."""
        block, words = part.block, words_of(self._parcel.reply.language)
        if block.get("links_only"):
            link = self._parcel.link(block["file_id"])
            if link is None:
                return await self._say(_remark(words.write(sentences.FILE_ON_THE_WEB)), number)
            return await self._say(_linked(block, link, words.write(sentences.FETCH_FILE)), number)
        file = await self._parcel.file(block["file_id"])
        if file is None:
            return await self._say(_remark(words.write(sentences.FILE_GONE)), number)
        about = block.get("about") or block.get("alternative") or ""
        return await self._upload(file, about)

    async def _upload(self, file: FileRecord, about: str) -> str:
        title = cut(file.name, 200)
        for message in self._there:
            for there in message.get("files") or ():
                if there.get("title") == title:
                    return str(there["id"])
        told = await self._client.files_upload_v2(
            channel=self._channel,
            content=file.content,
            filename=file.name,
            title=title,
            initial_comment=notification(about) if about else None,
        )
        return str(told["files"][0]["id"])


def _remark(text: str) -> Said:
    return Said(tuple(sections(text)), notification(text))


def _linked(block: Json, link: str, label: str) -> Said:
    about = f"{block['name']} ({block['size_text']})\n{block['about']}"
    return Said((*sections(about), *actions([{"label": label, "url": link}])), notification(about))


def _with_words(block: Json, old: str, new: str) -> Json:
    text = block.get("text")
    if not isinstance(text, dict) or not str(text["text"]).startswith(old):
        return block
    return {**block, "text": {**text, "text": new + str(text["text"]).removeprefix(old)}}


def _fate(error: SlackApiError) -> Exception:
    """Tell a pause that Slack asks for, and what it will never take, from what may pass."""
    response = error.response
    name = trouble(error)
    if getattr(response, "status_code", None) == 429 or name in {"ratelimited", "rate_limited"}:
        try:
            seconds = float(response.headers.get("Retry-After", 1))
        except (ValueError, AttributeError):
            seconds = 1.0
        return Later(max(seconds, 0.5))
    if name in NEVER:
        return Undeliverable(name)
    return error
