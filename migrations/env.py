"""How migrations run: in one transaction, on the application's own engine."""

from alembic import context
from sqlalchemy.engine import Connection

from consult.extensions import db
from consult.storage import writing


def foreign_keys(connection: Connection, wanted: str) -> None:
    """Switch SQLite's checks, outside a transaction: a table that is made anew would take its children's rows along."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute(f"PRAGMA foreign_keys={wanted}")


def run() -> None:
    """Bring the database to the wanted version; refuses to leave rows that point at nothing."""
    with db.engine.connect() as connection:
        foreign_keys(connection, "OFF")
        try:
            with writing():
                context.configure(
                    connection=connection,
                    target_metadata=db.metadata,
                    render_as_batch=True,
                    transactional_ddl=True,
                )
                with context.begin_transaction():
                    context.run_migrations()
                    if connection.dialect.name == "sqlite":
                        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                        assert not broken, f"a migration left rows that point at nothing: {broken[:3]}"
        finally:
            foreign_keys(connection, "ON")


run()
