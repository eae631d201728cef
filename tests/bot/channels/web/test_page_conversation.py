"""Hold conversations on the page, in a real browser."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from bot.commands.serve import working
from bot.wiring import Counter, open_counter
from tests.bot.channels.web.blocks import CHOICES, PROGRESS, TABLE, TEXT
from tests.bot.channels.web.browser import CHROMIUM, WITHOUT, Window, open_window
from tests.bot.channels.web.conftest import Site, Visit, serving

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT)


async def visit_of(window: Window, site: Site) -> Visit:
    """Reach the conversation that a page shows."""
    token = await window.page.evaluate("localStorage.getItem('guichet.token')")
    return Visit(None, token, site.front)  # type: ignore[arg-type]


@pytest.mark.rule("INV-6", "CNV-5")
async def test_annex_is_asked_for_and_downloaded(window: Window) -> None:
    await window.say("l'annexe de la facture du mois dernier")
    file = window.page.locator(".file")
    await file.wait_for()
    async with window.page.expect_download() as started:
        await file.get_by_role("link").click()
    download = await started.value
    assert re.fullmatch(r"annexes?-.*\.xlsx", download.suggested_filename)
    await expect(window.page.locator(".progress:not(.over)")).to_have_count(0)


@pytest.mark.rule("CNV-5")
async def test_answer_on_its_way_shows_also_after_a_reload(
    browser: Browser, counter: Counter, new_database: Any, understander: Any
) -> None:
    idle = open_counter(counter.settings, understander=understander, address=new_database())
    async with idle as house, serving(house) as site, open_window(browser, site.url) as window:
        typing = window.page.locator("#typing")
        await window.page.locator("#welcome:visible").wait_for()
        await expect(typing).to_be_hidden()
        await window.message.fill("bonjour")
        await window.message.press("Enter")
        await expect(typing).to_be_visible()
        await window.page.reload()
        await expect(typing).to_be_visible()
        async with working(house):
            await window.reply(0)
            await expect(typing).to_be_hidden()


async def test_enter_sends_and_shift_enter_begins_a_line(window: Window) -> None:
    await window.message.press_sequentially("bonjour")
    await window.message.press("Shift+Enter")
    await window.message.press_sequentially("à vous")
    await window.message.press("Enter")
    await expect(window.mine.locator(".bubble")).to_contain_text("bonjour\nà vous")
    await expect(window.message).to_have_value("")
    await expect(window.message).to_be_focused()


async def test_empty_message_is_not_sent(window: Window) -> None:
    await window.message.fill("  \n ")
    await window.message.press("Enter")
    await expect(window.mine).to_have_count(0)


async def test_reload_shows_the_conversation_again(window: Window) -> None:
    await window.say("bonjour")
    before = await window.page.locator(".entry").all_inner_texts()
    await window.page.reload()
    await window.replies.first.wait_for()
    assert await window.page.locator(".entry").all_inner_texts() == before


async def test_second_page_of_the_visitor_shows_what_the_first_one_says(window: Window) -> None:
    other = Window(await window.page.context.new_page())
    await other.page.goto(window.page.url)
    await window.say("bonjour")
    await other.replies.first.wait_for()
    await expect(other.mine.locator(".bubble")).to_contain_text("bonjour")


async def test_markup_in_words_of_anybody_stays_words(window: Window, site: Site) -> None:
    await window.say("<img src=x onerror=alert(1)> <script>alert(1)</script>")
    await (await visit_of(window, site)).show(TABLE, TEXT)
    await window.page.locator(".table-frame").wait_for()
    await expect(window.page.locator("#log img, #log script, #log b")).to_have_count(0)
    await expect(window.mine.locator(".bubble")).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(window.page.locator(".words a")).to_have_count(2)


@pytest.mark.rule("ACC-7")
async def test_password_disappears_from_the_page_too(window: Window) -> None:
    await window.say("mon mot de passe est Zebre!42x")
    await expect(window.mine.locator(".bubble")).to_contain_text("mon mot de passe est •••••")
    assert "Zebre" not in await window.page.content()


async def test_button_shows_that_it_was_pressed_also_after_a_reload(window: Window) -> None:
    reply = await window.say("bonjour")
    button = reply.get_by_role("button").first
    label = await button.inner_text()
    await button.click()
    await expect(window.mine.last.locator(".bubble")).to_contain_text(label)
    await (await window.reply(1)).wait_for()
    await expect(button).to_have_class(re.compile("pressed"))
    await window.page.reload()
    await expect(window.replies.first.get_by_role("button").first).to_have_class(re.compile("pressed"))


async def test_double_click_is_one_press(window: Window) -> None:
    reply = await window.say("bonjour")
    await reply.get_by_role("button").first.dblclick()
    await window.reply(1)
    await expect(window.mine).to_have_count(2)


async def test_links_lead_only_where_pages_are(window: Window, site: Site) -> None:
    await (await visit_of(window, site)).show(CHOICES)
    reply = await window.reply(0)
    link = reply.get_by_role("link")
    await expect(link).to_have_count(1)
    await expect(link).to_have_attribute("href", "https://www.bpost.be/")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")


async def test_long_work_turns_its_wheel_until_it_is_over(window: Window, site: Site) -> None:
    visit = await visit_of(window, site)
    await visit.show(PROGRESS)
    await (await window.reply(0)).wait_for()
    await expect(window.page.locator(".progress")).to_have_class(re.compile("over"))


@pytest.mark.rule("GEN-1")
async def test_page_and_bubbles_take_the_language_of_the_answer(window: Window) -> None:
    reply = await window.say("Goeiedag, wat kunt u voor mij doen?")
    await expect(reply).to_have_attribute("lang", "nl")
    await expect(window.mine).to_have_attribute("lang", "nl")
    await expect(window.page.locator("html")).to_have_attribute("lang", "nl")
    await expect(window.page.locator("h1")).to_have_text("Guichet")


async def test_what_comes_is_announced_and_history_is_not(window: Window) -> None:
    log = window.page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await window.say("bonjour")
    # History is drawn while the log is silent: the moment of each addition is noted with the mode it had then.
    await window.page.add_init_script(
        """document.addEventListener("DOMContentLoaded", () => {
          window.additions = [];
          const log = document.getElementById("log");
          new MutationObserver((changes) => {
            for (const change of changes)
              for (const node of change.addedNodes) window.additions.push(node.dataset.mode);
          }).observe(log, { childList: true });
          const insert = log.insertBefore.bind(log);
          log.insertBefore = (node, place) => {
            node.dataset.mode = log.getAttribute("aria-live");
            return insert(node, place);
          };
        });"""
    )
    await window.page.reload()
    await window.replies.first.wait_for()
    await window.say("merci")
    additions = await window.page.evaluate("window.additions")
    assert additions[:2] == ["off", "off"]
    assert additions[-1] == "polite"


async def test_persona_switch_begins_another_conversation_and_comes_back_to_the_first(window: Window) -> None:
    await window.say("bonjour")
    await window.page.locator("[data-person=customer-nl]").click()
    await expect(window.page.locator("html")).to_have_attribute("lang", "nl")
    await expect(window.page.locator(".entry")).to_have_count(0)
    reply = await window.say("goeiedag")
    await expect(reply).to_contain_text("Joris Peeters")
    await window.page.locator("[data-person=customer-fr]").click()
    await expect(window.replies.first).to_contain_text("Claire Dubois")
    await expect(window.replies).to_have_count(1)


async def test_example_is_sent_as_it_stands(window: Window) -> None:
    example = window.page.locator("#examples button").first
    text = await example.inner_text()
    await example.click()
    await window.reply(0)
    await expect(window.mine.locator(".bubble")).to_contain_text(text)


async def test_file_put_on_the_page_is_declined_kindly(window: Window) -> None:
    await window.page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["x"], "photo.png", { type: "image/png" }));
          document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    reply = await window.reply(0)
    await expect(reply.get_by_role("button").first).to_be_visible()


async def test_message_written_without_connection_is_sent_once_when_it_is_back(window: Window) -> None:
    window.excused = True
    await window.say("bonjour")
    sent: list[Any] = []

    async def fail(route: Any) -> None:
        sent.append(route.request.post_data_json["id"])
        # The first time the message arrives and only the answer is lost.
        if len(sent) == 1:
            await route.fetch()
        await route.abort()

    await window.page.route("**/api/messages", fail)
    await window.message.fill("merci")
    await window.message.press("Enter")
    await expect(window.mine.last.locator(".fate, time")).not_to_have_count(0)
    while len(sent) < 2:
        await window.page.wait_for_timeout(50)
    await window.page.unroute("**/api/messages", fail)
    await window.reply(1)
    assert len(set(sent)) == 1
    await expect(window.mine).to_have_count(2)
    await expect(window.replies).to_have_count(2)
    await expect(window.mine.last.locator(".fate")).to_have_count(0)


async def test_lost_connection_is_said_and_taken_up_again(window: Window) -> None:
    window.excused = True
    await window.say("bonjour")
    await window.page.context.set_offline(True)
    await window.message.fill("merci")
    await window.message.press("Enter")
    await expect(window.mine.last.locator(".fate")).to_be_visible()
    await expect(window.page.locator("#connection")).to_be_visible()
    await window.page.context.set_offline(False)
    await window.reply(1)
    await expect(window.mine).to_have_count(2)
    await expect(window.page.locator("#connection")).to_have_class(re.compile("good"))


async def test_visit_that_ended_begins_anew_and_keeps_what_was_just_written(window: Window) -> None:
    window.excused = True
    await window.say("bonjour")
    refused = 0

    async def refuse_once(route: Any) -> None:
        nonlocal refused
        refused += 1
        if refused == 1:
            await route.fulfill(status=401, json={"error": "session_over"})
        else:
            await route.continue_()

    await window.page.route("**/api/messages", refuse_once)
    await window.message.fill("merci")
    await window.message.press("Enter")
    await expect(window.page.locator("#connection")).to_be_visible()
    await expect(window.mine.last.locator(".bubble")).to_contain_text("merci")
    await expect(window.mine.last.locator("time")).to_be_visible()


async def test_message_that_is_too_long_is_refused_at_its_place(window: Window) -> None:
    window.excused = True
    await window.message.fill("é" * 140_000)
    await window.message.press("Enter")
    await expect(window.mine.locator(".fate")).to_be_visible()
