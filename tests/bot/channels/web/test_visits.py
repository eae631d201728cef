"""Come in, come back, and play somebody in the demo."""

from datetime import timedelta

import httpx
import pytest

from bot.seals import SESSION_DAYS
from bot.wiring import Counter
from services.demo.cast import PERSONAS
from services.people import People
from tests.bot.channels.web.conftest import Enter, Site, serving


async def test_session_sets_no_cookie_and_gives_a_token_of_its_own(client: httpx.AsyncClient) -> None:
    first = await client.post("/api/session", json={})
    second = await client.post("/api/session", json={})
    assert first.json()["token"] != second.json()["token"]
    assert "set-cookie" not in first.headers


async def test_session_of_one_who_comes_back_goes_on(site: Site, enter: Enter) -> None:
    visit = await enter()
    renewed = await visit.client.post("/api/session", json={}, headers=visit.bearer)
    read = site.front.seals.visitor
    assert read(renewed.json()["token"]) == read(visit.token)


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic abc", "Bearer é"])
async def test_request_without_a_good_token_is_refused(client: httpx.AsyncClient, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header.encode()}
    for response in (
        await client.get("/api/events", headers=headers),
        await client.post("/api/messages", json={"id": "12345678", "text": "x"}, headers=headers),
        await client.post("/api/persona", json={"persona": "agent"}, headers=headers),
        await client.post("/api/files/abc", json={}, headers=headers),
    ):
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"


async def test_session_ends_after_its_days(site: Site, enter: Enter) -> None:
    visit = await enter()
    site.clock.shift = timedelta(days=SESSION_DAYS, minutes=1)
    try:
        response = await visit.send(text="bonjour")
    finally:
        site.clock.shift = timedelta(0)
    assert (response.status_code, response.json()) == (401, {"error": "session_over"})


@pytest.mark.parametrize("persona", PERSONAS)
async def test_persona_links_an_account_of_this_visitor_alone(site: Site, enter: Enter, persona: str) -> None:
    mine, other = await enter(persona), await enter(persona)
    places = [await site.front.place(site.front.seals.visitor(visit.token)) for visit in (mine, other)]
    assert places[0].account_id != places[1].account_id
    assert places[0].user_id == places[1].user_id
    assert (places[0].user_id is None) == (persona == "stranger")


async def test_persona_is_the_portal_user_of_the_cast(site: Site, enter: Enter) -> None:
    visit = await enter("customer-nl")
    place = await site.front.place(site.front.seals.visitor(visit.token))
    assert place.user_id is not None
    async with site.front.counter.database.transaction() as session:
        user = await People(session).user(place.user_id)
    assert user is not None
    assert user.email == "joris.peeters@vandamme.example"


async def test_persona_that_nobody_is_is_refused(enter: Enter) -> None:
    visit = await enter()
    response = await visit.client.post("/api/persona", json={"persona": "king"}, headers=visit.bearer)
    assert response.status_code == 422


async def test_persona_switch_does_not_exist_outside_the_demo(counter: Counter, enter: Enter) -> None:
    playing = await enter("customer-fr")
    async with (
        serving(counter, demo=False) as real,
        httpx.AsyncClient(base_url=real.url) as client,
    ):
        switched = await client.post("/api/persona", json={"persona": "agent"}, headers=playing.bearer)
        spoken = await client.post(
            "/api/messages", json={"id": "12345678", "text": "x"}, headers=playing.bearer
        )
        page = await client.get("/")
    assert switched.status_code == 404
    assert spoken.status_code == 401
    assert "customer-fr" not in page.text
    assert "demo-mark" not in page.text
