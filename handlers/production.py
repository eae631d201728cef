"""Plan a file to be made after the turn: what to read is read here, what burns processor time is only named."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from handlers.desk import Desk
from handlers.session import Session
from locales.phrases import Phrase
from locales.words import BRUSSELS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Task:
    """Promised work whose time has come; the session is read anew, so that a right taken away counts."""

    kind: str
    arguments: Mapping[str, Any]
    session: Session
    now: datetime

    @property
    def language(self) -> str:
        """Give the language that the file is written in."""
        return self.session.language

    @property
    def today(self) -> date:
        """Give the day it is in Brussels (GEN-2)."""
        return self.now.astimezone(BRUSSELS).date()


@dataclass(frozen=True, slots=True)
class Production:
    """How to make a file: a function of `documents` and its arguments, run in a process of its own.

    `right` must still be held in the company when the file is delivered (ACC-6). What concerns no company, `right`
    being empty, is for agents only.
    """

    make: Callable[..., bytes]
    arguments: tuple[Any, ...]
    company_id: int | None
    right: str
    name: Phrase
    media_type: str
    about: Phrase


@dataclass(frozen=True, slots=True)
class NotPossible:
    """Why a promised file cannot be made any more."""

    phrase: Phrase


Worker = Callable[[Task, Desk], Awaitable[Production | NotPossible]]
