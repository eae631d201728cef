"""Run `guichet serve` and `guichet demo` as processes of their own, and end them."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.channels.web.server import listen
from bot.settings import Settings

PATIENCE = 120.0
ADDRESS = re.compile(r"http://\S+/")


@asynccontextmanager
async def command(settings: Settings, *words: str, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a command of the product; whatever happens, it is gone afterwards."""
    environment = {
        **os.environ,
        "GUICHET_DATA_FOLDER": str(settings.data_folder),
        "GUICHET_WEB_PORT": "0",
        **more,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.main", *words),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def until(process: asyncio.subprocess.Process, words: str) -> str:
    """Read what a command says until it says something."""
    said = ""
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        while line := (await process.stdout.readline()).decode():
            said += line
            if words in line:
                return said
    raise AssertionError(f"it ended without saying {words!r}: {said}")


async def end(process: asyncio.subprocess.Process, how: signal.Signals) -> str:
    """End a command as people do and give what it said last."""
    process.send_signal(how)
    async with asyncio.timeout(PATIENCE):
        said, _nothing = await process.communicate()
    return said.decode()


@pytest.fixture
def served(understander: object, address: str) -> dict[str, str]:
    """What points a command at the tests' database, once the model that it needs is there."""
    return {"GUICHET_DATABASE_URL": address}


async def test_serve_answers_and_ends_cleanly_with_a_page_open(
    settings: Settings, served: dict[str, str]
) -> None:
    async with command(settings, "serve", **served) as process:
        said = await until(process, "Serving")
        url = ADDRESS.findall(said)[0]
        async with httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client:
            token = (await client.post("/api/session", json={})).json()["token"]
            headers = {"Authorization": f"Bearer {token}"}
            async with client.stream("GET", "/api/events", headers=headers) as stream:
                lines = stream.aiter_lines()
                assert await anext(lines) == "event: state"
                rest = await end(process, signal.SIGTERM)
                # The stream ended as a stream does: the rest was read without an error.
                assert [line async for line in lines]
            assert process.returncode == 0
    assert "Traceback" not in rest
    assert token not in said + rest


async def test_serve_without_jobs_leaves_them_to_another_process(
    settings: Settings, served: dict[str, str]
) -> None:
    async with command(settings, "serve", "--only", "web", **served) as web:
        url = ADDRESS.findall(await until(web, "Serving"))[0]
        async with httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client:
            assert (await client.get("/readyz")).json()["jobs"] is False
            async with command(settings, "serve", "--only", "jobs", **served) as jobs:
                await until(jobs, "Doing jobs")
                async with asyncio.timeout(PATIENCE):
                    while (await client.get("/readyz")).status_code != 200:
                        await asyncio.sleep(0.05)
                await end(jobs, signal.SIGINT)
                assert jobs.returncode == 0


async def test_serve_says_what_to_do_where_its_port_is_taken(
    settings: Settings, served: dict[str, str]
) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        async with command(settings, "serve", "--port", port, **served) as process:
            await until(process, "choose another port")
            await process.wait()
            assert process.returncode == 1


async def test_demo_takes_the_next_port_and_says_so(
    settings: Settings, served: dict[str, str], tmp_path: Path
) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        async with command(settings, "demo", "--no-browser", "--port", port, **served) as process:
            said = await until(process, "The counter is open")
            assert f"Port {port} is taken" in said
            async with httpx.AsyncClient(base_url=ADDRESS.findall(said)[0], timeout=PATIENCE) as client:
                page = await client.get("/")
            last = await end(process, signal.SIGINT)
            assert process.returncode == 0
    assert "customer-fr" in page.text
    assert last.endswith("The counter is closed.\n")
