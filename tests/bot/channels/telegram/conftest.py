"""Open the house on a Telegram of this machine, with somebody of the demo in front of it."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.channels.telegram.events import CHANNEL
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.platform import Telegram
from bot.channels.web.application import make_application, make_front
from bot.channels.web.server import address_of, listen
from bot.clock import FixedClock
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from services.news import News
from services.people import People, find_account
from tests.bot.channels.telegram.loopback import TOKEN, Loopback, answering, loopback
from tests.bot.channels.telegram.people import Person
from tests.conftest import NOON

CLAIRE = "claire.dubois@lambert.example"
JORIS = "joris.peeters@vandamme.example"
PUBLIC = "https://guichet.example"
SECRET = "a-secret-of-32-characters-or-so_"


@dataclass
class Post:
    """The house at work, its Telegram, and the person who writes."""

    counter: Counter
    telegram: Loopback
    platform: Telegram
    person: Person

    async def link(self, person: Person, email: str | None) -> None:
        """Let a chat account be somebody's, as a code would."""
        async with self.counter.database.transaction() as session:
            people = People(session)
            user = await people.user_by_email(email) if email else None
            await people.link(await find_account(session, CHANNEL, str(person.id)), user.id if user else None)


OpenPost = Callable[..., Any]


@pytest.fixture
async def telegram() -> AsyncIterator[Loopback]:
    """A Telegram on which nothing has happened."""
    async with loopback() as opened:
        yield opened


@pytest.fixture(scope="module")
def open_post(new_database: Callable[[], str], settings: Settings, understander: Any) -> OpenPost:
    """Open a house that works on Telegram's events until the end of the block."""

    @asynccontextmanager
    async def open_it(
        telegram: Loopback,
        email: str | None = CLAIRE,
        *,
        webhook: bool = False,
        work: bool = True,
        language: str = "fr",
        address: str | None = None,
        speed: float = 1000.0,
        **changed: Any,
    ) -> AsyncIterator[Post]:
        platform = Telegram(
            TOKEN,
            api=telegram.url,
            secret=SECRET if webhook else "",
            public_url=PUBLIC,
            pacing=Pacing(speed),
        )
        async with open_counter(
            settings.model_copy(update={"public_url": PUBLIC, **changed}),
            understander=understander,
            address=address or new_database(),
            clock=FixedClock(NOON),
            platforms=[platform],
        ) as counter:
            post = Post(counter, telegram, platform, Person(telegram, language=language))
            await post.link(post.person, email)
            async with _at_work(post, webhook=webhook, work=work):
                yield post

    return open_it


@pytest.fixture(scope="module")
async def busy_post(open_post: OpenPost) -> AsyncIterator[Post]:
    """A house at work that the tests of a module share, each with a person of its own."""
    async with loopback() as telegram, open_post(telegram) as post:
        yield post


NUMBERS = itertools.count(1000)


@pytest.fixture
async def post(busy_post: Post) -> AsyncIterator[Post]:
    """The shared house with a new person in front of it, who is Claire of the demo."""
    person = Person(busy_post.telegram, next(NUMBERS))
    await busy_post.link(person, CLAIRE)
    yield replace(busy_post, person=person)
    busy_post.telegram.faults.clear()


@asynccontextmanager
async def _at_work(post: Post, *, webhook: bool, work: bool) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(post.platform.run(post.counter))]
    if work:
        tasks.append(asyncio.create_task(post.counter.work()))
    listening = listen("127.0.0.1", 0)
    post.telegram.local = (PUBLIC, address_of(listening).rstrip("/"))
    application = make_application(make_front(post.counter, News(post.counter.database.address)))
    try:
        if webhook:
            async with answering(application, listening):
                await post.telegram.until(lambda: post.telegram.webhook)
                yield
        else:
            yield
    finally:
        listening.close()
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
