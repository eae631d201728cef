"""Tell what watches the service how it is."""

import asyncio
from typing import Any

import httpx
import psycopg
from psycopg.conninfo import conninfo_to_dict

from bot.wiring import Counter, open_counter
from tests.bot.channels.web.conftest import PATIENCE, serving


async def test_process_lives_whatever_else(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}


async def test_house_at_work_is_ready(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(PATIENCE):
        while (response := await client.get("/readyz")).status_code != 200:
            await asyncio.sleep(0.05)
    assert response.json() == {"status": "ok", "database": True, "jobs": True}


async def test_house_without_anybody_at_work_is_not_ready(
    counter: Counter, new_database: Any, understander: Any
) -> None:
    idle = open_counter(counter.settings, understander=understander, address=new_database())
    async with (
        idle as other,
        serving(other) as site,
        httpx.AsyncClient(base_url=site.url, timeout=PATIENCE) as client,
    ):
        response = await client.get("/readyz")
    assert (response.status_code, response.json()["jobs"]) == (503, False)


async def test_database_away_is_said_and_passes(
    counter: Counter, new_database: Any, server_address: str, understander: Any
) -> None:
    address = new_database()
    name = conninfo_to_dict(address)["dbname"]
    opened = open_counter(counter.settings, understander=understander, address=address)
    async with (
        opened as other,
        serving(other) as site,
        httpx.AsyncClient(base_url=site.url, timeout=PATIENCE) as client,
    ):
        token = (await client.post("/api/session", json={})).json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        with psycopg.connect(server_address, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
            message = {"id": "12345678", "text": "bonjour"}
            away = [
                await client.post("/api/messages", json=message, headers=headers),
                await client.get("/api/events", headers=headers),
            ]
            ready = await client.get("/readyz")
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        back = await client.post("/api/messages", json=message, headers=headers)
    assert [(response.status_code, response.json()) for response in away] == [
        (503, {"error": "unavailable"})
    ] * 2
    assert away[0].headers["retry-after"]
    assert ready.json()["database"] is False
    assert (back.status_code, back.json()) == (202, {"taken": True})


async def test_metrics_are_for_prometheus(client: httpx.AsyncClient) -> None:
    response = await client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    assert "guichet_turn_seconds_count" in response.text
