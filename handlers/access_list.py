"""Answer `access.list`: who has which rights, and one's own (ACC-6)."""

from __future__ import annotations

from handlers.administration_wish import managed
from handlers.desk import Desk
from handlers.notices import rights_in_words
from handlers.reply import Block, Choice, Choices, Reply, Table, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from handlers.session import Membership
from locales.phrases import Phrase, as_is, say

router = Router()
MOST_ROWS = 50


@router.add("access.list")
async def list_rights(request: Request, desk: Desk) -> Reply:
    """Show whoever manages a company its people, anybody else their own rights and who manages."""
    blocks: list[Block] = []
    manages = managed(request.session.memberships)
    for company in request.session.memberships:
        if company in manages:
            blocks.append(await _people(company, request, desk))
        else:
            blocks.append(Text(_own(company, request)))
            blocks.append(await _administrators(company, desk))
    if not blocks:
        blocks.append(Text(say("You belong to no company here.")))
    if manages:
        blocks.append(
            Choices(
                (
                    Choice(say("Add a colleague"), Wish("access.create_user", repeatable=False)),
                    Choice(say("Give a right"), Wish("access.grant", repeatable=False)),
                    Choice(say("Take a right away"), Wish("access.revoke", repeatable=False)),
                )
            )
        )
    return reply(*blocks)


async def _people(company: Membership, request: Request, desk: Desk) -> Table:
    colleagues = (await desk.access.colleagues(company.company_id))[:MOST_ROWS]
    language = request.session.language
    return Table(
        say("Who may do what at {company}", company=company.company_name),
        (say("Name"), say("E-mail address"), say("Rights")),
        tuple(
            (as_is(c.name), as_is(c.email), rights_in_words(c.rights, language) if c.rights else say("none"))
            for c in colleagues
        ),
    )


def _own(company: Membership, request: Request) -> Phrase:
    rights = tuple(right for right in ("invoices", "transactions", "distripost") if right in company.rights)
    if not rights:
        return say("You have no right at {company} yet.", company=company.company_name)
    return say(
        "Your rights at {company}: {rights}.",
        company=company.company_name,
        rights=rights_in_words(rights, request.session.language),
    )


async def _administrators(company: Membership, desk: Desk) -> Text:
    """Name the administrators: to somebody of the same company only (ACC-2)."""
    names = [c.name for c in await desk.access.colleagues(company.company_id) if "admin" in c.rights]
    if not names:
        return Text(say("This company has no administrator; the Service Centre helps you further."))
    return Text(say("Who gives rights there: {names}.", names=", ".join(names)))


router.commands.add("access.list", "rights", "droits", "rechten", "rechte")
