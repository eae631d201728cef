"""Fetch files: through an address that ends, by the one they were made for."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from bot.channels.web.files import disposition
from bot.seals import FileGrant
from services.database import Scope
from services.people import People
from services.records import AuditEntry, Membership, PortalUser
from tests.bot.channels.web.conftest import Enter, Site, Visit, blocks_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def annex(visit: Visit) -> dict[str, Any]:
    """Ask for the annex of last month and give its file block."""
    answers = await visit.say("annexe du mois dernier", files=1)
    return blocks_of(answers, "file")[0]


@pytest.mark.rule("INV-6", "GEN-4")
async def test_file_is_fetched_without_a_token_through_its_address(site: Site, enter: Enter) -> None:
    visit = await enter("customer-fr")
    file = await annex(visit)
    response = await visit.client.get(file["url"])
    assert response.status_code == 200
    assert response.headers["content-type"] == XLSX
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-disposition"].startswith("attachment; ")
    assert file["name"] in response.headers["content-disposition"]
    assert response.headers["cache-control"] == "private, no-store"
    assert len(response.content) == file["size"]
    assert openpyxl.load_workbook(BytesIO(response.content), read_only=True).sheetnames


@pytest.mark.rule("GEN-4")
async def test_address_ends_and_a_reload_gives_a_fresh_one(site: Site, enter: Enter) -> None:
    visit = await enter("customer-fr")
    file = await annex(visit)
    site.clock.shift = timedelta(minutes=site.front.counter.settings.file_minutes, seconds=2)
    try:
        over = await visit.client.get(file["url"])
        page = await visit.client.get(
            file["url"], headers={"Accept": "text/html", "Accept-Language": "nl-BE"}
        )
        events = await visit.events(lambda found: found[-1]["kind"] == "state")
        fresh = blocks_of([event for event in events if event["kind"] == "reply"], "file")[0]
        again = await visit.client.get(fresh["url"])
    finally:
        site.clock.shift = timedelta(0)
    assert (over.status_code, over.json()) == (410, {"error": "address_over"})
    assert page.status_code == 410
    assert '<html lang="nl">' in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert fresh["url"] != file["url"]
    assert again.status_code == 200


async def test_page_gets_a_fresh_address_of_a_file_it_shows(enter: Enter) -> None:
    visit = await enter("customer-fr")
    file = await annex(visit)
    fresh = await visit.client.post(f"/api/files/{file['file_id']}", json={}, headers=visit.bearer)
    assert (await visit.client.get(fresh.json()["url"])).status_code == 200


@pytest.mark.rule("GEN-3")
async def test_file_of_somebody_else_and_none_at_all_get_the_same_answer(enter: Enter) -> None:
    mine, colleague, stranger = [await enter(who) for who in ("customer-fr", "administrator", "stranger")]
    file = await annex(mine)
    answers = [
        await visit.client.post(f"/api/files/{file_id}", json={}, headers=visit.bearer)
        for visit in (colleague, stranger)
        for file_id in (file["file_id"], "no-such-file")
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, '{"error":"no_such_file"}')}


@pytest.mark.rule("GEN-3")
async def test_address_signed_for_another_person_gives_nothing(site: Site, enter: Enter) -> None:
    visit, other = await enter("customer-fr"), await enter("administrator")
    file = await annex(visit)
    place = await site.front.place(site.front.seals.visitor(other.token))
    assert place.user_id is not None
    forged = site.front.seals.file(FileGrant(file["file_id"], place.user_id))
    assert (await visit.client.get(f"/files/{forged}")).status_code == 404


@pytest.mark.parametrize("change", ["x", "", "."])
async def test_tampered_address_is_unknown(enter: Enter, change: str) -> None:
    visit = await enter("customer-fr")
    url = (await annex(visit))["url"]
    tampered = await visit.client.get(url[: len("/files/") + 5] + change + url[len("/files/") + 6 :])
    page = await visit.client.get("/files/nonsense", headers={"Accept": "text/html"})
    assert (tampered.status_code, page.status_code) == (404, 404)
    assert "<h1>" in page.text


@pytest.mark.rule("ACC-9", "GEN-3")
async def test_address_dies_with_the_membership_of_its_person(site: Site, enter: Enter) -> None:
    visit = await enter("customer-de")
    answers = await visit.say("Anlage vom letzten Monat", files=1)
    url = blocks_of(answers, "file")[0]["url"]
    database = site.front.counter.database
    async with database.transaction(Scope(duty="agent")) as session:
        user = await People(session).user_by_email("heike.schmitz@ostbelgien-versand.example")
        assert user is not None
        membership = (await session.scalars(select(Membership).where(Membership.user_id == user.id))).one()
        kept = {"user_id": user.id, "company_id": membership.company_id, "rights": membership.rights}
        await session.delete(membership)
    gone = await visit.client.get(url)
    async with database.transaction(Scope(duty="agent")) as session:
        session.add(Membership(**kept))
    assert gone.status_code == 404
    assert (await visit.client.get(url)).status_code == 200


async def test_address_dies_with_the_person_who_leaves(site: Site, enter: Enter) -> None:
    visit = await enter("administrator")
    url = (await annex(visit))["url"]
    database = site.front.counter.database
    now = site.clock.now()
    for left_at, status in ((now, 404), (None, 200)):
        async with database.transaction(Scope(duty="agent")) as session:
            user = (
                await session.scalars(
                    select(PortalUser).where(PortalUser.email == "marc.lambert@lambert.example")
                )
            ).one()
            user.left_at = left_at
        assert (await visit.client.get(url)).status_code == status


@pytest.mark.rule("ACC-9")
async def test_each_fetch_is_written_down_under_pseudonyms(site: Site, enter: Enter) -> None:
    visit = await enter("customer-fr")
    file = await annex(visit)
    await visit.client.get(file["url"])
    await visit.client.get(file["url"])
    async with site.front.counter.database.transaction(Scope(duty="agent")) as session:
        entries = (
            await session.scalars(
                select(AuditEntry)
                .where(AuditEntry.action == "file:fetched")
                .order_by(AuditEntry.id.desc())
                .limit(2)
            )
        ).all()
    assert len({entry.actor for entry in entries}) == 1
    assert all(len(entry.actor) == 32 and entry.channel == "web" for entry in entries)


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a.xlsx", "attachment; filename=\"a.xlsx\"; filename*=UTF-8''a.xlsx"),
        (
            "été 2026.xlsx",
            "attachment; filename=\"ete 2026.xlsx\"; filename*=UTF-8''%C3%A9t%C3%A9%202026.xlsx",
        ),
        ('a"\r\nX: y', "attachment; filename=\"a___X_ y\"; filename*=UTF-8''a%22%0D%0AX%3A%20y"),
        ("地", "attachment; filename=\"file\"; filename*=UTF-8''%E5%9C%B0"),
        (
            "../../etc/passwd",
            "attachment; filename=\".._.._etc_passwd\"; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd",
        ),
    ],
)
def test_file_name_is_safe_and_true(name: str, header: str) -> None:
    assert disposition(name) == header
