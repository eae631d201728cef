import datetime as dt
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.entities.findings import Findings
from intents.entities.folding import fold
from intents.entities.identifiers import find_identifiers
from intents.entities.item_codes import s10_check_digit
from intents.entities.mention import Mention

TODAY = dt.date(2026, 11, 22)


def find(text: str) -> list[Mention]:
    found = Findings(fold(text))
    find_identifiers(found, today=TODAY)
    return found.mentions


def only(text: str) -> tuple[str, Any, str | None, Any]:
    (mention,) = find(text)
    return mention.entity, mention.value, mention.fault, mention.proposal


@pytest.mark.parametrize(
    "text",
    [
        "1046123456",
        "facture 1046 123 456",
        "n° 1046.123456",
        "n\u00b01046.123.456",
        "facture 1046-123-456 svp",
        "de factuur nr 1046 12 34 56 aub",
        "invoice 1046 - 123 456",
        "Rechnung 1046123456?",
        "facture 1046 123 456 10 mars",
        "1046 123 456, 200 étiquettes",
        "fact1046123456",
        "1046\u00a0123\u00a0456",
        "1046\u200b123456",
    ],
)
def test_invoice_number_is_read_however_it_is_grouped(text: str) -> None:
    assert only(text) == ("invoice_number", "1046123456", None, None)


@pytest.mark.rule("INV-2")
def test_invoice_number_in_1406_keeps_its_digits_and_is_offered_back() -> None:
    assert only("facture 1406 123 456") == ("invoice_number", "1406123456", "prefix_1406", "1046123456")


@pytest.mark.rule("INV-2")
@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("facture 10461", "10461"),
        ("104612", "104612"),
        ("1046123 du 3/7", "1046123"),
        ("facture 1046 123", "1046123"),
    ],
)
def test_invoice_number_with_fewer_digits_is_a_beginning(text: str, digits: str) -> None:
    assert only(text) == ("invoice_number", digits, "partial", None)


@pytest.mark.parametrize("text", ["10461234567", "1046 123 4567", "1046-123-456-7", "1046 1234567"])
def test_invoice_number_with_too_many_digits_is_a_fault(text: str) -> None:
    assert only(text) == ("invoice_number", "10461234567", "too_long", None)


def test_invoice_number_without_its_beginning_gets_a_proposal() -> None:
    assert only("facture 123456") == ("invoice_number", "123456", "too_short", "1046123456")
    assert only("Rechnung Nr. 2046123456") == ("invoice_number", "2046123456", "prefix", None)


def test_several_invoice_numbers_are_several_mentions() -> None:
    assert [mention.value for mention in find("factures 1046123456 et 1046123457")] == [
        "1046123456",
        "1046123457",
    ]
    assert [mention.value for mention in find("1046123456-1046123457")] == ["1046123456", "1046123457"]


@pytest.mark.parametrize(
    "text",
    [
        "CS000000451278",
        "cs 000000 451278",
        "CS 0000 0045 1278 du 3 au 7 mars",
        "CS-000000451278",
        "Cs.0000.0045.1278",
        "id opérationnel CS000000451278",
        "operationele ID 000000451278",
        "CS000000451278 3 rouleaux",
    ],
)
def test_operational_id_is_read_in_any_spacing_and_case(text: str) -> None:
    assert only(text) == ("operational_id", "CS000000451278", None, None)


@pytest.mark.parametrize(
    ("text", "value", "fault"),
    [
        ("CS00000045127", "CS00000045127", "too_short"),
        ("CS00000045127 3 rouleaux", "CS00000045127", "too_short"),
        ("CS 0000 0045 127 3 rouleaux", "CS00000045127", "too_short"),
        ("CS0000004512789", "CS0000004512789", "too_long"),
        ("CS 0000 0045 12789", "CS0000004512789", "too_long"),
    ],
)
def test_operational_id_of_another_length_is_a_fault(text: str, value: str, fault: str) -> None:
    assert only(text) == ("operational_id", value, fault, None)


@pytest.mark.parametrize(
    "text",
    [
        "PRS 123456",
        "prs123456",
        "PRS: 123456",
        "PRS-nr. 123456",
        "PRS 12.34.56",
        "PRS 12 34 56",
        "n° client 123456",
        "notre numéro de client c'est le 123456",
        "client n° 123456",
        "réf. client 123456",
        "klantnummer 123456",
        "klant nr. 123456",
        "klant 123456",
        "customer number 123456",
        "customer no 123456",
        "Kundennummer 123456",
        "Kundennr.: 123456",
        "centre de coûts 123456",
        "kostenplaats 123456",
        "PRS 123456 du 3 mars",
    ],
)
def test_prs_number_is_read_by_its_name(text: str) -> None:
    assert only(text) == ("prs", "123456", None, None)


def test_prs_numbers_may_be_listed() -> None:
    assert [mention.value for mention in find("PRS 123456, 234567 et 345678")] == [
        "123456",
        "234567",
        "345678",
    ]


def test_prs_number_of_another_length_is_a_fault() -> None:
    assert only("PRS 1234") == ("prs", "1234", "too_short", None)
    assert only("PRS 12345678901") == ("prs", "12345678901", "too_long", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("RR123456785BE", "RR123456785BE"),
        ("où est rr 123 456 785 be ?", "RR123456785BE"),
        ("RR.123.456.785.BE", "RR123456785BE"),
        ("rr 1234 5678 5 be", "RR123456785BE"),
        ("CP123456785FR", "CP123456785FR"),
        ("3232 1234 5678 9012 3456 7890", "323212345678901234567890"),
        ("329912345678901234567890", "329912345678901234567890"),
        ("3232 1234 5678 9012 34", "323212345678901234"),
        ("jjbea1234567890123", "JJBEA1234567890123"),
        ("JJBEA 123 456 789 012 345 678", "JJBEA123456789012345678"),
        ("010541288500000912345678901234", "010541288500000912345678901234"),
    ],
)
def test_barcode_is_read_in_all_its_forms(text: str, value: str) -> None:
    assert only(text) == ("barcode", value, None, None)


@pytest.mark.rule("ITM-4")
def test_barcode_with_wrong_check_digit_proposes_the_right_one() -> None:
    assert only("RR123456784BE") == ("barcode", "RR123456784BE", "check_digit", "RR123456785BE")
    wrong = "010541288500000012345678901234"
    assert only(wrong) == ("barcode", wrong, "check_digit", "010541288500000912345678901234")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("RR12345678BE", "too_short"),
        ("RR1234567855BE", "too_long"),
        ("32321234567890123456789", "too_short"),
        ("3232123456789012345678901", "too_long"),
        ("JJBEA12345678901234", "too_short"),
        ("0105412885000009123456", "too_short"),
    ],
)
def test_barcode_of_another_length_is_a_fault(text: str, fault: str) -> None:
    assert only(text)[2] == fault


def test_barcode_without_its_country_is_proposed_with_it() -> None:
    assert only("RR123456785") == ("barcode", "RR123456785", "too_short", "RR123456785BE")


@given(st.integers(min_value=0, max_value=99_999_999))
def test_s10_check_digit_catches_any_other_digit(serial: int) -> None:
    digits = f"{serial:08}"
    check = s10_check_digit(digits)
    assert [digit for digit in range(10) if find(f"RR{digits}{digit}BE")[0].fault is None] == [check]


@pytest.mark.parametrize("text", ["le 123456785 be", "nr 123456785 be", "no 123456785 de mars"])
def test_words_around_a_number_are_not_a_barcode(text: str) -> None:
    assert [mention for mention in find(text) if mention.entity == "barcode"] == []


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("DP-2026-000123", "order_number", "DP-2026-000123"),
        ("dp 2026 123", "order_number", "DP-2026-000123"),
        ("DP2026000123", "order_number", "DP-2026-000123"),
        ("DP - 2026 - 000123", "order_number", "DP-2026-000123"),
        ("gc.2026.000123", "ticket_number", "GC-2026-000123"),
        ("GC/2026/000123", "ticket_number", "GC-2026-000123"),
        ("2026-000145", "reference", "2026-000145"),
        ("commande 2026 000145", "reference", "2026-000145"),
        ("ticket 2026-145", "reference", "2026-000145"),
    ],
)
def test_reference_is_read_with_or_without_prefix(text: str, entity: str, value: str) -> None:
    assert only(text) == (entity, value, None, None)


def test_reference_without_year_proposes_this_year() -> None:
    assert only("GC-000123") == ("ticket_number", "GC-000123", "no_year", "GC-2026-000123")


def test_reference_with_too_many_digits_is_a_fault() -> None:
    assert only("DP-2026-0001234") == ("order_number", "DP-2026-0001234", "too_long", None)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ajoute Marie.Dupont@Acme.be.", "marie.dupont@acme.be"),
        ("l'adresse d'info@exemple.be, merci", "info@exemple.be"),
        ("jf+post@mail.exemple.co.uk!", "jf+post@mail.exemple.co.uk"),
        ("O'Brien@exemple.be", "o'brien@exemple.be"),
        ("<renée@exemple.be>", "renée@exemple.be"),
    ],
)
def test_email_is_read_in_lower_case(text: str, address: str) -> None:
    assert only(text) == ("email", address, None, None)


@pytest.mark.parametrize(
    "text", ["@", "a@b", "Registered P@ck", "Registered P@ck.Merci", "@jan", "x@.be", "x@y.1"]
)
def test_email_is_not_seen_where_there_is_none(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("482913", "482913"),
        (" 048 221 ", "048221"),
        ("775-310", "775310"),
        ("K7P2QX", "K7P2QX"),
        ("7K3-9PX", "7K39PX"),
        ("mon code est 482913", "482913"),
        ("code ab12cd", "AB12CD"),
        ("koppelcode: 482913", "482913"),
        ("Verknüpfungscode 482 913", "482913"),
        ("voici le code de liaison 482913", "482913"),
    ],
)
def test_link_code_is_read_near_its_word_or_alone(text: str, code: str) -> None:
    assert only(text) == ("link_code", code, None, None)


@pytest.mark.parametrize(
    "text", ["code postal 4000 4020", "postcode 4000", "2026-09", "T3 2026", "BONJOUR", "NOV2026"]
)
def test_link_code_is_not_seen_in_other_codes(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "entity", "value", "fault"),
    [
        ("TVA BE 0403.019.261", "enterprise_number", "0403019261", None),
        ("0403019261", "enterprise_number", "0403019261", None),
        ("BTW 403.019.261", "enterprise_number", "0403019261", None),
        ("BE0403019262", "enterprise_number", "0403019262", "check_digit"),
        ("BE68 5390 0754 7034", "iban", "BE68539007547034", None),
        ("+++010/8068/17183+++", "structured_communication", "+++010/8068/17183+++", None),
        ("010/8068/17184", "structured_communication", "+++010/8068/17184+++", "check_digit"),
        ("appelez-moi au 0475 12 34 56", "phone", "0475123456", None),
        ("bel 02/201.11.11", "phone", "022011111", None),
        ("+32 2 201 11 11", "phone", "+3222011111", None),
    ],
)
def test_company_numbers_are_not_taken_for_ours(
    text: str, entity: str, value: str, fault: str | None
) -> None:
    assert only(text) == (entity, value, fault, None)


@pytest.mark.parametrize(
    "text",
    [
        "collect & stamp cs 3 rouleaux",
        "facture 1046 12 novembre",
        "facture d'octobre 2026",
        "factures 202610",
        "du 03.11.2026 au 12.11.2026",
        "03/11/2026-12/11/2026",
        "2025-2026",
        "2026-11-22",
        "5.000 flyers à 4000 Liège",
        "client depuis 2019",
        "klant sinds 3 jaar",
        "90 x 140 mm, 80 g/m²",
        "",
    ],
)
def test_other_numbers_are_no_identifiers(text: str) -> None:
    assert find(text) == []


@given(st.text(alphabet="0123456789 .-/@'RBECSDPGJAprscodeklant+*()°\u00e9\u200b", max_size=120))
def test_identifiers_never_raise_nor_overlap(text: str) -> None:
    mentions = sorted(find(text), key=lambda mention: mention.start)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "1.", "@", "a@", "a.", "1046", "1046123456 ", "RR1 ", "prs ", "code ", "-"]
)
def test_identifiers_take_linear_time(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    started = time.perf_counter()
    find(text)
    assert time.perf_counter() - started < 1.0
