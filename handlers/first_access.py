"""Answer `access.request` and the buttons that decide about requests (ACC-1 to ACC-3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from pydantic import BaseModel
from stdnum.be import vat

from handlers.access import RIGHTS
from handlers.administration_refusals import refused
from handlers.channels import channel_of
from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Option, Refusal, Summary, Values
from handlers.forms.reading import fold
from handlers.linking import check_address
from handlers.reply import Choice, Choices, Notice, Reply, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from locales.phrases import Phrase, as_is, say
from locales.words import BRUSSELS, words_of
from services.access import APPLICATION_RIGHTS
from services.calendar import BusinessCalendar
from services.errors import GuichetError
from services.first_access import DecidedAlready, RequestRecord, UnknownRequest

router = Router()

BUSINESS_DAYS = 6
DISTRIPOST_HOURS = 48
PRS = re.compile(r"[0-9]{5,10}")
PRODUCTS: Mapping[str, str] = {"collect_stamp": "Collect & Stamp", "distripost": "Distripost"}
LABELS: Mapping[str, Phrase] = {
    "product": say("Application"),
    "company": say("Company"),
    "number": say("Enterprise number or PRS number"),
    "name": say("Your name"),
    "email": say("Your e-mail address"),
    "phone": say("Telephone"),
    "webpass": say("Webpass"),
    "other_account": say("User name for other applications"),
}


class AccessWish(BaseModel):
    """What the Service Centre asks of who wants access; `number` is an enterprise number or a PRS number."""

    product: str
    company: str
    number: str
    name: str
    email: str
    phone: str | None = None
    webpass: str | None = None
    other_account: str | None = None


async def products(_request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the two applications."""
    return [Option(code, as_is(name)) for code, name in PRODUCTS.items()]


def said_product(_entities: Mapping[str, Any], text: str) -> Any:
    """Hear which application is meant."""
    folded = fold(text)
    return "distripost" if "distripost" in folded else "collect_stamp" if "collect" in folded else None


def said_number(entities: Mapping[str, Any], _text: str) -> Any:
    """Take an enterprise number or a PRS number of a message."""
    return entities.get("enterprise_number") or entities.get("prs")


def said_name(entities: Mapping[str, Any], text: str) -> Any:
    """Take the name in a whole sentence: an answer in a word or two may well be the company's ("Bakkerij Peeters")."""
    return entities.get("person") if len(text.split()) > 4 else None


def normal_number(value: str) -> str | None:
    """Give a number without signs and letters; None for what is neither an enterprise number nor a PRS number."""
    digits = re.sub(r"[\s./-]|^\D*(?=[0-9])", "", value)
    if vat.is_valid(digits) and len(digits) >= 9:
        return str(vat.compact(digits))
    return digits if PRS.fullmatch(digits) and len(digits) < 9 else None


def check_number(value: Any, _request: Request) -> Refusal | None:
    """Refuse a number that can be neither of the two, saying how they look."""
    if normal_number(str(value)) is not None:
        return None
    return Refusal(
        say("An enterprise number has ten digits, like 0214.596.464; a PRS number has five to eight digits.")
    )


def own_name(value: Any, request: Request) -> Any:
    """Give the name of who is known already."""
    return request.session.person.name if request.session.person else value


def own_address(value: Any, request: Request) -> Any:
    """Give the address of who is known already: nobody asks in another's name."""
    return request.session.person.email if request.session.person else value


def summary(values: Values) -> Summary:
    """Sum the request up (CNV-2)."""
    return tuple(
        (label, as_is(PRODUCTS[values[name]] if name == "product" else str(values[name])))
        for name, label in LABELS.items()
        if values.get(name)
    )


def _text(
    name: str, question: Phrase, *, required: bool = True, hint: Phrase | None = None, **options: Any
) -> Field:
    return Field(
        name, "text", LABELS[name], question, required=required, hint=hint, **{"max_length": 200, **options}
    )


REQUEST = Form(
    "access.request",
    say("Ask for access"),
    (
        Field(
            "product",
            "choice",
            LABELS["product"],
            say("Access to which application?"),
            options=products,
            takes=said_product,
        ),
        _text("company", say("What is the name of your company?")),
        _text(
            "number",
            say("What is its enterprise number, or a PRS number of your contract?"),
            takes=said_number,
            check=check_number,
            max_length=40,
        ),
        _text("name", say("What is your name?"), takes=said_name, adapt=own_name),
        Field(
            "email",
            "email",
            LABELS["email"],
            say("At which e-mail address do we reach you at work?"),
            entity="email",
            adapt=own_address,
            check=check_address,
        ),
        _text("phone", say("At which number do we reach you?"), required=False, max_length=40),
        _text(
            "webpass",
            say("What is your webpass?"),
            required=False,
            hint=say("Leave it empty if you have none."),
        ),
        _text(
            "other_account",
            say("What is your user name for e-Masspost, Distriplanner, Webtracker Pro or e-Shipper?"),
            required=False,
            hint=say("With an account for another application of the portal, we only add rights to it."),
        ),
    ),
    AccessWish,
    summary=summary,
    confirm_label=say("Send"),
)


@router.add("access.request", form=REQUEST, linked=False)
async def ask(request: Request, desk: Desk) -> Reply:
    """Take the request: the answer is the same whether we know the company or not (ACC-2)."""
    wish = request.wish(AccessWish)
    details = {name: value for name, value in wish.model_dump().items() if value}
    details["number"] = normal_number(wish.number)
    person = request.session.person
    number = await desk.first_access.ask(
        details,
        conversation_id=desk.conversation_id,
        user_id=person.id if person else None,
        language=request.session.language,
        now=request.now,
    )
    due_at = answer_due(wish.product, request.now, desk.calendar)
    return reply(
        Notice(say("Your request is noted under number {number}.", number=number), "success"),
        Text(
            say(
                "Whoever decides about access in your company, or the Service Centre, looks at it. You hear from us "
                "here or by e-mail, by {due_at} at the latest.",
                due_at=due_at.astimezone(BRUSSELS),
            )
        ),
        remember={},
    )


def answer_due(product: str, asked_at: datetime, calendar: BusinessCalendar) -> datetime:
    """Give the latest moment of an answer: 6 business days, 48 hours for Distripost (ACC-1)."""
    if product == "distripost":
        return asked_at + timedelta(hours=DISTRIPOST_HOURS)
    day = calendar.add_business_days(asked_at.astimezone(BRUSSELS).date(), BUSINESS_DAYS)
    return datetime.combine(day, max(calendar.closes, time(12)), BRUSSELS)


def request_in_words(request: RequestRecord) -> str:
    """Write a request for the agent who looks at it, in the language of who asks."""
    write = words_of(request.language).write
    lines = [
        f"{write(label)}: {request.details[name]}"
        for name, label in LABELS.items()
        if request.details.get(name)
    ]
    return "\n".join((request.id, *lines))


@router.add("access.decide")
async def decide(request: Request, desk: Desk) -> Reply:
    """Approve or refuse a request with one click (ACC-2)."""
    number, approve = str(request.entities.get("request")), request.entities.get("approve") is True
    try:
        decision = await desk.first_access.decide(
            number, approve=approve, channel=await channel_of(request, desk), now=request.now
        )
    except UnknownRequest:
        return reply(Text(say("There is nothing to decide about this request.")), remember={})
    except DecidedAlready as decided:
        was = (
            say("It has been approved already.") if decided.approved else say("It has been refused already.")
        )
        return reply(Text(was), remember={})
    except GuichetError as fact:
        return refused(fact, request.session.language)
    asker, language = decision.request, decision.request.language
    name = str(asker.details["name"])
    if decision.colleague is None:
        await desk.notices.to_conversation(
            asker.conversation_id, "refused", language, phone=desk.contacts.phone
        )
        return reply(Notice(say("Refused. {name} is told so, without your name.", name=name)), remember={})
    await desk.notices.to_conversation(asker.conversation_id, "approved", language)
    await desk.notices.to_address(decision.colleague.email, "approved", language)
    return reply(
        Notice(say("{name} is now a user of your company, without any right yet.", name=name), "success"),
        *_rights_to_offer(request, decision.company_id, decision.colleague.email),
        remember={},
    )


def _rights_to_offer(request: Request, company_id: int, email: str) -> tuple[Choices, ...]:
    """Offer to give the rights that the administrator holds."""
    held = next((m.rights for m in request.session.memberships if m.company_id == company_id), frozenset())
    wished = {"company": company_id, "email": email}
    choices = tuple(
        Choice(RIGHTS[right], Wish("access.grant", {**wished, "right": right}, repeatable=False))
        for right in APPLICATION_RIGHTS
        if right in held
    )
    return (Choices(choices, say("Which right shall I give?")),) if choices else ()
