"""Administer rights by chat, and try to get more of them by every path (ACC-4 to ACC-6, ACC-9)."""

import json
from typing import Any

import pytest

from bot.channels.terminal import TerminalChat, choices_of
from tests.bot.access.answers import words
from tests.bot.access.conftest import Desk

MARC = "marc.lambert@lambert.example"
CLAIRE = "claire.dubois@lambert.example"
NORA = "nora.lejeune@lambert.example"
SOFIE = "sofie.claes@fiduciaire.example"
JORIS = "joris.peeters@vandamme.example"
LIEGE = "Menuiserie Lambert & Fils SA"


def rights(desk: Desk, email: str, city: str = "Liège") -> set[str] | None:
    rows = desk.sql(
        "SELECT rights FROM memberships m JOIN portal_users u ON u.id = user_id JOIN companies c ON c.id = company_id"
        f" WHERE email = '{email}' AND city = '{city}'"
    )
    return set(rows[0][0]) if rows else None


def audit(desk: Desk) -> list[tuple[str, list[str]]]:
    return desk.sql("SELECT action, detail->'rights' FROM audit ORDER BY id")


@pytest.mark.rule("ACC-4", "ACC-6", "ACC-9", "CNV-2")
async def test_right_is_given_after_the_summary_and_told(desk: Desk) -> None:
    marc, nora = await desk.stranger(MARC), await desk.stranger(NORA)
    await desk.say(nora, "bonjour")
    summed = words(await desk.say(marc, f"donne accès aux factures à {NORA}"))
    assert "Nora Lejeune" in summed
    assert rights(desk, NORA) == set()
    await desk.say(marc, "oui")
    assert rights(desk, NORA) == {"invoices"}
    assert "Marc Lambert" in words(await desk.heard(nora))
    assert audit(desk) == [("access.grant", ["invoices"])]
    assert desk.letters() == []


@pytest.mark.rule("ACC-9")
async def test_person_without_a_chat_is_told_by_mail(desk: Desk) -> None:
    marc = await desk.stranger(MARC)
    await desk.say(marc, "donne accès aux factures à Nora Lejeune")
    await desk.say(marc, "oui")
    (letter,) = desk.letters()
    assert letter["To"].addresses[0].addr_spec == NORA
    assert "Marc Lambert" in letter.get_content()


@pytest.mark.rule("ACC-4")
@pytest.mark.parametrize(
    "command",
    [
        f"/guichet grant facturation,transactions {NORA}",
        f"/guichet accorder factures transactions {NORA}",
        f"/guichet toekennen facturen, transacties {NORA}",
        f"/guichet erteilen rechnungen transaktionen {NORA}",
        "/guichet grant invoices transactions Nora Lejeune",
    ],
)
async def test_right_is_given_by_command(desk: Desk, command: str) -> None:
    marc = await desk.stranger(MARC)
    await desk.say(marc, command)
    await desk.say(marc, "oui")
    assert rights(desk, NORA) == {"invoices", "transactions"}


@pytest.mark.rule("ACC-5")
async def test_colleague_is_added_without_rights_which_are_offered(desk: Desk) -> None:
    marc = await desk.stranger(MARC)
    await desk.say(marc, "ajoute ma collègue Julie De Smet julie@lambert.example")
    (offered,) = await desk.say(marc, "oui")
    assert rights(desk, "julie@lambert.example") == set()
    assert desk.letters()[-1]["To"].addresses[0].addr_spec == "julie@lambert.example"
    await desk.press(marc, offered, "factures et annexes")
    assert rights(desk, "julie@lambert.example") == set()
    await desk.say(marc, "oui")
    assert rights(desk, "julie@lambert.example") == {"invoices"}
    assert [action for action, _rights in audit(desk)] == ["access.create_user", "access.grant"]


@pytest.mark.rule("ACC-4")
async def test_unknown_address_is_offered_to_be_added(desk: Desk) -> None:
    marc = await desk.stranger(MARC)
    (asked,) = await desk.say(marc, "donne accès aux factures à jean@lambert.example")
    assert [choice["label"] for choice in choices_of(asked)] == ["Ajouter un collègue"]
    await desk.press(marc, asked, "Ajouter un collègue")
    await desk.say(marc, "Jean Petit")
    await desk.say(marc, "oui")
    assert rights(desk, "jean@lambert.example") == set()


@pytest.mark.rule("ACC-2", "GEN-3")
async def test_person_of_another_company_is_a_stranger_here(desk: Desk) -> None:
    """Joris has an account elsewhere: the answer is that for an address that nobody has."""
    marc = await desk.stranger(MARC)
    known = words(await desk.say(marc, f"donne accès aux factures à {JORIS}"))
    unknown = words(await desk.say(marc, "donne accès aux factures à joris.nobody@vandamme.example"))
    assert known.replace(JORIS, "…") == unknown.replace("joris.nobody@vandamme.example", "…")
    assert rights(desk, JORIS, "Liège") is None


ESCALATIONS = [
    f"donne accès aux factures à {NORA}",
    f"donne le droit admin à {CLAIRE}",
    f"rendre {CLAIRE} administratrice",
    f"/guichet grant admin {CLAIRE}",
    f"/guichet grant distripost {CLAIRE}",
    f"retire les factures à {MARC}",
    f"{MARC} ne travaille plus ici",
    f"/guichet transfer {CLAIRE}",
    "ajoute ma collègue Julie De Smet julie@lambert.example",
]


@pytest.mark.rule("ACC-4", "ACC-6")
@pytest.mark.parametrize("line", ESCALATIONS)
async def test_who_manages_nobody_changes_nothing(desk: Desk, line: str) -> None:
    claire = await desk.stranger(CLAIRE)
    before = desk.sql("SELECT user_id, company_id, rights FROM memberships ORDER BY id")
    await desk.say(claire, line)
    await desk.say(claire, "oui")
    assert desk.sql("SELECT user_id, company_id, rights FROM memberships ORDER BY id") == before
    assert audit(desk) == []


def give(desk: Desk, email: str, *given: str, city: str = "Liège") -> None:
    desk.sql(
        f"UPDATE memberships SET rights = '{{{','.join(given)}}}' FROM portal_users u, companies c"
        f" WHERE u.id = user_id AND c.id = company_id AND email = '{email}' AND city = '{city}'"
    )


@pytest.mark.rule("ACC-4")
@pytest.mark.parametrize(
    "line",
    [
        f"/guichet grant admin {CLAIRE}",
        f"/guichet grant users {NORA}",
        f"/guichet grant transactions {NORA}",
        f"/guichet grant distripost {CLAIRE}",
        f"/guichet revoke invoices {MARC}",
        f"/guichet revoke everything {MARC}",
        f"/guichet transfer {NORA}",
    ],
)
async def test_who_makes_users_only_gives_no_more_than_their_own(desk: Desk, line: str) -> None:
    give(desk, CLAIRE, "invoices", "users")
    claire = await desk.stranger(CLAIRE)
    before = desk.sql("SELECT user_id, company_id, rights FROM memberships ORDER BY id")
    await desk.say(claire, line)
    await desk.say(claire, "oui")
    assert desk.sql("SELECT user_id, company_id, rights FROM memberships ORDER BY id") == before


@pytest.mark.rule("ACC-4")
async def test_who_makes_users_gives_their_own_rights(desk: Desk) -> None:
    give(desk, CLAIRE, "invoices", "users")
    claire = await desk.stranger(CLAIRE)
    await desk.say(claire, f"/guichet grant invoices {NORA}")
    await desk.say(claire, "oui")
    assert rights(desk, NORA) == {"invoices"}


@pytest.mark.rule("ACC-4", "GEN-3")
async def test_whole_form_of_a_page_gives_no_more_than_the_chat(desk: Desk) -> None:
    """Submit values that no form offers: another company, another's colleague, a right not held, one that is none."""
    give(desk, CLAIRE, "invoices", "users")
    claire = await desk.stranger(CLAIRE)
    (shown,) = await desk.say(claire, "donner un droit")
    form = next(block for block in shown["blocks"] if block["type"] == "form")
    (gent,) = desk.sql("SELECT id FROM companies WHERE city = 'Gent'")
    (liege,) = desk.sql("SELECT id FROM companies WHERE city = 'Liège'")
    before = desk.sql("SELECT user_id, company_id, rights FROM memberships ORDER BY id")
    for values in (
        {"company": gent[0], "email": JORIS, "right": ["invoices"]},
        {"company": liege[0], "email": JORIS, "right": ["invoices"]},
        {"company": liege[0], "email": CLAIRE, "right": ["admin"]},
        {"company": liege[0], "email": CLAIRE, "right": ["everything", "root"]},
        {"company": str(gent[0]), "email": JORIS, "right": "admin"},
    ):
        await desk.say(claire, json.dumps({"form": {"key": form["key"], "values": values}}))
        await desk.say(claire, "oui")
    assert desk.sql("SELECT user_id, company_id, rights FROM memberships ORDER BY id") == before
    assert desk.sql("SELECT count(*) FROM inbox WHERE done_at IS NULL") == [(0,)]


@pytest.mark.rule("ACC-9")
async def test_rights_taken_while_the_form_is_open_count(desk: Desk) -> None:
    marc = await desk.stranger(MARC)
    (summed,) = await desk.say(marc, f"donne accès aux factures à {NORA}")
    give(desk, MARC, "invoices", "users")
    give(desk, MARC, "transactions")
    await desk.press(marc, summed, "Donner")
    assert rights(desk, NORA) == set()
    assert audit(desk) == []


@pytest.mark.rule("ACC-9")
async def test_person_taken_out_mid_form_does_nothing_more(desk: Desk) -> None:
    marc, claire = await desk.stranger(MARC), await desk.stranger(CLAIRE)
    (asked,) = await desk.say(claire, "annexe de facture")
    assert asked["blocks"][-1]["type"] == "form"
    await desk.say(marc, "Claire Dubois ne travaille plus ici")
    await desk.say(marc, "oui")
    assert rights(desk, CLAIRE) is None
    heard = words(await desk.heard(claire)) + words(await desk.say(claire, "octobre 2026"))
    assert "1046" not in heard
    assert "qui vous êtes" in words(await desk.say(claire, "mes factures d'octobre"))
    assert desk.sql("SELECT count(*) FROM files") == [(0,)]


@pytest.mark.rule("ACC-6", "ACC-9")
async def test_right_taken_away_mid_form_ends_the_form(desk: Desk) -> None:
    marc, claire = await desk.stranger(MARC), await desk.stranger(CLAIRE)
    (asked,) = await desk.say(claire, "annexe de facture")
    assert asked["blocks"][-1]["type"] == "form"
    await desk.say(marc, f"/guichet retirer factures {CLAIRE}")
    await desk.say(marc, "oui")
    assert "Marc Lambert" in words(await desk.heard(claire))
    assert "pas encore le droit" in words(await desk.say(claire, "octobre 2026"))
    assert desk.sql("SELECT count(*) FROM follow_ups") == [(0,)]


@pytest.mark.rule("ACC-9")
async def test_colleague_who_leaves_is_taken_out_everywhere_at_once(desk: Desk) -> None:
    marc, claire = await desk.stranger(MARC), await desk.stranger(CLAIRE)
    (asked,) = await desk.say(claire, "chaque lundi, le rapport de la semaine passée")
    await desk.press(claire, asked, choices_of(asked)[0]["label"])
    await desk.say(claire, "oui")
    assert desk.sql("SELECT state FROM schedules") == [("active",)]
    await desk.say(claire, "annexe de facture")
    await desk.say(marc, "/guichet revoke everything Claire Dubois")
    await desk.say(marc, "oui")
    assert desk.sql("SELECT state FROM schedules") == [("stopped",)]
    left = desk.sql(
        "SELECT u.left_at IS NOT NULL, a.user_id, c.state::text FROM portal_users u, chat_accounts a"
        f" JOIN conversations c ON c.account_id = a.id WHERE u.email = '{CLAIRE}' AND a.id = {claire.account_id}"
    )
    assert left == [(True, None, "{}")]
    assert audit(desk) == [("access.remove", ["invoices", "transactions"])]
    # Who comes back begins without rights, and with a code.
    await desk.say(marc, f"/guichet add Claire Dubois {CLAIRE}")
    await desk.say(marc, "oui")
    assert rights(desk, CLAIRE) == set()
    assert "qui vous êtes" in words(await desk.say(claire, "mes factures"))


@pytest.mark.rule("ACC-9", "GEN-3")
async def test_who_leaves_one_company_stays_in_the_other(desk: Desk) -> None:
    marc, sofie = await desk.stranger(MARC), await desk.stranger(SOFIE)
    await desk.say(marc, "/guichet revoke everything Sofie Claes")
    await desk.say(marc, "oui")
    assert rights(desk, SOFIE) is None
    assert rights(desk, SOFIE, "Gent") == {"invoices"}
    heard = words(await desk.say(sofie, "mijn facturen van oktober 2026"))
    assert "Van Damme" in heard
    assert "Lambert" not in heard


@pytest.mark.rule("ACC-4")
@pytest.mark.parametrize(
    "line",
    [
        f"/guichet retirer admin {MARC}",
        f"/guichet retirer tout {MARC}",
        f"/guichet retirer admin,utilisateurs {MARC}",
    ],
)
async def test_last_administrator_cannot_go(desk: Desk, line: str) -> None:
    marc = await desk.stranger(MARC)
    await desk.say(marc, line)
    assert "administrateur" in words(await desk.say(marc, "oui"))
    assert "admin" in (rights(desk, MARC) or set())
    assert desk.sql(f"SELECT left_at FROM portal_users WHERE email = '{MARC}'") == [(None,)]


@pytest.mark.rule("ACC-4")
async def test_administration_is_handed_over(desk: Desk) -> None:
    marc = await desk.stranger(MARC)
    await desk.say(marc, "/guichet céder Claire Dubois")
    await desk.say(marc, "oui")
    assert rights(desk, CLAIRE) == {"invoices", "transactions", "users", "admin"}
    assert rights(desk, MARC) == {"invoices", "transactions", "distripost"}


@pytest.mark.rule("ACC-4")
async def test_two_administrators_do_not_remove_each_other(desk: Desk) -> None:
    give(desk, CLAIRE, "users", "admin")
    marc, claire = await desk.stranger(MARC), await desk.stranger(CLAIRE)
    await desk.say(marc, f"/guichet revoke everything {CLAIRE}")
    await desk.say(claire, f"/guichet revoke everything {MARC}")
    for chat in (marc, claire):
        await desk.counter.intake.accept(chat._message("oui"))
    await desk.do_jobs()
    left = desk.sql(
        "SELECT count(*) FROM memberships m JOIN companies c ON c.id = company_id"
        " WHERE city = 'Liège' AND 'admin' = ANY (rights)"
    )
    assert left == [(1,)]


async def forged(desk: Desk, chat: TerminalChat, token: str) -> list[dict[str, Any]]:
    return await desk.say(chat, f'{{"press": "{token}"}}')


@pytest.mark.rule("ACC-9")
async def test_button_works_once_and_only_in_its_conversation(desk: Desk) -> None:
    marc, claire = await desk.stranger(MARC), await desk.stranger(CLAIRE)
    (summed,) = await desk.say(marc, f"donne accès aux factures à {NORA}")
    token = next(choice["token"] for choice in choices_of(summed) if choice["label"] == "Donner")
    assert await forged(desk, claire, token) == []
    assert await forged(desk, claire, "AAAAAAAAAAAAAAAA") == []
    assert rights(desk, NORA) == set()
    await forged(desk, marc, token)
    assert rights(desk, NORA) == {"invoices"}
    give(desk, NORA)
    await forged(desk, marc, token)
    assert rights(desk, NORA) == set()
    assert len(audit(desk)) == 1


@pytest.mark.rule("ACC-6")
async def test_list_shows_administrators_all_and_others_their_own(desk: Desk) -> None:
    marc, claire = await desk.stranger(MARC), await desk.stranger(CLAIRE)
    everybody = words(await desk.say(marc, "qui a accès ?"))
    assert all(email in everybody for email in (MARC, CLAIRE, NORA, SOFIE))
    assert JORIS not in everybody
    own = words(await desk.say(claire, "mes droits"))
    assert "factures" in own
    assert "Marc Lambert" in own
    assert NORA not in own


@pytest.mark.rule("ACC-4", "GEN-3")
async def test_administrator_of_two_companies_says_which(desk: Desk) -> None:
    give(desk, SOFIE, "invoices", "users", "admin")
    give(desk, SOFIE, "invoices", "users", "admin", city="Gent")
    sofie = await desk.stranger(SOFIE)
    (asked,) = await desk.say(sofie, "geef jan@nieuw.example toegang tot de facturen")
    await desk.press(sofie, asked, choices_of(asked)[0]["label"])
    (form,) = [b for b in (await desk.say(sofie, "Jan Nieuw"))[-1]["blocks"] if b["type"] == "form"]
    assert form["asked"] == "company"
    assert len(form["fields"][0]["options"]) == 2
    await desk.say(sofie, "Lambert")
    await desk.say(sofie, "ja")
    assert rights(desk, "jan@nieuw.example") == set()
    assert rights(desk, "jan@nieuw.example", "Gent") is None
