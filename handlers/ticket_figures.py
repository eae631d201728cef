"""Give the team leader the figures of the requests, as a picture and a workbook (TIC-2)."""

from __future__ import annotations

from datetime import date, timedelta

from documents.ticket_figures import FigureRow, figures_picture, figures_workbook
from handlers.desk import Desk
from handlers.production import XLSX, NotPossible, Production, Task, Worker
from handlers.reply import Progress, Reply, Text, Work, reply
from handlers.request import Request
from handlers.router import Router
from handlers.ticket_desk import at_desk
from handlers.ticket_words import subject_name
from locales.phrases import as_is, say
from locales.words import words_of
from services.ticket_figures import TicketFigures, ticket_figures

router = Router()
USUAL_DAYS, MOST_DAYS = 30, 366
PICTURE, WORKBOOK = "ticket.figures.picture", "ticket.figures.workbook"


@router.add("ticket.figures", agent=True)
async def figures(request: Request, desk: Desk) -> Reply:
    """Promise the figures of the last days, today included."""
    said = request.entities.get("days")
    days = min(max(said, 1), MOST_DAYS) if isinstance(said, int) else USUAL_DAYS
    start, end = request.today - timedelta(days=days - 1), request.today
    if not await _read(desk, start, end):
        return reply(Text(say("There were no requests in this time.")))
    arguments = {"start": start.isoformat(), "end": end.isoformat()}
    return reply(
        Progress(say("The figures of the last {days} days follow: a picture and a workbook.", days=days)),
        work=(Work(PICTURE, arguments), Work(WORKBOOK, arguments)),
        remember={},
    )


async def plan_picture(task: Task, desk: Desk) -> Production | NotPossible:
    """Plan the picture, with what it shows in words for whoever cannot see it."""
    planned = await _planned(task, desk)
    if isinstance(planned, NotPossible):
        return planned
    rows, start, end = planned
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.subject] = counts.get(row.subject, 0) + row.count
    shown = [as_is(f"{name} {count}") for name, count in counts.items()]
    return Production(
        figures_picture,
        (rows, start, end, task.language),
        None,
        "",
        as_is(f"{start}-{end}.png"),
        "image/png",
        say("Requests by subject, last {days} days: {counts}.", days=(end - start).days + 1, counts=shown),
    )


async def plan_workbook(task: Task, desk: Desk) -> Production | NotPossible:
    """Plan the workbook."""
    planned = await _planned(task, desk)
    if isinstance(planned, NotPossible):
        return planned
    rows, start, end = planned
    return Production(
        figures_workbook,
        (rows, start, end, task.language),
        None,
        "",
        # Translators: the name of a file, without spaces or accents.
        say("requests-{start}-{end}.xlsx", start=start.isoformat(), end=end.isoformat()),
        XLSX,
        say(
            "Figures of the requests of the last {days} days, by subject and language.",
            days=(end - start).days + 1,
        ),
    )


async def _planned(task: Task, desk: Desk) -> tuple[tuple[FigureRow, ...], date, date] | NotPossible:
    if desk.queue is None:
        return NotPossible(say("Only colleagues of the Service Centre can do that."))
    start = date.fromisoformat(task.arguments["start"])
    end = date.fromisoformat(task.arguments["end"])
    return tuple(_row(figure, task.language) for figure in await _read(desk, start, end)), start, end


async def _read(desk: Desk, start: date, end: date) -> tuple[TicketFigures, ...]:
    async with at_desk(desk).at_work() as session:
        return await ticket_figures(session, desk.calendar, desk.ticket_times, start, end)


def _row(figure: TicketFigures, language: str) -> FigureRow:
    return FigureRow(
        # Written here: what goes to another process is plain data.
        words_of(language).write(subject_name(figure.subject)),
        figure.language,
        figure.count,
        figure.first_answer_hours,
        figure.solved,
        figure.solved_in_time,
        figure.rating,
    )


WORKERS: dict[str, Worker] = {PICTURE: plan_picture, WORKBOOK: plan_workbook}
