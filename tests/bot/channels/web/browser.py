"""Look at the page as people do: a real browser, and what it is asked about a page."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, async_playwright

# A page of the tests that plays another site has no address; the browser would keep it from this machine's.
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-features=LocalNetworkAccessChecks")
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
WITHOUT = f"none of {', '.join(NAMES)} is installed"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
MILLISECONDS = 20_000.0


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Start a browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@dataclass
class Window:
    """A page under test; what its console complains of is kept in `complaints`.

    `excused` is set where requests are made to fail, which the browser itself complains of.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)
    excused: bool = False

    @property
    def message(self) -> Locator:
        return self.page.locator("#message")

    @property
    def replies(self) -> Locator:
        return self.page.locator(".theirs")

    @property
    def mine(self) -> Locator:
        return self.page.locator(".mine")

    async def say(self, text: str) -> Locator:
        """Write a message, send it by Enter, and give the reply once it stands there and nothing is open."""
        before = await self.replies.count()
        await self.message.fill(text)
        await self.message.press("Enter")
        return await self.reply(before)

    async def reply(self, number: int) -> Locator:
        """Wait for a reply by its place, and until its controls are up to date."""
        reply = self.replies.nth(number)
        await reply.wait_for()
        await self.page.locator("#log[aria-live=polite]").wait_for()
        return reply

    async def violations(self) -> list[str]:
        """Ask axe what is wrong by WCAG 2.2 AA."""
        await self.page.evaluate(
            "Promise.all(document.getAnimations().map((animation) => animation.finish?.()))"
        )
        results = await Axe().run(self.page, options=WCAG)
        return [
            f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]

    async def overflow(self) -> list[int]:
        """Give how many pixels the page is wider and higher than its window."""
        measured = await self.page.evaluate(
            "(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>"
            " [scrollWidth - clientWidth, scrollHeight - clientHeight])(document.documentElement)"
        )
        return [int(pixels) for pixels in measured]


@asynccontextmanager
async def open_window(browser: Browser, url: str, **looks: Any) -> AsyncIterator[Window]:
    """Open a page in a browser of its own: nothing kept from before."""
    options: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "locale": "fr-BE", **looks}
    context = await browser.new_context(**options)
    context.set_default_timeout(MILLISECONDS)
    page = await context.new_page()
    window = Window(page)
    page.on("console", lambda said: window.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: window.complaints.append(str(error)))
    await page.goto(url)
    try:
        yield window
    finally:
        await context.close()
