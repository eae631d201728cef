"""Offer with each item what this counter can do with it, and nothing of others' (ITM-3, ITM-4, GEN-3)."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import psycopg
import pytest

from bot.channels.terminal import TerminalChat
from bot.clock import FixedClock
from bot.drawing import plain
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from handlers.chat import EXAMPLES
from locales.words import LANGUAGES, words_of
from services.conversations import Conversations
from tests.conftest import NOON, TODAY

CLAIRE = "claire.dubois@lambert.example"
SHOWROOM = "les envois de CS400126000001 du 20 novembre 2026"


@pytest.fixture
async def own_counter(
    new_database: Callable[[], str], settings: Settings, understander: Any
) -> AsyncIterator[tuple[Counter, str]]:
    address = new_database()
    async with open_counter(
        settings, clock=FixedClock(NOON), understander=understander, address=address
    ) as counter:
        yield counter, address


async def blocks_of(counter: Counter, chat: TerminalChat, line: str) -> list[dict[str, Any]]:
    """Say a line and give the blocks of all that was answered."""
    await counter.intake.accept(chat._message(line))
    await counter.jobs.app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
    async with counter.database.transaction() as session:
        posted = await Conversations(session).posted_since(chat.conversation_id, chat.seen)
    chat.seen = posted[-1].sequence
    return [dict(block) for each in posted for block in each.blocks]


def labels_of(table: dict[str, Any]) -> list[list[str]]:
    return [[choice["label"] for choice in choices] for choices in table["row_choices"]]


@pytest.mark.rule("ITM-3")
async def test_receipt_button_leads_to_the_receipt(own_counter: tuple[Counter, str], tmp_path: Any) -> None:
    counter, _address = own_counter
    chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
    table = (await blocks_of(counter, chat, SHOWROOM))[0]
    assert len(table["rows"]) == 7
    assert all("Récépissé (PDF)" in labels for labels in labels_of(table))
    token = table["row_choices"][0][0]["token"]
    answered = await blocks_of(counter, chat, f'{{"press": "{token}"}}')
    assert table["rows"][0][0] in plain(answered[0])


@pytest.mark.rule("ITM-3")
async def test_parcel_has_no_receipt_button_and_is_told_so(
    own_counter: tuple[Counter, str], tmp_path: Any
) -> None:
    counter, _address = own_counter
    chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
    line = "les envois de CS400125000002 du 20 novembre 2026"
    table, said = (await blocks_of(counter, chat, line))[:2]
    assert all("Récépissé (PDF)" not in labels for labels in labels_of(table))
    assert plain(said).startswith("Un paquet n'a pas de récépissé de dépôt")


@pytest.mark.rule("ITM-4", "GEN-3")
async def test_mistyped_barcode_is_proposed_only_where_one_item_is_meant(
    own_counter: tuple[Counter, str], tmp_path: Any
) -> None:
    counter, address = own_counter
    chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
    line = "chercher l'envoi recommandé RR389687423BE"
    assert [choice["label"] for choice in (await blocks_of(counter, chat, line))[1]["choices"]] == [
        "RR389687422BE"
    ]
    # A second item of hers, one slip away too: nobody can tell which one was meant.
    with psycopg.connect(address) as connection:
        connection.execute(
            "UPDATE items SET barcode = 'RR389687453BE' WHERE id = (SELECT i.id FROM items i JOIN operational_ids o"
            " ON o.id = i.operational_id_id WHERE o.code = 'CS400125000001' AND item_type = 'registered'"
            " AND barcode <> 'RR389687422BE' LIMIT 1)"
        )
    assert not any(block["type"] == "choices" for block in await blocks_of(counter, chat, line))


@pytest.mark.rule("CNV-4", "GEN-6")
@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_of_items_and_reports_work_as_they_stand(understander: Any, language: str) -> None:
    mine = [
        example for example in EXAMPLES if example[1] in {"item.search", "report.create", "report.schedule"}
    ]
    assert len(mine) == 3
    for _right, intent, phrase in mine:
        understood = understander.understand(words_of(language).write(phrase), today=TODAY)
        assert (understood.intent, understood.decision) == (intent, "act")
        assert "period" in understood.entities
