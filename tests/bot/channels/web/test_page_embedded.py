"""Put the chat into another site's page, in a real browser."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from bot.channels.web.sentences import in_language
from bot.wiring import Counter
from tests.bot.channels.web.browser import CHROMIUM, WITHOUT, Window, open_window
from tests.bot.channels.web.conftest import serving

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT)

HOST = "http://intranet.example"


async def host_page(window: Window, counter_url: str, policy: str = "") -> None:
    """Be another site, strict as many are, with the chat in its page."""

    async def answer(route: Any) -> None:
        headers = {"Content-Security-Policy": policy} if policy else {}
        await route.fulfill(
            content_type="text/html",
            headers=headers,
            body=(
                f'<!doctype html><html lang="nl"><title>Intranet</title><main><h1>Intranet</h1></main>'
                f'<script src="{counter_url}/embed.js" defer></script><guichet-chat></guichet-chat></html>'
            ),
        )

    await window.page.route(f"{HOST}/", answer)
    await window.page.goto(f"{HOST}/")


async def test_chat_opens_in_another_sites_page_and_closes_again(browser: Browser, counter: Counter) -> None:
    async with (
        serving(counter, embed_origins=(HOST,)) as site,
        open_window(browser, "about:blank") as window,
    ):
        await host_page(window, site.url, f"default-src 'none'; script-src {site.url}; frame-src {site.url}")
        words = in_language("nl")
        launcher = window.page.get_by_role("button", name=words["launcher_open"])
        await expect(launcher).to_have_attribute("aria-expanded", "false")
        await launcher.click()
        chat = window.page.frame_locator("iframe")
        await expect(chat.locator("html")).to_have_attribute("lang", "nl")
        await chat.locator("#welcome:visible").wait_for()
        await chat.locator("#message").fill("goeiedag")
        await chat.locator("#message").press("Enter")
        await expect(chat.locator(".theirs")).to_be_visible()
        assert await Window(window.page).violations() == []
        await chat.locator("#message").press("Escape")
        await expect(window.page.locator("iframe")).to_be_hidden()
        await expect(launcher).to_be_focused()
        await launcher.click()
        await expect(chat.locator(".theirs")).to_be_visible()
        assert window.complaints == []


async def test_chat_is_not_shown_to_a_site_that_is_not_allowed(browser: Browser, counter: Counter) -> None:
    async with serving(counter) as site, open_window(browser, "about:blank") as window:
        await host_page(window, site.url)
        launcher = window.page.get_by_role("button", name=in_language("nl")["launcher_open"])
        async with window.page.expect_event("console", lambda said: "frame-ancestors" in said.text):
            await launcher.click()
        await expect(window.page.frame_locator("iframe").locator("#message")).to_have_count(0)
