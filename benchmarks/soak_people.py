"""Play the customers of a soak: they search, ask for annexes, open tickets, click twice, and are delivered twice."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.records import NOON
from bot.intake import Accepted
from bot.message import Message
from bot.wiring import Counter
from services.conversations import Conversations
from services.people import People, find_account

CHANNEL = "soak"
LOOK_AGAIN_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a customer says, and the words of the buttons they press."""

    searches: tuple[str, ...]
    annex: str
    person: str
    question: str
    yes: str


FRENCH = Tongue(
    ("facture 1046100091", "mes factures de septembre 2026", "bonjour"),
    "annexe d'octobre 2026",
    "je veux parler à quelqu'un",
    "Le facteur passe trop tôt chez nous, dossier {name}",
    "oui",
)
DUTCH = Tongue(
    ("factuur 1046100094", "facturen van september 2026", "goeiedag"),
    "bijlage van oktober 2026",
    "ik wil met iemand spreken",
    "De postbode komt te vroeg bij ons, dossier {name}",
    "ja",
)
GERMAN = Tongue(
    ("Rechnung 1046100095", "Rechnungen von September 2026", "guten Tag"),
    "Anhang zur Rechnung von Oktober 2026",
    "ich möchte mit jemandem sprechen",
    "Der Briefträger kommt zu früh zu uns, Akte {name}",
    "ja",
)
# Two people of one company, one each of the others, and somebody whom nobody knows.
CAST: tuple[tuple[str | None, Tongue], ...] = (
    ("claire.dubois@lambert.example", FRENCH),
    ("joris.peeters@vandamme.example", DUTCH),
    ("heike.schmitz@ostbelgien-versand.example", GERMAN),
    ("marc.lambert@lambert.example", FRENCH),
    (None, FRENCH),
)


@dataclass
class Ledger:
    """What the customers did, for comparison with what became of it."""

    messages: int = 0
    redelivered: int = 0
    refused_twins: int = 0
    annexes: int = 0
    questions: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)


class Pace:
    """Let all customers together write so many messages a second until the end."""

    def __init__(self, rate: float, seconds: float) -> None:
        self._interval = 1 / rate
        self._next = time.monotonic()
        self.end = self._next + seconds

    @property
    def is_over(self) -> bool:
        """Tell whether the time is over."""
        return time.monotonic() >= self.end

    async def wait(self) -> None:
        """Wait for the next message's moment; who is late does not catch up in a burst."""
        self._next = max(self._next + self._interval, time.monotonic() - 1)
        await asyncio.sleep(max(0.0, self._next - time.monotonic()))


class Customer:
    """One conversation; everything it does is drawn from the seed."""

    def __init__(self, counter: Counter, number: int, seed: int, ledger: Ledger, pace: Pace) -> None:
        self._counter = counter
        self._email, self._tongue = CAST[number % len(CAST)]
        self._key = f"customer-{number}"
        self._chance = random.Random(f"{seed}:{number}")
        self._ledger = ledger
        self._pace = pace
        self._count = 0

    async def enter(self) -> None:
        """Link the chat account to its portal user."""
        async with self._counter.database.transaction() as session:
            account_id = await find_account(session, CHANNEL, self._key)
            if self._email is None:
                return
            user = await People(session).user_by_email(self._email)
            assert user is not None
            await People(session).link(account_id, user.id)

    async def live(self) -> None:
        """Want one thing after another until the time is over."""
        wishes = [self._search, self._annex, self._annex_by_button, self._ticket, self._ticket_by_button]
        while not self._pace.is_over:
            if self._email is None:
                wish = self._chance.choices([self._search, self._ticket], (9, 1))[0]
            else:
                wish = self._chance.choices(wishes, (80, 4, 4, 6, 6))[0]
            await wish()

    async def _search(self) -> None:
        await self._say(self._chance.choice(self._tongue.searches))

    async def _annex(self) -> None:
        await self._say(self._tongue.annex)
        self._ledger.annexes += 1

    async def _annex_by_button(self) -> None:
        """Press the annex of a found invoice twice, as impatient people do."""
        blocks = await self._reply_to(await self._say(self._tongue.searches[0]))
        token = next((choice["token"] for choice in _choices(blocks) if "token" in choice), None)
        if token is None:
            self._ledger.breaches.append(f"a search without an annex: {str(blocks)[:200]}")
            return
        taken = await self._click_twice(token)
        self._ledger.annexes += taken

    async def _ticket(self) -> None:
        """Say all three lines without waiting: the order alone must carry the form."""
        await self._say(self._tongue.person)
        await self._say(self._question())
        await self._say(self._tongue.yes)

    async def _ticket_by_button(self) -> None:
        await self._say(self._tongue.person)
        blocks = await self._reply_to(await self._say(self._question()))
        form = next((block for block in blocks if block["type"] == "form"), None)
        if form is None or form["confirm"] is None:
            self._ledger.breaches.append(f"a question without a summary: {str(blocks)[:200]}")
            return
        if await self._click_twice(form["confirm"]["token"]) != 1:
            self._ledger.breaches.append("a confirmation was not taken exactly once")

    def _question(self) -> str:
        """Ask something that nobody else asks, so that its ticket is known by it; letters only."""
        digits = f"{self._key.rpartition('-')[2]}{self._count:05d}"
        name = "".join(chr(ord("a") + int(digit)) for digit in digits)
        question = self._tongue.question.format(name=name)
        self._ledger.questions.append(question)
        return question

    async def _say(self, text: str) -> Accepted:
        message = self._message(text=text)
        first = await self._deliver(message)
        if first.inbox_id is None:
            self._ledger.breaches.append(f"a new message was taken for an old one: {message.event_id}")
        return first

    async def _deliver(self, message: Message) -> Accepted:
        """Hand a message in, at times twice at once or again later, as platforms do."""
        await self._pace.wait()
        self._ledger.messages += 1
        times = 2 if self._chance.random() < 0.1 else 1
        accepted = await asyncio.gather(*(self._counter.intake.accept(message) for _ in range(times)))
        if self._chance.random() < 0.1:
            accepted.append(await self._counter.intake.accept(message))
        taken = [answer for answer in accepted if answer.inbox_id is not None]
        self._ledger.redelivered += len(accepted) - 1
        if len(taken) > 1:
            self._ledger.breaches.append(f"one message was taken in twice: {message.event_id}")
        return taken[0] if taken else accepted[0]

    async def _click_twice(self, token: str) -> int:
        """Click a button two times in a row and tell how many clicks were taken."""
        taken = 0
        for _ in range(2):
            accepted = await self._deliver(self._message(press=token))
            taken += accepted.inbox_id is not None
        self._ledger.refused_twins += 2 - taken
        self._ledger.messages -= 2 - taken
        return taken

    def _message(self, *, text: str = "", press: str | None = None) -> Message:
        self._count += 1
        event_id = f"{self._key}-{self._count}"
        return Message(CHANNEL, self._key, "dm", event_id, text=text, press=press, now=NOON)

    async def _reply_to(self, accepted: Accepted) -> Sequence[Mapping[str, Any]]:
        """Wait for the reply to a message and give its blocks."""
        while True:
            async with self._counter.database.transaction() as session:
                posted = await Conversations(session).posted_since(accepted.conversation_id, 0, latest=5)
            for reply in posted:
                if reply.inbox_id == accepted.inbox_id:
                    return reply.blocks
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


def _choices(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for block in blocks:
        if block["type"] == "choices":
            yield from block["choices"]
