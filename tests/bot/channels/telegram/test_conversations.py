"""Talk with the house over Telegram, end to end through the official client: in French and Dutch, by buttons."""

import asyncio
import io
import re
import time
from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
import pytest

from tests.bot.channels.telegram.conftest import CLAIRE, JORIS, OpenPost, Post
from tests.bot.channels.telegram.loopback import Loopback


@pytest.mark.rule("INV-6")
async def test_invoices_in_french_and_the_annex_as_a_document(post: Post) -> None:
    await post.person.says("mes factures d'octobre")
    (found,) = await post.person.hears(1)
    assert "Numéro de facture" in found.text or "Facture" in found.text
    assert "1046" in found.text
    await post.person.presses(found, "Annexe")
    heard = await post.person.hears(3)
    document = next(message for message in heard if message.file)
    name, content = document.file
    assert name.endswith(".xlsx")
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert post.telegram.released


@pytest.mark.rule("SUP-2", "CNV-2")
async def test_envelopes_are_ordered_in_dutch_by_buttons(open_post: OpenPost, telegram: Loopback) -> None:
    async with open_post(telegram, JORIS, language="nl") as post:
        person = post.person
        await person.says("ik wil enveloppen bestellen")
        heard = await person.hears(1)
        for _ in range(10):
            last = heard[-1]
            labels = [button["text"] for button in last.buttons]
            if "Bestellen" in labels or "Bevestigen" in labels:
                break
            offered = [label for label in labels if label not in {"Annuleren", "Terug"}]
            if offered:
                await person.presses(last, offered[0])
            else:
                await person.says("Jan Peeters" if "wie" in last.text.casefold() else "100")
            heard = await person.hears(len(heard) + 1)
        confirm = next(label for label in labels if label in {"Bestellen", "Bevestigen"})
        await person.presses(heard[-1], confirm)
        heard = await person.hears(len(heard) + 1)
        assert "✅" in heard[-1].text
        assert "2026" in heard[-1].text


@pytest.mark.rule("GEN-1")
@pytest.mark.parametrize(
    ("language", "hello"), [("fr-BE", "Bonjour"), ("nl", "Dag"), ("de", "Guten Tag"), ("en", "Hello")]
)
async def test_start_is_greeted_in_the_telephones_language(post: Post, language: str, hello: str) -> None:
    await post.link(post.person, None)
    post.person.language = language
    await post.person.says("/start")
    (greeting,) = await post.person.hears(1)
    assert greeting.text.startswith(hello)


async def test_command_is_answered_in_the_persons_language_whatever_its_word(post: Post) -> None:
    await post.person.says("/rapport")
    (form,) = await post.person.hears(1)
    assert "rapport" in form.text.casefold()
    await post.person.says("/annuler")
    heard = await post.person.hears(2)
    assert "arrêté" in heard[1].text


@pytest.mark.rule("ACC-8")
async def test_deep_link_with_the_code_links_the_chat(
    open_post: OpenPost, telegram: Loopback, tmp_path: Path
) -> None:
    async with open_post(telegram, None, data_folder=tmp_path, secret_key=None) as post:
        await post.person.says(f"/guichet link {CLAIRE}")
        await post.person.hears(1)
        code = await code_of_mail(tmp_path / "outbox")
        await post.person.says(f"/start {code}")
        heard = await post.person.hears(2)
        assert heard[1].text.startswith("✅ Bienvenue, Claire")


async def code_of_mail(folder: Path) -> str:
    """Wait for the mail and read the code in it."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for letter in folder.glob("*.eml"):
            body = message_from_bytes(letter.read_bytes(), policy=policy.default).get_body()
            found = re.search(r"\b\d{6}\b", body.get_content()) if body else None
            if found:
                return found[0]
        await asyncio.sleep(0.05)
    raise AssertionError("no mail came")


@pytest.mark.rule("CNV-3")
async def test_back_button_under_a_summary_asks_the_question_again(post: Post) -> None:
    await post.person.says("je veux parler à quelqu'un")
    await post.person.hears(1)
    await post.person.says("Ma facture est fausse")
    heard = await post.person.hears(2)
    await post.person.presses(heard[1], "Retour")
    heard = await post.person.hears(3)
    assert "Retour" not in [button["text"] for button in heard[2].buttons]
    await post.person.says("Mon annexe est vide")
    heard = await post.person.hears(4)
    assert "Mon annexe est vide" in heard[3].text
    assert "fausse" not in heard[3].text
    assert "Envoyer" in [button["text"] for button in heard[3].buttons]
