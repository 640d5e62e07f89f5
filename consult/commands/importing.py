"""`consult import` and `consult questionnaire`."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select

from consult import clock
from consult.consultations import actions
from consult.consultations.models import Consultation
from consult.consultations.queries import by_slug
from consult.domain import lifecycle
from consult.domain.errors import ConsultError
from consult.domain.questionnaire import Questionnaire
from consult.domain.wording import Wording
from consult.engagement.models import Group
from consult.exchange import actions as bringing
from consult.exchange import files
from consult.exchange.losses import Imported, Loss
from consult.exchange.models import Import
from consult.exchange.own import write_own
from consult.exchange.xlsform.writing import write_xlsform
from consult.extensions import db
from consult.publications.questionnaire import readable
from consult.publications.writers import FORMATS, Unavailable
from consult.storage import writing
from consult.web.locale import catalogues

#: How long a consultation opened from the command line stays open unless told.
OPEN_FOR = timedelta(weeks=6)
#: What a questionnaire can be written as, besides documents.
OWN = ("json", "xlsform")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DATE = click.DateTime(["%Y-%m-%d"])


def register(cli: click.Group) -> None:
    """Add the commands."""

    @cli.command("import")
    @click.argument("file", type=FILE)
    @click.option("--group", required=True, help="the group that asks, by its address")
    @click.option("--title", help="instead of the file's own")
    @click.option("--slug", help="the consultation's address; made from the title otherwise")
    @click.option("--closes", type=DATE, help="last day, until 23:59 London; six weeks from now otherwise")
    @click.option("--open", "opens", is_flag=True, help="approve and open at once; refused in production")
    def bring_in(
        file: Path, group: str, title: str | None, slug: str | None, closes: datetime | None, opens: bool
    ) -> None:
        """Make a consultation from a questionnaire, whatever it was made with. Prints JSON.

        XLSForm, LimeSurvey, Qualtrics, SurveyJS, Microsoft Forms, the ONS, a Word document, or our own .json.

        With --open, what could not be brought in is accepted, and the staff log says so.
        """
        if opens and current_app.config["CONSULT"].production:
            raise click.ClickException("A consultation cannot be opened without a second person on the live site.")
        try:
            imported = files.read_path(file, offered=catalogues())
            with writing():
                brought = _begin(imported, file.name, group=group, title=title, slug=slug)
                made = brought.consultation
                if opens and brought.waits:
                    bringing.accept(brought, by=None, now=clock.now())
                _dates(made, closes=closes.date() if closes else None, opens=opens)
                db.session.commit()
        except ConsultError as refusal:
            db.session.rollback()
            raise click.ClickException(refusal.message) from None
        click.echo(json.dumps(_told(made, imported), ensure_ascii=False, indent=1))

    @cli.command("questionnaire")
    @click.argument("slug")
    @click.option("--format", "form", type=click.Choice([*OWN, *FORMATS]), default="json", show_default=True)
    @click.option("--language", help="of a document; the questionnaire's own otherwise")
    @click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
    def give_out(slug: str, form: str, language: str | None, output: Path) -> None:
        """Write a questionnaire to a file: our own JSON, an XLSForm, or a document to read. Prints JSON."""
        if not output.parent.is_dir():
            raise click.ClickException(f"There is no folder {output.parent}.")
        try:
            consultation = by_slug(slug)
        except ConsultError:
            raise click.ClickException(f"There is no consultation “{slug}”.") from None
        current = consultation.current
        questionnaire = current.questionnaire() if current else consultation.questionnaire()
        if questionnaire is None:
            raise click.ClickException("It has no questionnaire yet.")
        losses: tuple[Loss, ...] = ()
        if form == "json":
            content = write_own(questionnaire, Path(current_app.config["CONSULT"].files))
        elif form == "xlsform":
            written = write_xlsform(questionnaire, version=str(current.number if current else 0))
            content, losses = written.content, written.losses
        else:
            content = _document(consultation, questionnaire, form, language or questionnaire.language)
        output.write_bytes(content)
        told = {
            "consultation": consultation.slug,
            "file": str(output),
            "questions": len(questionnaire.question_by_key),
            "losses": [loss.as_json() for loss in losses],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))


def _document(consultation: Consultation, questionnaire: Questionnaire, form: str, language: str) -> bytes:
    if language not in questionnaire.languages:
        there = ", ".join(questionnaire.languages)
        raise click.ClickException(f"It has no words in “{language}”: choose one of {there}.")
    title = consultation.wording("title") or questionnaire.title
    author = Wording(consultation.group.name).to(language).text
    try:
        return FORMATS[form].write(readable(questionnaire, language, title=title, author=author))
    except Unavailable as refusal:
        raise click.ClickException(refusal.message) from None


def _begin(imported: Imported, filename: str, *, group: str, title: str | None, slug: str | None) -> Import:
    now = clock.now()
    asking = db.session.scalar(select(Group).where(Group.slug == group.strip().lower()))
    if asking is None:
        there = ", ".join(db.session.scalars(select(Group.slug).order_by(Group.slug)))
        raise click.ClickException(f"There is no group “{group}”. There are: {there or 'none yet'}.")
    language = imported.definition["language"]
    words = dict.fromkeys(imported.languages, title) if title else imported.definition["title"]
    made = actions.create(group=asking, title=words, slug=slug, language=language, by=None, now=now)
    folder = Path(current_app.config["CONSULT"].files)
    return bringing.bring_in(made, imported=imported, filename=filename, folder=folder, by=None, now=now)


def _dates(made: Consultation, *, closes: date | None, opens: bool) -> None:
    now = clock.now()
    closing = lifecycle.closing_of(closes or lifecycle.day_of(now + OPEN_FOR))
    if opens:
        production = current_app.config["CONSULT"].production
        actions.open_at_once(made, now=now, closes_at=closing, catalogues=catalogues(), production=production)
    elif closes:
        made.closes_at = closing


def _told(made: Consultation, imported: Imported) -> dict[str, object]:
    return {
        "consultation": made.slug,
        "url": f"/consultations/{made.slug}",
        "questions": imported.questions,
        "options": imported.options,
        "languages": list(imported.languages),
        "translations": imported.translations,
        "losses": [loss.as_json() for loss in imported.losses],
    }
