"""Show which words ask for all invoices, which for the latest, in the four languages (INV-1)."""

import pytest

from handlers.invoice_extent import ALL, LATEST


@pytest.mark.rule("INV-1")
@pytest.mark.parametrize(
    "text",
    [
        "Toutes mes factures",
        "toutes les annexes",
        "al mijn facturen",
        "alle facturen",
        "all my invoices",
        "alle Rechnungen",
    ],
)
def test_all_is_heard(text: str) -> None:
    assert ALL.search(text)
    assert not LATEST.search(text)


@pytest.mark.rule("INV-1")
@pytest.mark.parametrize(
    "text",
    [
        "la dernière facture",
        "ma derniere facture svp",
        "de laatste factuur",
        "mijn meest recente factuur",
        "the latest invoice",
        "meine letzte Rechnung",
        "la facture la plus récente",
    ],
)
def test_latest_is_heard(text: str) -> None:
    assert LATEST.search(text)
    assert not ALL.search(text)


@pytest.mark.parametrize(
    "text", ["facture du mois dernier", "facturen van vorige maand", "invoices of last month", "toutes"]
)
def test_predefined_period_is_neither(text: str) -> None:
    assert not ALL.search(text)
    assert not LATEST.search(text)
