"""Run by alembic: the migrations of one line, within the transaction that was begun for them."""

from alembic import context

from kb.records.tables import METADATA

line = context.config.attributes["line"]
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA[line],
    version_table=f"{line}_version",
    render_as_batch=True,  # SQLite alters a table by making it anew
)
with context.begin_transaction():
    context.run_migrations()
