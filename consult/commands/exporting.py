"""`consult export`."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask import current_app

from consult import clock
from consult.accounts.actions.log import record
from consult.accounts.queries import organisation
from consult.config import Settings
from consult.consultations.models import Consultation
from consult.consultations.queries import by_slug
from consult.extensions import db
from consult.jobs import saving
from consult.publications.downloads import ROWS, files
from consult.results import export, queries
from consult.web.page import plain


def register(cli: click.Group) -> None:
    """Add the command."""

    @cli.command("export")
    @click.argument("slug")
    @click.option("--format", "form", required=True, type=click.Choice(list(ROWS)))
    @click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--raw", is_flag=True, help="One row for each settled response: confidential personal-level data.")
    def write(slug: str, form: str, output: Path, raw: bool) -> None:
        """Write the results of SLUG: released tables (or what would be released), or with --raw the responses."""
        if not output.parent.is_dir():
            raise click.ClickException(f"There is no folder {output.parent}.")
        consultation = by_slug(slug)
        if consultation.current is None:
            raise click.ClickException(f"{slug} has no questionnaire that was approved, so there is nothing to write.")
        told = write_raw(consultation, form, output) if raw else write_released(consultation, form, output)
        click.echo(json.dumps({"consultation": slug, **told}))


def write_released(consultation: Consultation, form: str, output: Path) -> dict[str, object]:
    """The tables everybody sees, or would see."""
    release = queries.latest(consultation)
    if release is not None:
        data = export.released(consultation, release.questionnaire(), release.released(), release)
    else:
        figures, exact = queries.figures(consultation), queries.exact(consultation)
        assert figures is not None
        assert exact is not None
        data = export.released(consultation, exact.questionnaire, figures, None)
    written = files.write_released(data, form, output, publisher=plain(organisation().name))
    return {"published": data["published"], "responses": data["responses"], "figures": written, "file": str(output)}


def write_raw(consultation: Consultation, form: str, output: Path) -> dict[str, object]:
    """The responses, and in a file of their own the comments; logged before anything is written."""
    settings: Settings = current_app.config["CONSULT"]
    now = clock.now()
    export.refuse_raw(consultation, now=now, least=settings.min_group, production=settings.production)
    number = consultation.id
    with saving():
        record(None, "export_raw", consultation, now=now, note=f"responses and comments as {form}")
    consultation = db.session.get_one(Consultation, number)
    written, told, apart = files.write_rows(consultation, form, output, least=settings.min_group)
    return {
        "responses": written,
        "file": str(output),
        "comments": told,
        "comments_file": str(apart),
        "note": "Confidential personal-level data: keep it where only those who need it can read it.",
    }
