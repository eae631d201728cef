"""Ask for access as a stranger does, and decide about it as administrators do (ACC-1 to ACC-3, ACC-7)."""

import re
from typing import Any

import pytest

from bot.access_requests import AccessRequests
from bot.channels.terminal import TerminalChat, choices_of
from handlers.first_access import check_number, normal_number
from handlers.request import Request
from tests.bot.access.answers import words
from tests.bot.access.conftest import Desk

MARC = "marc.lambert@lambert.example"
LIEGE_NUMBER, LIEGE_PRS, UNKNOWN_NUMBER = "0876.543.270", "PRS 400125", "0214.596.464"


async def ask(desk: Desk, chat: TerminalChat, number: str, *, product: str = "Collect & Stamp") -> list[str]:
    said = [words(await desk.say(chat, "demande d'accès"))]
    lines = (product, "Lambert SA", number, "Zoé Petit", "zoe@lambert.example", "oui")
    said += [words(await desk.say(chat, line)) for line in lines]
    return [re.sub(r"AR-\w{8}", "AR-…", line) for line in said]


def tickets(desk: Desk) -> list[Any]:
    return desk.sql(
        "SELECT subject, company_id, to_char(due_at AT TIME ZONE 'Europe/Brussels', 'DD HH24') FROM tickets"
    )


@pytest.mark.rule("ACC-2", "ACC-5")
@pytest.mark.parametrize("number", [LIEGE_NUMBER, LIEGE_PRS])
async def test_request_goes_to_the_administrators_who_approve(desk: Desk, number: str) -> None:
    chat, marc = await desk.stranger(), await desk.stranger(MARC)
    await desk.say(marc, "bonjour")
    said = await ask(desk, chat, number)
    assert "30 novembre 2026" in said[-1]
    (asked,) = await desk.heard(marc)
    assert "Zoé Petit (zoe@lambert.example)" in words([asked])
    (done,) = await desk.press(marc, asked, "Approuver")
    assert choices_of(done)[0]["label"] == "factures et annexes"
    assert "approuvée" in words(await desk.heard(chat))
    assert desk.letters()[-1]["To"].addresses[0].addr_spec == "zoe@lambert.example"
    rows = desk.sql(
        "SELECT rights FROM memberships m JOIN portal_users u ON u.id = user_id WHERE email LIKE 'zoe%'"
    )
    assert rows == [([],)]
    assert tickets(desk) == []
    assert desk.sql("SELECT action FROM audit ORDER BY id") == [("access.create_user",), ("access.approve",)]
    # The address is Zoé's: her chat is linked by a code like any other.
    await desk.say(chat, "lier mon compte zoe@lambert.example")
    assert "Zoé Petit" in words(await desk.say(chat, desk.code()))


@pytest.mark.rule("ACC-2")
async def test_refusal_names_nobody(desk: Desk) -> None:
    chat, marc = await desk.stranger(), await desk.stranger(MARC)
    await desk.say(marc, "bonjour")
    await ask(desk, chat, LIEGE_NUMBER)
    (asked,) = await desk.heard(marc)
    await desk.press(marc, asked, "Refuser")
    told = words(await desk.heard(chat))
    assert "refusée" in told
    assert "Marc" not in told
    assert desk.sql("SELECT count(*) FROM portal_users WHERE email LIKE 'zoe%'") == [(0,)]


@pytest.mark.rule("ACC-1", "ACC-2")
async def test_stranger_cannot_tell_whether_a_company_is_known(desk: Desk) -> None:
    answers = [await ask(desk, await desk.stranger(), number) for number in (LIEGE_NUMBER, UNKNOWN_NUMBER)]
    assert answers[0][:-2] == answers[1][:-2]
    assert answers[0][-1] == answers[1][-1]
    assert tickets(desk) == [("access", None, "30 17")]


@pytest.mark.rule("ACC-1")
async def test_distripost_is_answered_within_two_days(desk: Desk) -> None:
    said = await ask(desk, await desk.stranger(), UNKNOWN_NUMBER, product="Distripost")
    assert "24 novembre 2026" in said[-1]
    assert tickets(desk) == [("access", None, "24 12")]


@pytest.mark.rule("ACC-2")
async def test_request_without_an_administrator_goes_to_the_service_centre(desk: Desk) -> None:
    desk.sql("UPDATE memberships SET rights = '{invoices}' WHERE 'admin' = ANY (rights)")
    await ask(desk, await desk.stranger(), LIEGE_NUMBER)
    assert len(tickets(desk)) == 1


@pytest.mark.rule("ACC-1", "ACC-2")
async def test_request_left_undecided_reaches_the_service_centre_once(desk: Desk) -> None:
    marc = await desk.stranger(MARC)
    await desk.say(marc, "bonjour")
    await ask(desk, await desk.stranger(), LIEGE_NUMBER)
    (asked,) = await desk.heard(marc)
    requests = AccessRequests(desk.counter.house)
    for hours, opened in ((96, 0), (6, 1), (24, 1)):
        desk.pass_time(hours=hours)
        await requests.pass_on()
        assert len(tickets(desk)) == opened
    # The administrator may still decide.
    assert "Zoé Petit" in words(await desk.press(marc, asked, "Approuver"))


@pytest.mark.rule("ACC-2")
async def test_two_administrators_decide_once(desk: Desk) -> None:
    desk.sql(
        "UPDATE memberships SET rights = '{users}' WHERE user_id ="
        " (SELECT id FROM portal_users WHERE email LIKE 'claire%')"
    )
    chat, marc, claire = (
        await desk.stranger(),
        await desk.stranger(MARC),
        await desk.stranger("claire.dubois@lambert.example"),
    )
    for decider in (marc, claire):
        await desk.say(decider, "bonjour")
    await ask(desk, chat, LIEGE_NUMBER)
    (to_marc,), (to_claire,) = await desk.heard(marc), await desk.heard(claire)
    await desk.press(marc, to_marc, "Refuser")
    assert "déjà refusée" in words(await desk.press(claire, to_claire, "Approuver"))
    assert desk.sql("SELECT count(*) FROM portal_users WHERE email LIKE 'zoe%'") == [(0,)]


@pytest.mark.rule("ACC-4", "GEN-3")
async def test_decision_needs_the_right_of_that_moment(desk: Desk) -> None:
    chat, marc = await desk.stranger(), await desk.stranger(MARC)
    await desk.say(marc, "bonjour")
    await ask(desk, chat, LIEGE_NUMBER)
    (asked,) = await desk.heard(marc)
    token = next(choice["token"] for choice in choices_of(asked) if choice["label"] == "Approuver")
    desk.sql("UPDATE memberships SET rights = '{invoices}' WHERE 'admin' = ANY (rights)")
    for presser in (chat, await desk.stranger("joris.peeters@vandamme.example"), marc):
        await desk.say(presser, f'{{"press": "{token}"}}')
    assert desk.sql("SELECT count(*) FROM portal_users WHERE email LIKE 'zoe%'") == [(0,)]
    assert desk.sql("SELECT state FROM access_requests") == [("asked",)]


async def test_fourth_request_of_a_day_bothers_nobody(desk: Desk) -> None:
    chat = await desk.stranger()
    for _ in range(4):
        await ask(desk, chat, UNKNOWN_NUMBER)
    assert len(tickets(desk)) == 3


@pytest.mark.rule("ACC-3")
async def test_other_accounts_and_webpass_may_be_left_out(desk: Desk) -> None:
    chat = await desk.stranger()
    (shown,) = await desk.say(chat, "demande d'accès")
    form = next(block for block in shown["blocks"] if block["type"] == "form")
    optional = {field["name"] for field in form["fields"] if not field["required"]}
    assert optional == {"phone", "webpass", "other_account"}


@pytest.mark.parametrize(
    ("said", "normal"),
    [
        ("BE 0876.543.270", "0876543270"),
        ("876543270", "0876543270"),
        ("PRS 400125", "400125"),
        ("400125", "400125"),
        ("0876.543.271", None),
        ("12", None),
        ("n'importe quoi", None),
        ("DROP TABLE", None),
    ],
)
def test_number_is_an_enterprise_number_or_a_prs_number(said: str, normal: str | None) -> None:
    assert normal_number(said) == normal
    assert (check_number(said, Request("x", None, None)) is None) == (normal is not None)  # type: ignore[arg-type]


@pytest.mark.rule("ACC-7")
async def test_password_is_recovered_on_the_portal_or_by_the_service_centre(desk: Desk) -> None:
    chat = await desk.stranger()
    (shown,) = await desk.say(chat, "j'ai oublié mon mot de passe")
    text = words([shown])
    assert "7" in text
    links = [choice for block in shown["blocks"] for choice in block.get("choices", ()) if choice.get("url")]
    assert "recoverPassword" in links[0]["url"]
    await desk.press(chat, shown, "Demander un nouveau code d'accès")
    for line in ("Lambert SA", "400125", "zpetit", "oui"):
        said = words(await desk.say(chat, line))
    assert "GC-2026-" in said
    assert tickets(desk)[0][0] == "password"


PASSWORDS = [
    ("fr", "mon mot de passe est Soleil2026!", "Soleil2026!"),
    ("fr", "voici mon mdp : azerty99", "azerty99"),
    ("fr", "mon nouveau mot de passe du portail Lun3Rouge ne marche pas", "Lun3Rouge"),
    ("nl", "mijn wachtwoord is Zonnetje7", "Zonnetje7"),
    ("nl", "het wachtwoord luidt: fiets-123", "fiets-123"),
    ("nl", "paswoord = Gent2026", "Gent2026"),
    ("en", "my password is hunter22", "hunter22"),
    ("en", "password: Tr0ub4dor", "Tr0ub4dor"),
    ("de", "mein Passwort lautet Sonne!2026", "Sonne!2026"),
    ("de", "Kennwort: Eupen4700", "Eupen4700"),
]


@pytest.mark.rule("ACC-7")
async def test_password_in_a_message_is_written_nowhere(desk: Desk) -> None:
    """Look for it in every table of the database, in four languages."""
    chat = await desk.stranger()
    for _language, line, _secret in PASSWORDS:
        (reply,) = await desk.say(chat, line)
        assert reply["blocks"][0]["tone"] == "warning"
    tables = [row[0] for row in desk.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    kept = "\n".join(row[0] for table in tables for row in desk.sql(f'SELECT t::text FROM "{table}" t'))
    assert [secret for _language, _line, secret in PASSWORDS if secret in kept] == []
