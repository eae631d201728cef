"""Carry one understood wish to its handler: plain data, nothing of a channel or a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from handlers.session import Session
from intents.entities.mention import Mention
from locales.words import BRUSSELS


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted, by whom and when.

    `entities` are the normal forms said in the message or lent by the conversation; `values` are the form's checked
    values where the intent has a form. `now` is aware; `today` is the day in Brussels (GEN-2).
    """

    intent: str
    session: Session
    now: datetime
    text: str = ""
    entities: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    faults: tuple[Mention, ...] = ()
    transcript: tuple[str, ...] = ()

    @property
    def today(self) -> date:
        """Give the day it is in Brussels."""
        return self.now.astimezone(BRUSSELS).date()
