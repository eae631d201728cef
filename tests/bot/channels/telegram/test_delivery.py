"""Deliver through floods, broken lines, blocked chats and files too large, in order."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from telegram.error import NetworkError

from bot.channels.telegram.courier import TelegramCourier
from bot.channels.telegram.events import CHANNEL
from bot.channels.telegram.pacing import MOST_CHATS, Pacing
from bot.message import DIRECT
from bot.sending import Later, Parcel, Undeliverable
from services.conversations import Conversations
from services.departures import Departing
from services.files import FileRecord
from services.people import find_place
from tests.bot.channels.telegram.conftest import JORIS, Post
from tests.bot.channels.telegram.loopback import Fault
from tests.conftest import NOON

FILE = {
    "type": "file",
    "file_id": "f1",
    "name": "annex.xlsx",
    "media_type": "application/x",
    "size": 5,
    "size_text": "5 B",
    "about": "The annex",
    "links_only": False,
}
PICTURE = {"type": "picture", "file_id": "p1", "alternative": "A blue tray"}
LINK = "https://guichet.example/files/grant"


def make_due(post: Post) -> None:
    """Let the jobs that wait for a later time be due now."""
    with psycopg.connect(post.counter.database.address) as connection:
        connection.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


async def waiting_job(post: Post) -> float:
    """Wait until a sending waits for later, and say for how many seconds."""
    async with asyncio.timeout(20):
        while True:
            with psycopg.connect(post.counter.database.address) as connection:
                row = connection.execute(
                    "SELECT extract(epoch FROM scheduled_at - now()) FROM procrastinate_jobs "
                    "WHERE status = 'todo' AND task_name = 'send' AND scheduled_at > now()"
                ).fetchone()
            if row is not None:
                return float(row[0])
            await asyncio.sleep(0.05)


async def post_news(post: Post) -> None:
    """Let the house say something by itself."""
    async with post.counter.database.transaction() as session:
        place = await find_place(session, CHANNEL, str(post.person.id), DIRECT, private=True)
        news = [{"type": "text", "text": "news"}]
        await Conversations(session).post(place, news, "fr", now=datetime.now(UTC))


async def until_counted(post: Post, condition: str, count: int) -> None:
    """Wait until so many of the person's conversations fulfil a condition."""
    query = (
        f"SELECT count(*) FROM conversations c JOIN chat_accounts a ON a.id = c.account_id WHERE {condition}"
    )
    async with asyncio.timeout(20):
        while True:
            with psycopg.connect(post.counter.database.address) as connection:
                row = connection.execute(
                    f"{query} AND a.account_key = %s",  # type: ignore[arg-type]
                    (str(post.person.id),),
                ).fetchone()
            if row == (count,):
                return
            await asyncio.sleep(0.05)


async def test_flood_is_waited_out_as_telegram_says_and_order_is_kept(post: Post) -> None:
    post.telegram.faults.append(Fault(status=429, retry_after=300))
    await post.person.says("merci")
    assert 250 < await waiting_job(post) <= 300
    await post.person.says("au revoir")
    make_due(post)
    heard = await post.person.hears(2)
    assert heard[1].text.startswith("Au revoir")
    assert len(post.person.heard) == 2


@pytest.mark.parametrize(
    "fault", [Fault(status=500), Fault(status=502), Fault(hang=True)], ids=["500", "502", "line"]
)
async def test_trouble_on_the_way_is_tried_again(post: Post, fault: Fault) -> None:
    post.telegram.faults.append(replace(fault))
    await post.person.says("merci")
    await waiting_job(post)
    make_due(post)
    assert len(await post.person.hears(1)) == 1


async def test_answer_that_is_lost_after_the_effect_is_sent_at_least_once(post: Post) -> None:
    post.telegram.faults.append(Fault(hang=True, after=True))
    await post.person.says("merci")
    await waiting_job(post)
    make_due(post)
    heard = await post.person.hears(2)
    assert heard[0].text == heard[1].text


async def test_refused_message_holds_up_no_other(post: Post) -> None:
    post.telegram.faults.append(Fault(status=400))
    await post.person.says("merci")
    await post.person.says("au revoir")
    (heard,) = await post.person.hears(1)
    assert heard.text.startswith("Au revoir")


async def test_refused_token_loses_nothing(post: Post) -> None:
    post.telegram.faults.append(Fault(status=401))
    await post.person.says("merci")
    assert await waiting_job(post) > 30
    make_due(post)
    assert len(await post.person.hears(1)) == 1


async def test_blocked_person_is_not_written_to_until_they_write(post: Post) -> None:
    post.telegram.blocked.add(post.person.id)
    await post.person.says("merci")

    await until_counted(post, "c.unreachable_since IS NOT NULL", 1)
    await post_news(post)
    await until_counted(
        post, "EXISTS (SELECT FROM outbox WHERE conversation_id = c.id AND sent_at IS NULL)", 0
    )
    post.telegram.blocked.discard(post.person.id)
    await post.person.says("au revoir")
    (heard,) = await post.person.hears(1)
    assert heard.text.startswith("Au revoir")
    tried = [given["text"] for _, given in post.telegram.calls if given.get("chat_id") == str(post.person.id)]
    assert len(tried) == 2
    assert "news" not in tried


@pytest.mark.rule("GEN-4")
async def test_company_without_files_in_chats_gets_a_button_to_the_link(post: Post) -> None:
    await post.link(post.person, JORIS)
    await post.person.says("bijlage van oktober")
    heard = await post.person.hears(2)
    assert all(message.file is None for message in heard)
    url = heard[-1].button("Download")["url"]
    assert url.startswith("https://guichet.example/files/")


class Desk:
    """What a courier is given, without a house: parts noted, files as they are."""

    def __init__(self, *, file: FileRecord | None = None, link: str | None = LINK) -> None:
        self.noted: list[str] = []
        self.is_gone = False
        self._file, self._link = file, link

    def parcel(self, chat_id: int, *blocks: dict[str, Any], gone: tuple[str, ...] = ()) -> Parcel:
        reply = Departing(
            1, CHANNEL, str(chat_id), DIRECT, True, 1, "fr", blocks, gone, f"{chat_id}:5", None, NOON
        )

        async def note(number: str, *, last: bool = False) -> None:
            self.noted.append(number)
            self.is_gone = last

        async def file(_file_id: str) -> FileRecord | None:
            return self._file

        return Parcel(reply, note, file, lambda _file_id: self._link)


def a_file(size: int) -> FileRecord:
    return FileRecord("f1", 1, 1, "annex.xlsx", "application/x", b"x" * size, NOON)


@pytest.fixture
def courier(post: Post) -> TelegramCourier:
    return TelegramCourier(post.platform.line, Pacing(1000))


@pytest.mark.parametrize(("size", "is_sent"), [(49_999_999, True), (50_000_000, True), (50_000_001, False)])
async def test_file_is_sent_up_to_its_bound(
    post: Post, courier: TelegramCourier, size: int, is_sent: bool
) -> None:
    await courier.deliver(Desk(file=a_file(size)).parcel(post.person.id, FILE | {"size": size}))
    (message,) = post.person.heard
    assert (message.file is not None) is is_sent
    if not is_sent:
        assert message.buttons[0]["url"] == LINK


@pytest.mark.parametrize(("length", "kept"), [(1023, 1023), (1024, 1024), (1025, 1024)])
async def test_caption_is_cut_at_its_bound(
    post: Post, courier: TelegramCourier, length: int, kept: int
) -> None:
    await courier.deliver(Desk(file=a_file(5)).parcel(post.person.id, FILE | {"about": "x" * length}))
    (message,) = post.person.heard
    assert len(message.text) == kept


@pytest.mark.parametrize(
    ("desk", "block", "said"),
    [
        (Desk(file=None), FILE, "n'est plus"),
        (Desk(file=None, link=None), FILE | {"links_only": True}, "ne peut pas être envoyé"),
        (
            Desk(file=None, link="http://localhost:8642/files/x"),
            FILE | {"links_only": True},
            "http://localhost",
        ),
        (Desk(file=None), PICTURE, "A blue tray"),
    ],
    ids=["gone", "no address", "local address", "picture gone"],
)
async def test_file_that_does_not_go_says_why(
    post: Post, courier: TelegramCourier, desk: Desk, block: dict[str, Any], said: str
) -> None:
    await courier.deliver(desk.parcel(post.person.id, block))
    (message,) = post.person.heard
    assert said in message.text


async def test_picture_is_shown_with_its_words(post: Post, courier: TelegramCourier) -> None:
    await courier.deliver(Desk(file=a_file(9)).parcel(post.person.id, PICTURE))
    (message,) = post.person.heard
    assert (message.method, message.text) == ("sendPhoto", "A blue tray")


async def test_part_that_telegram_has_is_not_sent_again(post: Post, courier: TelegramCourier) -> None:
    blocks = ({"type": "text", "text": "x" * 4096 + " second"}, FILE)
    desk = Desk(file=a_file(5))
    post.telegram.faults.append(Fault(method="sendDocument"))
    with pytest.raises(NetworkError):
        await courier.deliver(desk.parcel(post.person.id, *blocks))
    assert len(desk.noted) == 2
    assert not desk.is_gone
    await courier.deliver(desk.parcel(post.person.id, *blocks, gone=tuple(desk.noted)))
    assert [message.method for message in post.person.heard] == ["sendMessage"] * 2 + ["sendDocument"]
    assert len(desk.noted) == 3
    assert desk.is_gone


async def test_everything_that_never_goes_is_undeliverable(post: Post, courier: TelegramCourier) -> None:
    with pytest.raises(Undeliverable):
        await courier.deliver(Desk().parcel(-5, {"type": "text", "text": "x"}))


class FakeTime:
    """A clock that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.slept = 100.0, list[float]()

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


async def test_chat_gets_one_message_a_second_and_long_waits_go_back_to_the_queue() -> None:
    time = FakeTime()
    pacing = Pacing(clock=time.clock, sleep=time.sleep)
    for _ in range(3):
        await pacing.wait(7)
    assert time.slept == [1.0, 1.0]
    # Another chat waits for nobody.
    await pacing.wait(8)
    assert time.slept == [1.0, 1.0]


async def test_group_gets_twenty_messages_a_minute() -> None:
    time = FakeTime()
    pacing = Pacing(clock=time.clock, sleep=time.sleep)
    await pacing.wait(-7)
    with pytest.raises(Later) as later:
        await pacing.wait(-7)
    assert later.value.seconds == 3.0
    time.now += 3.0
    await pacing.wait(-7)
    assert time.slept == []


async def test_pacing_forgets_chats_whose_pause_is_over() -> None:
    time = FakeTime()
    pacing = Pacing(clock=time.clock, sleep=time.sleep)
    for chat in range(1, MOST_CHATS + 2):
        await pacing.wait(chat)
    time.now += 10
    await pacing.wait(1)
    assert len(pacing._next) == 1
