"""Answer `report.schedule` and `report.unschedule`: what is sent regularly, paused, resumed and stopped (REP-3)."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.forms.declaration import Form
from handlers.recurrences import how_often
from handlers.regular_wish import (
    CHANGE_FIELDS,
    CHANGES,
    SUBJECTS,
    ChangeWish,
    RegularFields,
    RegularWish,
    change_summary,
    ids_in_words,
    key_of,
    summary,
)
from handlers.reply import Choice, Choices, Notice, Reply, Saying, Table, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from handlers.spans import LABELS
from locales.phrases import Value, say
from services.recurrence import read_recurrence
from services.schedules import NewSchedule, ScheduleRecord, State

MOST = 20
# Translators: something a customer writes, understood as it stands.
EXAMPLE = say("Every Monday, the report of last week")
STATES: dict[str, State] = {"pause": "paused", "resume": "active", "stop": "stopped"}


class RegularReports:
    """The regular sendings; receipts among them only where this counter makes receipts at all."""

    def __init__(self, others: Router) -> None:
        self._others = others

    def router(self) -> Router:
        """Give the routes of regular sendings."""
        fields = RegularFields(lambda: self._others.find("receipt.generate") is not None)
        schedule = Form(
            "report.schedule",
            say("Regular sending"),
            fields.all(),
            RegularWish,
            summary=summary,
            confirm_label=say("Send regularly"),
        )
        change = Form(
            "report.change", say("Regular sending"), CHANGE_FIELDS, ChangeWish, summary=change_summary
        )
        router = Router()
        router.add("report.schedule", form=schedule, right="transactions")(begin)
        router.add("report.unschedule", right="transactions")(show_all)
        router.add("report.change", form=change, right="transactions")(change_one)
        return router


async def begin(request: Request, desk: Desk) -> Reply:
    """Note a regular sending and say when the first one comes; each company's is a sending of its own."""
    wanted = await _wanted(request, desk)
    known = await desk.schedules.list_all()
    new = [wish for wish in wanted if wish not in {record.wish for record in known}]
    if not new:
        return reply(Notice(say("You already receive exactly this.")), _see_all(), remember={})
    if len(known) + len(new) > MOST:
        return reply(
            Notice(
                say("You already have {count} regular sendings; please stop one first.", count=len(known))
            ),
            _see_all(),
            remember={},
        )
    begun = [await desk.schedules.add(wish, request.now) for wish in new]
    assert begun[0].next_at is not None
    return reply(
        Notice(say("Noted. The first sending comes on {moment}.", moment=begun[0].next_at), "success"),
        _see_all(),
        remember={},
    )


async def show_all(_request: Request, desk: Desk) -> Reply:
    """List the person's regular sendings, each with what can be done with it."""
    records = await desk.schedules.list_all()
    if not records:
        return reply(
            Text(say("Nothing is sent to you regularly.")),
            Choices((Choice(EXAMPLE, Saying(EXAMPLE)),), say("You can ask for it, for example:")),
        )
    return reply(
        Table(
            say("Your regular sendings"),
            (say("What"), say("How often"), say("Period"), say("Operational ID"), say("Next sending")),
            tuple(_row(record) for record in records),
            tuple(_changes(record) for record in records),
        )
    )


async def change_one(request: Request, desk: Desk) -> Reply:
    """Pause, resume or stop one sending."""
    wish = request.wish(ChangeWish)
    record = await desk.schedules.change(wish.schedule_id, STATES[wish.change], request.now)
    if record is None:
        return reply(Notice(say("This sending has been stopped already."), "warning"), remember={})
    if record.state == "stopped":
        done = say("Stopped: nothing more is sent.")
    elif record.next_at is None:
        done = say("Paused: nothing is sent until you resume it.")
    else:
        done = say("Resumed. The next sending comes on {moment}.", moment=record.next_at)
    return reply(Notice(done, "success"), _see_all(), remember={})


async def _wanted(request: Request, desk: Desk) -> list[NewSchedule]:
    """Divide what is wanted by company: a right may be lost in one and held in the other."""
    wish = request.wish(RegularWish)
    assert request.session.person is not None
    codes = wish.codes()
    own = await desk.items.operational_ids(wish.company)
    chosen = [known for known in own if not codes or known.code in codes]
    return [
        NewSchedule(
            company_id=company_id,
            user_id=request.session.person.id,
            conversation_id=desk.conversation_id,
            subject=wish.subject,
            recurrence=wish.recurrence,
            span=wish.span,
            operational_ids=tuple(known.code for known in chosen if codes and known.company_id == company_id),
            item_types=tuple(sorted(wish.item_type)),
            language=request.session.language,
        )
        for company_id in sorted({known.company_id for known in chosen})
    ]


def _see_all() -> Choices:
    return Choices((Choice(say("See my regular sendings"), Wish("report.unschedule")),))


def _row(record: ScheduleRecord) -> tuple[Value, ...]:
    wish = record.wish
    return (
        SUBJECTS[wish.subject],
        how_often(read_recurrence(wish.recurrence)),
        LABELS[wish.span],
        ids_in_words(wish.operational_ids),
        say("paused") if record.next_at is None else record.next_at,
    )


def _changes(record: ScheduleRecord) -> tuple[Choice, ...]:
    names = ("pause", "stop") if record.state == "active" else ("resume", "stop")
    return tuple(
        Choice(CHANGES[name], Wish("report.change", {"schedule": key_of(record), "change": name}))
        for name in names
    )
