"""Order material, ask for options and follow items as customers and as the Service Centre do (SUP, OPT, TRK)."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from click.testing import CliRunner

from bot.channels.terminal import TerminalChat, choices_of
from bot.main import main
from bot.wiring import Counter
from handlers.chat import EXAMPLES
from locales.knowledge import topics
from locales.words import LANGUAGES, words_of
from services.conversations import Conversations
from services.demo.extras import SUPPLIES
from services.supply_list import read_products
from tests.bot.conftest import Talk
from tests.conftest import NOON, TODAY

JORIS = "joris.peeters@vandamme.example"
CLAIRE = "claire.dubois@lambert.example"
OURS = ("item.track", "supplies.order", "option.activate")
PRODUCTS = Path(__file__).parents[2] / "intents" / "entities" / "data" / "products.yaml"


def form_of(replies: list[dict[str, Any]]) -> dict[str, Any]:
    return next(block for block in replies[-1]["blocks"] if block["type"] == "form")


def field_of(form: dict[str, Any], name: str) -> dict[str, Any]:
    return next(field for field in form["fields"] if field["name"] == name)


@pytest.mark.rule("CNV-4")
@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_work_as_they_stand(understander: Any, language: str) -> None:
    mine = [example for example in EXAMPLES if example[1] in OURS]
    assert {intent for _right, intent, _phrase in mine} == set(OURS)
    for _right, intent, phrase in mine:
        understood = understander.understand(words_of(language).write(phrase), today=TODAY)
        assert (understood.intent, understood.decision) == (intent, "act")


def test_demo_products_are_those_that_messages_name() -> None:
    known = yaml.safe_load(PRODUCTS.read_text(encoding="utf-8"))["values"].keys()
    listed = read_products(SUPPLIES.read_text(encoding="utf-8")).products
    said = {product.code for product in listed} | {product.family for product in listed if product.family}
    assert said == set(known)


@pytest.mark.parametrize("topic", [topic for topic, entry in topics().items() if entry.get("intent") in OURS])
async def test_knowledge_offers_the_doing_to_those_who_may(
    counter: Counter, tmp_path: Path, topic: str
) -> None:
    async def buttons(email: str) -> list[str]:
        chat = await TerminalChat.open(counter, email, tmp_path, NOON)
        async with counter.database.transaction() as session:
            action = {"do": "wish", "intent": "faq", "entities": {"topic": topic}}
            token = await Conversations(session).make_button(
                chat.conversation_id, action, "?", repeatable=True, now=NOON
            )
        replies = [reply async for reply in chat.say(json.dumps({"press": token}))]
        return [choice["label"] for choice in choices_of(replies[-1])]

    assert len(await buttons(CLAIRE)) == 1
    assert await buttons("nora.lejeune@lambert.example") == []


@pytest.mark.rule("SUP-1")
async def test_whole_form_of_a_page_is_taken_and_checked(
    counter: Counter, talk: Talk, tmp_path: Path
) -> None:
    chat = await TerminalChat.open(counter, JORIS, tmp_path, NOON)

    async def say(line: str) -> list[dict[str, Any]]:
        return [reply async for reply in chat.say(line)]

    form = form_of(await say("bestel materiaal"))
    products = field_of(form, "products")
    assert products["kind"] == "rows"
    seal = next(option for option in products["options"] if option["value"] == "seal")
    assert (seal["minimum"], seal["maximum"]) == (10, 200)
    assert all(option["value"] != "bag_white" for option in products["options"])

    async def submit(rows: Any, key: str = form["key"]) -> dict[str, Any]:
        values = {"products": rows, "contact_person": "Joris", "address": ""}
        return form_of(await say(json.dumps({"form": {"key": key, "values": values}})))

    refused = await submit([{"product": "seal", "quantity": 500}])
    assert re.search(r"minstens 10 en hoogstens 200", field_of(refused, "products")["error"])
    for rubbish in ("x", [1], [{"product": "seal"}], {"product": "seal"}):
        assert (await submit(rubbish))["asked"] == "products"
    foreign = await submit([{"product": "bag_white", "quantity": 5}])
    assert field_of(foreign, "products")["error"]
    summed = await submit([{"product": "seal", "quantity": 20}])
    assert summed["stage"] == "confirming"


@pytest.mark.rule("SUP-1")
@pytest.mark.parametrize("yes", ["oui", "ok", "ja", "D’accord"])
async def test_yes_to_the_one_contact_offered_names_that_person(
    counter: Counter, tmp_path: Path, yes: str
) -> None:
    chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
    for line in ("60 étiquettes RP pour CS400127000001", yes):
        replies = [reply async for reply in chat.say(line)]
    assert ["Personne de contact", "Claire Dubois"] in [list(row) for row in form_of(replies)["summary"]]


@pytest.mark.rule("SUP-1")
@pytest.mark.parametrize(
    "question",
    [
        "mes dernières commandes de matériel",
        "mijn bestellingen van materiaal",
        "my orders of material",
        "my last orders of labels and seals",
        "meine Bestellungen von Material",
    ],
)
async def test_question_for_earlier_orders_opens_no_new_one(
    counter: Counter, tmp_path: Path, question: str
) -> None:
    chat = await TerminalChat.open(counter, "heike.schmitz@ostbelgien-versand.example", tmp_path, NOON)
    replies = [reply async for reply in chat.say(question)]
    assert not [block for block in replies[-1]["blocks"] if block["type"] == "form"]
    assert len(choices_of(replies[-1])) == 2


@pytest.mark.rule("CNV-2", "CNV-3")
async def test_wish_of_another_kind_changes_nothing_in_the_order_to_confirm(
    counter: Counter, tmp_path: Path
) -> None:
    chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
    asides = (
        "récépissés du 16 au 20 novembre pour CS400126000001",
        "factures du mois passé pour CS400126000001",
    )
    for line in ("60 étiquettes RP pour CS400127000001", "moi", *asides):
        replies = [reply async for reply in chat.say(line)]
        assert "CS400127000001 Comptabilité" in str([form for reply in replies for form in reply["blocks"]])
    corrected = [reply async for reply in chat.say("plutôt pour CS400126000001")]
    assert "CS400126000001 Showroom Liège" in str(form_of(corrected)["summary"])


@pytest.mark.rule("SUP-1")
@pytest.mark.parametrize("command", ["commandes_materiel", "bestellingen_materiaal", "supply_orders"])
async def test_command_shows_earlier_orders(counter: Counter, tmp_path: Path, command: str) -> None:
    chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
    for line in ("60 étiquettes RP pour CS400127000001", "moi", "oui", f"/guichet {command}"):
        replies = [reply async for reply in chat.say(line)]
    (table,) = [block for block in replies[-1]["blocks"] if block["type"] == "table"]
    assert "60 × Étiquettes RP" in str(table["rows"][0])


@pytest.mark.rule("SUP-3", "TIC-1")
async def test_note_about_bags_is_one_click_and_one_ticket(
    counter: Counter, talk: Talk, address: str, tmp_path: Path
) -> None:
    chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
    offered = [reply async for reply in chat.say("10 sacs blancs")]
    note = next(choice["token"] for choice in choices_of(offered[-1]) if "mot" in choice["label"])
    for event in ("click-1", "click-1", "click-2"):
        async for _reply in chat.say(json.dumps({"press": note, "event_id": event})):
            pass
    with psycopg.connect(address) as connection:
        found = connection.execute("SELECT summary FROM tickets WHERE subject = 'supplies'").fetchall()
    assert [summary for (summary,) in found] == [
        "Un client a besoin, de la personne qui enlève le courrier, de : 10 × Sacs blancs Collect & Stamp."
    ]


@pytest.mark.rule("OPT-3")
async def test_confirmed_option_is_a_ticket_and_a_request(counter: Counter, talk: Talk, address: str) -> None:
    await talk(CLAIRE, "activer secure pick up pour CS400125000001 à partir du 14 décembre", "oui")
    with psycopg.connect(address) as connection:
        rows = connection.execute(
            "SELECT r.state, r.first_on::text, t.summary FROM option_requests r"
            " JOIN tickets t ON t.number = r.ticket_number WHERE option_code = 'secure_pick_up'"
        ).fetchall()
    assert rows == [
        (
            "requested",
            "2026-12-14",
            "Option: Secure Pick Up\nID opérationnel: CS400125000001 Atelier Herstal\nPremier jour: 14 décembre 2026",
        )
    ]


@pytest.fixture
def fresh_address(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.mark.rule("SUP-4")
def test_list_is_imported_by_a_command_and_again_without_change(fresh_address: str, tmp_path: Path) -> None:
    def run(text: str) -> tuple[int, str]:
        file = tmp_path / "list.csv"
        file.write_text(text, encoding="utf-8")
        result = CliRunner().invoke(
            main, ["import", "supplies", str(file)], env={"GUICHET_DATABASE_URL": fresh_address}
        )
        return result.exit_code, result.output

    wider = SUPPLIES.read_text(encoding="utf-8").replace(
        ",10,200,,no,yes\nelastic", ",10,300,,no,yes\nelastic"
    )
    # The demo's products are the same but for the mark of the demo, which an import takes off.
    assert run(wider) == (0, "0 added, 15 changed, 0 the same.\n")
    assert run(wider) == (0, "0 added, 0 changed, 15 the same.\n")
    code, output = run(wider.replace("seal,,", "Seal!,,"))
    assert code == 1
    assert "line 12, code" in output
    assert "Nothing was changed" in output
    with psycopg.connect(fresh_address) as connection:
        row = connection.execute(
            "SELECT maximum, is_demo FROM supply_products WHERE code = 'seal'"
        ).fetchone()
    assert row == (300, False)


def test_list_in_another_encoding_is_told_how_to_be_saved(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("code,name_fr\npen,Étiquettes".encode("cp1252"))
    result = CliRunner().invoke(main, ["import", "supplies", str(file)])
    assert result.exit_code == 1
    assert "CSV UTF-8" in result.output
