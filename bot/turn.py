"""Run one turn: a message of the inbox, its effect, its reply and the conversation's new state in one transaction."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from datetime import time as time_of_day
from typing import Any

import structlog

from bot import remarks
from bot.addressing import noting_address, pass_to_person, read_call
from bot.anonymity import anonymous
from bot.checkpoints import Checkpoint, pass_by
from bot.clock import Clock
from bot.dialogue import Answered, Dialogue, Understander, Utterance
from bot.drawing import Artist, plain
from bot.intake import TURN
from bot.message import DIRECT
from bot.metrics import Metrics
from bot.on_behalf import in_session, note_on_behalf, with_banner
from bot.sessions import load_session
from bot.state import ConversationState
from handlers.commands import Commanded
from handlers.desk import Contacts, Desk
from handlers.reply import Block, Reply
from handlers.router import Router
from handlers.session import Session
from intents.understanding import Context, Language, Understanding
from locales.words import BRUSSELS, words_of
from services.access import Access
from services.audit import AuditLog
from services.calendar import BusinessCalendar
from services.conversations import Conversations, Taken
from services.database import Database, Scope, Transaction
from services.first_access import FirstAccess
from services.invoices import InvoiceRegister
from services.items import ItemRegister
from services.jobs import Jobs, is_passing
from services.linking import Linking
from services.notices import Notices
from services.on_behalf import OnBehalf
from services.options import Options
from services.people import OperationalIds, People
from services.privacy import PersonalData
from services.receipt_wishes import ReceiptWishes
from services.receipts import ReceiptRegister
from services.schedules import Schedules
from services.supplies import Supplies
from services.ticket_queue import TicketQueue
from services.tickets import Tickets, TicketTimes
from services.tracking.source import TrackingSource
from services.uploads import Uploads

log = structlog.get_logger()

FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class House:
    """What every turn needs, wired once."""

    database: Database
    jobs: Jobs
    router: Router
    understander: Understander
    clock: Clock
    calendar: BusinessCalendar
    contacts: Contacts
    metrics: Metrics
    tracking: TrackingSource
    secret: str
    ticket_times: TicketTimes = field(default_factory=TicketTimes)
    sending_time: time_of_day = time_of_day(8)
    conversation_days: int = 365
    ticket_days: int = 1095
    checkpoint: Checkpoint = pass_by

    def desk(self, session: Transaction, conversation_id: int, who: Session, now: datetime) -> Desk:
        """Lay out the services for one transaction, within the companies of who asks."""
        companies = tuple(membership.company_id for membership in who.memberships)
        # A number needs no company: the register itself must not reach where the right is missing (ACC-6).
        entitled = tuple(membership.company_id for membership in who.companies_with("invoices"))
        transacting = tuple(membership.company_id for membership in who.companies_with("transactions"))
        person_id = who.person.id if who.person else None
        today = now.astimezone(BRUSSELS).date()
        access = Access(session, who.person.id if who.person else None, companies)
        return Desk(
            conversation_id=conversation_id,
            people=People(session),
            linking=Linking(session, self.jobs, self.secret, who.account_id),
            access=access,
            first_access=FirstAccess(session, self.jobs, access, companies),
            notices=Notices(session, self.jobs),
            operational_ids=OperationalIds(session, companies),
            invoices=InvoiceRegister(session, entitled, today),
            items=ItemRegister(session, transacting),
            receipts=ReceiptRegister(session, transacting),
            receipt_wishes=ReceiptWishes(session, conversation_id, person_id, transacting),
            uploads=Uploads(session, conversation_id),
            schedules=Schedules(session, person_id, transacting, self.sending_time, self.calendar),
            supplies=Supplies(session, transacting, self.calendar),
            options=Options(session, transacting, self.calendar),
            tracking=self.tracking,
            tickets=Tickets(
                session,
                self.calendar,
                self.ticket_times.answer_hours,
                person_id=who.on_behalf.customer_id if who.on_behalf and who.is_on_behalf else person_id,
                conversation_id=conversation_id,
                agent_id=person_id if who.is_on_behalf else None,
            ),
            queue=_queue(session, conversation_id, who, companies),
            ticket_times=self.ticket_times,
            on_behalf=OnBehalf(session),
            audit=AuditLog(session),
            privacy=PersonalData(
                session,
                self.jobs,
                who.person.id if who.person else None,
                self.conversation_days,
                self.ticket_days,
            ),
            conversations=Conversations(session),
            calendar=self.calendar,
            contacts=self.contacts,
        )


def _queue(
    session: Transaction, conversation_id: int, who: Session, companies: tuple[int, ...]
) -> TicketQueue | None:
    """Give the queue to agents with their own rights only (ACC-10)."""
    if who.person is None or not who.is_agent_at_work:
        return None
    return TicketQueue(session, who.person.id, conversation_id, Scope(who.person.id, companies))


class Turn:
    """Answer the messages of the inbox, each once."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def run(self, inbox_id: int) -> None:
        """Answer a message; run again after a death, it finds the mark of the first time and does nothing.

        A fault of the database is raised, to be tried again; any other is apologised for (TIC-1).
        """
        started = time.perf_counter()
        try:
            async with self._house.database.transaction() as session:
                await self._answer(session, inbox_id)
        except Exception as error:
            if is_passing(error):
                raise
            # The one place that catches the unexpected: the person must hear something.
            log.exception("turn_failed", inbox_id=inbox_id, error=type(error).__name__)
            self._house.metrics.failures.inc()
            await self._apologise(inbox_id)
        self._house.metrics.turns.observe(time.perf_counter() - started)
        self._house.checkpoint("committed")

    async def _answer(self, session: Transaction, inbox_id: int) -> None:
        conversations = Conversations(session)
        taken = await conversations.take(inbox_id)
        if taken is None:
            return
        self._house.checkpoint("taken")
        now = _moment(taken) or self._house.clock.now()
        state = ConversationState.load(taken.state)
        answered, who, slowed = await self._think(session, taken, state, now)
        await self._write(session, taken, answered, who, slowed, now)
        self._house.checkpoint("answered")

    async def _think(
        self, session: Transaction, taken: Taken, state: ConversationState, now: datetime
    ) -> tuple[Answered, Session, bool]:
        people = People(session)
        known = await load_session(
            people,
            taken.account_id,
            private=taken.private,
            language_hint=taken.content.get("language_hint"),
            on_behalf=OnBehalf(session),
            now=now,
        )
        state = in_session(state, known.session)
        call = read_call(_said_text(taken.content))
        text = call.text
        understood = self._understand(text, state, known.lent, now)
        commanded = call.command(self._house.router.commands, understood)
        in_form = state.form is not None
        # What an agent dictates for a customer is in the customer's language, and says nothing of the agent's.
        is_foreign = commanded is not None or (in_form and known.session.is_agent_at_work)
        said_language = None if is_foreign else _said_language(understood, in_form=in_form)
        who = known.in_language(said_language)
        if said_language is not None and said_language != known.lent:
            await people.note_language(taken.account_id, chosen=None, last=said_language)
        if not taken.private and (commanded or not self._is_public(taken.content, understood)):
            await self._lead_aside(session, taken)
            return Answered(remarks.in_private(), state), who, False
        # What follows a command may be meant for colleagues only: no transcript holds it.
        said = call.line if commanded else text or str(taken.content.get("label") or "")
        state = state.with_line("customer", said)
        desk = self._house.desk(session, taken.conversation_id, who, now)
        utterance = _utterance(taken.content, text, understood, commanded)
        passed_on = await pass_to_person(utterance, call, state, desk, now)
        if passed_on is not None:
            return Answered(passed_on, state), who, taken.slowed and not state.slowed
        dialogue = Dialogue(self._house.router, who, desk, now, state)
        answered = await dialogue.answer(utterance)
        answered = replace(answered, state=noting_address(answered.state, utterance, call, state))
        if answered.reply.language is not None:
            await people.note_language(taken.account_id, chosen=answered.reply.language, last=None)
            who = replace(who, language=answered.reply.language)
        answered = await self._learn(desk, who, understood, answered, taken.content, now)
        who = await note_on_behalf(desk, who, taken.channel, utterance, answered.state, now)
        return answered, who, taken.slowed and not state.slowed

    def _is_public(self, content: Mapping[str, Any], understood: Understanding | None) -> bool:
        """Tell what may be answered where others read along: it says nothing of anybody (GEN-4)."""
        action = content.get("action")
        if action and action["do"] == "wish":
            intent = str(action["intent"])
        elif understood is not None and understood.decision == "act":
            intent = understood.intent
        else:
            return False
        route = self._house.router.find(intent)
        return route is not None and route.public

    async def _lead_aside(self, session: Transaction, taken: Taken) -> None:
        """Let the person's private talk answer, in its own order, with its own open forms (GEN-4)."""
        aside_id, inbox_id = await Conversations(session).lead_aside(taken, DIRECT, datetime.now(UTC))
        await self._house.jobs.defer(session, TURN, lock=f"conversation:{aside_id}", inbox_id=inbox_id)

    def _understand(
        self, text: str, state: ConversationState, lent: Any, now: datetime
    ) -> Understanding | None:
        if not text:
            return None
        context = Context(
            # An answer is read as its form is: "bis 3. Januar" looks ahead where an option is asked for.
            intent=state.form.intent if state.form is not None else state.intent,
            entities={} if state.form is not None or state.entities is None else state.entities,
            language=lent,
        )
        today = now.astimezone(BRUSSELS).date()
        return self._house.understander.understand(text, today=today, context=context)

    async def _write(
        self,
        session: Transaction,
        taken: Taken,
        answered: Answered,
        who: Session,
        slowed: bool,
        now: datetime,
    ) -> None:
        conversations = Conversations(session)
        real_now = datetime.now(UTC)
        blocks = (*_notices(taken, slowed), *answered.reply.blocks)
        artist = Artist(words_of(who.language), conversations, taken.conversation_id, real_now)
        drawn = await artist.draw(with_banner(blocks, who))
        # What was passed on to a person is answered by that person: the bot stays silent.
        if drawn:
            await conversations.post(
                taken.conversation_id, drawn, who.language, now=real_now, inbox_id=taken.inbox_id
            )
        await self._promise(session, taken, answered.reply, who, now)
        state = answered.state
        if drawn:
            state = state.with_line("guichet", " ".join(plain(block) for block in drawn))
        if taken.slowed != state.slowed:
            state = replace(state, slowed=taken.slowed)
        await conversations.finish(taken.inbox_id, state.dump(), real_now)

    async def _promise(
        self, session: Transaction, taken: Taken, answer: Reply, who: Session, now: datetime
    ) -> None:
        for work in answer.work:
            arguments = {**work.arguments, "now": now.isoformat()}
            follow_up_id = await Conversations(session).promise(
                taken.conversation_id, work.kind, arguments, who.language, datetime.now(UTC)
            )
            await self._house.jobs.defer(session, FOLLOW_UP, follow_up_id=follow_up_id)
        for errand in answer.errands:
            await self._house.jobs.defer(session, errand.name, lock=errand.lock, key=errand.key)

    async def _learn(
        self,
        desk: Desk,
        who: Session,
        understood: Understanding | None,
        answered: Answered,
        content: Mapping[str, Any],
        now: datetime,
    ) -> Answered:
        """Keep what was not surely understood, and what the person then chose, without personal data."""
        state, action = answered.state, content.get("action")
        if state.unclear is not None and action and action["do"] == "wish":
            await desk.conversations.note_choice(state.unclear, _label(action))
        unclear = None
        if answered.miss is not None and understood is not None and not content.get("held_password"):
            words = anonymous(understood, _names(who))
            unclear = words if answered.miss == "clarify" else None
            await desk.conversations.note_miss(
                day=now.astimezone(BRUSSELS).date(),
                words=words,
                language=understood.language,
                outcome=answered.miss,
                intent=understood.intent,
            )
        return replace(answered, state=replace(state, unclear=unclear))

    async def _apologise(self, inbox_id: int) -> None:
        async with self._house.database.transaction() as session:
            conversations = Conversations(session)
            taken = await conversations.take(inbox_id)
            if taken is None:
                return
            known = await load_session(People(session), taken.account_id, private=taken.private)
            who = known.in_language(None)
            state = ConversationState.load(taken.state)
            now = self._house.clock.now()
            await self._write(session, taken, Answered(remarks.apology(), state), who, False, now)


def _names(who: Session) -> tuple[str, ...]:
    """List what names this person and their customers."""
    person = () if who.person is None else (who.person.name,)
    return (*person, *(membership.company_name for membership in who.memberships))


def _label(action: Mapping[str, Any]) -> str:
    """Name a wish as the catalogue does: the intent, or a topic of knowledge."""
    topic = action["entities"].get("topic")
    return f"faq.{topic}" if action["intent"] == "faq" and topic else str(action["intent"])


def _said_language(understood: Understanding | None, *, in_form: bool) -> Language | None:
    """Give the language that a message is written in (GEN-1); a name or a yes to a form's question has none."""
    if understood is None or understood.follow_up or (in_form and understood.decision != "act"):
        return None
    return understood.language


def _moment(taken: Taken) -> datetime | None:
    fixed = taken.content.get("now")
    return datetime.fromisoformat(fixed) if fixed else None


def _said_text(content: Mapping[str, Any]) -> str:
    action = content.get("action")
    if action and action["do"] == "say":
        return str(action["text"])
    return str(content["text"])


def _utterance(
    content: Mapping[str, Any],
    text: str,
    understood: Understanding | None,
    commanded: Commanded | None,
) -> Utterance:
    action = content.get("action")
    if commanded is not None:
        wish = {"do": "wish", "intent": commanded.intent, "entities": dict(commanded.entities)}
        return Utterance(action=wish)
    form = content.get("form")
    upload = content.get("upload")
    if action and action["do"] != "say":
        return Utterance(action=action)
    if upload:
        return Utterance(action={"do": "wish", "intent": "receipt.verify", "entities": upload})
    if form:
        return Utterance(form_key=form["key"], form_values=form["values"])
    unreadable = content.get("unreadable") or (None if understood else "nothing")
    return Utterance(text=text, understood=understood, unreadable=unreadable)


def _notices(taken: Taken, slowed: bool) -> tuple[Block, ...]:
    notices: list[Block] = []
    if taken.content.get("held_password"):
        notices.append(remarks.password_warning())
    if taken.content.get("cut"):
        notices.append(remarks.text_was_cut())
    if slowed:
        notices.append(remarks.slow_down())
    return tuple(notices)
