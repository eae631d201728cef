"""Lead forms and buttons through the running house: nothing happens without a yes, and nothing happens twice."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.channels.terminal import TerminalChat, choices_of
from bot.wiring import Counter
from services.database import Scope
from services.records import Button, FollowUp, Ticket
from tests.conftest import NOON

CLAIRE = "claire.dubois@lambert.example"
SOFIE = "sofie.claes@fiduciaire.example"


class Talking:
    """A conversation of which tests see the replies and press the buttons."""

    def __init__(self, counter: Counter, chat: TerminalChat) -> None:
        self.counter = counter
        self.chat = chat
        self.last: list[dict[str, Any]] = []

    async def say(self, line: str | dict[str, Any]) -> str:
        spoken = line if isinstance(line, str) else json.dumps(line)
        self.last = [reply async for reply in self.chat.say(spoken)]
        return "\n".join(reply["text"] for reply in self.last)

    def button(self, label: str) -> str:
        tokens = [c["token"] for reply in self.last for c in choices_of(reply) if c["label"] == label]
        return str(tokens[0])

    async def press(self, label: str) -> str:
        return await self.say({"press": self.button(label)})

    def form(self) -> dict[str, Any]:
        return next(block for reply in self.last for block in reply["blocks"] if block["type"] == "form")

    async def open_form(self, line: str, label: str) -> str:
        """Say what opens a form; where the bot asks back which wish it was, press that one."""
        await self.say(line)
        if not any(block["type"] == "form" for reply in self.last for block in reply["blocks"]):
            await self.press(label)
        return str(self.form()["key"])

    async def count(self, record: type) -> int:
        async with self.counter.database.transaction(Scope(duty="agent")) as session:
            where = record.conversation_id == self.chat.conversation_id
            return await session.scalar(select(func.count()).select_from(record).where(where)) or 0


@pytest.fixture
async def meet(counter: Counter, tmp_path: Path) -> Any:
    async def open_one(email: str | None = CLAIRE) -> Talking:
        return Talking(counter, await TerminalChat.open(counter, email, tmp_path, NOON))

    return open_one


async def at_summary(meet: Any) -> Talking:
    talking = await meet()
    await talking.say("je veux parler à quelqu'un")
    await talking.say("Ma facture est fausse")
    assert talking.form()["stage"] == "confirming"
    return talking


@pytest.mark.rule("CNV-2", "TIC-1")
@pytest.mark.parametrize("line", ["hmm", "blabla xyz", "Où sont mes bacs bleus ?", "😀", "oui mais non"])
async def test_nothing_but_a_yes_opens_the_ticket(meet: Any, line: str) -> None:
    talking = await at_summary(meet)
    await talking.say(line)
    assert await talking.count(Ticket) == 0


@pytest.mark.rule("CNV-2", "TIC-1")
@pytest.mark.parametrize("line", ["oui", "Oui merci", "ok", "d'accord svp"])
async def test_yes_opens_the_ticket_once(meet: Any, line: str) -> None:
    talking = await at_summary(meet)
    assert "GC-2026-" in await talking.say(line)
    await talking.say("oui")
    assert await talking.count(Ticket) == 1


@pytest.mark.rule("CNV-2")
async def test_objection_to_the_summary_is_added_to_it(meet: Any) -> None:
    talking = await at_summary(meet)
    shown = await talking.say("non, en fait c'est celle de septembre")
    assert "Ma facture est fausse" in shown
    assert "celle de septembre" in shown
    await talking.say("oui")
    async with talking.counter.database.transaction(Scope(duty="agent")) as session:
        ticket = await session.scalar(
            select(Ticket).where(Ticket.conversation_id == talking.chat.conversation_id)
        )
    assert ticket is not None
    assert ticket.summary == "Ma facture est fausse\nnon, en fait c'est celle de septembre"
    assert any("je veux parler" in line for line in ticket.transcript)


@pytest.mark.rule("CNV-3")
async def test_question_at_the_summary_is_answered_and_the_summary_comes_back(meet: Any) -> None:
    talking = await at_summary(meet)
    await talking.say("comment obtenir un accès ?")
    assert talking.form()["stage"] == "confirming"
    await talking.press("Envoyer")
    assert await talking.count(Ticket) == 1


@pytest.mark.rule("CNV-3")
@pytest.mark.parametrize("line", ["annuler", "non merci", "stop"])
async def test_cancelled_form_is_over_and_its_buttons_with_it(meet: Any, line: str) -> None:
    talking = await at_summary(meet)
    confirm, key = talking.button("Envoyer"), talking.form()["key"]
    await talking.say(line)
    late = await talking.say({"press": confirm})
    again = await talking.say({"form": {"key": key, "values": {"question": "encore"}}})
    assert late == again
    assert not any(block["type"] == "form" for reply in talking.last for block in reply["blocks"])
    assert await talking.count(Ticket) == 0


async def test_form_submitted_twice_opens_one_ticket(meet: Any) -> None:
    talking = await meet()
    await talking.say("je veux parler à quelqu'un")
    filled = {"form": {"key": talking.form()["key"], "values": {"question": "Où est mon colis ?"}}}
    await talking.say(filled)
    await talking.say(filled)
    confirm = talking.button("Envoyer")
    await talking.say({"press": confirm})
    await talking.say({"press": confirm})
    await talking.say(filled)
    assert await talking.count(Ticket) == 1


async def test_old_confirm_button_sums_up_again_what_changed_since(meet: Any) -> None:
    talking = await meet()
    await talking.say("je veux parler à quelqu'un")
    key = talking.form()["key"]
    await talking.say({"form": {"key": key, "values": {"question": "Première question"}}})
    old = talking.button("Envoyer")
    await talking.say({"form": {"key": key, "values": {"question": ""}}})
    await talking.say({"press": old})
    assert talking.form()["asked"] == "question"
    assert await talking.count(Ticket) == 0


@pytest.mark.parametrize(
    "values",
    [
        {"period": "octobre"},
        {"period": {"start": "2026-13-01", "end": "x"}},
        {"company": {"a": 1}, "period": None},
        {"company": 999999},
        {"invoice_number": "1046100091"},
        {"invoice_number": [1, None]},
        {"prs": ["\u0000", "%", "_"]},
        {"no_such_field": 1},
        {"period": {"start": "1900-01-01", "end": "1900-01-31"}},
        {"period": {"start": "2026-10-31", "end": "2026-10-01"}},
    ],
)
async def test_ill_formed_form_is_asked_again_and_never_fails(meet: Any, values: dict[str, Any]) -> None:
    talking = await meet()
    key = await talking.open_form("annexe", "Recevoir l'annexe d'une facture")
    await talking.say({"form": {"key": key, "values": values}})
    assert talking.form()["stage"] == "filling"
    assert await talking.count(FollowUp) == 0


@pytest.mark.rule("INV-2")
async def test_number_typed_into_a_form_is_tidied_and_checked(meet: Any) -> None:
    talking = await meet()
    key = await talking.open_form("mes factures", "Chercher des factures")
    await talking.say({"form": {"key": key, "values": {"invoice_number": ["1406 1000 91"]}}})
    assert [s["value"] for f in talking.form()["fields"] for s in f["suggestions"]] == ["1046100091"]
    assert "1046100091" in await talking.say(
        {"form": {"key": key, "values": {"invoice_number": ["1046 1000-91"]}}}
    )


@pytest.mark.rule("CNV-3")
async def test_proposal_pressed_in_a_form_takes_the_forms_place(meet: Any) -> None:
    talking = await meet()
    await talking.open_form("annexe", "Recevoir l'annexe d'une facture")
    await talking.say("31 février 2026")
    await talking.press("28 février 2026")
    assert not any(block["type"] == "form" for reply in talking.last for block in reply["blocks"])
    assert [b["name"] for reply in talking.last for b in reply["blocks"] if b["type"] == "file"] == [
        "annexes-2026-02.xlsx"
    ]


@pytest.mark.rule("GEN-3")
async def test_company_answered_by_its_place_in_the_list(meet: Any) -> None:
    talking = await meet(SOFIE)
    await talking.say("bijlage van oktober 2026")
    labels = [option["label"] for option in talking.form()["fields"][0]["options"]]
    assert labels == ["Deurwaarderskantoor Van Damme BV", "Menuiserie Lambert & Fils SA"]
    await talking.say("2")
    assert any(block.get("name") == "bijlagen-2026-10.xlsx" for r in talking.last for block in r["blocks"])


async def test_forged_and_foreign_tokens_do_nothing(meet: Any) -> None:
    mine, theirs = await meet(), await meet("joris.peeters@vandamme.example")
    await theirs.say("factuur 1046100094")
    token = theirs.button("Bijlage in Excel")
    for forged in (
        token,
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        "x" * 16,
        "",
        "' OR 1=1",
        "a" * 500,
    ):
        assert await mine.say({"press": forged}) == ""
    assert await mine.count(FollowUp) == 0
    assert await theirs.count(FollowUp) == 0


async def test_double_click_has_one_effect(meet: Any) -> None:
    talking = await meet()
    await talking.say("facture 1046100091")
    token = talking.button("Annexe en Excel")
    assert "1046100091" in await talking.say({"press": token})
    assert await talking.say({"press": token}) == ""
    assert await talking.count(FollowUp) == 1


async def test_button_that_changes_something_works_once(meet: Any) -> None:
    talking = await meet()
    await talking.say("aide")
    token = talking.button("Parler à un collègue")
    await talking.say({"press": token})
    async with talking.counter.database.transaction() as session:
        button = await session.get_one(Button, token)
        assert button.pressed_at is not None
        # Long ago: what is not repeatable stays spent.
        button.pressed_at = NOON.replace(year=2020)
    assert await talking.say({"press": token}) == ""


async def test_event_delivered_again_is_answered_once(meet: Any) -> None:
    talking = await meet()
    event = {"text": "facture 1046100091", "event_id": "platform-7"}
    assert "1046100091" in await talking.say(event)
    assert await talking.say(event) == ""


@pytest.mark.rule("CNV-4")
@pytest.mark.parametrize(
    ("language", "hello"),
    [("fr", "bonjour"), ("nl", "goedendag"), ("en", "good morning"), ("de", "guten Tag")],
)
async def test_every_example_of_the_menu_works_as_it_stands(meet: Any, language: str, hello: str) -> None:
    talking = await meet()
    await talking.say(hello)
    assert talking.last[0]["language"] == language
    offered = [choice["label"] for choice in choices_of(talking.last[0])]
    assert len(offered) >= 5
    # The last two are a question of knowledge and a person.
    for example in offered[:-2]:
        await talking.say(example)
        blocks = [block for reply in talking.last for block in reply["blocks"]]
        done = any(block["type"] in {"table", "file"} for block in blocks)
        # What the sentence cannot know, which operational ID or item, is asked; nothing that it said is.
        asked = [block["asked"] for block in blocks if block["type"] == "form"]
        assert done or asked in (["operational_id"], ["barcode"]), (example, blocks)
        assert "error" not in {block.get("tone") for reply in talking.last for block in reply["blocks"]}


@pytest.mark.rule("GEN-3", "ACC-6")
async def test_number_of_a_company_without_the_right_is_not_found(meet: Any) -> None:
    talking = await meet(SOFIE)
    assert "9.310,92" in await talking.say("factuur 1046100094")
    async with talking.counter.database.transaction(Scope(duty="agent")) as session:
        await _set_rights(session, "Van Damme", ["transactions"])
    try:
        theirs = (await talking.say("factuur 1046100094")).replace("1046100094", "…")
        nobodys = (await talking.say("factuur 1046999999")).replace("1046999999", "…")
    finally:
        async with talking.counter.database.transaction(Scope(duty="agent")) as session:
            await _set_rights(session, "Van Damme", ["invoices"])
    assert theirs == nobodys
    assert "9.310,92" not in theirs


async def _set_rights(session: Any, company: str, rights: list[str]) -> None:
    from services.records import Company, Membership, PortalUser

    user = await session.scalar(select(PortalUser.id).where(PortalUser.email == SOFIE))
    company_id = await session.scalar(select(Company.id).where(Company.name.contains(company)))
    membership = await session.scalar(
        select(Membership).where(Membership.user_id == user, Membership.company_id == company_id)
    )
    membership.rights = rights


@pytest.mark.rule("GEN-3")
@pytest.mark.parametrize(
    ("theirs", "nobodys"),
    [
        ("facture 1046100094", "facture 1046999999"),
        ("factures PRS 900310", "factures PRS 999999"),
        ("factures PRS 900310 d'octobre 2026", "factures PRS 999999 d'octobre 2026"),
        ("factures CS900310000001", "factures CS999999999999"),
        ("annexe de la facture 1046100094", "annexe de la facture 1046999999"),
    ],
)
async def test_somebody_elses_number_is_answered_like_one_that_does_not_exist(
    meet: Any, theirs: str, nobodys: str
) -> None:
    answers = []
    for line in (theirs, nobodys):
        talking = await meet()
        text = await talking.say(line)
        for number in ("1046100094", "1046999999", "900310", "999999", "CS900310000001", "CS999999999999"):
            text = text.replace(number, "…")
        answers.append(text.replace("CS…000001", "…").replace("CS……", "…"))
    assert answers[0] == answers[1]
    assert "€" not in answers[0]


@pytest.mark.rule("INV-1", "INV-2")
async def test_missing_one_of_several_numbers_is_named(meet: Any) -> None:
    talking = await meet()
    text = await talking.say("factures 1046100091 et 1046100094")
    assert "5\u202f191,46" in text
    assert [b["text"] for r in talking.last for b in r["blocks"] if b["type"] == "notice"] == [
        "Je ne trouve pas la facture 1046100094 parmi les vôtres."
    ]


@pytest.mark.rule("CNV-3")
@pytest.mark.parametrize("word", ["annuler", "Annulez svp", "annuleren", "stop", "cancel", "abbrechen"])
async def test_form_that_takes_any_words_still_ends_at_the_word_for_it(meet: Any, word: str) -> None:
    talking = await meet()
    await talking.say("je veux parler à quelqu'un")
    assert talking.form()["stage"] == "filling"
    await talking.say(word)
    assert not [block for reply in talking.last for block in reply["blocks"] if block["type"] == "form"]
    await talking.say("oui")
    assert await talking.count(Ticket) == 0


JORIS = "joris.peeters@vandamme.example"


def field_of(form: dict[str, Any], name: str) -> dict[str, Any]:
    return next(field for field in form["fields"] if field["name"] == name)


async def at_contact(meet: Any) -> Talking:
    """Order until the contact person is asked for, which Joris has answered the question of the quantity for."""
    talking: Talking = await meet(JORIS)
    await talking.say("ik wil enveloppen bestellen")
    for _ in range(6):
        form = talking.form()
        if form["asked"] == "contact_person":
            break
        field = field_of(form, form["asked"])
        offered = [option for option in field["suggestions"] or field["options"] if option["token"]]
        await talking.say({"press": offered[0]["token"]} if offered else "100")
    assert talking.form()["asked"] == "contact_person"
    return talking


@pytest.mark.rule("CNV-3")
@pytest.mark.parametrize("word", ["retour", "Terug aub", "go back", "zurück"])
async def test_back_asks_the_question_before_again_and_loses_nothing(meet: Any, word: str) -> None:
    talking = await at_contact(meet)
    before = talking.form()
    await talking.say(word)
    back = talking.form()
    assert back["asked"] != "contact_person"
    assert field_of(back, back["asked"])["value"] == field_of(before, back["asked"])["value"] is not None
    await talking.say("overslaan")
    assert talking.form()["asked"] == "contact_person"


@pytest.mark.rule("CNV-2", "CNV-3")
async def test_back_from_the_summary_corrects_the_last_answer(meet: Any) -> None:
    talking = await at_summary(meet)
    await talking.press("Retour")
    assert (talking.form()["stage"], talking.form()["asked"]) == ("filling", "question")
    shown = await talking.say("Mon annexe est vide")
    assert "Mon annexe est vide" in shown
    assert "fausse" not in shown
    assert talking.form()["stage"] == "confirming"
    assert await talking.count(Ticket) == 0


async def test_back_where_nothing_was_asked_says_so_and_keeps_the_question(meet: Any) -> None:
    talking = await meet()
    await talking.say("je veux parler à quelqu'un")
    assert talking.form()["back"] is None
    assert "pas de question avant" in await talking.say("retour")
    assert talking.form()["asked"] == "question"


@pytest.mark.parametrize("word", ["passer", "overslaan", "skip", "überspringen"])
async def test_skip_of_what_is_needed_is_refused_kindly(meet: Any, word: str) -> None:
    talking = await meet()
    await talking.say("je veux parler à quelqu'un")
    await talking.say(word)
    assert talking.form()["asked"] == "question"
    assert talking.form()["skip"] is None
    assert await talking.count(Ticket) == 0
    assert word not in json.dumps(talking.form()["fields"])


async def test_old_back_button_leads_to_its_own_question(meet: Any) -> None:
    talking = await at_summary(meet)
    back = talking.button("Retour")
    await talking.say("non, en fait c'est celle de septembre")
    await talking.say({"press": back})
    assert talking.form()["asked"] == "question"
