"""`consult import` and `consult questionnaire`."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select

from consult import clock
from consult.accounts.actions.log import record
from consult.consultations import actions
from consult.consultations.queries import by_slug
from consult.domain import lifecycle
from consult.domain.errors import ConsultError
from consult.domain.questionnaire import as_json
from consult.engagement.models import Group
from consult.exchange import files
from consult.extensions import db
from consult.storage import writing
from consult.web.locale import catalogues

#: How long a consultation opened from the command line stays open unless told.
OPEN_FOR = timedelta(weeks=6)


def register(cli: click.Group) -> None:
    """Add the commands."""

    @cli.command("import")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--group", required=True, help="the group that asks, by its address")
    @click.option("--title", help="instead of the file's own")
    @click.option("--slug", help="the consultation's address; made from the title otherwise")
    @click.option("--closes", type=click.DateTime(["%Y-%m-%d"]), help="last day, until 23:59 London; six weeks from now otherwise")
    @click.option("--open", "opens", is_flag=True, help="approve and open at once what is complete; refused in production")
    def bring_in(file: Path, group: str, title: str | None, slug: str | None, closes: date | None, opens: bool) -> None:
        """Make a consultation from a questionnaire: .xlsx or .xls (XLSForm) or our own .json. Prints what was kept and lost."""
        settings, now = current_app.config["CONSULT"], clock.now()
        if opens and settings.production:
            raise click.ClickException("A consultation cannot be opened without a second person on the live site.")
        try:
            imported = files.read_file(file.read_bytes(), file.name)
            with writing():
                asking = db.session.scalar(select(Group).where(Group.slug == group))
                if asking is None:
                    raise click.ClickException(f"There is no group “{group}”.")
                language = imported.definition["language"]
                words = {language: title} if title else imported.definition["title"]
                made = actions.create(group=asking, title=words, slug=slug, language=language, by=None, now=now)
                actions.save_definition(made, definition=imported.definition, by=None, now=now)
                closing = lifecycle.closing_of(closes.date() if hasattr(closes, "date") else closes) if closes else lifecycle.closing_of(lifecycle.day_of(now + OPEN_FOR))
                if opens:
                    actions.open_at_once(made, now=now, closes_at=closing, catalogues=catalogues(), production=settings.production)
                else:
                    made.closes_at = closing if closes else None
                record(None, "import_questionnaire", made, now=now, note=file.name[:100])
                files.keep_report(settings.files, made.id, file.name, imported)
                db.session.commit()
        except ConsultError as refusal:
            db.session.rollback()
            raise click.ClickException(refusal.message) from None
        click.echo(
            json.dumps(
                {
                    "consultation": made.slug,
                    "url": f"/consultations/{made.slug}",
                    "questions": imported.questions,
                    "languages": list(imported.languages),
                    "losses": [loss.as_json() for loss in imported.losses],
                },
                ensure_ascii=False,
                indent=1,
            )
        )

    @cli.command("questionnaire")
    @click.argument("slug")
    @click.option("--format", "form", type=click.Choice(["json", "xlsform"]), default="json", show_default=True)
    @click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
    def give_out(slug: str, form: str, output: Path) -> None:
        """Write a consultation's questionnaire to a file, as our own JSON. Other formats cannot be written yet."""
        if form != "json":
            raise click.ClickException("Questionnaires can only be written as JSON so far.")
        try:
            consultation = by_slug(slug)
        except ConsultError:
            raise click.ClickException(f"There is no consultation “{slug}”.") from None
        current = consultation.current
        questionnaire = current.questionnaire() if current else consultation.questionnaire()
        if questionnaire is None:
            raise click.ClickException("It has no questionnaire yet.")
        output.write_text(json.dumps(as_json(questionnaire), ensure_ascii=False, indent=1), encoding="utf-8")
        click.echo(f"{len(questionnaire.question_by_key)} questions written to {output}")
