"""Hear what is said in Slack and take it in; what is asked directly (a page of a form) is answered directly."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import aiohttp
import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.channels.sentences import NOT_YOURS
from bot.channels.slack import sentences
from bot.channels.slack.inbound import CHANNEL, Click, Heard, read_click, read_message
from bot.channels.slack.markup import read_text
from bot.channels.slack.modals import entries, errors_of, modal, read_values
from bot.channels.slack.places import Acquaintance, account_key
from bot.channels.slack.workspaces import Workspaces, trouble
from bot.message import DIRECT, FormValues, Message, WishFor
from bot.open_forms import OpenForms, Seen, Whose
from bot.sessions import DEFAULT_LANGUAGE
from bot.wiring import Counter
from locales.words import words_of
from services.departures import Departures
from services.people import known_place

log = structlog.get_logger()

Json = Mapping[str, Any]

COMMAND = "/guichet"
TICKET, ANSWER = "ticket.open", "ticket.reply"
# What a form's page brings back is small; what is longer is not ours.
MOST_NAMED = 200


class Hearing:
    """Take in events, clicks, filled-in forms, commands and shortcuts; each has returned once it is safe."""

    def __init__(self, counter: Counter, workspaces: Workspaces, acquaintance: Acquaintance) -> None:
        self._counter = counter
        self._workspaces = workspaces
        self._acquaintance = acquaintance
        self._forms = OpenForms(counter.house)
        self._telling: set[asyncio.Task[None]] = set()

    async def message(self, event: dict[str, Any], context: AsyncBoltContext) -> None:
        """Hear a message or a mention; both events about one message are one."""
        team = _team(context)
        heard = read_message(event, team, context.bot_user_id)
        if heard is None or not (heard.text or heard.unreadable):
            return
        account = account_key(team, heard.user)
        place_key, private = await self._acquaintance.place_of(team, heard.channel, heard.thread)
        if not private and not await self._is_for_us(heard, account, place_key):
            return
        wish = await self._about_a_request(heard, account) if private and heard.in_thread else None
        await self._counter.intake.accept(
            Message(
                channel=CHANNEL,
                account_key=account,
                place_key=place_key,
                event_id=heard.identity,
                text=heard.text if wish is None else "",
                unreadable=heard.unreadable,
                wish=wish,
                private=private,
                language_hint=await self._acquaintance.language(team, heard.user),
            )
        )

    async def _about_a_request(self, heard: Heard, account: str) -> WishFor | None:
        """Take words written in the thread of a request as words about it; a command stays one."""
        if not heard.text or heard.text.startswith(COMMAND):
            return None
        async with self._counter.database.transaction() as session:
            talk = await known_place(session, CHANNEL, account, DIRECT)
            number = await Departures(session).thread_at(talk, heard.thread) if talk else None
        return WishFor(ANSWER, {"ticket_number": number, "message": heard.text}) if number else None

    async def _is_for_us(self, heard: Heard, account: str, place_key: str) -> bool:
        """Tell words to us from talk among people: we are named, or have been in this thread by this person."""
        if heard.named or heard.in_talk:
            return True
        if not heard.in_thread or heard.others:
            return False
        async with self._counter.database.transaction() as session:
            return await known_place(session, CHANNEL, account, place_key) is not None

    async def click(self, body: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext) -> None:
        """Take a button or an entry of a list."""
        team = _team(context)
        click = read_click(body, team)
        if click is not None:
            place_key, private = await self._place(team, click)
            language = await self._acquaintance.language(team, click.user)
            accepted = await self._counter.intake.accept(
                Message(
                    channel=CHANNEL,
                    account_key=account_key(team, click.user),
                    place_key=place_key,
                    event_id=click.identity,
                    press=click.value,
                    private=private,
                    language_hint=language,
                )
            )
            if accepted.foreign:
                # Beside the acknowledgement, which must not wait for it.
                task = asyncio.create_task(self._not_theirs(team, click, language), name="not theirs")
                self._telling.add(task)
                task.add_done_callback(self._telling.discard)
        await ack()

    async def _not_theirs(self, team: str, click: Click, language: str | None) -> None:
        """Tell who pressed somebody else's button, and nobody else; it carries no result, so it may get lost."""
        if click.channel is None:
            return
        words = words_of(language or DEFAULT_LANGUAGE).write(NOT_YOURS)
        client = await self._workspaces.client_of(team)
        try:
            await client.chat_postEphemeral(channel=click.channel, user=click.user, text=words)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.info("not_told", channel=CHANNEL, error=type(error).__name__)

    async def wish(self, body: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext) -> None:
        """Take a button that is anybody's, such as the one that takes a ticket."""
        team = _team(context)
        click = read_click(body, team)
        if click is not None:
            named = json.loads(click.value)
            place_key, private = await self._place(team, click)
            await self._counter.intake.accept(
                Message(
                    channel=CHANNEL,
                    account_key=account_key(team, click.user),
                    place_key=place_key,
                    event_id=click.identity,
                    wish=WishFor(str(named["intent"]), named["entities"]),
                    private=private,
                    language_hint=await self._acquaintance.language(team, click.user),
                )
            )
        await ack()

    async def _place(self, team: str, click: Click) -> tuple[str, bool]:
        if click.channel is None:
            # On the counter's own page: what follows is said in the private talk.
            return DIRECT, True
        return await self._acquaintance.place_of(team, click.channel, click.thread)

    async def nothing(self, ack: AsyncAck) -> None:
        """Acknowledge what has no effect here: a link that was opened."""
        await ack()

    async def open_form(self, body: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext) -> None:
        """Open a form's page at once: the leave to do so ends after three seconds."""
        team = _team(context)
        click = read_click(body, team)
        if click is None:
            await ack()
            return
        account = account_key(team, click.user)
        place_key, private = await self._place(team, click)
        seen = await self._forms.look(Whose(CHANNEL, account, place_key, private), click.value)
        if seen is None or seen.block is None:
            # The conversation says that the form is over, or what came of it.
            await self._fill(account, place_key, click.identity, click.value, {}, private=private)
            await ack()
            return
        await ack()
        metadata = json.dumps({"key": click.value, "place": place_key}, separators=(",", ":"))
        client = await self._workspaces.client_of(team)
        view = modal(seen.block, words_of(seen.language), metadata)
        try:
            await client.views_open(trigger_id=click.trigger, view=view)
        except SlackApiError as error:
            # Too late, or clicked twice: the button is still there.
            log.info("form_not_opened", channel=CHANNEL, reason=trouble(error))

    async def submit(self, body: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext) -> None:
        """Take a form that was filled in, or say at its inputs what is wrong."""
        view = body["view"]
        named = _metadata(view)
        team = _team(context)
        account = account_key(team, str(body["user"]["id"]))
        private = named["place"] == DIRECT
        whose = Whose(CHANNEL, account, named["place"], private)
        seen = await self._forms.look(whose, named["key"])
        values: dict[str, Any] = {}
        if seen is not None and seen.block is not None:
            given = view["state"]["values"]
            values, faults = read_values(seen.block, given)
            words = words_of(seen.language)
            errors = {name: words.write(phrase) for name, phrase in faults.items()}
            errors = errors or await self._wrong(whose, named["key"], values, given)
            if errors:
                await ack(response_action="errors", errors=errors)
                return
        await self._fill(
            account, named["place"], f"{team}:{view['id']}", named["key"], values, private=private
        )
        await ack()

    async def _wrong(self, whose: Whose, key: str, values: Json, given: Json) -> dict[str, str]:
        tried = await self._forms.look(whose, key, values)
        return errors_of(tried.block, given) if tried is not None and tried.block is not None else {}

    async def _fill(
        self, account: str, place_key: str, identity: str, key: str, values: Json, *, private: bool
    ) -> None:
        await self._counter.intake.accept(
            Message(
                channel=CHANNEL,
                account_key=account,
                place_key=place_key,
                event_id=identity,
                form=FormValues(key, values),
                private=private,
            )
        )

    async def options(self, body: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext) -> None:
        """Give the entries of a long list that fit what is typed."""
        named = _metadata(body["view"])
        account = account_key(_team(context), str(body["user"]["id"]))
        whose = Whose(CHANNEL, account, named["place"], named["place"] == DIRECT)
        seen: Seen | None = await self._forms.look(whose, named["key"])
        found: dict[str, Any] = {"options": []}
        if seen is not None and seen.block is not None:
            found = entries(seen.block, str(body.get("block_id")), str(body.get("value") or ""))
        await ack(**found)

    async def command(self, body: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext) -> None:
        """Take a command: only its person sees it, so it is answered in the private talk."""
        team = _team(context)
        written = read_text(str(body.get("text") or ""), context.bot_user_id)
        language = await self._say(
            team, str(body["user_id"]), f"command:{body['trigger_id']}", f"{COMMAND} {written}"
        )
        channel = str(body.get("channel_id") or "")
        if channel.startswith("D") and await self._acquaintance.is_private(team, channel):
            await ack()
            return
        await ack(text=words_of(language or DEFAULT_LANGUAGE).write(sentences.IN_PRIVATE))

    async def _say(self, team: str, user: str, identity: str, text: str) -> str | None:
        language = await self._acquaintance.language(team, user)
        await self._counter.intake.accept(
            Message(
                channel=CHANNEL,
                account_key=account_key(team, user),
                place_key=DIRECT,
                event_id=f"{team}:{identity}",
                text=text,
                language_hint=language,
            )
        )
        return language

    async def shortcut(self, body: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext) -> None:
        """Make a ticket of a message: what it says is put before its person, to be confirmed."""
        team, user = _team(context), str(body["user"]["id"])
        written = read_text(str(body["message"].get("text") or ""), None)
        await self._counter.intake.accept(
            Message(
                channel=CHANNEL,
                account_key=account_key(team, user),
                place_key=DIRECT,
                event_id=f"{team}:shortcut:{body['trigger_id']}",
                wish=WishFor(TICKET, {"question": written} if written else {}),
                language_hint=await self._acquaintance.language(team, user),
            )
        )
        await ack()


def _team(context: AsyncBoltContext) -> str:
    """Name the workspace as its installation does."""
    known = context.authorize_result
    assert known is not None
    assert known.team_id is not None
    return str(known.team_id)


def _metadata(view: Json) -> dict[str, str]:
    """Read what a form's page brought back."""
    named = json.loads(view["private_metadata"])
    return {"key": str(named["key"])[:MOST_NAMED], "place": str(named["place"])[:MOST_NAMED]}
