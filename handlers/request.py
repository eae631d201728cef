"""Carry one understood wish to its handler: plain data, nothing of a channel or a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from handlers.session import Session
from intents.entities.mention import Mention
from locales.words import BRUSSELS

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted, by whom and when.

    `entities` are the normal forms said in the message or lent by the conversation; `filled` is the instance of
    the form's model where the intent has a form. `now` is aware; `today` is the day in Brussels (GEN-2).
    """

    intent: str
    session: Session
    now: datetime
    text: str = ""
    entities: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    filled: BaseModel | None = None
    faults: tuple[Mention, ...] = ()
    transcript: tuple[str, ...] = ()

    def wish(self, model: type[Model]) -> Model:
        """Give the form's values as the model that the handler declared."""
        assert isinstance(self.filled, model)
        return self.filled

    @property
    def today(self) -> date:
        """Give the day it is in Brussels."""
        return self.now.astimezone(BRUSSELS).date()
