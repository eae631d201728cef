"""Serve the pages: what they may do, who may frame them, in which language."""

import json
import re

import httpx
import pytest

from bot.channels.web.sentences import in_language
from bot.wiring import Counter
from tests.bot.channels.web.conftest import PATIENCE, Site, serving

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
PATHS = (
    "/",
    "/chat",
    "/agent",
    "/api/agent/queue",
    "/embed.js",
    "/healthz",
    "/api/events",
    "/files/x",
    "/nowhere",
    "/favicon.ico",
)


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_has_the_headers_of_safety(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert {name: response.headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in response.headers["permissions-policy"]
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert "server" not in response.headers


async def test_page_runs_nothing_inline_and_loads_nothing_of_others(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert not re.search(r"\son\w+=|<style|style=|https?://", page.text.partition('id="settings"')[0])
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page.text, re.DOTALL)
    assert [bool(body.strip()) for _attributes, body in scripts] == [True, False]
    assert 'type="application/json"' in scripts[0][0]


async def test_settings_in_the_page_cannot_leave_their_element(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    found = re.search(r'id="settings">(.*?)</script>', page.text, re.DOTALL)
    assert found is not None
    assert "<" not in found[1]
    assert set(json.loads(found[1])["words"]) == {"fr", "nl", "en", "de"}


async def test_page_of_its_own_is_framed_by_nobody(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "DENY"


async def test_agents_page_is_framed_by_nobody_and_holds_nothing(client: httpx.AsyncClient) -> None:
    page = await client.get("/agent", headers={"Accept-Language": "nl"})
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-frame-options"] == "DENY"
    assert '<html lang="nl"' in page.text
    assert "GC-20" not in page.text
    assert not re.search(r"\son\w+=|<style|style=", page.text.partition('id="settings"')[0])


async def test_agents_page_names_no_demo_people_outside_the_demo(counter: Counter) -> None:
    async with (
        serving(counter, demo=False) as site,
        httpx.AsyncClient(base_url=site.url, timeout=PATIENCE) as client,
    ):
        page = await client.get("/agent")
    assert "Karim" not in page.text


async def test_chat_is_framed_by_its_own_site_and_the_set_ones(
    counter: Counter, client: httpx.AsyncClient
) -> None:
    own = await client.get("/chat")
    assert "frame-ancestors 'self';" in own.headers["content-security-policy"]
    assert own.headers["x-frame-options"] == "SAMEORIGIN"
    origins = ("https://www.lambert.example", "https://intranet.example")
    async with (
        serving(counter, embed_origins=origins) as site,
        httpx.AsyncClient(base_url=site.url, timeout=PATIENCE) as other,
    ):
        page = await other.get("/chat")
    assert f"frame-ancestors 'self' {' '.join(origins)};" in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers


async def test_embedding_script_may_be_loaded_by_any_site(client: httpx.AsyncClient) -> None:
    script = await client.get("/embed.js")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "__WORDS__" not in script.text
    assert in_language("nl")["launcher_open"] in script.text


async def test_https_is_insisted_on_where_the_public_address_has_it(counter: Counter) -> None:
    async with (
        serving(counter, public_url="https://guichet.example") as site,
        httpx.AsyncClient(base_url=site.url, timeout=PATIENCE) as client,
    ):
        assert "max-age=" in (await client.get("/")).headers["strict-transport-security"]


@pytest.mark.rule("GEN-1")
@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/", "nl-BE,nl;q=0.9,en;q=0.8", "nl"),
        ("/", "es, de;q=0.5, fr;q=0.7", "fr"),
        ("/", "en;q=0.1, de", "de"),
        ("/", "es", "fr"),
        ("/", "", "fr"),
        ("/", "nl;q=x, en;q=0.2", "en"),
        ("/chat?lang=de", "nl", "de"),
        ("/?lang=EN-be", "nl", "en"),
        ("/?lang=%22%3E", "nl", "nl"),
    ],
)
async def test_page_speaks_the_readers_language(
    client: httpx.AsyncClient, path: str, accepted: str, language: str
) -> None:
    page = await client.get(path, headers={"Accept-Language": accepted})
    assert f'<html lang="{language}"' in page.text
    assert page.headers["vary"] == "Accept-Language"


async def test_files_of_the_page_are_kept_under_their_version(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    addresses = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)))
    assert len(addresses) >= 6
    for address in addresses:
        file = await client.get(address)
        assert file.status_code == 200
        assert "immutable" in file.headers["cache-control"]
        again = await client.get(address, headers={"If-None-Match": file.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


async def test_file_under_another_version_is_the_present_one_and_asked_for_again(
    client: httpx.AsyncClient,
) -> None:
    file = await client.get("/static/an-older-one/main.js")
    assert (file.status_code, file.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.parametrize(
    "name", ["..%2f__init__.py", "pages.py", "chat.html", "%2e%2e/%2e%2e/secret.key", ""]
)
async def test_nothing_but_the_files_of_the_page_is_served(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/static/x/{name}")).status_code == 404


async def test_demo_says_that_it_is_one(site: Site, client: httpx.AsyncClient) -> None:
    page = await client.get("/", headers={"Accept-Language": "en"})
    assert in_language("en")["demo_mark"] in page.text
