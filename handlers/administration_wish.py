"""Read whose rights are to change, and which: by name, by address, in sentences and in commands (ACC-4 to ACC-6)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from handlers.access import RIGHTS
from handlers.commands import Entities
from handlers.desk import Desk
from handlers.forms.declaration import Field, Option, Received, Values
from handlers.forms.reading import fold
from handlers.reply import Choice, Choices, Notice, Text, Wish
from handlers.request import Request
from handlers.session import Membership
from locales.phrases import as_is, say
from services.access import ALL_RIGHTS, APPLICATION_RIGHTS, MANAGEMENT_RIGHTS, Colleague

EVERYTHING = "everything"
# "Claire ne travaille plus ici", "supprimer l'utilisateur": the colleague goes, not one right.
LEAVES = re.compile(
    r"\b(?:quitt\w*|partie?s?|part(?:ent)? (?:de|a)|ne travaille plus|n est plus (?:chez|dans|la)|licenci\w*|pension|"
    r"fini son|tous (?:ses|les) (?:acces|droits)|(?:supprim|desactiv|bloqu)\w* (?:l |le |un |son |cet |ce |notre )*"
    r"(?:utilisat\w+|compte)|plus acces a rien)\b"
    r"|\b(?:werkt (?:hier )?niet meer|uit dienst|verlaat|vertrekt|vertrokken|ontslagen|verwijder\w*|al zijn rechten|"
    r"al haar rechten|alle rechten)\b"
    r"|\b(?:no longer works?|does not work here|has left|is leaving|leaves|left us|delete|remove (?:the )?user|"
    r"all (?:his|her|their) rights)\b"
    r"|\b(?:arbeitet nicht mehr|verlasst|ausgeschieden|gekundigt|losch\w*|alle (?:seine|ihre) rechte|"
    r"nicht mehr bei uns)\b"
)
ALL_OF_THEM = re.compile(
    r"\b(?:tous les droits|tous droits|alle rechten|all rights|every right|alle rechte)\b"
)
RIGHT_WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        ("facturation", "facture", "factures", "facturen", "facturatie", "invoices", "rechnungen", "annexes"),
        "invoices",
    ),
    **dict.fromkeys(
        ("transactions", "transacties", "transaktionen", "rapports", "rapporten"), "transactions"
    ),
    **dict.fromkeys(("distripost",), "distripost"),
    **dict.fromkeys(("users", "utilisateurs", "gebruikers", "benutzer"), "users"),
    **dict.fromkeys(("admin", "administrateur", "administratrice", "beheerder", "administrator"), "admin"),
    **dict.fromkeys(("tout", "alles", "everything"), EVERYTHING),
}


def managed(memberships: Sequence[Membership]) -> tuple[Membership, ...]:
    """List the companies whose people this person manages (ACC-4)."""
    return tuple(m for m in memberships if m.rights & set(MANAGEMENT_RIGHTS))


async def companies(request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the companies that the person manages."""
    return [Option(m.company_id, as_is(m.company_name)) for m in managed(request.session.memberships)]


async def colleagues(_request: Request, desk: Desk, values: Values) -> Sequence[Option]:
    """Offer the people of the company."""
    if values.get("company") is None:
        return ()
    return [
        Option(colleague.email, as_is(f"{colleague.name} ({colleague.email})"))
        for colleague in await desk.access.colleagues(values["company"])
    ]


async def rights_to_give(request: Request, _desk: Desk, values: Values) -> Sequence[Option]:
    """Offer every right; what the person does not hold cannot be chosen (ACC-4)."""
    held = _held(request, values)
    return [_right_option(right, held) for right in ALL_RIGHTS]


async def rights_to_take(request: Request, desk: Desk, values: Values) -> Sequence[Option]:
    """Offer the rights that the colleague has, and to take the colleague out altogether."""
    held = _held(request, values)
    everybody = await desk.access.colleagues(values["company"]) if values.get("company") is not None else ()
    theirs = next((c.rights for c in everybody if c.email == values.get("email")), ALL_RIGHTS)
    options = [_right_option(right, held) for right in theirs]
    return [*options, Option(EVERYTHING, say("Everything: this colleague leaves"))]


def _held(request: Request, values: Values) -> frozenset[str]:
    company = next((m for m in request.session.memberships if m.company_id == values.get("company")), None)
    return company.rights if company else frozenset()


def _right_option(right: str, held: frozenset[str]) -> Option:
    needed = "admin" if right in MANAGEMENT_RIGHTS else right
    if right not in held:
        return Option(right, RIGHTS[right], say("You do not have this right yourself."))
    if needed not in held:
        return Option(right, RIGHTS[right], say("Only somebody who makes administrators can give this."))
    return Option(right, RIGHTS[right])


def said_rights(entities: Mapping[str, Any], text: str) -> Any:
    """Take the rights of a message; "all rights" are those of the applications, management is named."""
    said = entities.get("right")
    if said is None and ALL_OF_THEM.search(fold(text)):
        return list(APPLICATION_RIGHTS)
    return [said] if isinstance(said, str) else said


def said_to_leave(entities: Mapping[str, Any], text: str) -> Any:
    """Take the rights of a message, or everything where the colleague leaves."""
    said = entities.get("right")
    if said is None and LEAVES.search(fold(text)):
        return [EVERYTHING]
    return [said] if isinstance(said, str) else said


def person_and_right(rest: str, entities: Entities) -> Entities:
    """Read "facturation jean@…" after a command's word."""
    email = entities.get("email")
    words = [word for word in re.split(r"[\s,;]+", rest) if word and "@" not in word]
    rights = [RIGHT_WORDS[fold(word)] for word in words if fold(word) in RIGHT_WORDS]
    names = [word for word in words if fold(word) not in RIGHT_WORDS]
    found: dict[str, Any] = {"email": email[0] if isinstance(email, list) else email}
    found["right"] = list(dict.fromkeys(rights)) or None
    found["person"] = " ".join(names) or None
    return {name: value for name, value in found.items() if value is not None}


async def receive_colleague(request: Request, desk: Desk) -> Received | None:
    """Refuse who manages nobody; find the colleague whom a message names."""
    refusal = _nobody_to_manage(request)
    if refusal is not None:
        return refusal
    entities = dict(request.entities)
    everybody = [
        colleague
        for company in managed(request.session.memberships)
        for colleague in await desk.access.colleagues(company.company_id)
    ]
    email = entities.get("email")
    if isinstance(email, str):
        if email.lower() in {colleague.email for colleague in everybody}:
            return Received((), {**entities, "email": email.lower()})
        return _not_a_colleague(email, entities)
    found = _named(str(entities.get("person") or ""), request.text, everybody)
    if len(found) == 1:
        return Received((), {**entities, "email": found[0]})
    if len(found) > 1:
        return Received((), {**entities, "email": ""})
    if entities.get("person"):
        # Nobody is meant rather than whoever an earlier form was about.
        name = str(entities["person"])
        entities["email"] = ""
        return Received((Text(say("I find nobody called {name} in your company.", name=name)),), entities)
    return None


async def receive_newcomer(request: Request, _desk: Desk) -> Received | None:
    """Refuse who manages nobody."""
    return _nobody_to_manage(request)


def _nobody_to_manage(request: Request) -> Received | None:
    if managed(request.session.memberships):
        return None
    return Received((Notice(say("Only an administrator of your company can do that."), "warning"),))


def _not_a_colleague(email: str, entities: Mapping[str, Any]) -> Received:
    person = {"person": entities["person"]} if isinstance(entities.get("person"), str) else {}
    add = Wish("access.create_user", {"email": email, **person}, repeatable=False)
    return Received(
        (
            Text(say("{email} is not among the users of your company yet.", email=email)),
            Choices((Choice(say("Add a colleague"), add, primary=True),)),
        )
    )


def _named(person: str, text: str, everybody: Sequence[Colleague]) -> list[str]:
    """Find whose whole name, or a name that nobody else has, stands in what was said; addresses are no names."""
    said = fold(person) or fold(" ".join(word for word in text.split() if "@" not in word))
    words = set(said.split())
    whole = [c.email for c in everybody if fold(c.name) and f" {fold(c.name)} " in f" {said} "]
    if whole:
        return list(dict.fromkeys(whole))
    partly = [c.email for c in everybody if {w for w in fold(c.name).split() if len(w) > 2} & words]
    # "Claire Martin" is not Claire Dubois: a full name that fits nobody names nobody.
    return [] if len(fold(person).split()) > 1 else list(dict.fromkeys(partly))


COMPANY = Field("company", "choice", say("Company"), say("For which company?"), options=companies, named=True)
COLLEAGUE = Field(
    "email",
    "choice",
    say("Colleague"),
    say("Which colleague?"),
    entity="email",
    options=colleagues,
    unknown=say("{value} is not among the users of this company."),
)
