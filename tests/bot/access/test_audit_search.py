"""Search the audit log in the chat as an agent with the right, and as others do (ACC-9)."""

import pytest

from tests.bot.access.answers import words
from tests.bot.access.conftest import Desk

KARIM = "karim.benali@service-centre.example"
LOTTE = "lotte.wouters@service-centre.example"
MARC = "marc.lambert@lambert.example"
NORA = "nora.lejeune@lambert.example"


@pytest.mark.rule("ACC-9")
async def test_agent_with_the_right_finds_who_did_what(desk: Desk) -> None:
    marc, karim = await desk.stranger(MARC), await desk.stranger(KARIM)
    await desk.say(marc, f"donne accès aux factures à {NORA}")
    await desk.say(marc, "oui")
    for about in (NORA, MARC, "0876.543.270", "access.", ""):
        found = words(await desk.say(karim, f"/guichet audit {about}"))
        assert "Marc Lambert" in found
        assert "access.grant" in found
    assert "access.grant" not in words(await desk.say(karim, "/guichet audit joris.peeters@vandamme.example"))
    assert "access.grant" not in words(await desk.say(karim, "/guichet audit nobody@x.example"))
    searches = desk.sql("SELECT count(*) FROM audit WHERE action = 'audit.search' AND actor <> ''")
    assert searches == [(7,)]


@pytest.mark.rule("ACC-9")
@pytest.mark.parametrize("email", [LOTTE, MARC, None])
async def test_others_read_nothing_of_the_log(desk: Desk, email: str | None) -> None:
    marc = await desk.stranger(MARC)
    await desk.say(marc, f"donne accès aux factures à {NORA}")
    await desk.say(marc, "oui")
    chat = await desk.stranger(email)
    assert "access.grant" not in words(await desk.say(chat, "/guichet audit"))
    assert desk.sql("SELECT count(*) FROM audit") == [(1,)]
