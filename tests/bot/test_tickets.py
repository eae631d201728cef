"""Work on tickets as agents and customers do: taken, answered both ways, noted, merged, closed (TIC-1, TIC-2)."""

import asyncio
import json
from pathlib import Path

import psycopg
import pytest

from bot.wiring import Counter
from tests.bot.speaking import CLAIRE, HEIKE, JORIS, KARIM, LOTTE, MARC, Speaker

SECRET = "Kunde schon dreimal gemahnt"


@pytest.fixture
async def karim(counter: Counter, tmp_path: Path) -> Speaker:
    return await Speaker.begin(counter, KARIM, tmp_path)


@pytest.fixture
async def lotte(counter: Counter, tmp_path: Path) -> Speaker:
    return await Speaker.begin(counter, LOTTE, tmp_path)


@pytest.fixture
async def claire(counter: Counter, tmp_path: Path) -> Speaker:
    return await Speaker.begin(counter, CLAIRE, tmp_path)


@pytest.fixture
async def joris(counter: Counter, tmp_path: Path) -> Speaker:
    return await Speaker.begin(counter, JORIS, tmp_path)


def ticket(address: str, number: str, column: str) -> object:
    with psycopg.connect(address) as connection:
        row = connection.execute(f"SELECT {column} FROM tickets WHERE number = %s", [number]).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.rule("TIC-1", "TIC-2")
async def test_agent_and_customer_speak_through_the_ticket(
    claire: Speaker, karim: Speaker, address: str
) -> None:
    number = await claire.open_ticket("Le ramasseur n'est pas passé hier")
    assert "est à vous" in await karim.say(f"je prends {number}")
    assert "Karim Benali, du Service Centre" in await claire.listen()
    # The bot stays silent: what is written now is for the person.
    assert await claire.say("annexe d'octobre 2026") == ""
    assert "annexe d'octobre 2026" in await karim.listen()
    await karim.say(f"répondre à {number} : nous passons demain")
    assert "Envoyé au client" in await karim.press("Envoyer")
    heard = await claire.listen()
    assert "Karim Benali" in heard
    assert "nous passons demain" in heard
    assert ticket(address, number, "state") == "waiting"
    assert await claire.say("merci, parfait") == ""
    assert "merci, parfait" in await karim.listen()
    assert ticket(address, number, "state") == "taken"


@pytest.mark.rule("TIC-2")
@pytest.mark.parametrize("line", ["guichet, factures du mois passé", "/guichet factures du mois passé"])
async def test_bot_that_is_addressed_answers_while_a_person_has_taken_over(
    claire: Speaker, karim: Speaker, line: str
) -> None:
    number = await claire.open_ticket("une question")
    await karim.say(f"/guichet prendre {number}")
    await claire.listen()
    assert "Vos 3 factures" in await claire.say(line)
    assert await karim.look() == ""
    # A button of the bot's own answer is for the bot; words are for the person again.
    assert await claire.press("La liste en Excel") != ""
    assert await claire.say("vous êtes là ?") == ""
    assert "vous êtes là ?" in await karim.listen()


@pytest.mark.rule("TIC-2")
async def test_form_asked_of_the_bot_goes_on_while_a_person_has_taken_over(
    claire: Speaker, karim: Speaker
) -> None:
    number = await claire.open_ticket("une question")
    await karim.say(f"/guichet prendre {number}")
    await claire.listen()
    assert "L'annexe de quel mois" in await claire.say("guichet, une annexe svp")
    assert "octobre 2026" in await claire.say("octobre 2026")
    assert await claire.say("et maintenant ?") == ""
    assert "et maintenant ?" in await karim.listen()


@pytest.mark.rule("TIC-2")
async def test_of_two_agents_at_once_one_gets_the_ticket(
    claire: Speaker, karim: Speaker, lotte: Speaker, address: str
) -> None:
    number = await claire.open_ticket("qui sera le premier ?")
    answers = await asyncio.gather(karim.say(f"/guichet take {number}"), lotte.say(f"/guichet neem {number}"))
    assert sum("est à vous" in answer or "is van u" in answer for answer in answers) == 1
    loser = next(a for a in answers if "est à vous" not in a and "is van u" not in a)
    winner = "Lotte Wouters" if "is van u" in answers[1] else "Karim Benali"
    assert winner in loser
    refused = await (karim if winner.startswith("Lotte") else lotte).say(f"/guichet answer {number} moi")
    assert winner in refused or "moi" in refused
    with psycopg.connect(address) as connection:
        told = connection.execute(
            "SELECT count(*) FROM ticket_messages m JOIN tickets t ON t.id = m.ticket_id"
            " WHERE t.number = %s AND m.kind = 'taken'",
            [number],
        ).fetchone()
    assert told == (1,)


@pytest.mark.rule("TIC-2", "GEN-1")
async def test_two_agents_and_two_customers_at_once_hear_only_their_own(
    claire: Speaker, joris: Speaker, karim: Speaker, lotte: Speaker
) -> None:
    french = await claire.open_ticket("ma question à moi")
    dutch = await joris.open_ticket("mijn eigen vraag", "Versturen")
    await asyncio.gather(karim.say(f"/guichet take {french}"), lotte.say(f"/guichet take {dutch}"))
    told = await asyncio.gather(claire.listen(), joris.listen())
    assert "Karim Benali, du Service Centre, s'occupe" in told[0]
    assert "Lotte Wouters van het Service Centre behandelt" in told[1]
    silent = await asyncio.gather(claire.say("bonjour à vous"), joris.say("dag mevrouw"))
    assert list(silent) == ["", ""]
    heard = await asyncio.gather(karim.listen(), lotte.listen())
    assert "bonjour à vous" in heard[0]
    assert "dag mevrouw" in heard[1]
    assert "dag mevrouw" not in heard[0]
    assert "bonjour à vous" not in heard[1]
    await asyncio.gather(
        karim.say(f"/guichet répondre {french} : réponse française"),
        lotte.say(f"/guichet antwoord {dutch} : Nederlands antwoord"),
    )
    await asyncio.gather(karim.press("Envoyer"), lotte.press("Versturen"))
    heard = await asyncio.gather(claire.listen(), joris.listen())
    assert "réponse française" in heard[0]
    assert "Nederlands antwoord" not in heard[0]
    assert "Nederlands antwoord" in heard[1]
    assert claire.heard[-1]["language"] == "fr"
    assert joris.heard[-1]["language"] == "nl"


@pytest.mark.rule("TIC-2")
async def test_internal_note_never_leaves_the_house(
    claire: Speaker, karim: Speaker, lotte: Speaker, address: str
) -> None:
    number = await claire.open_ticket("une question")
    await karim.say(f"/guichet prendre {number}")
    await claire.listen()
    assert "pour les collègues" in await karim.say(f"/guichet note {number} {SECRET}")
    assert SECRET in await lotte.say(f"/guichet toon {number}")
    # The note, then an answer, a customer's word, a hand-over, a merge of nothing and the end of it.
    await karim.say(f"/guichet répondre {number} voilà")
    await karim.press("Envoyer")
    await claire.listen()
    await claire.say(f"où en est ma demande {number} ?")
    await claire.say(f"guichet, où en est ma demande {number} ?")
    await karim.say(f"/guichet clôturer {number}")
    await karim.press("Clôturer")
    await claire.listen()
    with psycopg.connect(address) as connection:
        places = {
            "outbox": "SELECT o.blocks::text FROM outbox o WHERE o.conversation_id = %s",
            "state": "SELECT state::text FROM conversations WHERE id = %s",
            "buttons": "SELECT action::text FROM buttons WHERE conversation_id = %s",
        }
        for statement in places.values():
            kept = connection.execute(statement, [claire.chat.conversation_id]).fetchall()
            assert kept
            assert not any(SECRET in text for (text,) in kept)
        relayed = connection.execute("SELECT text FROM ticket_messages").fetchall()
        transcripts = connection.execute("SELECT transcript::text FROM tickets").fetchall()
    assert not any(SECRET in text for (text,) in (*relayed, *transcripts))
    assert not any(SECRET in json.dumps(reply, ensure_ascii=False) for reply in claire.heard)


@pytest.mark.rule("TIC-2")
@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("note interne pour {} : {}", "client pénible"),
        ("noter dans {} : {}", "client pénible"),
        ("interne notitie bij {}: {}", "moeilijke klant"),
        ("internal note on {}: {}", "difficult customer"),
        ("répondre en interne à {} : {}", "client pénible"),
    ],
)
async def test_note_in_plain_words_is_never_offered_to_be_sent(
    claire: Speaker, karim: Speaker, address: str, line: str, secret: str
) -> None:
    number = await claire.open_ticket("une question")
    await karim.say(f"/guichet prendre {number}")
    await claire.listen()
    asked = await karim.say(line.format(number, secret))
    assert "/guichet not" in asked
    labels = [choice["label"] for block in karim.heard[-1]["blocks"] for choice in block.get("choices", ())]
    assert await karim.press(labels[0]) != ""
    with psycopg.connect(address) as connection:
        notes = connection.execute("SELECT text FROM ticket_notes ORDER BY id DESC LIMIT 1").fetchall()
        sent = connection.execute(
            "SELECT 1 FROM ticket_messages WHERE text LIKE %s", [f"%{secret}%"]
        ).fetchall()
    assert notes == [(secret,)]
    assert sent == []
    await karim.say(f"/guichet clore {number}")
    await karim.say("oui")


@pytest.mark.rule("TIC-2", "GEN-3")
@pytest.mark.parametrize(
    "command",
    [
        "take {}",
        "note {} psst",
        "solve {}",
        "reopen {}",
        "handover {} x@y.be",
        "merge {} {}",
        "macro {} hi",
        "queue",
    ],
)
async def test_customer_who_sends_an_agents_command_learns_nothing(
    claire: Speaker, joris: Speaker, command: str, address: str
) -> None:
    number = await claire.open_ticket("à moi seule")
    before = ticket(address, number, "row(state, assignee_id, closed_at)::text")
    real = await joris.say("/guichet " + command.format(number, number))
    invented = await joris.say("/guichet " + command.format("GC-2026-999999", "GC-2026-999999"))
    assert real == invented
    assert number not in real
    assert ticket(address, number, "row(state, assignee_id, closed_at)::text") == before


@pytest.mark.rule("GEN-3", "TIC-2")
@pytest.mark.parametrize("line", ["waar staat {}?", "sluit {}", "antwoord op {}: hallo"])
async def test_ticket_of_somebody_else_is_as_none_at_all(claire: Speaker, joris: Speaker, line: str) -> None:
    number = await claire.open_ticket("à moi seule")
    answers = []
    for said in (number, "GC-2026-999998"):
        answers.append((await joris.say(line.format(said))).replace(said, "…"))
        await joris.say("/guichet annuleren")
        await joris.say("annuleren")
    assert answers[0] == answers[1]


@pytest.mark.rule("TIC-2")
async def test_forged_and_replayed_buttons_do_nothing(
    claire: Speaker, joris: Speaker, karim: Speaker, address: str
) -> None:
    number = await claire.open_ticket("une question")
    await karim.say("/guichet queue")
    take = karim.token("Prendre")
    assert await joris.say(json.dumps({"press": take})) == ""
    assert await claire.say(json.dumps({"press": take[:-1] + ("A" if take[-1] != "A" else "B")})) == ""
    assert ticket(address, number, "state") == "new"
    await karim.say(f"/guichet prendre {number}")
    await claire.listen()
    await karim.say(f"/guichet répondre {number} une seule fois")
    send = karim.token("Envoyer")
    assert "Envoyé" in await karim.say(json.dumps({"press": send}))
    assert await karim.say(json.dumps({"press": send})) == ""
    await claire.listen()
    with psycopg.connect(address) as connection:
        sent = connection.execute(
            "SELECT count(*) FROM ticket_messages WHERE text = 'une seule fois'"
        ).fetchone()
    assert sent == (1,)


@pytest.mark.rule("TIC-2")
async def test_closed_ticket_asks_for_satisfaction_and_opens_again_by_an_answer(
    claire: Speaker, karim: Speaker, address: str
) -> None:
    number = await claire.open_ticket("une question")
    await karim.say(f"/guichet prendre {number}")
    await claire.listen()
    await karim.say(f"/guichet clôturer {number}")
    await karim.press("Clôturer")
    assert "de 1 (pas du tout) à 5" in await claire.listen()
    closing = claire.heard[-1]
    assert "Merci" in await claire.press("2")
    assert ticket(address, number, "rating") == 2
    # The bot is back as soon as the person has gone.
    assert "Vos 3 factures" in await claire.say("factures du mois passé")
    claire.heard.append(closing)
    await claire.press("La rouvrir")
    await claire.say("ce n'est pas réglé du tout")
    assert number in await claire.press("Envoyer")
    assert "ce n'est pas réglé du tout" in await karim.listen()
    assert ticket(address, number, "state") == "taken"
    assert ticket(address, number, "closed_at") is None


@pytest.mark.rule("TIC-2")
async def test_solved_ticket_asks_the_customer_who_may_close_it(
    claire: Speaker, karim: Speaker, address: str
) -> None:
    number = await claire.open_ticket("une question")
    await karim.say(f"/guichet prendre {number}")
    await claire.listen()
    await karim.say(f"/guichet résolu {number}")
    await karim.press("Résolue")
    assert "Est-ce en ordre pour vous" in await claire.listen()
    assert ticket(address, number, "state") == "solved"
    await claire.press("Oui, elle peut être clôturée")
    assert "de 1 (pas du tout)" in await claire.press("Clôturer")
    assert f"a clôturé {number}" in await karim.listen()
    assert ticket(address, number, "state") == "closed"


@pytest.mark.rule("TIC-2", "CNV-2")
@pytest.mark.parametrize("by", ["button", "command"])
async def test_agent_opens_a_ticket_again_only_when_it_is_confirmed(
    claire: Speaker, karim: Speaker, address: str, by: str
) -> None:
    number = await claire.open_ticket("une question")
    await karim.say(f"/guichet prendre {number}")
    await claire.listen()
    await karim.say(f"/guichet clôturer {number}")
    await karim.press("Clôturer")
    await claire.listen()
    if by == "button":
        await karim.say(f"/guichet ticket {number}")
        summed_up = await karim.press("La rouvrir")
    else:
        summed_up = await karim.say(f"/guichet rouvrir {number}")
    assert "Claire Dubois" in summed_up
    assert ticket(address, number, "state") == "closed"
    assert "est à vous" in await karim.press("La rouvrir")
    assert ticket(address, number, "state") == "taken"
    await claire.listen()
    await karim.say(f"/guichet clôturer {number}")
    await karim.press("Clôturer")


@pytest.mark.rule("TIC-2")
async def test_ticket_handed_over_goes_to_the_other_agent(
    claire: Speaker, karim: Speaker, lotte: Speaker, address: str
) -> None:
    number = await claire.open_ticket("une question")
    await lotte.say("/guichet wachtrij")
    await karim.say(f"/guichet prendre {number}")
    await claire.listen()
    assert "n'est pas un agent" in await _handed_over(karim, number, CLAIRE)
    assert "Lotte Wouters a maintenant" in await _handed_over(karim, number, LOTTE)
    assert "draagt" in await lotte.listen()
    assert await claire.say("toujours là ?") == ""
    assert "toujours là ?" in await lotte.listen()
    assert "Lotte Wouters" in await _confirmed(karim, f"/guichet répondre {number} non", "Envoyer")
    await lotte.say(f"/guichet terugleggen {number}")
    await lotte.press("Bevestigen")
    assert ticket(address, number, "state") == "new"


async def _confirmed(speaker: Speaker, line: str, label: str) -> str:
    await speaker.say(line)
    return await speaker.press(label)


async def _handed_over(speaker: Speaker, number: str, email: str) -> str:
    return await _confirmed(speaker, f"/guichet transférer {number} {email}", "Transmettre")


@pytest.mark.rule("TIC-2", "GEN-3")
async def test_duplicate_is_merged_only_with_the_same_customers_ticket(
    claire: Speaker, joris: Speaker, karim: Speaker, address: str
) -> None:
    first, second = await claire.open_ticket("ma question"), await claire.open_ticket("encore ma question")
    other = await joris.open_ticket("een heel andere vraag", "Versturen")
    assert "ne sont pas du même client" in await _confirmed(
        karim, f"/guichet fusionner {second} {other}", "Fusionner"
    )
    assert "se poursuit sous" in await _confirmed(karim, f"/guichet fusionner {second} {first}", "Fusionner")
    assert first in await claire.listen()
    assert ticket(address, second, "state") == "closed"
    # What is added to the duplicate reaches the one that goes on.
    await claire.say(f"ajouter une réponse sur {second}")
    await claire.say("encore un détail")
    assert first in await claire.press("Envoyer")
    assert "encore un détail" in await karim.say(f"/guichet voir {first}")


@pytest.mark.rule("TIC-2")
async def test_queue_is_narrowed_by_state_subject_language_and_owner(
    claire: Speaker, joris: Speaker, karim: Speaker
) -> None:
    french, dutch = (
        await claire.open_ticket("une question"),
        await joris.open_ticket("een vraag", "Versturen"),
    )
    await karim.say(f"/guichet prendre {french}")
    for words, wanted, unwanted in (
        ("nl", dutch, french),
        ("moi", french, dutch),
        ("nouveaux nl question", dutch, french),
        ("pris", french, dutch),
    ):
        shown = await karim.say(f"/guichet file {words}")
        assert wanted in shown, words
        assert unwanted not in shown, words
    assert french not in await karim.say("/guichet file option")


async def test_canned_answer_is_filled_in_the_tickets_language_and_sent(
    joris: Speaker, karim: Speaker
) -> None:
    number = await joris.open_ticket("een vraag", "Versturen")
    await karim.say(f"/guichet take {number}")
    await joris.listen()
    await karim.say("/guichet macro")
    await karim.press("Écrire une réponse type")
    await karim.say("bienvenue")
    await karim.press("Nederlands")
    await karim.say("Beste {customer}, dit is {agent} over {number} ({company}).")
    assert "est enregistrée" in await karim.press("Confirmer")
    assert "Beste Joris Peeters, dit is Karim Benali" in await karim.say(f"/guichet macro {number} bienvenue")
    await karim.press("Répondre ainsi")
    await karim.press("Envoyer")
    assert f"over {number} (Deurwaarderskantoor Van Damme BV)" in await joris.listen()
    assert "pas de réponse type rien" in await karim.say(f"/guichet macro {number} rien")


@pytest.mark.rule("OPT-3", "REC-2")
async def test_agent_activates_the_option_that_a_ticket_asks_for(
    counter: Counter, tmp_path: Path, karim: Speaker, address: str
) -> None:
    heike = await Speaker.begin(counter, HEIKE, tmp_path)
    await heike.say("Registered Paper Pack aktivieren für CS470041000001 ab 7. Dezember 2026")
    with psycopg.connect(address) as connection:
        before = connection.execute("SELECT count(*) FROM option_requests WHERE state = 'active'").fetchone()
    promised = await heike.press("Beantragen")
    number = promised[promised.index("GC-") :][:14]
    assert "Activer l'option" in await karim.say(f"/guichet voir {number}")
    await karim.press("Activer l'option")
    assert "L'option est active pour CS470041000001" in await karim.press("Activer")
    assert "Aucune option n'attend" in await _confirmed(karim, f"/guichet activer {number}", "Activer")
    with psycopg.connect(address) as connection:
        after = connection.execute("SELECT count(*) FROM option_requests WHERE state = 'active'").fetchone()
    assert before is not None
    assert after == (before[0] + 1,)
    # A piece of work that somebody takes up is no talk: the bot goes on answering.
    await karim.say(f"/guichet prendre {number}")
    await heike.listen()
    assert "Rechnungen" in await heike.say("Rechnungen vom letzten Monat")


@pytest.mark.rule("GEN-3", "ACC-8")
async def test_answer_never_goes_to_a_chat_that_is_somebody_elses_by_now(
    counter: Counter, tmp_path: Path, karim: Speaker, address: str
) -> None:
    marc = await Speaker.begin(counter, MARC, tmp_path)
    number = await marc.open_ticket("confidentiel")
    await karim.say(f"/guichet prendre {number}")
    await marc.listen()
    with psycopg.connect(address) as connection:
        connection.execute(
            "UPDATE chat_accounts SET user_id = (SELECT id FROM portal_users WHERE email = %s) WHERE id = %s",
            [JORIS, marc.chat.account_id],
        )
    refused = await _confirmed(karim, f"/guichet répondre {number} secret", "Envoyer")
    assert "n'est plus celle de ce client" in refused
    assert await marc.look() == ""
    assert "secret" not in await marc.say(f"waar staat {number}?")


@pytest.mark.rule("TIC-2", "ACC-8")
async def test_strangers_ticket_is_answered_in_the_strangers_chat(
    counter: Counter, tmp_path: Path, karim: Speaker
) -> None:
    stranger = await Speaker.begin(counter, None, tmp_path)
    other = await Speaker.begin(counter, None, tmp_path)
    number = await stranger.open_ticket("je n'arrive pas à entrer")
    await _confirmed(karim, f"/guichet répondre {number} essayez ceci", "Envoyer")
    assert "essayez ceci" in await stranger.listen()
    assert "essayez ceci" not in await other.say(f"où en est {number} ?")
    assert "essayez ceci" in await stranger.say(f"guichet, où en est {number} ?")
