"""Search where there are more invoices than a list holds: say how many, offer what really fits (GEN-5)."""

from typing import Any

import psycopg
import pytest

from bot.channels.terminal import choices_of
from bot.wiring import Counter
from tests.bot.conftest import Talk

CLAIRE = "claire.dubois@lambert.example"
CENTRES = 400


@pytest.fixture(scope="module")
def many(counter: Counter) -> None:
    """Give Lambert 400 more cost centres, each with an invoice in September and October 2026."""
    with psycopg.connect(counter.database.address) as connection:
        connection.execute(
            "INSERT INTO cost_centres (company_id, contract_id, prs, name)"
            " SELECT company_id, contract_id, (500000 + n)::text, 'Centre ' || n"
            " FROM cost_centres, generate_series(1, %s) AS n WHERE prs = '400125'",
            (CENTRES,),
        )
        connection.execute(
            "INSERT INTO invoices (number, company_id, cost_centre_id, month, sent_on, net_cents, vat_cents)"
            " SELECT (1046500000 + row_number() OVER ())::text, c.company_id, c.id, m, '2026-11-03', 100, 21"
            " FROM cost_centres c, unnest(ARRAY['2026-08-01', '2026-09-01', '2026-10-01']::date[]) AS m"
            " WHERE c.prs LIKE '5%%'"
        )


def offered(replies: list[list[dict[str, Any]]]) -> dict[str, str]:
    return {choice["label"]: choice["token"] for choice in choices_of(replies[-1][-1])}


@pytest.mark.rule("GEN-5")
@pytest.mark.usefixtures("many")
async def test_list_that_is_too_long_names_its_length_and_offers_periods_that_fit(
    counter: Counter, talk: Talk
) -> None:
    total = 3 * CENTRES + 3 * 16
    replies = await talk(
        CLAIRE,
        "mes factures de ces deux dernières années",
        '{"text": "toutes mes factures de juillet 2025 à octobre 2026"}',
    )
    text = replies[-1][-1]["text"].replace("\u202f", " ")
    assert f"{total:,}".replace(",", " ") in text
    assert "1 000" in text
    labels = list(offered(replies))
    assert "octobre – décembre 2026" in labels
    assert "octobre 2026" not in labels
    # The third quarter holds 809: it fits as a whole.
    assert "juillet – septembre 2026" in labels
    assert "2025" in labels


@pytest.mark.rule("GEN-5")
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("label", ["octobre – décembre 2026", "juillet – septembre 2026", "2025"])
async def test_every_offered_period_gives_its_list(counter: Counter, talk: Talk, label: str) -> None:
    from pathlib import Path

    from bot.channels.terminal import TerminalChat
    from tests.conftest import NOON

    chat = await TerminalChat.open(counter, CLAIRE, Path("unused"), NOON)
    first = [reply async for reply in chat.say("factures de juillet 2025 à octobre 2026")]
    token = next(c["token"] for c in choices_of(first[-1]) if c["label"] == label)
    second = [reply async for reply in chat.say(f'{{"press": "{token}"}}')]
    assert any(block["type"] == "table" for block in second[-1]["blocks"])
    assert not any(block["type"] == "notice" for block in second[-1]["blocks"])


@pytest.mark.rule("GEN-5")
@pytest.mark.usefixtures("many")
async def test_export_and_annex_of_too_many_promise_nothing(counter: Counter, talk: Talk) -> None:
    for line in (
        "liste excel de mes factures de juillet 2025 à octobre 2026",
        "annexes de juillet 2025 à octobre 2026",
    ):
        replies = (await talk(CLAIRE, line))[-1]
        assert len(replies) == 1
        assert {block["type"] for block in replies[0]["blocks"]} == {"notice", "choices"}


@pytest.mark.rule("GEN-5", "INV-3")
@pytest.mark.usefixtures("many")
async def test_annex_of_one_month_has_a_sheet_for_each_of_its_cost_centres(talk: Talk) -> None:
    replies = (await talk(CLAIRE, "annexe d'octobre 2026"))[-1]
    assert str(CENTRES + 3) in replies[0]["text"]


@pytest.mark.rule("GEN-5")
async def test_month_that_is_too_long_itself_asks_for_a_cost_centre(counter: Counter, talk: Talk) -> None:
    with psycopg.connect(counter.database.address) as connection:
        company = connection.execute("SELECT id FROM companies WHERE city = 'Gent'").fetchone()
        assert company is not None
        connection.execute(
            "INSERT INTO cost_centres (company_id, contract_id, prs, name)"
            " SELECT company_id, contract_id, (700000 + n)::text, 'Centrum ' || n"
            " FROM cost_centres, generate_series(1, 1001) AS n WHERE prs = '900310'"
        )
        connection.execute(
            "INSERT INTO invoices (number, company_id, cost_centre_id, month, sent_on, net_cents, vat_cents)"
            " SELECT (1046700000 + row_number() OVER ())::text, company_id, id, '2026-10-01', '2026-11-03', 1, 0"
            " FROM cost_centres WHERE prs LIKE '7%%'"
        )
    replies = (await talk("joris.peeters@vandamme.example", "bijlage van oktober 2026"))[-1]
    assert "1.002" in replies[0]["text"]
    assert "PRS" in replies[0]["text"]
    assert len(replies) == 1
    assert choices_of(replies[0]) == []
    narrowed = (await talk("joris.peeters@vandamme.example", "facturen PRS 700007 van oktober 2026"))[-1]
    assert "0,01" in narrowed[0]["text"]
