"""Show that everybody can use the page (WCAG 2.2 AA): axe, the keyboard, narrow and magnified windows."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.bot.channels.web.blocks import EVERY_FIELD, EVERYTHING, form
from tests.bot.channels.web.browser import CHROMIUM, WITHOUT, Window, open_window
from tests.bot.channels.web.conftest import Site
from tests.bot.channels.web.test_page_conversation import visit_of
from tests.bot.channels.web.test_page_forms import keep_open

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT)

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 320, "height": 640}, "has_touch": True},
    "dark phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    # A window of 1280 × 1024 magnified four times.
    "magnified": {"viewport": {"width": 320, "height": 256}},
    "forced colours": {"forced_colors": "active"},
}
SMALLEST_TARGET = 44


async def fill(window: Window, site: Site) -> None:
    """Show every block and an open form with every kind of field, one of them with an error."""
    await window.page.locator("#welcome:visible").wait_for()
    await keep_open(window)
    await window.say("bonjour")
    visit = await visit_of(window, site)
    await visit.show(*EVERYTHING)
    await visit.show(form(*EVERY_FIELD))
    fields = (await window.reply(2)).locator("form")
    await fields.get_by_role("button", name="Continuer").click()
    await expect(fields.get_by_role("radio").first).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("looks", LOOKS.values(), ids=LOOKS)
async def test_axe_finds_nothing_and_nothing_is_cut_off(
    browser: Browser, site: Site, looks: dict[str, Any]
) -> None:
    async with open_window(browser, site.url, **looks) as window:
        await fill(window, site)
        assert await window.violations() == []
        wider, higher = await window.overflow()
        assert wider <= 0
        # Only what is magnified scrolls as one page; else the conversation scrolls between bar and input.
        assert (higher > 0) == (looks.get("viewport", {}).get("height") == 256)
        assert window.complaints == []


@pytest.mark.parametrize("path", ["/", "/chat?lang=nl"])
async def test_axe_finds_nothing_before_anything_was_said(browser: Browser, site: Site, path: str) -> None:
    async with open_window(browser, site.url + path) as window:
        await window.page.locator("#welcome:visible").wait_for()
        assert await window.violations() == []


async def test_axe_finds_nothing_where_a_file_was(browser: Browser, site: Site) -> None:
    async with open_window(browser, f"{site.url}/files/nothing") as window:
        assert await window.violations() == []


async def test_text_twice_as_large_is_still_all_there(browser: Browser, site: Site) -> None:
    async with open_window(browser, site.url, viewport={"width": 640, "height": 512}) as window:
        await fill(window, site)
        assert await window.overflow() == [0, 0]
        await expect(window.message).to_be_in_viewport()


async def test_targets_are_large_enough_for_fingers(browser: Browser, site: Site) -> None:
    async with open_window(
        browser, site.url, viewport={"width": 390, "height": 844}, has_touch=True
    ) as window:
        await fill(window, site)
        small = await window.page.evaluate(
            """(least) => [...document.querySelectorAll("button, .button, summary, .input, textarea, label.option")]
              .filter((element) => element.offsetParent !== null)
              .map((element) => [element.outerHTML.slice(0, 120), element.getBoundingClientRect()])
              .filter(([, box]) => box.height < least || box.width < least)
              .map(([html]) => html)""",
            SMALLEST_TARGET,
        )
    assert small == []


async def test_keyboard_goes_through_the_page_in_order_and_is_seen(browser: Browser, site: Site) -> None:
    async with open_window(browser, site.url) as window:
        await window.page.locator("#welcome:visible").wait_for()
        await window.page.locator(".skip").focus()
        seen = ["skip"]
        for _step in range(40):
            await window.page.keyboard.press("Tab")
            focused = await window.page.evaluate(
                """() => {
                  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
                  const ring = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
                  const element = document.activeElement;
                  return [element.id || element.dataset.person || element.className || element.tagName, ring];
                }"""
            )
            seen.append(focused[0])
            assert focused[1], f"no ring around {focused[0]}"
            if focused[0] == "send":
                break
        order = [seen.index(name) for name in ("skip", "customer-fr", "paper", "button", "message", "send")]
        assert order == sorted(order)


async def test_table_keeps_its_meaning_on_a_narrow_page(browser: Browser, site: Site) -> None:
    async with open_window(browser, site.url, viewport={"width": 320, "height": 640}) as window:
        await fill(window, site)
        table = window.page.get_by_role("table", name="Vos 2 factures")
        await expect(table.get_by_role("row")).to_have_count(3)
        await expect(table.get_by_role("columnheader")).to_have_count(4)
        await expect(table.get_by_role("rowheader", name="1046100091")).to_be_visible()
        await expect(table.get_by_role("button", name="Annexe 1046100091")).to_be_visible()


async def test_nothing_moves_where_motion_is_not_wanted(browser: Browser, site: Site) -> None:
    async with open_window(browser, site.url, reduced_motion="reduce") as window:
        await fill(window, site)
        assert await window.page.evaluate("document.getAnimations().length") == 0
