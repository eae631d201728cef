"""Send a PDF to be checked: its size, its kind, and that it has its effect once."""

import asyncio
import secrets
from typing import Any

import httpx
import pytest

from tests.bot.channels.web.conftest import Enter, Visit, blocks_of, settled

PDF = "application/pdf"


async def upload(visit: Visit, content: bytes, *, message_id: str = "", kind: str = PDF) -> httpx.Response:
    address = f"/api/uploads/{message_id or secrets.token_hex(8)}?language=nl"
    return await visit.client.post(address, content=content, headers={**visit.bearer, "Content-Type": kind})


def replies(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event["data"] for event in events if event["kind"] == "reply"]


async def status_of_announced(visit: Visit, size: int) -> int:
    """Announce a body of a size and send none of it: a refusal does not wait for it."""
    url = visit.client.base_url
    reader, writer = await asyncio.open_connection(url.host, url.port)
    head = f"POST /api/uploads/12345678 HTTP/1.1\r\nHost: {url.host}\r\nContent-Type: {PDF}\r\n"
    writer.write(f"{head}Authorization: Bearer {visit.token}\r\nContent-Length: {size}\r\n\r\n".encode())
    status = await reader.readline()
    writer.close()
    return int(status.split()[1])


@pytest.mark.rule("REC-7")
async def test_pdf_is_taken_once_and_answered(enter: Enter) -> None:
    visit = await enter("customer-fr")
    taken = [(await upload(visit, b"%PDF-1.7\nnothing", message_id="the-same-file")).json() for _ in range(2)]
    assert taken == [{"taken": True}, {"taken": False}]
    events = await visit.events(lambda found: settled(found) and len(replies(found)) == 2)
    assert [block["type"] for block in blocks_of(replies(events), "progress")] == ["progress"]
    said = [event["data"] for event in events if event["kind"] == "said"]
    assert [(one["id"], one["unreadable"]) for one in said] == [("the-same-file", "file")]


async def test_file_is_refused_without_token_kind_or_room(enter: Enter) -> None:
    visit = await enter("customer-fr")
    assert (await visit.client.post("/api/uploads/12345678", content=b"%PDF-")).status_code == 401
    assert (await upload(visit, b"<html>", kind="text/html")).status_code == 415
    assert (await upload(visit, b"%PDF-", message_id="a b")).status_code == 404
    assert await status_of_announced(visit, 10_000_001) == 413
