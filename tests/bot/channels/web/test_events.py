"""Stream a conversation: in order, from where the reader left off, to its end."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from bot.channels.web.events import MOST_STREAMS
from bot.channels.web.showing import LATEST, in_order
from bot.wiring import Counter
from services.conversations import Posted, Written
from tests.bot.channels.web.conftest import PATIENCE, Enter, Visit, blocks_of, read_events, serving, settled

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def written(number: int) -> Written:
    return Written(number, f"event-{number}", {}, NOW)


def posted(sequence: int, inbox_id: int | None) -> Posted:
    return Posted(sequence, sequence, inbox_id, "fr", (), NOW)


def test_reply_stands_behind_its_message_and_what_waits_at_the_end() -> None:
    replies = [posted(1, 1), posted(2, None), posted(3, 3)]
    shown = list(in_order(replies, [written(n) for n in (1, 2, 3, 4)]))
    assert [part.id if isinstance(part, Written) else f"r{part.sequence}" for part in shown] == [
        1,
        "r1",
        "r2",
        2,
        3,
        "r3",
        4,
    ]


async def test_history_shows_both_halves_in_order_and_then_the_state(enter: Enter) -> None:
    visit = await enter("customer-fr")
    await visit.say("bonjour")
    await visit.say("merci")
    events = await visit.events(settled)
    assert [event["kind"] for event in events] == ["said", "reply", "said", "reply", "state"]
    assert [event["data"]["text"] for event in events if event["kind"] == "said"] == ["bonjour", "merci"]
    assert [event["id"] for event in events if event["kind"] == "reply"] == [1, 2]


async def test_reader_resumes_after_what_it_has_seen(enter: Enter) -> None:
    visit = await enter("customer-fr")
    await visit.say("bonjour")
    before = await visit.events(settled)
    said = max(event["data"]["inbox"] for event in before if event["kind"] == "said")
    await visit.say("merci")
    events = await visit.events(settled, after=1, said=said)
    assert [event["kind"] for event in events] == ["said", "reply", "state"]
    assert events[1]["id"] == 2


async def test_reader_hears_of_a_reply_while_it_listens(enter: Enter) -> None:
    visit = await enter("customer-fr")
    heard = asyncio.create_task(visit.events(lambda found: found[-1]["kind"] == "reply"))
    while not visit.front.streams:
        await asyncio.sleep(0.01)
    started = time.perf_counter()
    await visit.send(text="bonjour")
    events = await heard
    assert events[-1]["data"]["sequence"] == 1
    # The safety look comes every 0.3 seconds here and every 1.5 in earnest.
    assert time.perf_counter() - started < PATIENCE


@pytest.mark.rule("CNV-5")
async def test_work_under_way_shows_in_the_state_until_its_file_is_there(enter: Enter) -> None:
    visit = await enter("customer-fr")
    await visit.send(text="annexe de la facture 1046100001")
    events = await visit.events(lambda found: settled(found) and has_file(found))
    states = [event["data"]["waiting"] for event in events if event["kind"] == "state"]
    assert states[-1] == 0
    assert any(block["type"] == "progress" for event in replies(events) for block in event["data"]["blocks"])


@pytest.mark.rule("CNV-3")
async def test_state_names_the_forms_that_are_open(enter: Enter) -> None:
    visit = await enter("customer-fr")
    form = blocks_of(await visit.say("l'annexe de ma facture"), "form")[0]
    opened = (await visit.events(settled))[-1]["data"]["forms"]
    await visit.say("annuler")
    closed = (await visit.events(settled))[-1]["data"]["forms"]
    assert (opened, closed) == ([form["key"]], [])


async def test_old_conversation_shows_its_latest_part_and_says_so(enter: Enter) -> None:
    visit = await enter("customer-fr")
    for number in range(LATEST + 5):
        await visit.show({"type": "text", "text": str(number)})
    events = await visit.events(settled)
    assert events[0]["kind"] == "cut"
    texts = [event["data"]["text"] for event in replies(events)]
    assert texts == [str(number) for number in range(5, LATEST + 5)]


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=1.5", "said=%00", "after=9" * 30, "after=²"])
async def test_place_that_is_no_number_is_refused(enter: Enter, query: str) -> None:
    visit = await enter()
    response = await visit.client.get(f"/api/events?{query}", headers=visit.bearer)
    assert response.status_code == 422


async def test_streams_of_one_visitor_are_counted_and_given_back(enter: Enter) -> None:
    visit = await enter("customer-fr")
    opened = [asyncio.create_task(visit.events(lambda _found: False)) for _ in range(MOST_STREAMS)]
    async with asyncio.timeout(PATIENCE):
        while sum(visit.front.streams.values()) < MOST_STREAMS:
            await asyncio.sleep(0.01)
    refused = await visit.client.get("/api/events", headers=visit.bearer)
    for reading in opened:
        reading.cancel()
    await asyncio.gather(*opened, return_exceptions=True)
    async with asyncio.timeout(PATIENCE):
        while visit.front.streams:
            await asyncio.sleep(0.01)
    assert refused.status_code == 429
    assert (await visit.events(settled))[-1]["kind"] == "state"


async def test_quiet_stream_gives_signs_of_life(counter: Counter) -> None:
    async with serving(counter, heartbeat_seconds=0.05) as site, client_of(site.url) as client:
        token = (await client.post("/api/session", json={})).json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        async with asyncio.timeout(PATIENCE), client.stream("GET", "/api/events", headers=headers) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            assert stream.headers["x-accel-buffering"] == "no"
            async for line in stream.aiter_lines():
                if line.startswith(":"):
                    return
    raise AssertionError("no sign of life")


async def test_streams_end_cleanly_when_the_server_closes(counter: Counter) -> None:
    async with client_of("") as client:
        async with serving(counter) as site:
            address = f"{site.url}/api/session"
            token = (await client.post(address, json={})).json()["token"]
            visit = Visit(client, token, site.front)
            reading = asyncio.create_task(everything(client, f"{site.url}/api/events", visit.bearer))
            async with asyncio.timeout(PATIENCE):
                while not site.front.streams:
                    await asyncio.sleep(0.01)
            started = time.perf_counter()
        closed_after = time.perf_counter() - started
        events = await reading
    assert events[-1]["kind"] == "state"
    assert closed_after < 3.0


async def everything(
    client: httpx.AsyncClient, address: str, headers: dict[str, str]
) -> list[dict[str, Any]]:
    async with client.stream("GET", address, headers=headers) as stream:
        return [event async for event in read_events(stream)]


def client_of(url: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=url, timeout=PATIENCE)


def replies(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event for event in events if event["kind"] == "reply"]


def has_file(events: list[dict[str, Any]]) -> bool:
    return any(block["type"] == "file" for event in replies(events) for block in event["data"]["blocks"])
