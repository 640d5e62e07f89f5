"""`consult db upgrade`: bring the database to the shape this version needs."""

from __future__ import annotations

import click
from flask_migrate import upgrade as migrate

from consult.config import ROOT


def head() -> str:
    """The migration this version needs, as pinned in `migrations/head`."""
    return (ROOT / "migrations" / "head").read_text().strip()


def register(cli: click.Group) -> None:
    """Add the commands."""

    @cli.group("db")
    def database() -> None:
        """The database."""

    @database.command("upgrade")
    def upgrade() -> None:
        """Make the tables of a new database, or bring an older one up to date."""
        migrate(revision=head())
        click.echo(f"The database is at {head()}.")
