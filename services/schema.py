"""Bring the database's schema up to date with the migrations."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from services.database import sqlalchemy_address

# Two processes that start together must not both migrate: the second waits for this lock and finds it done.
MIGRATION_LOCK = 0x6775_6963


def migrate(address: str) -> None:
    """Run the migrations that the database has not had yet; one process at a time."""
    config = configuration()
    engine = create_engine(sqlalchemy_address(address))
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATION_LOCK})")
            connection.commit()
            if MigrationContext.configure(connection).get_current_revision() != head(config):
                connection.rollback()
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
            connection.rollback()
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({MIGRATION_LOCK})")
            connection.commit()
    finally:
        engine.dispose()


def head(config: Config) -> str | None:
    """Name the newest migration."""
    return ScriptDirectory.from_config(config).get_current_head()


def configuration() -> Config:
    """Point Alembic at the migrations that ship with the application."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
