"""Say who asks and what they may see: the part of a request that comes from the person, not from the message."""

from __future__ import annotations

from dataclasses import dataclass
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
class Session:
    """The person, their companies and how to answer them.

    `person` is None where the chat account is not linked (ACC-8): knowledge answers only. `private` is False where
    others can read what is posted (GEN-4).
    """

    account_id: int
    language: str
    person: Person | None = None
    memberships: tuple[Membership, ...] = ()
    private: bool = True

    def companies_with(self, right: str) -> tuple[Membership, ...]:
        """List the companies where this person holds a right (GEN-3)."""
        return tuple(company for company in self.memberships if right in company.rights)
