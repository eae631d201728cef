"""Run the migrations on the connection that `services.schema` hands over."""

from alembic import context

from services.records import Record

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Record.metadata, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
