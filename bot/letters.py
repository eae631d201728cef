"""Do as jobs what goes to others than who wrote: codes by mail (ACC-8), and notices by chat or mail (ACC-9)."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog

from bot.drawing import Artist
from bot.turn import House
from handlers.notices import CODE_SUBJECT, SUBJECTS, WORDINGS, code_letter
from handlers.reply import Notice, Text
from locales.words import words_of
from services.conversations import Conversations
from services.database import Scope, Transaction
from services.linking import VALID, make_code
from services.mail import Letter, Post
from services.notices import NoticeRecord, take_notice

log = structlog.get_logger()


class LinkMails:
    """Make and send the code that a chat account asked for."""

    def __init__(self, house: House, post: Post, secret: str) -> None:
        self._house = house
        self._post = post
        self._secret = secret

    async def run(self, account_id: int, language: str) -> None:
        """Send a fresh code; where nobody has the address, nothing, and nobody can tell.

        Its digest is kept before it is sent: tried again, another code is made, and only the last one works.
        """
        now = self._house.clock.now()
        async with self._house.database.transaction() as session:
            fresh = await make_code(session, self._secret, account_id, now - VALID, now)
        if fresh is None:
            return
        words = words_of(fresh.language or language)
        text = "\n\n".join(words.write(phrase) for phrase in code_letter(fresh.name, fresh.code))
        await self._post.send(Letter(fresh.address, fresh.name, words.write(CODE_SUBJECT), f"{text}\n"))
        log.info("link_code_sent", account_id=account_id)


class Telling:
    """Tell people what others have changed for them."""

    def __init__(self, house: House, post: Post) -> None:
        self._house = house
        self._post = post

    async def run(self, notice_id: int) -> None:
        """Tell one notice, once in a chat; a mail may come twice where the process dies right after sending."""
        async with self._house.database.transaction(Scope(duty="agent")) as session:
            notice = await take_notice(session, notice_id, datetime.now(UTC))
            if notice is None:
                return
            if notice.recipient.conversation_id is not None:
                await self._say(session, notice, notice.recipient.conversation_id)
            else:
                await self._write(notice)

    async def _say(self, session: Transaction, notice: NoticeRecord, conversation_id: int) -> None:
        language = notice.recipient.language
        conversations, now = Conversations(session), datetime.now(UTC)
        blocks = WORDINGS[notice.kind](notice.arguments, language)
        drawn = await Artist(words_of(language), conversations, conversation_id, now).draw(blocks)
        await conversations.post(conversation_id, drawn, language, now=now)

    async def _write(self, notice: NoticeRecord) -> None:
        recipient = notice.recipient
        assert recipient.address is not None
        words = words_of(recipient.language)
        blocks = WORDINGS[notice.kind](notice.arguments, recipient.language)
        # A mail has no buttons.
        text = "\n\n".join(words.write(block.phrase) for block in blocks if isinstance(block, Text | Notice))
        letter = Letter(recipient.address, recipient.name, words.write(SUBJECTS[notice.kind]), f"{text}\n")
        await self._post.send(letter)
