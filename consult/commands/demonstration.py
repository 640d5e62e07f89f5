"""`consult demo`: a believable county to try the product on."""

from __future__ import annotations

import click
from flask import current_app
from sqlalchemy import select

from consult import clock
from consult.accounts.models import Account
from consult.answering import jobs as answering
from consult.answering.timetable import boxed
from consult.commands.settling import invent_for, settle_one
from consult.consultations.models import Consultation
from consult.demonstration import load, nursing, telephones
from consult.extensions import db
from consult.jobs import saving
from consult.results import actions as results
from consult.results import jobs as opening
from consult.results import queries
from consult.storage import writing

SEED = 7


def register(cli: click.Group) -> None:
    """Add the command."""

    @cli.command("demo")
    def demo() -> None:
        """Load the Dorset demonstration; running it twice changes nothing. Refused in production."""
        if current_app.config["CONSULT"].production:
            raise click.ClickException("The demonstration is not for the live site.")
        now = clock.now()
        with writing():
            load.organisation(now)
            found = load.groups(now)
            staff = load.people(found, now)
            made = [(one.slug, count) for one, count in load.four_consultations(found, staff, now)]
            db.session.commit()
        for slug, count in made:
            if count:
                consultation = db.session.scalars(select(Consultation).where(Consultation.slug == slug)).one()
                invent_for(consultation, count=count, seed=SEED)
        for slug in (telephones.SLUG, nursing.SLUG):
            settle_whole(slug)
            opening.open_arrays()
            publish(slug)
        with saving():
            load.answer_back({role: _account(email) for email, _name, role, _group in load.PEOPLE}, now)
        click.echo("The Dorset demonstration is loaded." if made else "The Dorset demonstration was loaded already.")


def settle_whole(slug: str) -> None:
    """Close the box of a consultation that has closed: open it, sweep it and write its rows anew."""
    for _step in range(4):
        for box in list(boxed(db.session, slug=slug)):
            if box.stage is None:
                answering.open_box(box, now=clock.now())
            else:
                settle_one(box, whatever=False)


def publish(slug: str) -> None:
    """Publish the results of a closed consultation, once."""
    with saving():
        consultation = db.session.scalars(select(Consultation).where(Consultation.slug == slug)).one()
        if queries.latest(consultation) is None:
            load.population(consultation, _account("commissioner@example.org"), clock.now())
            results.publish(consultation, by=_account("commissioner@example.org"), now=clock.now())


def _account(email: str) -> Account:
    return db.session.scalars(select(Account).where(Account.email == email)).one()
