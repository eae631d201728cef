"""Let the signing service fail in ten ways: the request is kept, the customer told once, delivered once (REC-9)."""

import asyncio
import json
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from bot.channels.terminal import TerminalChat
from bot.clock import FixedClock
from bot.follow_up import PAUSES
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from documents.signing.local_authority import open_local_authority
from documents.verification import Finding, verify
from services.conversations import Conversations
from tests.conftest import NOON
from tests.documents.signing.csc_service import CREDENTIAL, PIN, Answer, CscService, running

CLAIRE = "claire.dubois@lambert.example"
WISH = "récépissés du 18 novembre pour CS400126000001"
TIMEOUT = 1.0


def slow() -> Answer:
    time.sleep(TIMEOUT * 1.5)
    return 200, b"{}"


def answer(status: int, body: bytes) -> Callable[[], Answer]:
    return lambda: (status, body)


def signatures(*made: bytes) -> bytes:
    return json.dumps({"signatures": [b64encode(one).decode() for one in made]}).encode()


FAULTS: dict[str, tuple[str, Callable[[], Answer]]] = {
    "slow": ("signatures/signHash", slow),
    "cut off": ("signatures/signHash", answer(0, b"")),
    "down": ("signatures/signHash", answer(503, b"")),
    "broken inside": ("credentials/authorize", answer(500, b"Internal Server Error")),
    "a page instead": ("signatures/signHash", answer(200, b"<html>maintenance</html>")),
    "wrong signature": ("signatures/signHash", answer(200, signatures(b"\x01" * 256))),
    "nothing": ("signatures/signHash", answer(200, signatures())),
    "answers twice": ("signatures/signHash", answer(200, signatures(b"\x02" * 256, b"\x02" * 256))),
    "no activation": ("credentials/authorize", answer(200, b'{"SAD": null}')),
    "refuses": ("credentials/authorize", answer(403, b'{"error": "access_denied"}')),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CscService, str]]:
    """A remote signing service on this machine."""
    key = open_local_authority(tmp_path_factory.mktemp("service") / "authority", NOON)
    played = CscService("v1", key._private, list(key.chain))  # type: ignore[arg-type]
    with running(played) as address:
        yield played, address


@pytest.fixture(scope="module")
async def house(
    new_database: Callable[[], str],
    settings: Settings,
    understander: Any,
    service: tuple[CscService, str],
) -> AsyncIterator[Counter]:
    """A house whose receipts that service signs; its jobs are done by hand."""
    played, address = service
    changed = settings.model_copy(
        update={
            "signing_source": "csc",
            "signing_url": address,
            "signing_credential": CREDENTIAL,
            "signing_bearer": Settings(signing_bearer=next(iter(played.tokens))).signing_bearer,
            "signing_pin": Settings(signing_pin=PIN).signing_pin,
            "signing_timeout": TIMEOUT,
        }
    )
    async with open_counter(
        changed, clock=FixedClock(NOON), understander=understander, address=new_database()
    ) as counter:
        yield counter


async def work(counter: Counter) -> None:
    await counter.jobs.app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)


async def heard(counter: Counter, chat: TerminalChat) -> list[list[dict[str, Any]]]:
    async with counter.database.transaction() as session:
        posted = await Conversations(session).posted_since(chat.conversation_id, chat.seen)
    chat.seen = posted[-1].sequence if posted else chat.seen
    return [[dict(block) for block in reply.blocks] for reply in posted]


def sql(counter: Counter, statement: str) -> list[Any]:
    with psycopg.connect(counter.database.address) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def hurry(counter: Counter) -> list[float]:
    """Let what waits be due now, and say how many seconds it was to wait."""
    waiting = sql(
        counter,
        "SELECT extract(epoch FROM scheduled_at - now())::float FROM procrastinate_jobs"
        " WHERE status = 'todo' AND scheduled_at IS NOT NULL AND task_name = 'follow_up'",
    )
    sql(counter, "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    return [seconds for (seconds,) in waiting]


async def ask(counter: Counter, folder: Path) -> TerminalChat:
    chat = await TerminalChat.open(counter, CLAIRE, folder, NOON)
    await counter.intake.accept(chat._message(WISH))
    await work(counter)
    return chat


@pytest.mark.rule("REC-9", "REC-4")
@pytest.mark.parametrize("fault", FAULTS)
async def test_failing_service_is_tried_again_told_once_and_delivers_once(
    house: Counter, service: tuple[CscService, str], tmp_path: Path, fault: str
) -> None:
    played, _address = service
    call, wrong = FAULTS[fault]
    played.faults[call] = [wrong] * 3
    files = sql(house, "SELECT count(*) FROM files")[0][0]
    chat = await ask(house, tmp_path)
    announced, warned = await heard(house, chat)
    assert [block["type"] for block in announced] == ["progress"]
    assert [(block["type"], block.get("tone")) for block in warned] == [("notice", "warning")]
    assert "n’est pas perdue" in warned[0]["text"]
    for tried in (1, 2):
        (pause,) = hurry(house)
        assert 0 < pause <= PAUSES[tried - 1].total_seconds()
        await work(house)
        assert await heard(house, chat) == []
    hurry(house)
    await work(house)
    ((delivered,),) = await heard(house, chat)
    assert delivered["type"] == "file"
    assert played.faults[call] == []
    assert sql(house, "SELECT count(*) FROM files")[0][0] == files + 1
    assert hurry(house) == []
    await work(house)
    assert await heard(house, chat) == []


@pytest.mark.rule("REC-9")
async def test_service_that_is_not_there_delivers_when_it_is_back(
    new_database: Callable[[], str], settings: Settings, understander: Any, tmp_path: Path
) -> None:
    update = {"signing_source": "csc", "signing_url": "http://127.0.0.1:9/csc/v1", "signing_credential": "x"}
    address = new_database()
    broken = open_counter(
        settings.model_copy(update=update),
        clock=FixedClock(NOON),
        understander=understander,
        address=address,
    )
    async with broken as counter:
        chat = await ask(counter, tmp_path)
        assert len(await heard(counter, chat)) == 2
        # Nobody's typing sign stands there for hours.
        async with counter.database.transaction() as session:
            assert await Conversations(session).open_work(chat.conversation_id) == 0
    async with open_counter(
        settings, clock=FixedClock(NOON), understander=understander, address=address
    ) as counter:
        hurry(counter)
        await work(counter)
        ((delivered,),) = await heard(counter, chat)
    assert delivered["name"] == "recepisses-2026-11-18-CS400126000001.pdf"


@pytest.mark.rule("REC-9")
async def test_promise_kept_twice_at_once_delivers_once(house: Counter, tmp_path: Path) -> None:
    chat = await TerminalChat.open(house, CLAIRE, tmp_path, NOON)
    await house.intake.accept(chat._message(WISH))
    sql(
        house,
        "CREATE OR REPLACE FUNCTION twice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NEW.task_name = 'follow_up' AND pg_trigger_depth() = 1 THEN"
        " INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('guichet', 'follow_up', NEW.args);"
        " END IF; RETURN NEW; END $$;"
        "CREATE TRIGGER twice AFTER INSERT ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION twice()",
    )
    try:
        await work(house)
    finally:
        sql(house, "DROP TRIGGER twice ON procrastinate_jobs")
    announced, delivered = await heard(house, chat)
    assert [block["type"] for block in (*announced, *delivered)] == ["progress", "file"]


@pytest.mark.rule("CNV-5", "REC-4", "REC-7")
async def test_wish_is_announced_within_a_second_while_the_service_is_slow(
    house: Counter, service: tuple[CscService, str], tmp_path: Path
) -> None:
    played, _address = service
    played.faults["signatures/signHash"] = [slow]
    chat = await TerminalChat.open(house, CLAIRE, tmp_path, NOON)
    started = time.monotonic()
    await house.intake.accept(chat._message(WISH))
    working = asyncio.create_task(work(house))
    while not (found := await heard(house, chat)):
        assert time.monotonic() - started < 1
        await asyncio.sleep(0.02)
    assert found[0][0]["type"] == "progress"
    await working
    hurry(house)
    await work(house)
    *_told, ((delivered),) = await heard(house, chat)
    shown = await chat._save(delivered["file_id"], delivered["name"])
    authority = played._chain[-1].public_bytes(Encoding.DER)
    content = await asyncio.to_thread(shown.read_bytes)
    verdict = await asyncio.to_thread(verify, content, (authority,))
    assert verdict.finding == Finding.GENUINE
