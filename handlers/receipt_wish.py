"""Say which receipts are meant: the fields of `receipt.generate`, and the seven days of REC-1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal

from pydantic import BaseModel, field_validator

from handlers.chat import LANGUAGE_NAMES
from handlers.desk import Desk
from handlers.forms.declaration import Field, Option, Refusal, Values
from handlers.forms.reading import fold
from handlers.item_wish import COMPANY, EVERY, OPERATIONAL_ID
from handlers.periods import Period
from handlers.request import Request
from handlers.spans import LABELS, check_span, span_of, week_of
from locales.phrases import as_is, say
from services.receipts import Look, oldest_day_kept

# "3 par page", "2 op een blad", "6 pro Seite": what the understanding does not take for 1 or 4.
A_PAGE = re.compile(
    r"\b(\d{1,2}) (?:par|per|op een|op elk|pro|je|to a|on a|a) (?:page|pagina|blad|seite|a4)\b"
)
MOST_DAYS = 7
MOST_WEEKS = 6
# Paper is spared where nobody says otherwise.
PER_PAGE: Literal[4] = 4
SPANS = ("yesterday", "this_week", "last_week")


class LookWish(BaseModel):
    """How receipts are wanted; what was not said is four to a page, in the language of the chat."""

    receipts_per_page: Literal[1, 4] = PER_PAGE
    document_language: str | None = None

    @field_validator("receipts_per_page", mode="before")
    @classmethod
    def _number(cls, value: Any) -> Any:
        return int(value) if isinstance(value, str) and value.isdigit() else value

    def look(self, language: str) -> Look:
        """Give the look, the chat's language being `language`."""
        return Look(self.receipts_per_page, self.document_language or language)


class ReceiptWish(LookWish):
    """Whose receipts, of which days, and how."""

    company: int | None = None
    operational_id: list[str]
    period: Period

    def codes(self) -> tuple[str, ...]:
        """List the operational IDs; none where all are meant."""
        return () if EVERY in self.operational_id else tuple(dict.fromkeys(self.operational_id))

    def entities(self) -> dict[str, Any]:
        """Give the wish as entities, for a button or for the memory of the conversation."""
        kept = self.model_dump(mode="json", exclude_none=True)
        language = kept.pop("document_language", None)
        return {**kept, "language": language} if language else kept


def days_of(period: Period) -> tuple[date, ...]:
    """List the days of a period."""
    return tuple(period.start + timedelta(days=back) for back in range((period.end - period.start).days + 1))


async def short_spans(request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the periods of at most a week that people count from today (GEN-6)."""
    last = Period(start=request.today - timedelta(days=MOST_DAYS - 1), end=request.today)
    return [
        *(Option(span_of(name, request.today).dump(), LABELS[name]) for name in SPANS),
        Option(last.dump(), say("The last 7 days")),
    ]


def joined(value: Any, _request: Request) -> Any:
    """Take several days that follow one another ("lundi, mardi et mercredi") as one period."""
    if not isinstance(value, list) or not value:
        return value
    periods = sorted(value, key=lambda period: str(period.get("start")))
    for earlier, later in pairwise(periods):
        if date.fromisoformat(later["start"]) > date.fromisoformat(earlier["end"]) + timedelta(days=1):
            return value
    return {"start": periods[0]["start"], "end": max(period["end"] for period in periods)}


def said_per_page(value: Any, request: Request) -> Any:
    """Hear "3 par page" as well: a page that cannot be made is refused, not passed over."""
    said = A_PAGE.search(fold(request.text))
    return int(said[1]) if value is None and said else value


def check_days(value: Any, request: Request) -> Refusal | None:
    """Refuse what is no period, and one of more than seven days with what really works instead (REC-1)."""
    refusal = check_span(value, request)
    if refusal is not None:
        fitting = tuple(option for option in refusal.suggestions if _fits(option.value))
        return Refusal(refusal.phrase, fitting)
    period = Period.model_validate(value)
    # Of what is gone altogether no part is there either: that is said instead (REC-3).
    if len(days_of(period)) <= MOST_DAYS or period.end < oldest_day_kept(request.today):
        return None
    return Refusal(
        say(
            "Receipts cover at most {most} days at a time, and {period} has {count}. Which part shall I take?",
            most=MOST_DAYS,
            period=period.days(),
            count=len(days_of(period)),
        ),
        parts_of(period, request.today),
    )


def parts_of(period: Period, today: date) -> tuple[Option, ...]:
    """Offer the first and the last seven days of a period and its weeks, as far as there can be receipts of them."""
    start, end = max(period.start, oldest_day_kept(today)), min(period.end, today)
    first = Period(start=start, end=min(start + timedelta(days=MOST_DAYS - 1), end))
    last = Period(start=max(end - timedelta(days=MOST_DAYS - 1), start), end=end)
    offers = [
        Option(first.dump(), say("First 7 days: {period}", period=first.days())),
        Option(last.dump(), say("Last 7 days: {period}", period=last.days())),
    ]
    weeks = [week for week in _weeks(start, end) if week not in (first, last)]
    offers += [Option(week.dump(), say("Week: {period}", period=week.days())) for week in weeks[-MOST_WEEKS:]]
    return tuple(offers)


def _weeks(start: date, end: date) -> list[Period]:
    """Split a period at its Mondays."""
    weeks, day = [], start
    while day <= end:
        week = Period(start=day, end=min(week_of(day).end, end))
        weeks.append(week)
        day = week.end + timedelta(days=1)
    return weeks


def _fits(value: Any) -> bool:
    return len(days_of(Period.model_validate(value))) <= MOST_DAYS


async def layouts(_request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer 1 or 4 receipts on a page (REC-1)."""
    return [Option(4, say("4 on a page")), Option(1, say("1 on a page"))]


async def document_languages(_request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the languages of the document."""
    return [Option(code, as_is(name)) for code, name in LANGUAGE_NAMES.items()]


PERIOD = Field(
    "period",
    "period",
    say("Days of hand-over"),
    say("Of which days? At most 7 at a time."),
    options=short_spans,
    adapt=joined,
    check=check_days,
)
PER_PAGE_FIELD = Field(
    "receipts_per_page",
    "choice",
    say("Receipts on a page"),
    say("1 or 4 receipts on an A4 page?"),
    required=False,
    options=layouts,
    adapt=said_per_page,
    # Translators: {value} is a number that the person wrote.
    unknown=say("A page holds 1 or 4 receipts, not {value}."),
)
LANGUAGE = Field(
    "document_language",
    "choice",
    say("Language of the document"),
    say("In which language shall the document be?"),
    entity="language",
    required=False,
    options=document_languages,
)
FIELDS = (COMPANY, OPERATIONAL_ID, PERIOD, PER_PAGE_FIELD, LANGUAGE)
