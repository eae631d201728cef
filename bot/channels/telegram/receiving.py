"""Take updates in, kept before they count as received: asked for by ourselves, or brought by Telegram."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels.sentences import NOT_YOURS
from bot.channels.telegram.connection import Line, pause_of
from bot.channels.telegram.events import WANTED, read
from bot.intake import Accepted, Intake
from bot.message import Message
from bot.sessions import DEFAULT_LANGUAGE
from locales.words import LANGUAGES, words_of

log = structlog.get_logger()

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header, not the secret
MOST_BYTES = 1_000_000
ASK_SECONDS = 25
# Another process that asks for the same updates, or Telegram being away, is given time.
PAUSE_SECONDS = 3.0


class Receiver:
    """Take updates into the inbox, each once, and release the buttons that were pressed."""

    def __init__(self, line: Line, intake: Intake) -> None:
        self._line = line
        self._intake = intake
        self._releasing: set[asyncio.Task[None]] = set()

    async def take(self, update: Update) -> None:
        """Keep an update; raises what keeps us from keeping it, for it must then come again."""
        me = await self._line.me()
        try:
            message = read(update, me)
        except (AttributeError, IndexError, TypeError, ValueError):
            # A shape that we do not foresee would come again for ever, and hold up all that follow it.
            log.exception("update_not_read", update_id=update.update_id)
            return
        accepted: Accepted | None = None
        try:
            if message is not None:
                accepted = await self._intake.accept(message)
        finally:
            if update.callback_query is not None:
                # Outside the conversation's queue: the button must not go on turning while others wait.
                word = _word_to(message, accepted)
                task = asyncio.create_task(
                    self._release(update.callback_query.id, word), name="release button"
                )
                self._releasing.add(task)
                task.add_done_callback(self._releasing.discard)

    async def _release(self, query_id: str, word: str | None) -> None:
        try:
            await self._line.bot.answer_callback_query(query_id, text=word, show_alert=word is not None)
        except TelegramError as error:
            # Answered before, or too old by now: nothing of the person's wish depends on it.
            log.info("button_not_released", error=type(error).__name__)

    async def settled(self) -> None:
        """Wait until all pressed buttons are released."""
        while self._releasing:
            await asyncio.gather(*self._releasing)


def _word_to(message: Message | None, accepted: Accepted | None) -> str | None:
    """Tell who presses a button of somebody else whose it is not, and nobody else."""
    if message is None or accepted is None or not accepted.foreign:
        return None
    hint = message.language_hint
    return words_of(hint if hint in LANGUAGES else DEFAULT_LANGUAGE).write(NOT_YOURS)


def parse(body: bytes) -> Update | None:
    """Read an update from what was brought; None for what is none."""
    try:
        content = json.loads(body)
        return Update.de_json(content, None) if isinstance(content, dict) and "update_id" in content else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def webhook(secret: str, receiver: Receiver) -> Route:
    """Give the address that Telegram brings updates to; whoever does not know the secret learns nothing."""

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("latin-1", "replace"), secret.encode()):
            return Response(status_code=403)
        body = await _read_bounded(request)
        update = None if body is None else parse(body)
        if update is None:
            # Brought again it would be no better: it counts as received.
            log.warning("update_not_understood")
            return Response(status_code=200)
        await receiver.take(update)
        return Response(status_code=200)

    return Route(PATH, receive, methods=["POST"])


async def _read_bounded(request: Request) -> bytes | None:
    content = bytearray()
    try:
        async for piece in request.stream():
            content += piece
            if len(content) > MOST_BYTES:
                return None
    except ClientDisconnect:
        return None
    return bytes(content)


async def ask_for_updates(
    line: Line, receiver: Receiver, sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep
) -> None:
    """Ask for updates until cancelled; only what is kept is confirmed, by the number asked from next."""
    next_id: int | None = None
    while True:
        try:
            updates = await line.bot.get_updates(
                offset=next_id, timeout=ASK_SECONDS, allowed_updates=list(WANTED)
            )
            for update in updates:
                await receiver.take(update)
                next_id = update.update_id + 1
        except RetryAfter as error:
            await sleep(pause_of(error))
        except (InvalidToken, BadRequest) as error:
            log.error("telegram_refuses", error=type(error).__name__)
            await sleep(10 * PAUSE_SECONDS)
        except Exception as error:  # noqa: BLE001 - whatever is away, Telegram or our records, comes back
            log.warning("no_updates", error=type(error).__name__)
            await sleep(PAUSE_SECONDS)
