"""Send messages: their shape, their size, and that each has its effect once."""

import json
from typing import Any

import httpx
import pytest

from bot.channels.web.bodies import MOST_BYTES
from tests.bot.channels.web.conftest import Enter, blocks_of, settled


def replies(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event["data"] for event in events if event["kind"] == "reply"]


async def test_message_is_acknowledged_and_answered(enter: Enter) -> None:
    visit = await enter("customer-fr")
    answers = await visit.say("bonjour")
    assert [answer["sequence"] for answer in answers] == [1]
    assert "Claire Dubois" in answers[0]["text"]


async def test_message_with_the_same_id_has_one_effect_and_one_answer(enter: Enter) -> None:
    visit = await enter("customer-fr")
    taken = [(await visit.send(id="the-same-one", text="bonjour")).json()["taken"] for _ in range(3)]
    events = await visit.events(lambda found: settled(found) and bool(replies(found)))
    assert taken == [True, False, False]
    assert len(replies(events)) == 1
    assert len([event for event in events if event["kind"] == "said"]) == 1


async def test_press_with_the_same_id_has_one_effect(enter: Enter) -> None:
    visit = await enter("customer-fr")
    answers = await visit.say("bonjour")
    token = blocks_of(answers, "choices")[0]["choices"][0]["token"]
    taken = [(await visit.send(id="one-click", press=token)).json()["taken"] for _ in range(2)]
    events = await visit.events(lambda found: settled(found) and len(replies(found)) == 2)
    assert taken == [True, False]
    pressed = [event["data"] for event in events if event["kind"] == "said"][-1]
    assert (pressed["id"], pressed["press"]) == ("one-click", token)


async def test_press_of_another_visitors_button_is_nothing(enter: Enter) -> None:
    answers = await (await enter("customer-fr")).say("bonjour")
    token = blocks_of(answers, "choices")[0]["choices"][0]["token"]
    other = await enter("customer-nl")
    assert (await other.send(press=token)).json() == {"taken": False}


@pytest.mark.rule("CNV-2")
async def test_form_filled_in_as_a_whole_is_taken(enter: Enter) -> None:
    visit = await enter("accountant")
    form = blocks_of(await visit.say("bijlage van oktober"), "form")[0]
    company = next(field for field in form["fields"] if field["name"] == "company")["options"][0]
    values = {"company": company["value"]}
    assert (await visit.send(form={"key": form["key"], "values": values})).json() == {"taken": True}
    events = await visit.events(lambda found: settled(found) and bool(blocks_of(replies(found), "file")))
    assert blocks_of(replies(events), "file")[0]["name"].endswith(".xlsx")


async def test_file_instead_of_a_text_is_answered_kindly(enter: Enter) -> None:
    visit = await enter("stranger")
    await visit.send(unreadable="picture", language="nl")
    events = await visit.events(lambda found: settled(found) and bool(replies(found)))
    assert replies(events)[0]["language"] == "nl"
    assert blocks_of(replies(events), "choices")


@pytest.mark.rule("ACC-7")
async def test_password_does_not_come_back_from_the_server(enter: Enter) -> None:
    visit = await enter("customer-fr")
    answers = await visit.say("mon mot de passe est Zebre!42x")
    events = await visit.events(settled)
    assert "Zebre!42x" not in json.dumps([answers, events])
    assert [event["data"]["text"] for event in events if event["kind"] == "said"] == [
        "mon mot de passe est •••••"
    ]


async def test_words_inside_a_form_are_cleaned_at_every_depth(enter: Enter) -> None:
    visit = await enter("customer-fr")
    values = {"question": "a\u202eb\u0000c", "prs": ["mdp: Zebre!42x", {"deep\u0007": "\u0000"}]}
    assert (await visit.send(form={"key": "gone", "values": values})).status_code == 202
    events = await visit.events(lambda found: settled(found) and bool(replies(found)))
    said = next(event["data"] for event in events if event["kind"] == "said")
    assert said["form"]["values"] == {"question": "abc", "prs": ["mdp: •••••", {"deep": ""}]}


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"id": "12345678"},
        {"id": "12345678", "text": "a", "press": "b"},
        {"id": "short", "text": "a"},
        {"id": "12345678' OR 1=1", "text": "a"},
        {"id": "12345678", "text": 5},
        {"id": "12345678", "text": "a", "now": "2020-01-01"},
        {"id": "12345678", "text": "a", "account_key": "other"},
        {"id": "12345678", "press": "a\u0000b"},
        {"id": "12345678", "unreadable": "bomb"},
        {"id": "12345678", "text": "a", "language": "xx"},
        {"id": "12345678", "form": {"key": "a", "values": {"x" * 65: 1}}},
        {"id": "12345678", "form": {"key": "a", "values": {f"f{n}": n for n in range(61)}}},
        [],
        "text",
    ],
)
async def test_body_of_another_shape_is_refused_without_a_word_of_it(enter: Enter, content: Any) -> None:
    visit = await enter()
    response = await visit.client.post("/api/messages", json=content, headers=visit.bearer)
    assert (response.status_code, response.json()) == (422, {"error": "not_understood"})


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b'{"id": "12345678", "text": "\\ud800"}', b"[" * 50_000]
)
async def test_body_that_is_no_json_is_refused(enter: Enter, content: bytes) -> None:
    visit = await enter()
    headers = {**visit.bearer, "Content-Type": "application/json"}
    response = await visit.client.post("/api/messages", content=content, headers=headers)
    assert response.status_code == 422


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
async def test_body_of_another_type_is_refused(enter: Enter, media_type: str) -> None:
    visit = await enter()
    headers = {**visit.bearer, "Content-Type": media_type}
    response = await visit.client.post(
        "/api/messages", content=b'{"id":"12345678","text":"a"}', headers=headers
    )
    assert response.status_code == 415


async def test_body_that_is_too_large_is_refused(enter: Enter) -> None:
    visit = await enter()
    assert (await visit.send(text="é" * MOST_BYTES)).status_code == 413


async def test_body_that_does_not_end_is_cut_off(enter: Enter) -> None:
    visit = await enter()
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        while sent < 100 * MOST_BYTES:
            sent += 8192
            yield b'{"id": "12345678", "text": "' + b"a" * 8164

    headers = {**visit.bearer, "Content-Type": "application/json"}
    try:
        response = await visit.client.post("/api/messages", content=endless(), headers=headers)
        assert response.status_code == 413
    except (httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
        # The server had answered and closed before the rest was written.
        pass
    assert sent < 100 * MOST_BYTES


async def test_ten_thousand_characters_are_read(enter: Enter) -> None:
    visit = await enter("customer-fr")
    answers = await visit.say("facture " + "é" * 10_000)
    assert answers[0]["blocks"]


async def test_press_counts_in_the_metrics(enter: Enter) -> None:
    visit = await enter("customer-fr")
    before = await visit.client.get("/metrics")
    await visit.say("bonjour")
    after = await visit.client.get("/metrics")
    assert counted(after.text) == counted(before.text) + 1


def counted(page: str) -> float:
    lines = [line for line in page.splitlines() if line.startswith('guichet_messages_total{channel="web"}')]
    return float(lines[0].split()[-1]) if lines else 0.0
