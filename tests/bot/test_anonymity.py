"""Show that what is kept to learn from names nobody."""

import pytest

from bot.anonymity import anonymous
from intents.entities.mention import Mention
from intents.understanding import Understanding


def kept(text: str, *names: str, faults: tuple[Mention, ...] = ()) -> str:
    return anonymous(Understanding(text, "fr", "unknown", 0.1, "reject", faults=faults), names)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("le client Jean Dupont attend", "Dupont"),
        ("bonjour M. Dupont", "Dupont"),
        ("demandez à mme dupont svp", "dupont"),
        ("bel dhr. Peeters op", "Peeters"),
        ("je m'appelle claire martin", "martin"),
        ("mijn naam is an de smet", "smet"),
        ("« Dupont » n'a rien reçu", "Dupont"),
        ("voir https://x.example/?u=dupont ici", "dupont"),
        ("écrivez à j.dupont@x.example", "dupont"),
        ("IBAN BE68 5390 0754 7034", "5390"),
        ("appelez le 0470/12.34.56", "0470"),
    ],
)
def test_kept_words_hold_no_name_or_number(text: str, secret: str) -> None:
    assert secret not in kept(text)


def test_own_name_and_company_go_in_any_writing() -> None:
    words = kept(
        "claire de la menuiserie LAMBERT veut un truc", "Claire Dubois", "Menuiserie Lambert & Fils SA"
    )
    assert words == "… de la … … veut un truc"


def test_faulty_number_is_hidden() -> None:
    fault = Mention("operational_id", "CSX", 5, 9, fault="too_short")
    assert kept("code CS40 svp", faults=(fault,)) == "code … svp"


def test_ordinary_words_stay() -> None:
    assert kept("Où sont mes bacs bleus ?") == "Où sont mes bacs bleus ?"
