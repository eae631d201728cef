"""Show what is taken out of a text before anything is written anywhere (ACC-7, bad input)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cleaning import BLANKED, MOST, clean, clean_value, holds_password
from bot.message import FormValues, Message

SECRETS = [
    ("mon mot de passe est Soleil2024!", "Soleil2024!"),
    ("mdp Soleil2024", "Soleil2024"),
    ("mon mot de passe provisoire : Xy12345", "Xy12345"),
    ("le motdepasse c'est azertyuiop", "azertyuiop"),
    ('mot de passe : "mon chat gris"', "mon chat gris"),
    ("mdp: oublie-moi99", "oublie-moi99"),
    ("Bonjour\nlogin: claire\nMot de passe:\nSoleil2024", "Soleil2024"),
    ("mijn nieuw wachtwoord voor de portal is Zomer2026", "Zomer2026"),
    ("wachtwoord: geheim1", "geheim1"),
    ("paswoord=Gent9000", "Gent9000"),
    ("my password is hunter22", "hunter22"),
    ("PASSWORD:hunter22", "hunter22"),
    ("Mein Passwort lautet »Sommer 2026«", "Sommer 2026"),
    ("Kennwort ist Eupen4700", "Eupen4700"),
    ("mot\u200bde passe\u00a0: x1y2z3w4", "x1y2z3w4"),
    ("pass\u00adword: abcd1234", "abcd1234"),
]
HARMLESS = [
    "mot de passe oublié",
    "mot de passe oublié : que faire ?",
    "mot de passe : comment le changer ?",
    "mon mot de passe est toujours refusé",
    "wachtwoord vergeten",
    "mijn wachtwoord is al drie keer geweigerd",
    "wachtwoord voor factuur: 1046100001",
    "wachtwoord vergeten van joris@x.be",
    "wachtwoord wijzigen CS400125000001",
    "my password is not working",
    "Passwort ist immer noch gesperrt",
    "le mot de passe est nécessaire ?",
]


@pytest.mark.rule("ACC-7")
@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_password_is_blanked(text: str, secret: str) -> None:
    cleaned = clean(text)
    assert cleaned.held_password
    assert secret not in cleaned.text
    assert BLANKED in cleaned.text


@pytest.mark.rule("ACC-7")
@pytest.mark.parametrize("text", HARMLESS)
def test_question_about_a_password_is_left_alone(text: str) -> None:
    assert clean(text) == type(clean(""))(text)


@pytest.mark.rule("ACC-7")
@pytest.mark.parametrize("word", ["mot de passe", "mdp", "wachtwoord", "password", "Passwort"])
@given(secret=st.from_regex(r"[A-Za-z]{3,20}[0-9]{1,5}[A-Za-z0-9!?#*+]{3,20}", fullmatch=True))
def test_whatever_follows_a_colon_is_blanked(word: str, secret: str) -> None:
    assert secret not in clean(f"bonjour, {word} : {secret} merci").text


@pytest.mark.rule("ACC-7")
def test_password_in_a_form_is_blanked_wherever_it_stands() -> None:
    values = {"question": "mdp: Soleil2024", "more": ["ok", {"deep": "wachtwoord: geheim1"}], "count": 3}
    content = Message("web", "a", "p", "e", form=FormValues("k", values)).content()
    assert content["held_password"]
    assert "Soleil2024" not in json.dumps(content)
    assert "geheim1" not in json.dumps(content)
    assert content["form"]["values"]["count"] == 3
    assert not holds_password({"question": "mot de passe oublié"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("facture\x00 1046", "facture 1046"),
        ("a\rb\x0bc\x85d", "a b c d"),
        ("\u202egnp.exe\u202c facture", "gnp.exe facture"),
        ("\ud800facture\udfff", "facture"),
        ("fac\u200bture\ufeff", "facture"),
        ("deux\nlignes\tici", "deux\nlignes\tici"),
        ("👩‍💼 facture", "👩‍💼 facture"),
        ("\ue000privé", "privé"),
        ("  entouré  ", "entouré"),
    ],
)
def test_control_and_direction_characters_are_taken_out(text: str, expected: str) -> None:
    assert clean(text).text == expected


def test_text_is_cut_at_ten_thousand_characters() -> None:
    assert not clean("é" * MOST).cut
    longer = clean("é" * (MOST + 1))
    assert longer.cut
    assert longer.text == "é" * MOST


@given(st.text(alphabet=st.characters(), max_size=300))
def test_cleaned_text_can_always_be_kept(text: str) -> None:
    cleaned = clean(text)
    cleaned.text.encode("utf-8")
    assert "\x00" not in cleaned.text
    assert clean(cleaned.text).text == cleaned.text


@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts),
    )
)
def test_form_value_can_always_be_kept(value: object) -> None:
    written = json.dumps(clean_value(value), ensure_ascii=False)
    written.encode("utf-8")
    assert "\\u0000" not in written


@pytest.mark.parametrize(
    "text", ["mot de passe " * 800, "mdp " * 2500, "mdp a b c d " * 900, "mdp " + "a" * 9990]
)
def test_longest_text_is_cleaned_in_a_moment(text: str) -> None:
    import time

    before = time.process_time()
    clean(text)
    assert time.process_time() - before < 0.5
