"""Fill in forms on the page, in a real browser."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.bot.channels.web.blocks import EVERY_FIELD, field, form, option
from tests.bot.channels.web.browser import CHROMIUM, WITHOUT, Window
from tests.bot.channels.web.conftest import PATIENCE, Site
from tests.bot.channels.web.test_page_conversation import visit_of

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT)


async def show(window: Window, site: Site, block: dict[str, Any]) -> Locator:
    """Put a drawn form into the page, held open as the house holds its own."""
    visit, before = await visit_of(window, site), await window.replies.count()
    await visit.show(block)
    return (await window.reply(before)).locator("fieldset.form")


async def filled(window: Window, button: Locator) -> dict[str, Any]:
    """Press a button and give the message that the page sends for it."""
    async with window.page.expect_request("**/api/messages") as sent:
        await button.click()
    request = await sent.value
    return dict(request.post_data_json)


@pytest.mark.rule("CNV-2")
async def test_form_of_several_fields_is_filled_in_with_the_keyboard_alone(window: Window) -> None:
    await window.page.locator("[data-person=accountant]").click()
    await expect(window.page.locator("html")).to_have_attribute("lang", "nl")
    reply = await window.say("ik wil een bijlage bij mijn factuur")
    fields = reply.locator("form")
    await expect(fields.locator("legend", has_text="Bedrijf")).to_be_visible()
    # From the line to write in back into the conversation, as far as the form's button, pressed empty.
    await fields.get_by_role("button").first.focus()
    await window.page.keyboard.press("Enter")
    company = fields.get_by_role("radio").first
    await expect(company).to_be_focused()
    await expect(company).to_have_attribute("aria-invalid", "true")
    described = await company.get_attribute("aria-describedby")
    await expect(window.page.locator(f"#{described}")).to_be_visible()
    await window.page.keyboard.press("Space")
    period = fields.get_by_role("combobox")
    await period.focus()
    await window.page.keyboard.press("ArrowDown")
    await fields.get_by_role("button").first.focus()
    await window.page.keyboard.press("Enter")
    await window.page.locator(".file").wait_for()
    await expect(window.mine.last.locator("dt").first).to_have_text("Bedrijf")
    await expect(fields.get_by_role("radio").first).to_be_disabled()


@pytest.mark.rule("CNV-2")
async def test_one_missing_field_is_a_question_with_buttons_and_the_line_to_write_in(window: Window) -> None:
    reply = await window.say("l'annexe de ma facture")
    await expect(reply.locator("form")).to_have_count(0)
    await expect(reply.locator(".question")).to_be_visible()
    await window.say("octobre")
    await window.page.locator(".file").wait_for()
    await expect(reply.get_by_role("button").first).to_be_disabled()


@pytest.mark.rule("CNV-3")
async def test_form_that_was_cancelled_is_over(window: Window) -> None:
    reply = await window.say("l'annexe de ma facture")
    await expect(reply.get_by_role("button").first).to_be_enabled()
    await window.say("annuler")
    await expect(reply.get_by_role("button").first).to_be_disabled()


@pytest.mark.rule("CNV-2")
async def test_summary_is_confirmed_by_its_button(window: Window) -> None:
    await window.say("je veux parler à un collègue")
    reply = await window.say("Ma facture d'octobre est trop élevée.")
    await expect(reply.locator("dd")).to_have_text("Ma facture d'octobre est trop élevée.")
    await reply.get_by_role("button").first.click()
    after = await window.reply(2)
    await expect(after.locator(".notice.success")).to_be_visible()
    await expect(reply.get_by_role("button").first).to_be_disabled()


async def test_focus_is_not_lost_when_its_form_ends(window: Window) -> None:
    await window.say("je veux parler à un collègue")
    reply = await window.say("Ma facture d'octobre est trop élevée.")
    await reply.get_by_role("button").first.focus()
    await window.page.keyboard.press("Enter")
    await window.reply(2)
    await expect(window.message).to_be_focused()


@pytest.fixture
async def open_form(window: Window, site: Site) -> tuple[Window, Locator]:
    """A form with a field of every kind, which the page believes to be open."""
    await keep_open(window)
    fields = await show(window, site, form(*EVERY_FIELD))
    await expect(fields.get_by_label("Personne de contact")).to_be_enabled()
    return window, fields


async def keep_open(window: Window) -> None:
    """Let the page be told that the form of these tests is open: no handler has fields of every kind yet."""
    await window.page.add_init_script(
        """const parse = JSON.parse;
        JSON.parse = (text, ...more) => {
          const content = parse(text, ...more);
          if (content && Array.isArray(content.forms)) content.forms.push("form-1");
          return content;
        };"""
    )
    await window.page.reload()
    await window.page.locator("#welcome:visible").wait_for()


async def test_every_kind_of_field_sends_its_value_in_its_shape(open_form: tuple[Window, Locator]) -> None:
    window, fields = open_form
    await fields.get_by_label("Atelier Seraing").check()
    await fields.get_by_label("Recommandés").check()
    await fields.get_by_label("Centre de coûts").select_option("Centre 3")
    await fields.get_by_label("Personne de contact").fill(" Claire Dubois ")
    await fields.get_by_label("Numéro PRS").fill("400125; 400127,")
    await fields.get_by_label("Adresse e-mail").fill("claire@lambert.example")
    await fields.get_by_label("Nombre d'exemplaires").fill("4")
    await fields.get_by_label("Jour de livraison").fill("2026-12-01")
    await fields.get_by_label("Période").select_option("septembre 2026")
    await fields.get_by_label("Étiquettes").fill("3")
    message = await filled(window, fields.get_by_role("button", name="Continuer"))
    assert message["form"] == {
        "key": "form-1",
        "values": {
            "operational_id": "CS400125000002",
            "types": ["registered", "rp"],
            "centre": 3,
            "contact": "Claire Dubois",
            "prs": ["400125", "400127"],
            "email": "claire@lambert.example",
            "copies": 4,
            "day": "2026-12-01",
            "period": {"start": "2026-09-01", "end": "2026-09-30"},
            "products": [{"product": "labels", "quantity": 3}],
            "proof": None,
        },
    }


async def test_own_period_is_two_days(open_form: tuple[Window, Locator]) -> None:
    window, fields = open_form
    await fields.get_by_label("Atelier Herstal").check()
    await fields.get_by_label("Personne de contact").fill("Claire")
    await fields.get_by_label("Adresse e-mail").fill("")
    period = fields.get_by_label("Période")
    await period.select_option("own")
    days = fields.locator(".two input")
    await days.nth(0).fill("2026-10-20")
    await days.nth(1).fill("2026-10-01")
    await fields.get_by_role("button", name="Continuer").click()
    await expect(period).to_have_attribute("aria-invalid", "true")
    await days.nth(1).fill("2026-10-25")
    message = await filled(window, fields.get_by_role("button", name="Continuer"))
    assert message["form"]["values"]["period"] == {"start": "2026-10-20", "end": "2026-10-25"}


@pytest.mark.parametrize(
    ("label", "wrong"),
    [("Adresse e-mail", "x"), ("Nombre d'exemplaires", "11"), ("Nombre d'exemplaires", "1.5")],
)
async def test_wrong_value_is_told_at_its_field_and_nothing_is_sent(
    open_form: tuple[Window, Locator], label: str, wrong: str
) -> None:
    window, fields = open_form
    await fields.get_by_label("Atelier Herstal").check()
    await fields.get_by_label("Personne de contact").fill("Claire")
    await fields.get_by_label("Adresse e-mail").fill("")
    await fields.get_by_label("Période").select_option("octobre 2026")
    control = fields.get_by_label(label)
    await control.fill(wrong)
    await fields.get_by_role("button", name="Continuer").click()
    await expect(control).to_be_focused()
    await expect(control).to_have_attribute("aria-invalid", "true")
    error = (await control.get_attribute("aria-describedby") or "").split()[-1]
    await expect(window.page.locator(f"#{error}")).to_be_visible()
    await expect(window.mine).to_have_count(0)


async def test_error_from_the_house_stands_at_its_field(open_form: tuple[Window, Locator]) -> None:
    _window, fields = open_form
    email = fields.get_by_label("Adresse e-mail")
    await expect(email).to_have_attribute("aria-invalid", "true")
    await expect(email).to_have_accessible_description("Cette adresse n'existe pas.")


@pytest.mark.rule("DIS-7")
async def test_choice_that_cannot_be_made_is_shown_with_its_reason(open_form: tuple[Window, Locator]) -> None:
    _window, fields = open_form
    closed = fields.get_by_role("radio", name="Showroom Liège")
    await expect(closed).to_be_disabled()
    await expect(fields.get_by_text("Ce point est fermé cette semaine.")).to_be_visible()


async def test_field_that_takes_several_is_ticked_even_when_it_alone_is_missing(
    window: Window, site: Site
) -> None:
    await keep_open(window)
    several = field(
        "types",
        "choice",
        "Types",
        required=True,
        many=True,
        options=[option("a", "Recommandés"), option("b", "Colis")],
    )
    fields = await show(window, site, form(several))
    await fields.get_by_label("Recommandés").check()
    await fields.get_by_label("Colis").check()
    message = await filled(window, fields.get_by_role("button", name="Continuer"))
    assert message["form"]["values"] == {"types": ["a", "b"]}


async def test_newer_drawing_of_a_form_ends_the_older_one_and_takes_its_focus(
    window: Window, site: Site
) -> None:
    await keep_open(window)
    first = await show(window, site, form(*EVERY_FIELD))
    await first.get_by_label("Personne de contact").focus()
    second = await show(window, site, form(*EVERY_FIELD))
    await expect(first.get_by_label("Personne de contact")).to_be_disabled()
    await expect(second.get_by_label("Personne de contact")).to_be_enabled()
    async with asyncio.timeout(PATIENCE):
        await expect(second.get_by_label("Adresse e-mail")).to_be_focused()
