"""`consult accounts add`: the first administrator of a new site, and anybody else."""

from __future__ import annotations

import sys

import click

from consult import clock
from consult.accounts import actions
from consult.accounts.models import ROLES
from consult.domain.errors import Missing, Rejected
from consult.engagement.queries import group_by_slug
from consult.extensions import db
from consult.storage import writing


def register(cli: click.Group) -> None:
    """Add the commands."""

    @cli.group("accounts")
    def accounts() -> None:
        """Accounts of staff and promoters."""

    @accounts.command("add")
    @click.argument("email")
    @click.option("--role", required=True, type=click.Choice(ROLES))
    @click.option("--group", "slug", default=None, help="The group the role holds in; without it: in all groups.")
    @click.option("--name", default="", help="What colleagues call them.")
    def add(email: str, role: str, slug: str | None, name: str) -> None:
        """Add an account; the password is asked for, or read from standard input."""
        password = ask_password()
        with writing():
            try:
                group_id = group_by_slug(slug).id if slug else None
                actions.add_account(
                    email=email, name=name, role=role, group_id=group_id, password=password, by=None, now=clock.now()
                )
            except (Rejected, Missing) as refusal:
                db.session.rollback()
                raise click.ClickException(f"{refusal.message}.".replace("..", ".")) from None
            db.session.commit()
        click.echo(f"{email} can sign in as {role}.")


def ask_password() -> str:
    """Typed twice at a terminal; otherwise the first line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt="The same again"))
    return sys.stdin.readline().rstrip("\r\n")
