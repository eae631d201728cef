"""Have a PDF checked on the page: by the button, by the keyboard, by dropping it."""

import pytest
from playwright.async_api import expect

from tests.bot.channels.web.browser import CHROMIUM, WITHOUT, Window

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT)
PDF = {"name": "recepisses.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nnothing"}


@pytest.mark.rule("REC-7")
async def test_pdf_is_chosen_with_the_keyboard_and_checked(window: Window) -> None:
    attach = window.page.get_by_role("button", name="Faire vérifier un récépissé (PDF)")
    # Listened for early: Playwright may else ask the browser for it only after the key was pressed.
    window.page.on("filechooser", lambda _chooser: None)
    # The page gives the message field the focus once it is open: the keyboard is ours only then.
    await window.page.locator("#welcome:visible").wait_for()
    await expect(window.message).to_be_focused()
    await attach.focus()
    await expect(attach).to_be_focused()
    async with window.page.expect_file_chooser() as chooser:
        await window.page.keyboard.press("Enter")
    await (await chooser.value).set_files(PDF)  # type: ignore[arg-type]
    await expect(window.mine.locator(".bubble")).to_contain_text("(un fichier)")
    await expect(window.replies.nth(1)).to_contain_text("Je ne peux pas lire ce PDF")
    assert await window.violations() == []
    assert window.complaints == []


async def test_file_too_large_is_said_so_and_not_sent(window: Window) -> None:
    large = {**PDF, "buffer": b"%PDF-" + b"x" * 10_000_001}
    await window.page.locator("#file").set_input_files(large)  # type: ignore[arg-type]
    await expect(window.page.locator("#log")).to_contain_text(
        "Ce fichier est trop volumineux pour être vérifié."
    )
    await expect(window.page.locator("#typing")).to_be_hidden()
