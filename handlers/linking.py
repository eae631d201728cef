"""Answer `access.link` and `access.unlink`: a chat belongs to a portal user after a code sent by mail (ACC-8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from handlers.channels import CHANNELS, channel_of
from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Option, Refusal, Summary, Values
from handlers.reply import Choice, Choices, Notice, Reply, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from locales.phrases import Phrase, as_is, say, say_many
from services.linking import LinkLocked, WrongCode

router = Router()

AGAIN = Choice(say("Send me another code"), Wish("access.link"))
ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")


class LinkWish(BaseModel):
    """The address to send a code to, or the code."""

    email: str | None = None
    link_code: str | None = None


class UnlinkWish(BaseModel):
    """Which chats: "this", or "all"."""

    everywhere: str = "this"


def check_address(value: Any, _request: Request) -> Refusal | None:
    """Refuse what cannot be an e-mail address."""
    if ADDRESS.fullmatch(str(value)):
        return None
    return Refusal(say("This does not look like an e-mail address."))


LINK = Form(
    "access.link",
    say("Link this chat to the portal account"),
    (
        Field(
            "link_code",
            "text",
            say("Code"),
            say("Which code did you get by mail?"),
            entity="link_code",
            required=False,
            when=lambda values: bool(values.get("link_code")),
        ),
        Field(
            "email",
            "email",
            say("E-mail address"),
            say("What is your e-mail address on the portal? I send a code there."),
            entity="email",
            when=lambda values: not values.get("link_code"),
            check=check_address,
        ),
    ),
    LinkWish,
)


@router.add("access.link", form=LINK, linked=False)
async def link(request: Request, desk: Desk) -> Reply:
    """Send a code to an address, or take the code; known and unknown addresses get the same answer."""
    wish = request.wish(LinkWish)
    if request.session.person is not None:
        return _linked_already(request.session.person.name)
    try:
        if wish.link_code:
            return await _redeem(wish.link_code, request, desk)
        await desk.linking.ask(str(wish.email), request.session.language, request.now)
    except LinkLocked as locked:
        return reply(
            Notice(
                say(
                    "Too many wrong codes. For safety I take none before {until}; ask for a new one then.",
                    until=locked.until,
                ),
                "warning",
            ),
            remember={},
        )
    return reply(
        Text(
            say(
                "If this address is known on the portal, a code is on its way to it. Write it here: it works once, for "
                "10 minutes."
            )
        ),
        Choices((AGAIN,)),
        remember={},
    )


async def _redeem(code: str, request: Request, desk: Desk) -> Reply:
    channel = await channel_of(request, desk)
    try:
        user_id = await desk.linking.redeem(code, channel, request.now)
    except WrongCode as wrong:
        return reply(Notice(_tries_left(wrong.tries_left), "warning"), Choices((AGAIN,)), remember={})
    user = await desk.people.user(user_id)
    assert user is not None
    if len(await desk.linking.channels(user_id)) > 1:
        await desk.notices.to_address(
            user.email,
            "linked",
            user.language or request.session.language,
            channel=CHANNELS.get(channel, channel),
        )
    return reply(
        Notice(say("Welcome, {name}: this chat is now linked to your account.", name=user.name), "success"),
        Choices((Choice(say("What can you do for me?"), Wish("chat.help"), primary=True),)),
        remember={},
    )


def _tries_left(count: int) -> Phrase:
    return say_many(
        "This code is not right, or too old. You can try once more.",
        "This code is not right, or too old. You can try {count} times more.",
        count,
    )


def _linked_already(name: str) -> Reply:
    return reply(
        Text(say("This chat is linked already, to the account of {name}.", name=name)),
        Choices((Choice(say("Unlink this chat"), Wish("access.unlink", repeatable=False)),)),
        remember={},
    )


async def which_chats(request: Request, desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer all the person's chats where there are several."""
    person = request.session.person
    here = Option("this", say("This chat only"))
    if person is None or len(await desk.linking.channels(person.id)) < 2:
        return (here,)
    return (here, Option("all", say("All my chats")))


async def unlink_summary(request: Request, desk: Desk, values: Values) -> Summary:
    """Sum up which chats are forgotten."""
    person = request.session.person
    assert person is not None
    every = await desk.linking.channels(person.id)
    chats = [CHANNELS.get(channel, channel) for channel in every]
    what = as_is(", ".join(chats)) if values["everywhere"] == "all" else say("This chat only")
    return ((say("Account"), as_is(person.name)), (say("Unlink"), what))


UNLINK = Form(
    "access.unlink",
    say("Unlink this chat"),
    (
        Field(
            "everywhere",
            "choice",
            say("Chats"),
            say("This chat only, or all your chats?"),
            options=which_chats,
        ),
    ),
    UnlinkWish,
    looked_up_summary=unlink_summary,
    confirm_label=say("Unlink"),
)


@router.add("access.unlink", form=UNLINK)
async def unlink(request: Request, desk: Desk) -> Reply:
    """Forget whose chat this is; its regular sendings end by themselves."""
    person = request.session.person
    assert person is not None
    wish = request.wish(UnlinkWish)
    channel = await channel_of(request, desk)
    gone = await desk.linking.unlink(person.id, channel, request.now, everywhere=wish.everywhere == "all")
    return reply(
        Notice(
            say_many("I have forgotten whose chat this is.", "I have unlinked your {count} chats.", gone),
            "success",
        ),
        remember={},
    )
