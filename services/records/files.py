"""Record the files made for customers, so that any process can hand them out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Record


class StoredFile(Record):
    """A file for one person, kept until `expires_at`; without a company it is that person's alone."""

    __tablename__ = "files"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("portal_users.id"))
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
