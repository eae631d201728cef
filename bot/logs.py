"""Write logs as JSON lines, without personal data: ids and names of steps, never what people say."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

Event = MutableMapping[str, Any]


def set_up_logs(level: str, out: TextIO | None = None) -> None:
    """Send the house's own logs and the libraries' warnings to standard error, both as JSON."""
    stream = out or sys.stderr
    lines: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        say_where,
    ]
    foreign = logging.StreamHandler(stream)
    foreign.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[name_event, *lines],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[foreign], force=True)
    # Procrastinate logs the arguments of each job; they are ids, but a line a job is too many.
    logging.getLogger("procrastinate").setLevel(logging.ERROR)
    structlog.configure(
        processors=[*lines, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )


def name_event(_logger: Any, _method: str, event: Event) -> Event:
    """Name which library speaks, and keep its sentence as it was written, without what it would have filled in."""
    record = event["_record"]
    event["library"] = record.name
    # Further lines show objects and what they hold.
    event["event"] = str(record.msg).partition("\n")[0][:200]
    # Our services name the kind of an error or a job's id this way.
    event.update({name: getattr(record, name) for name in ("error", "job") if hasattr(record, name)})
    return event


def say_where(_logger: Any, _method: str, event: Event) -> Event:
    """Turn an exception into its kinds and the places it passed; its message may hold what somebody wrote."""
    found = event.pop("exc_info", None)
    error = found[1] if isinstance(found, tuple) else found
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["exception"] = [_describe(link) for link in _chain(error)]
    return event


def _chain(error: BaseException) -> list[BaseException]:
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in links:
        links.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return links


def _describe(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "type": type(error).__name__,
        "places": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
