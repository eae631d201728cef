"""Put the house together: the one place that knows which part is which."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot import processes
from bot.access_requests import AccessRequests
from bot.audit_anchors import AuditAnchors
from bot.awaited import AwaitedInvoices
from bot.awaited_receipts import AwaitedReceipts
from bot.channels.platforms import Platform, Rooted, open_platforms
from bot.checkpoints import Checkpoint, pass_by
from bot.clock import Clock, SystemClock
from bot.dialogue import Understander
from bot.erasing import Erasing
from bot.follow_up import FollowUps
from bot.intake import TURN, Intake
from bot.letters import LinkMails, Telling
from bot.metrics import Metrics
from bot.receipt_warnings import ReceiptWarnings
from bot.regular_sendings import SENDING, RegularSendings
from bot.retention import Retention
from bot.seals import Seals
from bot.secrets import secret_key
from bot.sending import ATTEMPTS, Sending
from bot.sending import SENDING as SEND
from bot.settings import Settings
from bot.ticket_relay import RELAY, TicketRelay
from bot.turn import FOLLOW_UP, House, Turn
from documents.signing.once import make_ready
from handlers import (
    access_list,
    administration,
    audit_search,
    canned_answers,
    chat,
    derogations,
    faq,
    first_access,
    invoice_documents,
    invoices,
    item_documents,
    items,
    linking,
    on_behalf,
    option_decisions,
    options,
    passwords,
    privacy,
    receipt_list,
    receipt_waiting,
    receipts,
    regular_reports,
    reports,
    supplies,
    ticket_desk,
    ticket_figures,
    ticket_following,
    tickets,
    tracking,
    verification,
)
from handlers.receipt_documents import ReceiptFiles
from handlers.router import Router
from handlers.ticket_commands import ticket_commands
from handlers.verification import Verification
from handlers.word_commands import word_commands
from services.calendar import BusinessCalendar
from services.conversations import WAY_OUT, Pace
from services.database import Database, start_embedded
from services.embedded import watch
from services.first_access import LOOK_AT_REQUEST
from services.jobs import Jobs
from services.linking import LINK_MAIL
from services.mail import OutboxFolder, Post, SmtpPost
from services.notices import TELL
from services.privacy import ERASE
from services.schema import migrate
from services.tickets import TicketTimes
from services.tracking.demo import DemoTracking
from services.tracking.source import TrackingSource

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Counter:
    """The running house: what channels and commands hold on to."""

    settings: Settings
    database: Database
    jobs: Jobs
    intake: Intake
    house: House
    secret: str
    executor: Executor
    sending: Sending
    platforms: tuple[Platform, ...] = ()
    # The folder of the embedded database where it is ours to look after.
    embedded: Path | None = None

    async def work(self) -> None:
        """Do jobs until cancelled, and keep the embedded database alive meanwhile."""
        watching = asyncio.create_task(watch(self.embedded)) if self.embedded is not None else None
        try:
            await self.jobs.work()
        finally:
            if watching is not None:
                watching.cancel()


def make_router() -> Router:
    """Gather the routes of all subjects."""
    router = Router()
    for subject in (
        invoices.router,
        reports.router,
        receipts.router,
        receipt_list.router,
        receipt_waiting.router,
        verification.router,
        supplies.router,
        options.router,
        tracking.router,
        chat.router,
        tickets.router,
        ticket_following.router,
        ticket_desk.router,
        ticket_figures.router,
        canned_answers.router,
        option_decisions.router,
        on_behalf.router,
        linking.router,
        administration.router,
        access_list.router,
        audit_search.router,
        first_access.router,
        passwords.router,
        derogations.router,
        privacy.router,
    ):
        router.include(subject)
    router.commands.include(ticket_commands())
    router.commands.include(word_commands())
    router.include(items.Items(router).router())
    router.include(regular_reports.RegularReports(router).router())
    router.include(faq.Answers(router).router())
    return router


def open_understander(settings: Settings) -> Understander:
    """Load what `intents` learnt from its catalogue, preparing it on first use."""
    from intents.entities.place_table import read_postcodes
    from intents.entities.places import Places
    from intents.understander import Understander as Real

    places = Places.load(read_postcodes(settings.places_file)) if settings.places_file else None
    return Real.open(settings.data_folder / "model", places=places)


def open_tracking(settings: Settings, calendar: BusinessCalendar) -> TrackingSource:
    """Give the Track & Trace service that is set, else one that knows the demo's items only (TRK-1)."""
    if settings.tracking_url is None:
        return DemoTracking(calendar)
    from services.tracking.http import HttpTracking

    key = settings.tracking_key.get_secret_value() if settings.tracking_key else None
    return HttpTracking(str(settings.tracking_url), key=key, timeout=settings.tracking_timeout)


def open_post(settings: Settings) -> Post:
    """Give the SMTP server that is set, else a folder of files."""
    if not settings.smtp_host:
        return OutboxFolder(settings.data_folder / "outbox", settings.mail_sender)
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    return SmtpPost(
        settings.smtp_host,
        settings.smtp_port,
        settings.mail_sender,
        user=settings.smtp_user or None,
        password=password,
        security=settings.smtp_security,
        timeout=settings.smtp_timeout,
    )


def database_address(settings: Settings) -> str:
    """Give the database's address, starting the embedded server where none is named."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return start_embedded((settings.data_folder / "postgres").resolve())


def embedded_folder(settings: Settings) -> Path | None:
    """Name the folder of the embedded server; None where a server is named instead."""
    return None if settings.database_url is not None else (settings.data_folder / "postgres").resolve()


@asynccontextmanager
async def open_counter(
    settings: Settings,
    *,
    clock: Clock | None = None,
    understander: Understander | None = None,
    checkpoint: Checkpoint = pass_by,
    address: str | None = None,
    embedded: Path | None = None,
    platforms: Sequence[Platform] | None = None,
    post: Post | None = None,
) -> AsyncIterator[Counter]:
    """Open the house with its schema up to date, and close it in good order.

    `platforms` are those of the settings where none are given. `embedded` is the folder of the embedded server to
    look after where `address` is its.
    """
    platforms = open_platforms(settings) if platforms is None else tuple(platforms)
    if address is None:
        embedded = embedded_folder(settings)
        address = await asyncio.to_thread(database_address, settings)
    await asyncio.to_thread(migrate, address)
    if understander is None:
        understander = await asyncio.to_thread(open_understander, settings)
    database = Database(address)
    jobs = Jobs(address, concurrency=settings.job_concurrency)
    executor = processes.document_processes(settings.document_processes)
    closed_days = frozenset(settings.closed_days)
    calendar = BusinessCalendar(settings.opening_time, settings.closing_time, closed_days)
    whereabouts = open_tracking(settings, calendar)
    secret = secret_key(settings)
    house = House(
        database=database,
        jobs=jobs,
        router=make_router(),
        understander=understander,
        clock=clock or SystemClock(),
        calendar=calendar,
        contacts=settings.contacts(),
        metrics=Metrics(),
        tracking=whereabouts,
        ticket_times=TicketTimes(
            settings.answer_hours, settings.solve_hours, settings.due_soon_hours, settings.close_after_days
        ),
        secret=secret,
        sending_time=settings.sending_time,
        conversation_days=settings.conversation_days,
        ticket_days=settings.ticket_days,
        checkpoint=checkpoint,
    )
    seals = Seals(secret, house.clock, file_minutes=settings.file_minutes)
    sending = Sending(
        database,
        jobs,
        house.clock,
        seals,
        settings.public_url,
        {platform.name: platform for platform in platforms},
    )
    database.info[WAY_OUT] = sending
    jobs.register_patient(SEND, sending.send, attempts=ATTEMPTS)
    _register(house, settings, executor, post or open_post(settings))
    await asyncio.to_thread(make_ready, settings.signing(settings.data_folder), house.clock.now())
    intake = Intake(
        database,
        jobs,
        Pace(settings.messages_per_minute),
        checkpoint,
        most_upload_bytes=int(settings.upload_megabytes * 1_000_000),
    )
    await jobs.open()
    try:
        counter = Counter(
            settings, database, jobs, intake, house, secret, executor, sending, platforms, embedded
        )
        for platform in platforms:
            if isinstance(platform, Rooted):
                platform.take_root(counter)
        yield counter
    finally:
        await jobs.close()
        for platform in platforms:
            await platform.close()
        await whereabouts.close()
        await database.close()
        executor.shutdown(wait=False, cancel_futures=True)


def _register(house: House, settings: Settings, executor: Executor, post: Post) -> None:
    """Name who does which job."""
    house.jobs.register(TURN, Turn(house).run)
    signing = settings.signing(settings.data_folder)
    workers = {
        **invoice_documents.WORKERS,
        **item_documents.WORKERS,
        **reports.WORKERS,
        **privacy.WORKERS,
        **ticket_figures.WORKERS,
        **ReceiptFiles(signing).workers(),
        **Verification(signing, settings.earlier_certificates()).workers(),
    }
    follow_ups = FollowUps(house, workers, executor)
    house.jobs.register(FOLLOW_UP, follow_ups.run)
    # A mail server may be away for long: its letters wait a minute longer each time.
    house.jobs.register(LINK_MAIL, LinkMails(house, post, house.secret).run, attempts=5, wait=30)
    erasing = Erasing(house.database, house.jobs, house.clock, house.conversation_days)
    house.jobs.register(ERASE, erasing.run)
    requests = AccessRequests(house)
    house.jobs.register(LOOK_AT_REQUEST, requests.run)
    house.jobs.repeat("access_requests", requests.pass_on, cron="7 * * * *")
    house.jobs.register(TELL, Telling(house, post).run, attempts=60, wait=60)
    sendings = RegularSendings(house)
    house.jobs.register(SENDING, sendings.send)
    house.jobs.repeat("regular_sendings", sendings.run, cron="* * * * *")
    relay = TicketRelay(house)
    house.jobs.register(RELAY, relay.carry)
    house.jobs.repeat("ticket_reminders", relay.remind, cron="* * * * *")
    anchors = AuditAnchors(house.database, settings.data_folder)
    house.jobs.repeat("audit_anchors", anchors.run, cron="*/5 * * * *")
    house.jobs.repeat("awaited_invoices", AwaitedInvoices(house).run, cron="*/5 * * * *")
    house.jobs.repeat("awaited_receipts", AwaitedReceipts(house).run, cron="*/5 * * * *")
    house.jobs.repeat("receipt_warnings", ReceiptWarnings(house).run, cron="11 7 * * *")
    house.jobs.repeat(
        "retention",
        Retention(house.database, settings.conversation_days, settings.ticket_days, house.clock).run,
        cron="17 * * * *",
    )


def prepare(settings: Settings, progress: Callable[[str], None] | None = None) -> Path:
    """Prepare the model of the catalogue where it is missing or stale."""
    from intents.preparation import prepare as prepare_model

    return prepare_model(settings.data_folder / "model", progress)
