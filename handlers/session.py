"""Say who asks and what they may see: the part of a request that comes from the person, not from the message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Right = Literal["invoices", "transactions", "distripost", "users", "admin"]


@dataclass(frozen=True, slots=True)
class Membership:
    """A company that a person works for, with the rights held there (ACC-6)."""

    company_id: int
    company_name: str
    rights: frozenset[str]
    links_only: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A portal user behind a chat account."""

    id: int
    name: str
    email: str
    is_agent: bool = False


@dataclass(frozen=True, slots=True)
class OnBehalfWork:
    """For whom an agent works now, until when if nothing more is asked (ACC-10); over, it is only told of."""

    id: int
    customer_id: int | None
    customer_name: str
    ends_at: datetime
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """The person, their companies and how to answer them.

    `person` is None where the chat account is not linked (ACC-8): knowledge answers only. `private` is False where
    others can read what is posted (GEN-4). While an agent works on a customer's behalf, `person` stays the agent and
    `memberships` are the customer's (ACC-10).
    """

    account_id: int
    language: str
    person: Person | None = None
    memberships: tuple[Membership, ...] = ()
    private: bool = True
    on_behalf: OnBehalfWork | None = None

    @property
    def is_on_behalf(self) -> bool:
        """Tell whether an agent works for a customer here."""
        return self.on_behalf is not None and not self.on_behalf.is_over

    @property
    def is_agent_at_work(self) -> bool:
        """Tell an agent with an agent's own rights: not one who works for a customer."""
        return self.person is not None and self.person.is_agent and not self.is_on_behalf

    def companies_with(self, right: str) -> tuple[Membership, ...]:
        """List the companies where this person holds a right (GEN-3)."""
        return tuple(company for company in self.memberships if right in company.rights)
