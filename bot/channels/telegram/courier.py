"""Send replies to Telegram: each part once as far as Telegram lets us know, at its pace, within its limits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import InputFile, LinkPreviewOptions, MessageEntity, ReplyParameters
from telegram import Message as TelegramMessage
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter

from bot.channels.telegram import sentences
from bot.channels.telegram.connection import Line, pause_of
from bot.channels.telegram.drawing import Enclosed, Part, Said, Shown, draw
from bot.channels.telegram.events import chat_of, message_of
from bot.channels.telegram.keyboards import Key, is_linkable, keyboard
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.passages import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Mark,
    Passage,
    bold,
    count_units,
    join,
    shorten,
)
from bot.sending import Later, Parcel, Undeliverable, Unreachable
from locales.phrases import Phrase
from locales.words import words_of
from services.files import FileRecord

log = structlog.get_logger()

MOST_FILE_BYTES = 50_000_000
MOST_PICTURE_BYTES = 10_000_000
WRONG_TOKEN_SECONDS = 60.0
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(slots=True)
class TelegramCourier:
    """What sends a reply part by part."""

    line: Line
    pacing: Pacing

    async def deliver(self, parcel: Parcel) -> None:
        """Send the parts that have not gone yet, noting each."""
        chat_id, _thread = chat_of(parcel.reply.place_key, parcel.reply.account_key)
        parts = draw(parcel.reply.blocks)
        for number, part in enumerate(parts):
            if number >= parcel.parts_gone:
                await self.pacing.wait(chat_id)
                sent = await _heeding(lambda part=part: self._send(parcel, chat_id, part))  # type: ignore[misc]
                await parcel.note(str(sent.message_id), last=number == len(parts) - 1)

    async def _send(self, parcel: Parcel, chat_id: int, part: Part) -> TelegramMessage:
        try:
            return await self._send_to(parcel, chat_id, part)
        except ChatMigrated as moved:
            # A group that became a supergroup has another number since.
            return await self._send_to(parcel, moved.new_chat_id, part)

    async def _send_to(self, parcel: Parcel, chat_id: int, part: Part) -> TelegramMessage:
        where = {"chat_id": chat_id, **_answering(parcel)}
        match part:
            case Said():
                return await self._say(parcel, where, part)
            case Enclosed():
                return await self._enclose(parcel, where, part)
            case Shown():
                return await self._show(parcel, where, part)

    async def _say(self, parcel: Parcel, where: dict[str, Any], part: Said) -> TelegramMessage:
        keys = part.keys
        if part.leads_aside:
            me = await self.line.me()
            way = Key(
                _written(parcel, sentences.OPEN_PRIVATE), url=f"https://t.me/{me.username}?start=private"
            )
            keys = (*keys, way)
        return await self.line.bot.send_message(
            **where,
            text=part.passage.text,
            entities=entities_of(part.passage),
            reply_markup=keyboard(keys),
            link_preview_options=NO_PREVIEW,
        )

    async def _enclose(self, parcel: Parcel, where: dict[str, Any], part: Enclosed) -> TelegramMessage:
        """Send a file, or the way to it where chats may not carry it (GEN-4) or Telegram would not."""
        block = part.block
        may_go = not block["links_only"] and block["size"] <= MOST_FILE_BYTES
        file = await parcel.file(block["file_id"]) if may_go else None
        if file is not None and len(file.content) <= MOST_FILE_BYTES:
            return await self.line.bot.send_document(
                **where,
                document=InputFile(file.content, filename=file.name, read_file_handle=False),
                caption=shorten(block["about"], CAPTION_LIMIT) or None,
                disable_content_type_detection=True,
            )
        return await self._say(parcel, where, _way_to(parcel, part, was_kept=not may_go or file is not None))

    async def _show(self, parcel: Parcel, where: dict[str, Any], part: Shown) -> TelegramMessage:
        """Send a picture; one that is gone or too large leaves the words that stand for it."""
        picture: FileRecord | None = await parcel.file(part.block["file_id"])
        words = part.block["alternative"]
        if picture is None or len(picture.content) > MOST_PICTURE_BYTES:
            return await self._say(parcel, where, Said(Passage(shorten(words, TEXT_LIMIT)).visible()))
        return await self.line.bot.send_photo(
            **where,
            photo=InputFile(picture.content, filename=picture.name, read_file_handle=False),
            caption=shorten(words, CAPTION_LIMIT) or None,
        )


async def _heeding(send: Callable[[], Awaitable[TelegramMessage]]) -> TelegramMessage:
    """Send, and turn what Telegram says of it into what the house's queue understands."""
    try:
        return await send()
    except RetryAfter as error:
        raise Later(pause_of(error)) from error
    except Forbidden as error:
        raise Unreachable("blocked, left, or never started") from error
    except InvalidToken as error:
        # Nothing is wrong with the reply: it goes when the token is right again.
        log.error("telegram_token_refused")
        raise Later(WRONG_TOKEN_SECONDS) from error
    except BadRequest as error:
        raise Undeliverable(f"refused: {error.message}") from error


def _answering(parcel: Parcel) -> dict[str, Any]:
    """Give what puts a reply in its topic and, among others, under the message that it answers."""
    reply = parcel.reply
    _chat, thread = chat_of(reply.place_key, reply.account_key)
    where: dict[str, Any] = {} if thread is None else {"message_thread_id": thread}
    answered = message_of(reply.answers)
    if not reply.private and answered is not None:
        where["reply_parameters"] = ReplyParameters(answered, allow_sending_without_reply=True)
    return where


def _way_to(parcel: Parcel, part: Enclosed, *, was_kept: bool) -> Said:
    """Tell of a file that does not go itself: the link to it, or why there is none."""
    block = part.block
    head = join(
        (
            bold(shorten(block["name"], 300)),
            Passage(f" ({block['size_text']})\n{shorten(block['about'], CAPTION_LIMIT)}"),
        ),
        "",
    )
    link = parcel.link(block["file_id"]) if was_kept else None
    if link is not None and is_linkable(link):
        return Said(head, (Key(_written(parcel, sentences.DOWNLOAD), url=link),))
    reason = link or _written(parcel, sentences.NOT_HERE if was_kept else sentences.FILE_GONE)
    return Said(join((head, Passage(reason))))


def _written(parcel: Parcel, phrase: Phrase) -> str:
    return words_of(parcel.reply.language).write(phrase)


def entities_of(passage: Passage) -> list[MessageEntity]:
    """Give the marks in the units that Telegram counts."""
    return [_entity(passage.text, mark) for mark in passage.marks]


def _entity(text: str, mark: Mark) -> MessageEntity:
    return MessageEntity(
        type=mark.kind,
        offset=count_units(text[: mark.start]),
        length=count_units(text[mark.start : mark.end]),
    )
