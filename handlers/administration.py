"""Answer `access.grant`, `access.revoke`, `access.create_user`, `access.hand_over` (ACC-4 to ACC-6, ACC-9)."""

from __future__ import annotations

from pydantic import BaseModel

from handlers.access import RIGHTS
from handlers.administration_refusals import refused
from handlers.administration_wish import (
    COLLEAGUE,
    COMPANY,
    EVERYTHING,
    person_and_right,
    receive_colleague,
    receive_newcomer,
    rights_to_give,
    rights_to_take,
    said_rights,
    said_to_leave,
)
from handlers.channels import channel_of
from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Summary, Values
from handlers.linking import check_address
from handlers.notices import rights_in_words
from handlers.reply import Choice, Choices, Notice, Reply, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from handlers.session import Membership, Person
from locales.phrases import Phrase, as_is, say
from services.access import APPLICATION_RIGHTS, Changed, Colleague
from services.errors import GuichetError

router = Router()


class RightsWish(BaseModel):
    """Whose rights change, where, and which."""

    company: int
    email: str
    right: list[str]


class ColleagueWish(BaseModel):
    """Who is added, or takes over."""

    company: int
    email: str
    name: str = ""


async def rights_summary(request: Request, desk: Desk, values: Values) -> Summary:
    """Sum up whose rights change (CNV-2)."""
    rights = values["right"]
    what = (
        say("All rights, regular sendings and open forms; without another company also the linked chats")
        if EVERYTHING in rights
        else rights_in_words(rights, request.session.language)
    )
    label = say("Takes away") if EVERYTHING in rights else say("Right")
    return (*await _who(request, desk, values), (label, what))


async def _who(request: Request, desk: Desk, values: Values) -> Summary:
    colleagues = await desk.access.colleagues(values["company"])
    name = next((c.name for c in colleagues if c.email == values["email"]), values.get("name") or "")
    return (
        (say("Company"), as_is(_company(request, values["company"]).company_name)),
        (say("Colleague"), as_is(f"{name} ({values['email']})")),
    )


def _company(request: Request, company_id: int) -> Membership:
    return next(m for m in request.session.memberships if m.company_id == company_id)


GRANT = Form(
    "access.grant",
    say("Give a right"),
    (
        COMPANY,
        COLLEAGUE,
        Field(
            "right",
            "choice",
            say("Right"),
            say("Which right?"),
            many=True,
            options=rights_to_give,
            takes=said_rights,
        ),
    ),
    RightsWish,
    looked_up_summary=rights_summary,
    confirm_label=say("Give"),
    receive=receive_colleague,
)
REVOKE = Form(
    "access.revoke",
    say("Take a right away"),
    (
        COMPANY,
        COLLEAGUE,
        Field(
            "right",
            "choice",
            say("Right"),
            say("Which right? Or does this colleague leave?"),
            many=True,
            options=rights_to_take,
            takes=said_to_leave,
        ),
    ),
    RightsWish,
    looked_up_summary=rights_summary,
    confirm_label=say("Take away"),
    receive=receive_colleague,
)


async def newcomer_summary(request: Request, desk: Desk, values: Values) -> Summary:
    """Sum up who is added: without any right at first (ACC-5)."""
    return (*await _who(request, desk, values), (say("Rights"), say("none yet; you give them next")))


CREATE = Form(
    "access.create_user",
    say("Add a colleague"),
    (
        COMPANY,
        Field(
            "email",
            "email",
            say("E-mail address"),
            say("What is the colleague's e-mail address?"),
            entity="email",
            check=check_address,
        ),
        Field(
            "name",
            "text",
            say("Name"),
            say("What is the colleague's name?"),
            entity="person",
            max_length=200,
        ),
    ),
    ColleagueWish,
    looked_up_summary=newcomer_summary,
    confirm_label=say("Add"),
    receive=receive_newcomer,
)


async def hand_over_summary(request: Request, desk: Desk, values: Values) -> Summary:
    """Sum up that somebody becomes administrator in one's own place."""
    return (
        *await _who(request, desk, values),
        (say("Gets"), rights_in_words(("users", "admin"), request.session.language)),
        (say("You keep"), say("your other rights, but you manage nobody any more")),
    )


HAND_OVER = Form(
    "access.hand_over",
    say("Hand over administration"),
    (COMPANY, COLLEAGUE),
    ColleagueWish,
    looked_up_summary=hand_over_summary,
    confirm_label=say("Hand over"),
    receive=receive_colleague,
)


@router.add("access.grant", form=GRANT)
async def grant(request: Request, desk: Desk) -> Reply:
    """Give rights, and tell the colleague."""
    wish = request.wish(RightsWish)
    try:
        changed = await desk.access.grant(
            wish.company, wish.email, wish.right, channel=await channel_of(request, desk), now=request.now
        )
    except GuichetError as fact:
        return refused(fact, request.session.language)
    await _tell(request, desk, changed, wish.company, "granted")
    if not changed.rights:
        return _nothing_changed(changed.colleague, request)
    given = rights_in_words(changed.rights, request.session.language)
    return reply(
        Notice(
            say("Done: {name} now has the right: {rights}.", name=changed.colleague.name, rights=given),
            "success",
        ),
        *_offer_to_step_down(request, changed),
        remember={},
    )


def _offer_to_step_down(request: Request, changed: Changed) -> tuple[Choices, ...]:
    """Offer to hand administration over for good to whom it was just given."""
    person = _person(request)
    if "admin" not in changed.rights or changed.colleague.user_id == person.id:
        return ()
    wish = Wish("access.revoke", {"email": person.email, "right": ["users", "admin"]}, repeatable=False)
    return (Choices((Choice(say("Give up my own administration"), wish),)),)


@router.add("access.revoke", form=REVOKE)
async def revoke(request: Request, desk: Desk) -> Reply:
    """Take rights away, or take somebody out at one stroke (ACC-9), and tell the colleague."""
    wish = request.wish(RightsWish)
    channel = await channel_of(request, desk)
    try:
        if EVERYTHING in wish.right:
            gone = await desk.access.remove(wish.company, wish.email, channel=channel, now=request.now)
            await _tell(request, desk, Changed(gone, gone.rights), wish.company, "removed")
            return reply(
                Notice(
                    say(
                        "Done: {name} has no access for {company} any more.",
                        name=gone.name,
                        company=_company(request, wish.company).company_name,
                    ),
                    "success",
                ),
                remember={},
            )
        changed = await desk.access.revoke(
            wish.company, wish.email, wish.right, channel=channel, now=request.now
        )
    except GuichetError as fact:
        return refused(fact, request.session.language)
    await _tell(request, desk, changed, wish.company, "revoked")
    if not changed.rights:
        return _nothing_changed(changed.colleague, request)
    taken = rights_in_words(changed.rights, request.session.language)
    return reply(
        Notice(
            say("Done: {name} no longer has the right: {rights}.", name=changed.colleague.name, rights=taken),
            "success",
        ),
        remember={},
    )


@router.add("access.create_user", form=CREATE)
async def create_user(request: Request, desk: Desk) -> Reply:
    """Add a colleague without rights (ACC-5), tell them, and offer the rights."""
    wish = request.wish(ColleagueWish)
    try:
        colleague = await desk.access.create(
            wish.company,
            wish.email,
            wish.name,
            request.session.language,
            channel=await channel_of(request, desk),
            now=request.now,
        )
    except GuichetError as fact:
        return refused(fact, request.session.language)
    await _tell(request, desk, Changed(colleague, ()), wish.company, "created")
    held = _company(request, wish.company).rights
    choices = tuple(
        Choice(
            RIGHTS[right],
            Wish(
                "access.grant",
                {"company": wish.company, "email": colleague.email, "right": right},
                repeatable=False,
            ),
        )
        for right in APPLICATION_RIGHTS
        if right in held
    )
    return reply(
        Notice(
            say("{name} is now a user of your company, without any right yet.", name=colleague.name),
            "success",
        ),
        *((Choices(choices, say("Which right shall I give?")),) if choices else ()),
        remember={},
    )


@router.add("access.hand_over", form=HAND_OVER)
async def hand_over(request: Request, desk: Desk) -> Reply:
    """Make somebody administrator in one's own place."""
    wish = request.wish(ColleagueWish)
    try:
        changed = await desk.access.hand_over(
            wish.company, wish.email, channel=await channel_of(request, desk), now=request.now
        )
    except GuichetError as fact:
        return refused(fact, request.session.language)
    await _tell(request, desk, changed, wish.company, "granted")
    return reply(
        Notice(
            say("Done: {name} is the administrator now, in your place.", name=changed.colleague.name),
            "success",
        ),
        remember={},
    )


def _nothing_changed(colleague: Colleague, request: Request) -> Reply:
    rights: Phrase = (
        rights_in_words(colleague.rights, request.session.language) if colleague.rights else say("none")
    )
    return reply(
        Text(say("Nothing to change. The rights of {name}: {rights}.", name=colleague.name, rights=rights)),
        remember={},
    )


async def _tell(request: Request, desk: Desk, changed: Changed, company_id: int, kind: str) -> None:
    """Tell the person concerned, unless nothing changed for them or it was themselves."""
    person = _person(request)
    if changed.colleague.user_id == person.id or (kind in {"granted", "revoked"} and not changed.rights):
        return
    await desk.notices.to_person(
        changed.colleague.user_id,
        kind,
        changed.colleague.language or request.session.language,
        by=person.name,
        company=_company(request, company_id).company_name,
        rights=list(changed.rights),
    )


def _person(request: Request) -> Person:
    assert request.session.person is not None
    return request.session.person


router.commands.add(
    "access.grant", "grant", "accorder", "donner", "toekennen", "geven", "erteilen", read=person_and_right
)
router.commands.add("access.revoke", "revoke", "retirer", "intrekken", "entziehen", read=person_and_right)
router.commands.add("access.create_user", "add", "ajouter", "toevoegen", "hinzufügen", read=person_and_right)
router.commands.add("access.hand_over", "transfer", "céder", "opvolger", "nachfolger", read=person_and_right)
