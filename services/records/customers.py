"""Record who the customers are: companies, contracts, cost centres, operational IDs, portal users and rights."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.records.base import Key, Record


class Company(Record):
    """A customer of Collect & Stamp or Distripost.

    `links_only`: its chats carry no files, only links that expire (GEN-4). `is_demo` marks invented data.
    """

    __tablename__ = "companies"

    id: Mapped[Key]
    name: Mapped[str]
    enterprise_number: Mapped[str | None] = mapped_column(String(10), unique=True)
    city: Mapped[str] = mapped_column(default="")
    links_only: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)


class Contract(Record):
    """A Collect & Stamp contract of a company."""

    __tablename__ = "contracts"

    id: Mapped[Key]
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    signed_on: Mapped[date]


class CostCentre(Record):
    """A cost centre of a contract, named by its PRS number: one invoice a month each (INV-3)."""

    __tablename__ = "cost_centres"

    id: Mapped[Key]
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    prs: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str]

    operational_ids: Mapped[list[OperationalId]] = relationship(back_populates="cost_centre", lazy="raise")


class OperationalId(Record):
    """The code on bags and trays: CS and twelve digits (GEN-7)."""

    __tablename__ = "operational_ids"
    __table_args__ = (CheckConstraint("code ~ '^CS[0-9]{12}$'", name="form"),)

    id: Mapped[Key]
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    cost_centre_id: Mapped[int] = mapped_column(ForeignKey("cost_centres.id"), index=True)
    code: Mapped[str] = mapped_column(String(14), unique=True)
    name: Mapped[str] = mapped_column(default="")

    cost_centre: Mapped[CostCentre] = relationship(back_populates="operational_ids", lazy="raise")


class PortalUser(Record):
    """A person with an account on the portal; agents work for the Service Centre.

    `agent_rights` are what an agent may do beyond the counter: `audit` reads the audit log.
    """

    __tablename__ = "portal_users"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str | None] = mapped_column(String(2))
    is_agent: Mapped[bool] = mapped_column(default=False)
    agent_rights: Mapped[list[str]] = mapped_column(ARRAY(String(20)), default=list, server_default="{}")
    left_at: Mapped[datetime | None]


class Membership(Record):
    """A person's rights in one company (ACC-4 to ACC-6); a new one has none (ACC-5)."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("user_id", "company_id"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("portal_users.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    rights: Mapped[list[str]] = mapped_column(ARRAY(String(20)), default=list)
