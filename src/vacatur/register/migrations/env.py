"""Run by Alembic for each of its commands: works on the connection, and in the transaction, that it is handed."""

from alembic import context

from vacatur.register.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
