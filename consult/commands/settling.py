"""`consult settle`, `consult invent`, `consult worker` and `consult audit anonymity`."""

from __future__ import annotations

import json
from datetime import time
from zoneinfo import ZoneInfo

import click
from flask import current_app

from consult import clock, jobs
from consult.answering import jobs as answering
from consult.answering.actions import crossing
from consult.answering.actions import invent as inventing
from consult.answering.actions import settle as settling
from consult.answering.timetable import Boxed, Due, boxed, due
from consult.config import Settings
from consult.consultations.models import Consultation, Revision
from consult.consultations.queries import by_slug
from consult.domain import lifecycle
from consult.extensions import db
from consult.jobs import saving, worker


def register(cli: click.Group) -> None:
    """Add the commands."""

    @cli.command("settle")
    @click.argument("slug", required=False)
    @click.option("--now", is_flag=True, help="Even below the smallest group; refused in production while it is open.")
    def settle(slug: str | None, now: bool) -> None:
        """Count what waits in the box of SLUG, or in every box, without waiting for the timetable."""
        with jobs.only_one(answering.SETTLING) as ours:
            if not ours:
                raise click.ClickException("Answers are being settled already: try again when that is done.")
            boxes = list(boxed(db.session, slug=slug))
            if slug is not None and not boxes:
                raise click.ClickException(f"There is no published consultation called {slug}.")
            for box in boxes:
                outcome = settle_one(box, whatever=now)
                if outcome is not None:
                    told = {"consultation": box.slug, "settled": outcome.settled, "staying": outcome.staying}
                    click.echo(json.dumps(told | ({"unopened": outcome.unopened} if outcome.unopened else {})))

    @cli.command("invent")
    @click.argument("slug")
    @click.option("--count", required=True, type=click.IntRange(1, 100_000_000))
    @click.option("--seed", default=1, show_default=True, type=int)
    def invent(slug: str, count: int, seed: int) -> None:
        """Add COUNT plausible responses to SLUG; refused in production."""
        settings: Settings = current_app.config["CONSULT"]
        if settings.production:
            raise click.ClickException("Responses are never invented in production.")
        click.echo(json.dumps({"consultation": slug, "invented": invent_for(by_slug(slug), count=count, seed=seed)}))

    @cli.command("worker")
    @click.option("--pause", default=worker.PAUSE, show_default=True, help="Seconds between two looks at what is due.")
    def run_worker(pause: float) -> None:
        """Run the sweeps: settle answers, tell people what happened, delete what has expired."""
        worker.run(current_app._get_current_object(), pause=pause)  # type: ignore[attr-defined]

    @cli.group("audit")
    def audit() -> None:
        """Check what is promised."""

    @audit.command("anonymity")
    def anonymity() -> None:
        """Check schema, server settings, key files and logs against the promise; a sentence for each breach."""
        settings: Settings = current_app.config["CONSULT"]
        breaches = answering.audit(lifecycle.day_of(clock.now(), ZoneInfo(settings.time_zone)))
        for breach in breaches:
            click.echo(breach)
        if breaches:
            raise SystemExit(1)
        click.echo("The anonymity promise holds: schema, server settings, key files and logs.")


def settle_one(box: Boxed, *, whatever: bool) -> answering.Outcome | None:
    """Sweep one box now; None when there is nothing to sweep."""
    settings: Settings = current_app.config["CONSULT"]
    now = clock.now()
    over = box.over(now)
    if whatever and settings.production and not over:
        raise click.ClickException(f"{box.slug} is still open: answers under the smallest group cannot be counted yet.")
    wanted = due(box, now, at=time.min, zone=ZoneInfo(settings.time_zone))
    if wanted in (Due.OPEN, Due.REWRITE, Due.DESTROY):
        return answering.act(box, wanted, now=now)
    if box.stage not in ("open", "held") or (box.stage == "held" and not whatever):
        return None
    return answering.sweep(box, now=now, last=over, whatever=whatever)


def invent_for(consultation: Consultation, *, count: int, seed: int) -> int:
    """Invent responses to the newest version of a questionnaire; gives how many."""
    revision: Revision | None = consultation.current
    if revision is None:
        raise click.ClickException(f"{consultation.slug} has no questionnaire that was approved.")
    settings: Settings = current_app.config["CONSULT"]
    setting = inventing.Setting(
        consultation_id=consultation.id,
        revision_id=revision.id,
        definition=revision.definition,
        languages=tuple(revision.languages),
        equality=consultation.equality,
        least=settings.min_group,
        day=lifecycle.day_of(clock.now(), ZoneInfo(settings.time_zone)),
    )
    with saving():
        crossing.begin(db.session, settings.box_keys, consultation.id)
    closing_key = crossing.key_of(db.session, settings.box_keys, consultation.id)
    done = 0
    for rows in inventing.invent(setting, count=count, seed=seed):
        with saving():
            settling.write(db.session, rows, consultation_id=setting.consultation_id)
            if closing_key is not None:
                crossing.add(db.session, rows.both, consultation_id=setting.consultation_id, closing_key=closing_key)
        done += len(rows.responses)
    return done
