"""Fill in forms on Slack's own pages: prefilled, checked at the inputs, taken once."""

import json
from typing import Any

import pytest

from bot.channels.slack.buttons import FILL
from tests.bot.channels.slack.conftest import Json, Opened, Slack, elements, find, words
from tests.bot.test_promises import do_jobs


async def open_page(slack: Slack, text: str) -> Json:
    """Ask for something that opens a form, and open its page."""
    answers = await slack.say(text)
    message, button = next(
        (message, one) for message in answers for one in elements(message) if one["action_id"] == FILL
    )
    before = len(slack.server.views)
    assert (await slack.interact(slack.click_of(message, button))).status_code == 200
    (view,) = slack.server.views[before:]
    return view


def inputs(view: Json) -> dict[str, Json]:
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def filled(view: Json, **changes: Any) -> Json:
    """Fill in a page as it stands, with changes by the name of the input."""
    values = {}
    for name, element in inputs(view).items():
        kind = element["type"]
        given = changes.get(name)
        if kind == "datepicker":
            values[name] = {"type": kind, "selected_date": given or element.get("initial_date")}
        elif kind.endswith("select"):
            chosen = element.get("initial_option")
            if given is not None:
                chosen = next(one for one in element["options"] if one["value"] == given)
            values[name] = {"type": kind, "selected_option": chosen}
        else:
            values[name] = {"type": kind, "value": given or element.get("initial_value")}
    return values


async def submit(slack: Slack, view: Json, **changes: Any) -> tuple[Json, list[Json]]:
    before = len(slack.server.posted(slack.talk))
    answer = await slack.submit(view, filled(view, **changes))
    await do_jobs(slack.counter)
    return answer, slack.server.posted(slack.talk)[before:]


async def test_page_is_prefilled_with_what_was_said(slack: Slack) -> None:
    view = await open_page(slack, "commander 200 étiquettes recommandés")
    rows = {name: element.get("initial_value") for name, element in inputs(view).items() if "|" in name}
    assert "200" in rows.values()


async def test_wrong_quantity_is_said_at_its_input(slack: Slack) -> None:
    view = await open_page(slack, "commander 200 étiquettes recommandés")
    name = next(name for name, element in inputs(view).items() if element.get("initial_value") == "200")
    answer, said = await submit(slack, view, **{name: "999999", "contact": "Claire"})
    assert answer["response_action"] == "errors"
    assert answer["errors"].keys() <= inputs(view).keys()
    assert said == []


async def test_filled_page_is_summed_up_once_and_carried_out_once(slack: Slack) -> None:
    view = await open_page(slack, "commander 200 étiquettes recommandés")
    values: Json = {}
    for name, element in inputs(view).items():
        if element["type"].endswith("select") and "initial_option" not in element:
            values[name] = element["options"][0]["value"]
        if element["type"] in {"plain_text_input", "email_text_input"}:
            values[name] = "Claire Dubois"
    answer, said = await submit(slack, view, **values)
    assert answer == {}
    again, nothing = await submit(slack, view, **values)
    assert (again, nothing) == ({}, [])
    message, confirm = find(said, "Command")
    done = await slack.click(message, confirm)
    assert done
    assert await slack.click(message, confirm) == []


async def test_summary_can_be_changed_on_the_page(slack: Slack) -> None:
    await slack.say("je veux parler à un collègue")
    answers = await slack.say("Notre sac n'a pas été enlevé vendredi passé")
    message, change = find(answers, "Modifier")
    await slack.interact(slack.click_of(message, change))
    view = slack.server.views[-1]
    assert inputs(view)["question"]["initial_value"].startswith("Notre sac")
    answer, said = await submit(slack, view, question="Le sac bleu n'a pas été enlevé")
    assert answer == {}
    assert "Le sac bleu" in words(said[0])


async def test_page_of_a_form_that_is_over_is_said_so(slack: Slack) -> None:
    view = await open_page(slack, "je veux parler à un collègue")
    message, cancel = find(slack.server.posted(slack.talk), "Annuler")
    await slack.click(message, cancel)
    answer, said = await submit(slack, view, question="Trop tard")
    assert answer == {}
    assert len(said) == 1
    assert "Trop tard" not in words(said[0])


async def test_late_click_opens_no_page_and_breaks_nothing(open_slack: Opened) -> None:
    async with open_slack() as slack:
        answers = await slack.say("je veux parler à un collègue")
        message, button = find(answers, "Remplir")
        late = slack.click_of(message, button, trigger_id=slack.server.trigger(age=4))
        assert (await slack.interact(late)).status_code == 200
        assert slack.server.views == []
        assert slack.server.refusals == [("views.open", "expired_trigger_id")]
        slack.server.refusals.clear()


async def test_forged_form_key_is_nobodys(slack: Slack, come_in: Opened) -> None:
    view = await open_page(slack, "je veux parler à un collègue")
    other: Slack = await come_in()
    answer, _said = await submit(other, view, question="De quelqu'un d'autre")
    assert answer == {}
    assert "De quelqu'un d'autre" not in json.dumps(slack.server.posted(slack.talk))


@pytest.mark.parametrize(
    "text",
    [
        "récépissés du mois dernier",
        "activer Secure Pick Up",
        "rapport par type",
        "chaque lundi, le rapport de la semaine passée",
        "liste de mes recommandés",
    ],
)
async def test_form_of_each_wish_opens_a_page_that_slack_takes(slack: Slack, text: str) -> None:
    answers = await slack.say(text)
    fills = [(message, one) for message in answers for one in elements(message) if one["action_id"] == FILL]
    for message, button in fills:
        assert (await slack.interact(slack.click_of(message, button))).status_code == 200
    assert answers
