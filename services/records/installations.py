"""Record the workspaces of chat platforms that installed us."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Record


class Installation(Record):
    """A workspace that has us; `sealed` holds its token, readable with our secret key only."""

    __tablename__ = "installations"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    workspace: Mapped[str] = mapped_column(String(80), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    installed_at: Mapped[datetime]
