"""`consult export`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app

from consult import clock
from consult.accounts.actions.log import record
from consult.answering import queries as answering
from consult.consultations.queries import by_slug
from consult.domain import lifecycle
from consult.domain.errors import ConsultError
from consult.extensions import db
from consult.results import export, queries
from consult.storage import writing


def register(cli: click.Group) -> None:
    """Add the command."""

    @cli.command("export")
    @click.argument("slug")
    @click.option("--format", "form", required=True, type=click.Choice(["csv", "xlsx", "ods", "sav", "json", "parquet"]))
    @click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--raw", is_flag=True, help="one row for each settled response: confidential; in production only after closing")
    def write(slug: str, form: str, output: Path, raw: bool) -> None:
        """Write results to a file: released tables (or what would be released), or with --raw the responses themselves."""
        if form in ("ods", "sav", "parquet"):
            raise click.ClickException(f"Results cannot be written as {form} yet: choose csv, xlsx or json.")
        try:
            consultation = by_slug(slug)
        except ConsultError:
            raise click.ClickException(f"There is no consultation “{slug}”.") from None
        if consultation.current is None:
            raise click.ClickException("It has no published questionnaire, so there is nothing to write.")
        if raw:
            write_raw(consultation, form, output)
            return
        release = queries.latest(consultation)
        with current_app.test_request_context("/"):
            if release is not None:
                data = export.released(consultation, queries.questionnaire_of(release), queries.figures_of(release), release)
            else:
                figures, exact = queries.figures(consultation), queries.exact(consultation)
                assert figures is not None and exact is not None
                data = export.released(consultation, exact.questionnaire, figures, None)
            export.write_released(data, form, output)
        click.echo(f"{len(data['cells'])} figures written to {output}")


def write_raw(consultation: object, form: str, output: Path) -> None:
    """The responses, and in a file of their own the comments; logged."""
    from consult.consultations.models import Consultation

    assert isinstance(consultation, Consultation)
    settings, now = current_app.config["CONSULT"], clock.now()
    if settings.production and lifecycle.phase(consultation, now) not in (lifecycle.Phase.CLOSED, lifecycle.Phase.REPORTED):
        raise click.ClickException("Responses can be written when the consultation has closed.")
    if answering.responses(db.session, consultation.id) < settings.min_group:
        raise click.ClickException(f"Fewer than {settings.min_group} responses are counted, so none can be written.")
    headings, rows = export.personal_level(consultation, least=settings.min_group)
    written = export.write_rows(headings, rows, form, output)
    apart = output.with_name(f"{output.stem}-comments{output.suffix}")
    told = export.write_rows(("question", "row", "comment"), export.comments(consultation), form, apart)
    with writing():
        record(None, "export_raw", consultation, now=now, note=f"{written} responses as {form}")
        db.session.commit()
    click.echo(f"{written} responses written to {output}, {told} comments to {apart}. Confidential: personal-level data.")
