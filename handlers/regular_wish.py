"""Say what is to be sent regularly: the fields of `report.schedule` and of its changes (REP-3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel

from handlers.desk import Desk
from handlers.forms.declaration import Field, Option, Refusal, Values
from handlers.forms.reading import fold
from handlers.item_wish import COMPANY, EVERY, ITEM_TYPE, OPERATIONAL_ID
from handlers.recurrences import definite, how_often, recurrences
from handlers.request import Request
from handlers.spans import LABELS, name_of
from locales.names import ITEM_NAMES
from locales.phrases import Phrase, Value, say
from services.recurrence import read_recurrence
from services.schedules import ScheduleRecord

SUBJECTS: Mapping[str, Phrase] = MappingProxyType(
    {
        # Translators: what is sent regularly.
        "report": say("Report"),
        # Translators: what is sent regularly.
        "receipts": say("Deposit receipts"),
    }
)
# How customers call the two; a message that holds neither is asked back.
RECEIPTS = re.compile(r"recepisse|recus |afgiftebewij|ontvangstbewij|receipt|proof|einlieferung|quittung")
REPORT = re.compile(r"rapport|report|verslag|bericht|overzicht|releve|liste|lijst|ubersicht")
# Nothing of the day itself is known yet when a sending goes out in the morning.
SPANS = (
    "yesterday",
    "last_week",
    "last_month",
    "last_quarter",
    "last_year",
    "this_week",
    "this_month",
    "this_quarter",
    "this_year",
)
# Receipts cover at most seven days (REC-1).
SHORT = frozenset({"yesterday", "last_week", "this_week"})
CHANGES: Mapping[str, Phrase] = MappingProxyType(
    {
        # Translators: a button: nothing is sent for a while.
        "pause": say("Pause"),
        # Translators: a button: what was paused is sent again.
        "resume": say("Resume"),
        # Translators: a button: nothing is sent any more.
        "stop": say("Stop"),
    }
)


class RegularWish(BaseModel):
    """What is to be sent, how often, and which period each sending covers."""

    subject: Literal["report", "receipts"]
    company: int | None = None
    operational_id: list[str]
    item_type: list[str] = []
    recurrence: str
    span: str

    def codes(self) -> tuple[str, ...]:
        """List the operational IDs; none where all are meant."""
        return () if EVERY in self.operational_id else tuple(self.operational_id)


class ChangeWish(BaseModel):
    """Which sending is to be changed, and how."""

    schedule: str
    change: Literal["pause", "resume", "stop"]

    @property
    def schedule_id(self) -> int:
        """Give the sending's number."""
        return int(self.schedule.split(":", 1)[0])


class RegularFields:
    """The fields of a regular sending; `makes_receipts` tells whether receipts can be had here."""

    def __init__(self, makes_receipts: Callable[[], bool]) -> None:
        self._makes_receipts = makes_receipts

    def all(self) -> tuple[Field, ...]:
        """List the fields in the order in which they are asked."""
        return (
            Field(
                "subject",
                "choice",
                say("What"),
                say("What shall I send you?"),
                options=subjects,
                adapt=said_subject,
                check=self.check_subject,
            ),
            COMPANY,
            OPERATIONAL_ID,
            ITEM_TYPE,
            Field(
                "recurrence",
                "choice",
                say("How often"),
                say("How often shall I send it?"),
                options=recurrences,
                adapt=definite,
                unknown=say("I cannot send anything in that rhythm."),
            ),
            Field(
                "span",
                "choice",
                say("Period"),
                say("Which period, counted from the day of each sending?"),
                entity="period",
                options=spans_to_send,
                adapt=name_of,
                unknown=say("What is sent regularly covers a period that is counted from its day."),
            ),
        )

    def check_subject(self, value: Any, _request: Request) -> Refusal | None:
        """Say plainly that receipts are not sent regularly where none are made."""
        if value != "receipts" or self._makes_receipts():
            return None
        return Refusal(
            say("I cannot send deposit receipts regularly yet. Shall I send a report of the same items?"),
            (Option("report", SUBJECTS["report"]),),
        )


def said_subject(value: Any, request: Request) -> Any:
    """Hear in the message whether a report or receipts are meant."""
    text = f"{fold(request.text)} "
    if RECEIPTS.search(text):
        return "receipts"
    return "report" if REPORT.search(text) else value


async def subjects(_request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer what can be sent."""
    return [Option(code, name) for code, name in SUBJECTS.items()]


async def spans_to_send(_request: Request, _desk: Desk, values: Values) -> Sequence[Option]:
    """Offer the periods that a sending can cover; receipts reach back a week at most."""
    too_long = say("Deposit receipts cover at most seven days.")
    only_short = values.get("subject") == "receipts"
    return [
        Option(name, LABELS[name], too_long if only_short and name not in SHORT else None) for name in SPANS
    ]


def summary(values: Values) -> tuple[tuple[Phrase, Value], ...]:
    """Sum a regular sending up before it is begun (CNV-2)."""
    rows: list[tuple[Phrase, Value]] = [
        (say("What"), SUBJECTS[values["subject"]]),
        (say("Operational ID"), ids_in_words(values["operational_id"])),
    ]
    if values.get("item_type"):
        rows.append((say("Type"), [ITEM_NAMES[code] for code in values["item_type"]]))
    rows.append((say("How often"), how_often(read_recurrence(values["recurrence"]))))
    rows.append((say("Period"), LABELS[values["span"]]))
    return tuple(rows)


def ids_in_words(codes: Sequence[str]) -> Value:
    """Write the operational IDs of a sending."""
    return say("All operational IDs") if not codes or EVERY in codes else list(codes)


async def own_schedules(_request: Request, desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the person's regular sendings."""
    return [
        Option(
            key_of(record),
            # Translators: one of the regular sendings: what, and how often.
            say(
                "{what}, {often}",
                what=SUBJECTS[record.wish.subject],
                often=how_often(read_recurrence(record.wish.recurrence)),
            ),
        )
        for record in await desk.schedules.list_all()
    ]


def key_of(record: ScheduleRecord) -> str:
    """Name a sending by its number and by what its summary says, which is made without the records."""
    return f"{record.id}:{record.wish.subject}:{record.wish.span}:{record.wish.recurrence}"


async def changes(_request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer what can be done with a regular sending."""
    return [Option(code, name) for code, name in CHANGES.items()]


def change_summary(values: Values) -> tuple[tuple[Phrase, Value], ...]:
    """Sum a change up before it is made (CNV-2)."""
    _number, subject, span, recurrence = values["schedule"].split(":", 3)
    return (
        (say("What"), SUBJECTS[subject]),
        (say("How often"), how_often(read_recurrence(recurrence))),
        (say("Period"), LABELS[span]),
        (say("Requested change"), CHANGES[values["change"]]),
    )


CHANGE_FIELDS = (
    Field(
        "schedule",
        "choice",
        say("Regular sending"),
        say("Which regular sending?"),
        options=own_schedules,
        unknown=say("This sending has been stopped already."),
    ),
    Field("change", "choice", say("Requested change"), say("What shall I do with it?"), options=changes),
)
