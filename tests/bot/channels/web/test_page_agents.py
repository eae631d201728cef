"""Work as agents do on their page, in a real browser: by mouse and by keyboard alone, two of them at once."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest
from playwright.async_api import Browser, Locator, Page, Route, expect

from bot.wiring import Counter
from tests.bot.channels.web.agents import CLAIRE, JORIS, KARIM, open_ticket
from tests.bot.channels.web.browser import CHROMIUM, WITHOUT, Window, open_window
from tests.bot.channels.web.conftest import Enter, Site

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT)

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 320, "height": 640}, "has_touch": True},
    "dark phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "tablet": {"viewport": {"width": 1024, "height": 768}},
    "magnified": {"viewport": {"width": 320, "height": 256}},
    "forced colours": {"forced_colors": "active"},
}


@asynccontextmanager
async def at_desk(
    browser: Browser, site: Site, name: str = "Karim Benali", **looks: Any
) -> AsyncIterator[Window]:
    """Open the page as an agent of the demo; at the end nothing may have gone wrong but the gate's refusals."""
    async with open_window(browser, f"{site.url}/agent", **looks) as window:
        await window.page.get_by_role("button", name=name).click()
        await window.page.locator("#panes:visible").wait_for()
        await expect(window.page.locator("#me")).to_have_text(name)
        yield window
        assert window.excused or [said for said in window.complaints if "403" not in said] == []


def entry(page: Page, number: str) -> Locator:
    return page.locator(f".entry[data-number={number}]")


async def show(page: Page, number: str) -> None:
    await entry(page, number).click()
    await expect(page.locator("#talk-title")).to_contain_text(number)
    await expect(page.locator("#talk-title")).to_be_focused()


async def focused(page: Page) -> str:
    return str(await page.evaluate("document.activeElement.dataset.number || document.activeElement.id"))


@pytest.mark.rule("TIC-2")
async def test_agent_takes_answers_and_notes(
    browser: Browser, site: Site, counter: Counter, enter: Enter, address: str
) -> None:
    claire = await enter("customer-fr")
    key = claire.front.seals.visitor(claire.token).account_key
    number = await open_ticket(counter, "Le ramasseur n'est pas passé", account_key=key)
    secret = f"déjà relancé {secrets.token_hex(4)}"
    async with at_desk(browser, site) as window:
        page = window.page
        await show(page, number)
        await expect(page.locator("#holder")).to_contain_text("Personne")
        await expect(page.locator("#card")).to_contain_text("Claire Dubois")
        await page.get_by_role("button", name="Prendre", exact=True).click()
        await expect(page.locator("#holder")).to_have_text("Cette demande est à vous.")
        await page.get_by_label("Note interne").fill(secret)
        await page.get_by_role("button", name="Garder la note").click()
        await expect(page.locator(".line.note")).to_contain_text(secret)
        await page.get_by_label("Réponse à Claire Dubois").fill("Il passe demain.")
        await page.get_by_role("button", name="Envoyer la réponse").click()
        await expect(page.locator(".line.answer")).to_contain_text("Il passe demain.")
        await expect(page.get_by_label("Réponse à Claire Dubois")).to_have_value("")
        await expect(page.locator("#toast")).to_contain_text("Envoyé au client")
    seen = str(await claire.events(lambda found: "Il passe demain." in str(found)))
    assert secret not in seen


@pytest.mark.rule("TIC-2")
async def test_customers_words_appear_by_themselves(
    browser: Browser, site: Site, counter: Counter, enter: Enter
) -> None:
    claire = await enter("customer-fr")
    key = claire.front.seals.visitor(claire.token).account_key
    number = await open_ticket(counter, "ma question", account_key=key)
    async with at_desk(browser, site) as window:
        await show(window.page, number)
        await window.page.keyboard.press("t")
        await expect(window.page.locator("#holder")).to_have_text("Cette demande est à vous.")
        await claire.send(text="vous êtes là ?")
        await expect(window.page.locator(".line.customer")).to_contain_text("vous êtes là ?")
        await expect(window.page.locator("#lines")).to_have_attribute("aria-live", "polite")


@pytest.mark.rule("TIC-2")
async def test_whole_day_by_keyboard_alone(
    browser: Browser, site: Site, counter: Counter, address: str
) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(
            "INSERT INTO canned_answers VALUES ('0-clavier', 'fr', 'Bonjour {customer}.') ON CONFLICT DO NOTHING"
        )
    number = await open_ticket(counter, "au clavier", hours_ago=400)
    async with at_desk(browser, site) as window:
        page, keys = window.page, window.page.keyboard
        await entry(page, number).wait_for()
        await keys.press("j")
        assert await focused(page) == number
        await keys.press("Enter")
        await expect(page.locator("#talk-title")).to_be_focused()
        await keys.press("t")
        await expect(page.locator("#holder")).to_have_class("holder yours")
        await keys.press("n")
        await expect(page.locator("#note-words")).to_be_focused()
        await keys.type("rien à signaler, t r n")
        # The key of the answer sends no note.
        await keys.press("Control+Enter")
        await keys.press("Alt+Enter")
        await expect(page.locator(".line.note")).to_have_count(1)
        await expect(page.locator("#talk-title")).to_be_focused()
        await keys.press("m")
        await expect(page.locator(".macro").first).to_be_focused()
        await keys.press("Enter")
        await expect(page.locator("#answer-words")).to_have_value("Bonjour Claire Dubois.")
        await keys.type(" C'est réglé.")
        await keys.press("Alt+Enter")
        await expect(page.locator(".line.note")).to_have_count(1)
        await keys.press("Control+Enter")
        await expect(page.locator(".line.answer")).to_contain_text("Bonjour Claire Dubois. C'est réglé.")
        await expect(page.locator("#talk-title")).to_be_focused()
        await keys.press("c")
        await expect(page.get_by_role("dialog")).to_contain_text(number)
        await keys.press("Enter")
        await expect(page.locator("#facts .state")).to_have_text("clôturée")
        await keys.press("o")
        await expect(page.locator("#holder")).to_have_class("holder yours")
        await entry(page, number).wait_for()
        await keys.press("Escape")
        assert await focused(page) == number


async def test_keys_can_be_seen_and_switched_off(browser: Browser, site: Site, counter: Counter) -> None:
    await open_ticket(counter, "une question")
    async with at_desk(browser, site) as window:
        page, keys = window.page, window.page.keyboard
        await keys.press("?")
        dialog = page.get_by_role("dialog")
        await expect(dialog).to_contain_text("Ctrl + Enter")
        await dialog.get_by_label("Utiliser ces touches").uncheck()
        await keys.press("Escape")
        await expect(dialog).to_be_hidden()
        await page.locator("#queue-title").focus()
        await keys.press("j")
        assert await focused(page) == "queue-title"
        await page.reload()
        await page.locator("#panes:visible").wait_for()
        await page.locator("#queue-title").focus()
        await keys.press("j")
        assert await focused(page) == "queue-title"


@pytest.mark.rule("TIC-2")
async def test_second_agent_sees_at_once_who_has_taken_it(
    browser: Browser, site: Site, counter: Counter
) -> None:
    number = await open_ticket(counter, "qui sera le premier ?")
    async with (
        at_desk(browser, site) as first,
        at_desk(browser, site, "Lotte Wouters", locale="nl-BE") as second,
    ):
        await show(first.page, number)
        await show(second.page, number)
        await second.page.locator("#answer-words").fill("ik was bezig met")
        await first.page.keyboard.press("t")
        await expect(first.page.locator("#holder")).to_have_text("Cette demande est à vous.")
        await expect(second.page.locator("#holder")).to_have_text("Karim Benali behandelt deze aanvraag.")
        await expect(second.page.locator("#status")).to_have_text(f"Karim Benali heeft {number} net genomen.")
        await expect(second.page.locator("#answer-send")).to_be_disabled()
        await expect(second.page.locator("#answer-words")).to_have_value("ik was bezig met")
        await expect(entry(second.page, number)).to_contain_text("Karim Benali")
        await expect(second.page.get_by_role("button", name="Nemen", exact=True)).to_have_count(0)


async def test_focus_stays_where_it_is_when_the_queue_changes(
    browser: Browser, site: Site, counter: Counter, enter: Enter
) -> None:
    middle = await open_ticket(counter, "au milieu", hours_ago=20)
    async with at_desk(browser, site) as window:
        page = window.page
        await entry(page, middle).focus()
        before = await open_ticket(counter, "plus ancienne", hours_ago=500)
        await entry(page, before).wait_for()
        assert await focused(page) == middle
        await expect(page.locator("#status")).to_contain_text(before)
        gone = await page.evaluate("document.activeElement.parentElement.nextElementSibling !== null")
        await page.locator("#view").select_option("new")
        await entry(page, middle).focus()
        async with at_desk(browser, site, "Lotte Wouters") as other:
            await show(other.page, middle)
            await other.page.keyboard.press("t")
            await expect(entry(page, middle)).to_have_count(0)
        # What had the focus has gone: its neighbour has it now, not the beginning of the page.
        assert (await focused(page)).startswith("GC-") or not gone


async def test_draft_stays_with_its_request(browser: Browser, site: Site, counter: Counter) -> None:
    one = await open_ticket(counter, "la première")
    other = await open_ticket(counter, "een andere", email=JORIS, language="nl")
    async with at_desk(browser, site) as window:
        page = window.page
        await show(page, one)
        await page.locator("#answer-words").fill("à moitié écri")
        await page.locator("#note-words").fill("à vérifier")
        await show(page, other)
        await expect(page.locator("#answer-words")).to_have_value("")
        await expect(page.locator("#note-words")).to_have_value("")
        await expect(page.get_by_label("Réponse à Joris Peeters")).to_be_visible()
        await show(page, one)
        await expect(page.locator("#answer-words")).to_have_value("à moitié écri")
        await expect(page.locator("#note-words")).to_have_value("à vérifier")


@pytest.mark.rule("TIC-2")
async def test_request_is_handed_over_and_a_duplicate_merged(
    browser: Browser, site: Site, counter: Counter
) -> None:
    first = await open_ticket(counter, "ma question")
    again = await open_ticket(counter, "ma question encore")
    async with at_desk(browser, site) as window:
        page = window.page
        await show(page, again)
        await page.get_by_role("button", name="Fusionner un doublon").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("Se poursuit sous").select_option(first)
        await dialog.get_by_role("button", name="Fusionner un doublon").click()
        await expect(page.locator("#facts .state")).to_have_text("clôturée")
        await show(page, first)
        await page.get_by_role("button", name="Transmettre").click()
        await dialog.get_by_role("button", name="Annuler").click()
        await expect(page.locator("#holder")).to_have_class("holder nobodys")
        await page.get_by_role("button", name="Transmettre").click()
        await dialog.get_by_role("button", name="Transmettre").click()
        await expect(page.locator("#holder")).to_contain_text("Lotte Wouters")


async def test_answer_whose_receipt_was_lost_goes_once(
    browser: Browser, site: Site, counter: Counter, address: str
) -> None:
    number = await open_ticket(counter, "ma question")
    words, lost = f"une seule fois {secrets.token_hex(4)}", []

    async def lose(route: Route) -> None:
        await route.fetch()
        lost.append(route.request.post_data)
        await route.abort()

    async with at_desk(browser, site) as window:
        page = window.page
        window.excused = True
        await show(page, number)
        await page.route("**/answer", lose, times=1)
        await page.locator("#answer-words").fill(words)
        await page.keyboard.press("Control+Enter")
        await expect(page.locator(".line.answer")).to_contain_text(words)
        await expect(page.locator("#answer-words")).to_have_value("")
    assert len(lost) == 1
    with psycopg.connect(address) as connection:
        sent = connection.execute("SELECT count(*) FROM ticket_messages WHERE text = %s", [words]).fetchone()
    assert sent == (1,)


async def test_words_are_kept_where_the_server_does_not_answer(
    browser: Browser, site: Site, counter: Counter
) -> None:
    number = await open_ticket(counter, "ma question")
    async with at_desk(browser, site) as window:
        page = window.page
        window.excused = True
        await show(page, number)
        await page.route("**/note", lambda route: route.abort())
        await page.locator("#note-words").fill("ne te perds pas")
        await page.keyboard.press("Alt+Enter")
        await expect(page.locator("#toast")).to_be_visible()
        await expect(page.locator("#note-words")).to_have_value("ne te perds pas")


async def test_queue_is_filtered_on_the_page(browser: Browser, site: Site, counter: Counter) -> None:
    dutch = await open_ticket(counter, "een vraag over opties", email=JORIS, language="nl", subject="option")
    french = await open_ticket(counter, "une question")
    async with at_desk(browser, site) as window:
        page = window.page
        await expect(entry(page, french)).to_be_visible()
        await page.locator("#language").select_option("nl")
        await expect(entry(page, french)).to_have_count(0)
        await expect(entry(page, dutch)).to_be_visible()
        await page.locator("#subject").select_option("question")
        await expect(entry(page, dutch)).to_have_count(0)
        await page.locator("#subject").select_option("option")
        await page.locator("[data-view=new]").click()
        await expect(page.locator("[data-view=new]")).to_have_attribute("aria-pressed", "true")
        await expect(entry(page, dutch)).to_be_visible()
        await page.locator("[data-view=mine]").click()
        await expect(page.locator("#nothing")).to_be_visible()


async def test_agent_who_leaves_sees_nothing_any_more(
    browser: Browser, site: Site, counter: Counter, address: str
) -> None:
    number = await open_ticket(counter, "une question confidentielle")
    async with at_desk(browser, site) as window:
        await show(window.page, number)
        with psycopg.connect(address) as connection:
            connection.execute("UPDATE portal_users SET left_at = now() WHERE email = %s", [KARIM])
        try:
            await open_ticket(counter, "une autre")
            await expect(window.page.locator("#gate")).to_be_visible()
            await expect(window.page.locator(".reading")).to_have_count(0)
            assert "confidentielle" not in await window.page.content()
            assert CLAIRE not in await window.page.content()
        finally:
            with psycopg.connect(address) as connection:
                connection.execute("UPDATE portal_users SET left_at = NULL WHERE email = %s", [KARIM])


async def test_markup_of_a_customer_is_text(browser: Browser, site: Site, counter: Counter) -> None:
    number = await open_ticket(counter, "<img src=x onerror=alert(1)> <b>gras</b>")
    async with at_desk(browser, site) as window:
        await show(window.page, number)
        await expect(window.page.locator("#summary")).to_have_text("<img src=x onerror=alert(1)> <b>gras</b>")
        await expect(window.page.locator("#panes img, #panes .summary b")).to_have_count(0)


@pytest.mark.parametrize("looks", LOOKS.values(), ids=LOOKS)
async def test_axe_finds_nothing_on_the_agents_page(
    browser: Browser, site: Site, counter: Counter, looks: dict[str, Any]
) -> None:
    number = await open_ticket(counter, "Une question " + "très longue " * 30, hours_ago=300)
    await open_ticket(counter, "qui suis-je ?", email=None)
    async with at_desk(browser, site, **looks) as window:
        page = window.page
        await entry(page, number).wait_for()
        assert await window.violations() == []
        assert (await window.overflow())[0] <= 0
        await show(page, number)
        await page.keyboard.press("t")
        await expect(page.locator("#holder")).to_have_class("holder yours")
        await page.locator("#note-words").fill("une note")
        await page.keyboard.press("Alt+Enter")
        await page.locator(".line.note").wait_for()
        assert await window.violations() == []
        assert (await window.overflow())[0] <= 0
        await page.locator("#talk-title").focus()
        await page.keyboard.press("h")
        await page.get_by_role("dialog").wait_for()
        assert await window.violations() == []


async def test_axe_finds_nothing_at_the_gate(browser: Browser, site: Site) -> None:
    async with open_window(browser, f"{site.url}/agent?lang=de") as window:
        await window.page.locator("#gate:visible").wait_for()
        assert await window.violations() == []
