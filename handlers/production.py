"""Plan a file to be made after the turn: what to read is read here, what burns processor time is only named."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from handlers.desk import Desk
from handlers.reply import Block
from handlers.session import Session
from locales.phrases import Phrase
from locales.words import BRUSSELS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
ZIP = "application/zip"
# Stands for a right where a file holds what concerns nobody but the person who gets it.
OWN = "own"
CER = "application/pkix-cert"


@dataclass(frozen=True, slots=True)
class Task:
    """Promised work whose time has come; the session is read anew, so that a right taken away counts.

    `now` is when it was asked for; `waited` is how long that was ago: work that has to wait is tried again later.
    `promise_id` is the promise that it keeps.
    """

    kind: str
    arguments: Mapping[str, Any]
    session: Session
    now: datetime
    waited: timedelta = timedelta(0)
    promise_id: int = 0

    @property
    def language(self) -> str:
        """Give the language that the file is written in."""
        return self.session.language

    @property
    def today(self) -> date:
        """Give the day it is in Brussels (GEN-2)."""
        return self.now.astimezone(BRUSSELS).date()

    @property
    def making_at(self) -> datetime:
        """Give the moment at which it is done, counted on from that of asking."""
        return self.now + self.waited


@dataclass(frozen=True, slots=True)
class Production:
    """How to make a file: a function of `documents` and its arguments, run in a process of its own.

    `right` must still be held in the company when the file is delivered (ACC-6); with None, who belongs to it may have
    the file. What concerns no company is for agents only, or, with `OWN` for the right, for the person it is about.
    `made` is the file itself where it is there already; `keep` writes a new one into the records, before it is
    delivered; no copy of it is kept longer than `kept_for`.
    """

    make: Callable[..., bytes]
    arguments: tuple[Any, ...]
    company_id: int | None
    right: str | None
    name: Phrase
    media_type: str
    about: Phrase
    made: bytes | None = None
    keep: Callable[[Desk, bytes], Awaitable[None]] | None = None
    kept_for: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Productions:
    """Several files that are delivered together, with what is said after them when they are there."""

    files: tuple[Production, ...]
    then: Callable[[Desk], Awaitable[tuple[Block, ...]]] | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """How to look at something in a process of its own, what to say of it, and what to put away afterwards."""

    make: Callable[..., Any]
    arguments: tuple[Any, ...]
    tell: Callable[[Any], tuple[Block, ...]]
    after: Callable[[Desk], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class NotPossible:
    """Why a promised file cannot be made any more."""

    phrase: Phrase


Plan = Production | Productions | Inspection | NotPossible
Worker = Callable[[Task, Desk], Awaitable[Plan]]
