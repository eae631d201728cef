"""Show that a sheet is made only where it reconciles with its invoice to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from documents.annex import AnnexLine, annex_workbook
from documents.annex_data import vat_of
from documents.errors import DoesNotReconcile
from locales.names import PARCEL_LARGE, PARCEL_SMALL
from tests.documents.samples import annex_of, lines_of

DAY = date(2026, 10, 5)


@pytest.mark.rule("INV-6")
@pytest.mark.parametrize("difference", [-1, 1])
def test_net_amount_off_by_a_cent_is_refused(difference: int) -> None:
    good = annex_of(lines_of(DAY, 2))
    wrong = replace(good, invoice_number="1046000999", net_cents=good.net_cents + difference)
    with pytest.raises(DoesNotReconcile) as refused:
        annex_workbook([good, wrong], "fr")
    assert refused.value == DoesNotReconcile("1046000999", wrong.net_cents, good.net_cents)


@pytest.mark.rule("INV-6")
def test_vat_off_by_a_cent_is_refused() -> None:
    good = annex_of(lines_of(DAY, 2))
    wrong = replace(good, vat_cents=good.vat_cents + 1)
    with pytest.raises(DoesNotReconcile) as refused:
        annex_workbook([wrong], "fr")
    assert refused.value == DoesNotReconcile(good.invoice_number, good.vat_cents + 1, good.vat_cents)


@pytest.mark.rule("INV-6")
def test_invoice_without_lines_but_with_an_amount_is_refused() -> None:
    with pytest.raises(DoesNotReconcile):
        annex_workbook([replace(annex_of(), net_cents=100)], "fr")


def test_vat_is_rounded_half_up_once_for_each_rate() -> None:
    def line(item_type: str, net_cents: int, rate: int) -> AnnexLine:
        return AnnexLine(DAY, item_type, 1, net_cents, 0, rate)

    # 21 % of 0.50 is 0.105; line by line, two of 0.25 (0.0525) would make 0.10.
    assert vat_of([line(PARCEL_SMALL, 50, 21)]) == 11
    assert vat_of([line(PARCEL_SMALL, 25, 21), line(PARCEL_LARGE, 25, 21)]) == 11
    assert vat_of([line(PARCEL_SMALL, 25, 21), line(PARCEL_LARGE, 25, 6)]) == 5 + 2
    assert vat_of([line(PARCEL_SMALL, 50, 0)]) == 0
