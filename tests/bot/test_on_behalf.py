"""Work on a customer's behalf: with that customer's rights, under a banner, over after 30 idle minutes (ACC-10)."""

from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from bot.wiring import Counter
from tests.bot.speaking import CLAIRE, JORIS, KARIM, NORA, Speaker
from tests.conftest import NOON

BANNER = "Vous travaillez pour"


@pytest.fixture
async def karim(counter: Counter, tmp_path: Path) -> Speaker:
    return await Speaker.begin(counter, KARIM, tmp_path)


async def begin(karim: Speaker, customer: str, reason: str = "le client m'appelle") -> str:
    summed_up = await karim.say(f"/guichet pour {customer} {reason}")
    assert reason in summed_up
    return await karim.press("Commencer")


def at(speaker: Speaker, moment: datetime) -> Speaker:
    speaker.chat.fixed_now = moment
    return speaker


@pytest.mark.rule("ACC-10")
async def test_agent_sees_what_the_customer_sees_under_a_banner(karim: Speaker) -> None:
    assert "n'avez pas encore le droit" in await karim.say("factures du mois passé")
    assert "Claire Dubois" in await begin(karim, CLAIRE)
    shown = await karim.say("factures du mois passé")
    assert shown.startswith(f"{BANNER} Claire Dubois")
    assert "/guichet fin" in shown
    assert "Vos 3 factures" in shown
    ended = await karim.say("/guichet fin")
    assert "ne travaillez plus pour Claire Dubois" in ended
    assert BANNER + " Claire" not in ended
    assert "n'avez pas encore le droit" in await karim.say("factures du mois passé")


@pytest.mark.rule("ACC-10")
async def test_work_on_behalf_begins_and_ends_in_plain_words(karim: Speaker) -> None:
    await karim.say("travailler au nom du client PRS 900310")
    await karim.say("le client nous a appelés")
    assert "Van Damme" in await karim.press("Commencer")
    assert "Van Damme" in await karim.say("factures du mois passé")
    assert "ne travaillez plus" in await karim.say("fin de session client")


@pytest.mark.rule("ACC-10")
async def test_file_made_on_behalf_is_delivered_under_the_banner_and_audited_under_both_names(
    karim: Speaker, address: str
) -> None:
    await begin(karim, CLAIRE)
    delivered = await karim.say("annexe d'octobre 2026")
    assert "annexes-2026-10.xlsx" in delivered
    assert all(BANNER in reply["text"] for reply in karim.heard[-2:])
    await karim.say("/guichet fin")
    with psycopg.connect(address) as connection:
        rows = connection.execute(
            "SELECT a.action, actor.key, person.key FROM audit a"
            " LEFT JOIN pseudonyms actor ON actor.pseudonym = a.actor"
            " LEFT JOIN pseudonyms person ON person.pseudonym = a.person ORDER BY a.id"
        ).fetchall()
        ids: dict[str, int] = dict(connection.execute("SELECT email, id FROM portal_users").fetchall())
    both = {action for action, actor, person in rows if (actor, person) == (ids[KARIM], ids[CLAIRE])}
    assert {"on_behalf.begin", "on_behalf:invoice.annex", "file:invoice.annex", "on_behalf.end"} <= both


@pytest.mark.rule("ACC-10")
async def test_thirty_idle_minutes_end_it(karim: Speaker) -> None:
    await begin(karim, CLAIRE)
    moment = NOON + timedelta(minutes=29, seconds=59)
    assert "Vos 3 factures" in await at(karim, moment).say("factures du mois passé")
    # The half hour began anew with that question.
    moment += timedelta(minutes=29, seconds=59)
    assert "Quelle option" in await at(karim, moment).say("activer une option")
    moment += timedelta(minutes=30)
    late = await at(karim, moment).say("Secure Pick Up")
    assert "a pris fin après 30 minutes" in late
    assert "Secure Pick Up" not in late
    assert "a pris fin" not in await karim.say("bonjour")
    assert "n'avez pas encore le droit" in await karim.say("factures du mois passé")


@pytest.mark.rule("ACC-10")
async def test_button_of_the_session_is_worth_nothing_after_it(karim: Speaker) -> None:
    await begin(karim, CLAIRE)
    await karim.say("factures du mois passé")
    listing = karim.heard[-1]
    await at(karim, NOON + timedelta(minutes=31)).say("bonjour")
    karim.heard.append(listing)
    assert "n'avez pas encore le droit" in await karim.press("La liste en Excel")


@pytest.mark.rule("ACC-10", "GEN-3")
async def test_button_made_for_one_customer_shows_nothing_of_it_to_the_next(karim: Speaker) -> None:
    await begin(karim, CLAIRE)
    listed = await karim.say("factures du mois passé")
    number = next(word for word in listed.split() if word.startswith("1046"))
    assert number in listed
    await karim.say("/guichet fin")
    await begin(karim, JORIS)
    found = await karim.say(f"facture {number}")
    assert "Lambert" not in found
    assert (
        number not in found.replace(f"« {number} »", "").replace(f"facture {number}", "") or "rien" in found
    )
    await karim.say("/guichet fin")


@pytest.mark.rule("ACC-10")
async def test_rights_are_exactly_the_customers(karim: Speaker) -> None:
    await begin(karim, NORA)
    assert "n'avez pas encore le droit" in await karim.say("factures du mois passé")
    for command in ("file", "prendre GC-2026-000001", "pour " + CLAIRE + " encore", "macro"):
        answer = await karim.say(f"/guichet {command}")
        assert "droits de ce client" in answer or "pas de demande en cours" in answer, command
    await karim.say("/guichet fin")


@pytest.mark.rule("ACC-10")
async def test_right_taken_from_the_customer_is_gone_for_the_agent(karim: Speaker, address: str) -> None:
    await begin(karim, JORIS)
    assert "Annexe en Excel" in await karim.say("factures du mois passé")
    with psycopg.connect(address) as connection:
        connection.execute(
            "UPDATE memberships SET rights = '{}' WHERE user_id = (SELECT id FROM portal_users WHERE email = %s)",
            [JORIS],
        )
    assert "n'avez pas encore le droit" in await karim.say("factures du mois passé")
    assert "ne travaillez plus" in await karim.say("/guichet fin")


@pytest.mark.rule("ACC-10")
@pytest.mark.parametrize("customer", [KARIM, "personne@nulle.part", "999999"])
async def test_nobody_works_for_a_colleague_or_for_whom_nobody_knows(karim: Speaker, customer: str) -> None:
    assert "Je ne connais pas de client" in await karim.say(f"/guichet pour {customer} une raison")
    await karim.say("annuler")


@pytest.mark.rule("ACC-10")
async def test_reason_is_asked_for_and_must_be_one(karim: Speaker) -> None:
    assert "Pour quelle raison" in await karim.say(f"/guichet pour {CLAIRE}")
    assert "vraie raison" in await karim.say("x")
    await karim.say("annuler")


@pytest.mark.rule("ACC-10")
async def test_customer_cannot_work_for_anybody(counter: Counter, tmp_path: Path) -> None:
    joris = await Speaker.begin(counter, JORIS, tmp_path)
    answers = {
        await joris.say(f"/guichet namens {customer} zomaar")
        for customer in (CLAIRE, "niemand@nergens.example")
    }
    assert answers == {"Alleen collega's van het Service Centre kunnen dat doen."}


@pytest.mark.rule("ACC-10")
async def test_customer_sees_who_looked_at_what_and_why(
    counter: Counter, tmp_path: Path, karim: Speaker
) -> None:
    await begin(karim, CLAIRE, "vérification de la facture")
    await karim.say("factures du mois passé")
    await karim.say("/guichet fin")
    claire = await Speaker.begin(counter, CLAIRE, tmp_path)
    seen = await claire.say("/guichet consultations")
    assert "Karim Benali" in seen
    assert "vérification de la facture" in seen
    assert "Chercher des factures" in seen
    # A colleague without any right in the company, and another company, learn nothing of it.
    for email in (NORA, JORIS):
        other = await Speaker.begin(counter, email, tmp_path)
        assert "vérification de la facture" not in await other.say("/guichet visits")


@pytest.mark.rule("ACC-10", "TIC-2")
async def test_ticket_opened_on_behalf_is_the_customers_and_answered_in_their_chat(
    counter: Counter, karim: Speaker, tmp_path: Path, address: str
) -> None:
    joris = await Speaker.begin(counter, JORIS, tmp_path)
    await joris.say("goedemiddag")
    await begin(karim, JORIS)
    number = await karim.open_ticket("la facture n'est pas arrivée")
    assert number in await karim.say("mes demandes")
    await karim.say("/guichet fin")
    with psycopg.connect(address) as connection:
        (opened,) = connection.execute(
            "SELECT u.email, t.language, t.conversation_id FROM tickets t JOIN portal_users u ON u.id = t.user_id"
            " WHERE t.number = %s",
            [number],
        ).fetchall()
    assert opened == (JORIS, "nl", joris.chat.conversation_id)
    # It is nothing that the agent himself has asked for, nor does it take his own chat over.
    assert "Joris Peeters" in await karim.say(f"/guichet prendre {number}")
    assert "Service Centre" in await joris.listen()
    assert "n'avez pas encore le droit" in await karim.say("factures du mois passé")
    assert number in await joris.say("guichet, mijn aanvragen")
    await karim.say(f"/guichet répondre {number} zij is onderweg")
    await karim.press("Envoyer")
    assert "zij is onderweg" in await joris.listen()
    await karim.say(f"/guichet clôturer {number}")
    await karim.press("Clôturer")


@pytest.mark.rule("ACC-10", "GEN-3")
async def test_ticket_opened_for_a_company_is_shown_for_no_other_customer(
    karim: Speaker, address: str
) -> None:
    await begin(karim, "900310")
    number = await karim.open_ticket("la facture n'est pas arrivée")
    await karim.say("/guichet fin")
    await begin(karim, CLAIRE)
    assert number not in await karim.say("mes demandes")
    assert "ne connais pas de demande" in await karim.say(f"/guichet ticket {number}")
    await karim.say("/guichet fin")
    with psycopg.connect(address) as connection:
        (opened,) = connection.execute(
            "SELECT t.user_id, c.name LIKE '%%Damme%%' FROM tickets t JOIN companies c ON c.id = t.company_id"
            " WHERE t.number = %s",
            [number],
        ).fetchall()
    assert opened == (None, True)


@pytest.mark.rule("ACC-10", "REP-3")
@pytest.mark.parametrize(
    "line",
    [
        "envoie-moi chaque lundi le rapport de la semaine précédente",
        "je voudrais un accès à Distripost",
        "/guichet annexe de novembre 2026",
    ],
)
async def test_what_comes_later_is_promised_to_nobody_but_the_person(
    karim: Speaker, address: str, line: str
) -> None:
    await begin(karim, CLAIRE)
    answer = await karim.say(line)
    if "novembre" in line:
        answer = await karim.press("M'envoyer l'annexe dès qu'elle est là")
    assert "Seule la personne concernée" in answer
    await karim.say("oui")
    await karim.say("/guichet fin")
    with psycopg.connect(address) as connection:
        for table in ("schedules", "access_requests", "awaited_invoices"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


@pytest.mark.rule("ACC-10")
@pytest.mark.parametrize("end", ["/guichet fin", "fin de session client"])
async def test_form_open_for_a_customer_ends_with_the_work_and_one_of_the_agents_own_when_it_begins(
    karim: Speaker, end: str
) -> None:
    await karim.say("/guichet privacy")
    await karim.press("Effacer ce qui me concerne")
    begun = await begin(karim, CLAIRE)
    assert "Effacer" not in begun
    assert "Quelle option" in await karim.say("activer une option")
    ended = await karim.say(end)
    assert "ne travaillez plus" in ended
    assert "option" not in ended
