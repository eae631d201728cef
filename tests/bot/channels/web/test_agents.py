"""Work on requests at the addresses of the agents' page: who may, what each does, once, and that notes stay inside."""

import asyncio
import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from bot.seals import SESSION_DAYS
from bot.wiring import Counter
from services.conversations import Conversations
from services.database import Scope
from services.on_behalf import OnBehalf
from services.people import People
from tests.bot.channels.web.agents import CLAIRE, JORIS, KARIM, LOTTE, AgentVisit, open_ticket
from tests.bot.channels.web.conftest import PATIENCE, Enter, Site, Visit, read_events, serving
from tests.bot.speaking import HEIKE, Speaker
from tests.conftest import NOON

NOTHING = "GC-2026-999999"
ADDRESSES = (
    "queue",
    "events",
    f"tickets/{NOTHING}",
    f"tickets/{NOTHING}/macros",
    f"tickets/{NOTHING}/lately",
)
ACTS: dict[str, dict[str, str]] = {
    "take": {},
    "answer": {"message": "bonjour"},
    "note": {"message": "bonjour"},
    "hand-over": {"email": LOTTE},
    "put-back": {},
    "merge": {"into": "GC-2026-999998"},
    "solve": {},
    "close": {},
    "reopen": {},
    "accept-option": {},
    "decline-option": {},
}


@pytest.fixture
async def karim(enter: Enter) -> AgentVisit:
    return AgentVisit(await enter("agent"))


@pytest.fixture
async def lotte(enter: Enter) -> AgentVisit:
    return AgentVisit(await enter("agent-nl"))


def rows(address: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(statement, values).fetchall()


def change_agents(address: str, assignment: str, email: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(f"UPDATE portal_users SET {assignment} WHERE email = %s", [email])


def numbers(queue: dict[str, Any]) -> list[str]:
    return [ticket["number"] for ticket in queue["tickets"]]


async def everything(visit: AgentVisit, number: str) -> list[httpx.Response]:
    """Try every address that there is."""
    answers = [await visit.get(path.replace(NOTHING, number)) for path in ADDRESSES]
    return answers + [await visit.do(number, act, **content) for act, content in ACTS.items()]


@pytest.mark.rule("TIC-2", "GEN-3")
@pytest.mark.parametrize("persona", [None, "stranger", "customer-fr", "administrator"])
async def test_nobody_but_an_agent_gets_anything(
    counter: Counter, enter: Enter, address: str, persona: str | None
) -> None:
    number = await open_ticket(counter, "une question secrète")
    visit = AgentVisit(await enter(persona))
    for answer in await everything(visit, number):
        assert (answer.status_code, answer.json()) == (403, {"error": "no_agent"})
    assert rows(address, "SELECT state FROM tickets WHERE number = %s", number) == [("new",)]


@pytest.mark.parametrize("assignment", ["left_at = now()", "is_agent = false"])
async def test_agent_who_has_left_loses_everything_at_once(
    counter: Counter, karim: AgentVisit, address: str, assignment: str
) -> None:
    number = await open_ticket(counter, "une question")
    assert number in numbers(await karim.queue())
    change_agents(address, assignment, KARIM)
    try:
        answers = await everything(karim, number)
    finally:
        change_agents(address, "left_at = NULL, is_agent = true", KARIM)
    assert {(answer.status_code, answer.text) for answer in answers} == {(403, '{"error":"no_agent"}')}


async def test_open_stream_of_an_agent_who_leaves_ends(
    counter: Counter, karim: AgentVisit, address: str
) -> None:
    seen = []
    async with (
        asyncio.timeout(20),
        karim.visit.client.stream("GET", "/api/agent/events", headers=karim.visit.bearer) as stream,
    ):
        async for event in read_events(stream):
            seen.append(event["kind"])
            if seen == ["changed"]:
                change_agents(address, "left_at = now()", KARIM)
                await open_ticket(counter, "une nouvelle")
    change_agents(address, "left_at = NULL", KARIM)
    assert seen[0] == "changed"
    assert seen[-1] == "over"


@pytest.mark.parametrize(
    "header", [None, "Bearer", "Bearer x", "Basic abc", "Bearer WyJhIiwiYWdlbnQiXQ.aa.bb"]
)
async def test_forged_token_gets_nothing(client: httpx.AsyncClient, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for path in ADDRESSES:
        assert (await client.get(f"/api/agent/{path}", headers=headers)).status_code == 401
    for act, content in ACTS.items():
        body = {"id": "12345678", **content}
        answer = await client.post(f"/api/agent/tickets/{NOTHING}/{act}", json=body, headers=headers)
        assert answer.status_code == 401


async def test_expired_token_gets_nothing(site: Site, karim: AgentVisit) -> None:
    site.clock.shift = timedelta(days=SESSION_DAYS, minutes=1)
    try:
        answers = await everything(karim, NOTHING)
    finally:
        site.clock.shift = timedelta(0)
    assert {(answer.status_code, answer.json()["error"]) for answer in answers} == {(401, "session_over")}


async def test_another_site_cannot_have_a_browser_act(
    karim: AgentVisit, counter: Counter, address: str
) -> None:
    # What a browser sends along by itself counts for nothing: there is no cookie, and a form is no JSON.
    number = await open_ticket(counter, "une question")
    client = karim.visit.client
    path = f"/api/agent/tickets/{number}/close"
    assert (await client.post(path, json={"id": "12345678"})).status_code == 401
    as_form = {**karim.visit.bearer, "Content-Type": "application/x-www-form-urlencoded"}
    assert (await client.post(path, content=b'{"id":"12345678"}', headers=as_form)).status_code == 415
    asked = await client.options(path, headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in asked.headers
    assert rows(address, "SELECT state FROM tickets WHERE number = %s", number) == [("new",)]


@pytest.mark.rule("ACC-10")
async def test_agent_who_works_for_a_customer_has_no_queue(karim: AgentVisit, counter: Counter) -> None:
    visitor = karim.visit.front.seals.visitor(karim.visit.token)
    place = await karim.visit.front.place(visitor)
    assert place.user_id is not None
    async with counter.database.transaction(Scope(place.user_id, duty="agent")) as session:
        work = OnBehalf(session)
        customer = await work.find(CLAIRE)
        await work.begin(
            agent_id=place.user_id,
            account_id=place.account_id,
            customer=customer,
            reason="contrôle de la facture",
            now=NOON,
        )
    assert (await karim.get("queue")).status_code == 403
    assert (await karim.get("queue")).json() == {"error": "on_behalf"}
    await karim.visit.say("/guichet end")
    assert (await karim.get("queue")).status_code == 200


@pytest.mark.rule("TIC-2")
async def test_queue_is_filtered_and_counted(counter: Counter, karim: AgentVisit) -> None:
    before = (await karim.queue())["counts"]
    late = await open_ticket(counter, "en retard", hours_ago=200)
    dutch = await open_ticket(counter, "een vraag", email=JORIS, language="nl", subject="option")
    await karim.done(dutch, "take")
    queue = await karim.queue()
    counts = queue["counts"]
    assert numbers(queue)[0] == late
    assert counts["open"] == before["open"] + 2
    assert (counts["new"], counts["taken"]) == (before["new"] + 1, before["taken"] + 1)
    assert (counts["mine"], counts["overdue"]) == (before["mine"] + 1, before["overdue"] + 1)
    assert dutch in numbers(await karim.queue("mine=1"))
    assert late not in numbers(await karim.queue("mine=1"))
    assert late in numbers(await karim.queue("overdue=1&language=fr&state=new&subject=question"))
    assert numbers(await karim.queue("overdue=1&language=nl")) == []
    assert dutch in numbers(await karim.queue("subject=option&language=nl"))


@pytest.mark.parametrize("query", ["state=secret", "subject=x'--", "language=xx"])
async def test_filter_that_is_none_is_refused(karim: AgentVisit, query: str) -> None:
    assert (await karim.get(f"queue?{query}")).status_code == 422


@pytest.mark.rule("TIC-2", "GEN-3")
async def test_file_shows_the_customer_beside_the_words(counter: Counter, karim: AgentVisit) -> None:
    other = await open_ticket(counter, "une autre question")
    number = await open_ticket(counter, "ma question")
    file = await karim.file(number)
    assert file["transcript"][0] == {"customer": True, "text": "bonjour"}
    card = file["card"]
    assert (card["name"], card["email"], card["language"]) == ("Claire Dubois", CLAIRE, "fr")
    assert card["companies"]
    assert "invoices" in card["companies"][0]["rights"]
    assert other in [one["number"] for one in card["others"]]
    assert number not in [one["number"] for one in card["others"]]
    assert {"take", "answer"} <= set(file["can"])


async def test_card_of_somebody_unknown_says_nothing_of_anybody(counter: Counter, karim: AgentVisit) -> None:
    number = await open_ticket(counter, "qui suis-je", email=None)
    card = (await karim.file(number))["card"]
    assert (card["name"], card["email"], card["companies"], card["others"]) == (None, None, [], [])


async def test_ticket_that_is_not_there_is_not_found(karim: AgentVisit) -> None:
    for path in (NOTHING, f"{NOTHING}/macros", f"{NOTHING}/lately", "x'--"):
        assert (await karim.get(f"tickets/{path}")).status_code == 404
    assert (await karim.done(NOTHING, "take"))["tone"] == "warning"
    assert (await karim.do("x", "take")).status_code == 404


@pytest.mark.rule("TIC-2", "GEN-1", "ACC-9")
async def test_answer_reaches_the_customer_and_the_audit_log(
    counter: Counter, karim: AgentVisit, enter: Enter, address: str
) -> None:
    claire = await enter("customer-fr")
    key = claire.front.seals.visitor(claire.token).account_key
    number = await open_ticket(counter, "ma question", account_key=key)
    done = await karim.done(number, "answer", message="  Nous passons demain.\u202e ")
    assert done == {
        "tone": "success",
        "text": f"Envoyé au client sous {number}.",
        "held_password": False,
    }
    await claire.events(lambda found: "Nous passons demain." in json.dumps(found, ensure_ascii=False))
    file = await karim.file(number)
    assert (file["ticket"]["state"], file["ticket"]["mine"]) == ("waiting", True)
    assert [(line["kind"], line["text"]) for line in file["lines"]] == [("answer", "Nous passons demain.")]
    actions = rows(
        address, "SELECT action, channel FROM audit WHERE detail->>'number' = %s ORDER BY id", number
    )
    assert actions == [("ticket.reply", "web"), ("ticket.read", "web")]


async def test_ticket_read_again_is_noted_once_a_day(
    counter: Counter, karim: AgentVisit, address: str
) -> None:
    number = await open_ticket(counter, "ma question")
    await asyncio.gather(*(karim.file(number) for _ in range(3)))
    noted = rows(address, "SELECT action FROM audit WHERE detail->>'number' = %s", number)
    assert noted == [("ticket.read",)]


async def test_answer_sent_twice_goes_once(counter: Counter, karim: AgentVisit, address: str) -> None:
    number = await open_ticket(counter, "ma question")
    answers = await asyncio.gather(
        *(karim.done(number, "answer", id="one-answer-only", message="une fois") for _ in range(3))
    )
    assert sorted(answer["tone"] or "" for answer in answers) == ["", "", "success"]
    sent = rows(address, "SELECT count(*) FROM ticket_messages WHERE text = 'une fois'")
    assert sent == [(1,)]


@pytest.mark.rule("ACC-7")
@pytest.mark.parametrize("act", ["answer", "note"])
async def test_password_in_an_answer_or_note_is_blanked(
    counter: Counter, karim: AgentVisit, address: str, act: str
) -> None:
    number = await open_ticket(counter, "ma question")
    done = await karim.done(number, act, message="le mot de passe est Zebre!42x")
    assert done["held_password"] is True
    assert "Zebre" not in json.dumps(await karim.file(number))


@pytest.mark.rule("TIC-2")
async def test_note_stays_inside(
    counter: Counter, karim: AgentVisit, lotte: AgentVisit, enter: Enter, address: str
) -> None:
    claire = await enter("customer-fr")
    key = claire.front.seals.visitor(claire.token).account_key
    number = await open_ticket(counter, "ma question", account_key=key)
    secret = f"client difficile {secrets.token_hex(4)}"
    await karim.done(number, "take")
    await karim.done(number, "note", message=secret)
    await karim.done(number, "answer", message="la fin")
    seen = await claire.events(lambda found: "la fin" in json.dumps(found, ensure_ascii=False))
    assert secret not in json.dumps(seen, ensure_ascii=False)
    async with counter.database.transaction() as session:
        posted = await Conversations(session).posted_since(await claire.conversation_id(), 0)
    assert secret not in str(posted)
    assert rows(address, "SELECT count(*) FROM ticket_messages WHERE text LIKE %s", f"%{secret}%") == [(0,)]
    assert rows(address, "SELECT count(*) FROM outbox WHERE blocks::text LIKE %s", f"%{secret}%") == [(0,)]
    notes = [line for line in (await lotte.file(number))["lines"] if line["kind"] == "note"]
    assert [(note["author"], note["text"]) for note in notes] == [("Karim Benali", secret)]


@pytest.mark.rule("TIC-2")
async def test_of_two_agents_one_gets_the_ticket_and_the_other_is_told_who(
    counter: Counter, karim: AgentVisit, lotte: AgentVisit
) -> None:
    number = await open_ticket(counter, "qui sera le premier ?")
    done = await asyncio.gather(karim.done(number, "take"), lotte.done(number, "take"))
    assert sorted(one["tone"] for one in done) == ["success", "warning"]
    loser, winner = (karim, "Lotte Wouters") if done[0]["tone"] == "warning" else (lotte, "Karim Benali")
    assert winner in next(one["text"] for one in done if one["tone"] == "warning")
    file = await loser.file(number)
    assert (file["ticket"]["agent"], file["ticket"]["mine"]) == (winner, False)
    assert not {"answer", "solve", "close", "take"} & set(file["can"])
    refused = await loser.done(number, "answer", message="moi aussi")
    assert refused["tone"] == "warning"
    assert winner in refused["text"]


@pytest.mark.rule("TIC-2")
async def test_whole_life_of_a_ticket(counter: Counter, karim: AgentVisit, lotte: AgentVisit) -> None:
    number = await open_ticket(counter, "ma question")
    acts: tuple[tuple[AgentVisit, str, dict[str, str], str], ...] = (
        (karim, "take", {}, "taken"),
        (karim, "put-back", {}, "new"),
        (karim, "take", {}, "taken"),
        (karim, "hand-over", {"email": LOTTE}, "taken"),
        (lotte, "answer", {"message": "Goed nieuws"}, "waiting"),
        (lotte, "solve", {}, "solved"),
        (lotte, "reopen", {}, "taken"),
        (lotte, "close", {}, "closed"),
    )
    for agent, act, content, state in acts:
        assert act in (await agent.file(number))["can"] or act in ("put-back", "hand-over")
        assert (await agent.done(number, act, **content))["tone"] == "success", act
        assert (await agent.file(number))["ticket"]["state"] == state
    assert (await karim.done(number, "take"))["tone"] == "warning"


@pytest.mark.rule("TIC-2", "GEN-3")
async def test_duplicate_goes_on_as_the_other_of_the_same_customer(
    counter: Counter, karim: AgentVisit
) -> None:
    first = await open_ticket(counter, "ma question")
    again = await open_ticket(counter, "ma question, encore")
    foreign = await open_ticket(counter, "een vraag", email=JORIS)
    assert (await karim.done(again, "merge", into=foreign))["tone"] == "warning"
    assert (await karim.done(again, "merge", into=first))["tone"] == "success"
    assert (await karim.file(again))["ticket"]["state"] == "closed"
    assert again not in [one["number"] for one in (await karim.file(first))["card"]["others"]]


@pytest.mark.rule("OPT-3")
async def test_option_that_a_ticket_asks_for_is_activated_once(
    counter: Counter, karim: AgentVisit, tmp_path: Path
) -> None:
    heike = await Speaker.begin(counter, HEIKE, tmp_path)
    await heike.say("Registered Paper Pack aktivieren für CS470041000001 ab 7. Dezember 2026")
    promised = await heike.press("Beantragen")
    number = promised[promised.index("GC-") :][:14]
    assert {"accept_option", "decline_option"} <= set((await karim.file(number))["can"])
    done = await asyncio.gather(karim.done(number, "accept-option"), karim.done(number, "decline-option"))
    assert sorted(one["tone"] for one in done) == ["success", "warning"]
    assert not {"accept_option", "decline_option"} & set((await karim.file(number))["can"])


@pytest.mark.rule("ACC-8")
async def test_agent_signs_in_by_linking_as_everybody_does(counter: Counter) -> None:
    async with (
        serving(counter, demo=False) as site,
        httpx.AsyncClient(base_url=site.url, timeout=PATIENCE) as client,
    ):
        token = (await client.post("/api/session", json={})).json()["token"]
        agent = AgentVisit(Visit(client, token, site.front))
        assert (await agent.get("queue")).status_code == 403
        place = await site.front.place(site.front.seals.visitor(token))
        for email, status in ((KARIM, 200), (CLAIRE, 403), (KARIM, 200), (None, 403)):
            async with counter.database.transaction() as session:
                people = People(session)
                user = await people.user_by_email(email) if email is not None else None
                await people.link(place.account_id, user.id if user else None)
            assert (await agent.get("queue")).status_code == status, email


async def test_token_of_a_demo_agent_is_nothing_outside_the_demo(karim: AgentVisit, counter: Counter) -> None:
    async with (
        serving(counter, demo=False) as site,
        httpx.AsyncClient(base_url=site.url, timeout=PATIENCE) as client,
    ):
        answer = await client.get("/api/agent/queue", headers=karim.visit.bearer)
    assert (answer.status_code, answer.json()) == (401, {"error": "bad_token"})


@pytest.mark.rule("TIC-2")
async def test_canned_answers_come_filled_in_the_customers_language(
    counter: Counter, karim: AgentVisit, address: str
) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(
            "INSERT INTO canned_answers VALUES ('delai', 'fr', 'Bonjour {customer}, {number} : demain. {agent}'),"
            " ('delai', 'nl', 'Dag {customer}') ON CONFLICT DO NOTHING"
        )
    number = await open_ticket(counter, "ma question")
    answer = (await karim.get(f"tickets/{number}/macros")).json()
    assert answer["language"] == "fr"
    assert {"code": "delai", "text": f"Bonjour Claire Dubois, {number} : demain. Karim Benali"} in answer[
        "macros"
    ]


@pytest.mark.rule("ACC-9")
async def test_what_a_customer_did_is_shown_to_who_may_read_the_audit_log(
    counter: Counter, karim: AgentVisit, lotte: AgentVisit, address: str
) -> None:
    number = await open_ticket(counter, "ma question")
    await karim.done(number, "take")
    tables = (await karim.get(f"tickets/{number}/lately")).json()["lately"]
    assert any("ticket.take" in row for row in tables[0]["rows"])
    searches = "SELECT count(*) FROM audit WHERE action = 'audit.search'"
    before = rows(address, searches)
    assert (await lotte.get(f"tickets/{number}/lately")).json() == {"lately": []}
    assert rows(address, searches) == before


@pytest.mark.parametrize(
    ("act", "content"),
    [
        ("answer", {}),
        ("answer", {"message": ""}),
        ("answer", {"message": "   "}),
        ("answer", {"message": "x" * 4001}),
        ("answer", {"message": "x", "note": True}),
        ("note", {"message": "x", "to_customer": True}),
        ("hand-over", {"email": 5}),
        ("merge", {"into": "GC-1"}),
        ("take", {"agent": 1}),
        ("take", {"id": "short"}),
    ],
)
async def test_act_of_another_shape_is_refused(karim: AgentVisit, act: str, content: dict[str, Any]) -> None:
    assert (await karim.do(NOTHING, act, **content)).status_code == 422


async def test_change_by_any_channel_wakes_the_page(
    counter: Counter, karim: AgentVisit, lotte: AgentVisit
) -> None:
    number = await open_ticket(counter, "ma question")
    async with (
        asyncio.timeout(20),
        lotte.visit.client.stream("GET", "/api/agent/events", headers=lotte.visit.bearer) as stream,
    ):
        events = read_events(stream)
        assert (await anext(events))["kind"] == "changed"
        await karim.done(number, "note", message="vu")
        assert (await anext(events))["kind"] == "changed"
