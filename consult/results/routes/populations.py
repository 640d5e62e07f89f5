"""An administrator brings in tables of populations; staff say which of them a consultation is compared with."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from itertools import groupby

from flask import Response, current_app, request
from itsdangerous import BadData, Signer

from consult import clock
from consult.accounts.access import account, authorise, signed_in
from consult.consultations import queries as consultations
from consult.domain.equality import QUESTIONS
from consult.domain.errors import Rejected
from consult.domain.population import AREA, BY_AGE_AND_SEX, Benchmark, NotUnderstood, read
from consult.results import actions, populations
from consult.results.actions.populations import wanted
from consult.results.models import PopulationTable
from consult.results.routes import blueprint
from consult.web.forms import Checkboxes, Form, LongText, Radios, Text, Upload
from consult.web.page import page, see_other
from consult.web.saving import saves

#: The largest of the official tables by area is smaller.
LARGEST = 24 * 1024 * 1024
NAMES = {BY_AGE_AND_SEX: "Age and sex together, for weighting", AREA: "Places or practices"}
BROKEN = "The file that you looked at is not here any more. Choose it again."


class FileForm(Form):
    """A table to look at."""

    file = Upload(
        "Table of a population",
        hint="A CSV file from the Office for National Statistics, NOMIS or NHS England, by area. By age, sex, ethnic "
        "group, disability, unpaid care, religion, sexual orientation, gender identity or language, or a list of "
        "places or practices with how many people belong to each.",
        missing="Choose a CSV file",
    )
    source = Text(
        "Where it is from", hint="As people will read it, for example Census 2021, Office for National Statistics"
    )
    areas = LongText(
        "Areas you need", hint="Names or codes, one on each line. Leave it empty to take all.", optional=True
    )


class ChoosingForm(Form):
    """Which areas, and which list of places."""

    areas = Checkboxes("Which areas are its population?", hint="They are taken together.", optional=True)
    places = Radios("Which list of places goes with its question about places?", optional=True)


@blueprint.get("/staff/populations")
@signed_in
def population_tables() -> Response:
    """Every table there is, and a form for another."""
    authorise("keep_benchmarks")
    return _tables_page(FileForm(formdata=None))


@blueprint.post("/staff/populations")
@signed_in
def look_at_population_table() -> Response:
    """What a file holds, before anything is kept."""
    authorise("keep_benchmarks")
    form = FileForm()
    if form.validate_on_submit():
        try:
            content = form.file.data.stream.read(LARGEST + 1)
            if len(content) > LARGEST:
                raise Rejected("file", "Choose a file smaller than 24 MB")
            understood = read(content)
            chosen = wanted(understood.benchmarks, (form.areas.data or "").splitlines())
        except NotUnderstood as error:
            form.reject(Rejected("file", str(error)))
        except Rejected as rejected:
            form.reject(rejected)
        else:
            held = _held(chosen, form.source.data.strip())
            told = [
                _told(question, list(some)) for question, some in groupby(_sorted(chosen), lambda one: one.question)
            ]
            return page(
                form=Form(formdata=None), held=held, told=told, source=form.source.data, left_out=understood.left_out
            )
    return _tables_page(form, status=422)


@blueprint.post("/staff/populations/keep")
@signed_in
@saves
def keep_population_tables() -> Response:
    """Keep what was looked at."""
    authorise("keep_benchmarks")
    form = FileForm(formdata=None)
    if not Form().validate_on_submit():
        return _tables_page(form, status=422)
    try:
        benchmarks, source = _let_go(request.form.get("held", ""))
        actions.keep_benchmarks(benchmarks, source=source, by=account(), now=clock.now())
    except Rejected as rejected:
        form.reject(rejected)
        return _tables_page(form, status=422)
    return see_other(".population_tables")


@blueprint.post("/staff/populations/remove")
@signed_in
@saves
def remove_population_tables() -> Response:
    """Remove what came from one source."""
    authorise("keep_benchmarks")
    if not Form().validate_on_submit():
        return _tables_page(FileForm(formdata=None), status=422)
    actions.remove_benchmarks(source=request.form.get("source", ""), by=account(), now=clock.now())
    return see_other(".population_tables")


@blueprint.get("/staff/consultations/<slug>/population")
@signed_in
def choose_population(slug: str) -> Response:
    """Whom a consultation is about."""
    consultation = consultations.by_slug(slug)
    authorise("choose_population", consultation)
    form = _choosing(ChoosingForm(formdata=None))
    chosen = populations.chosen(consultation)
    form.areas.data, form.places.data = (chosen.areas, chosen.places) if chosen else ([], "")
    return page(form=form, consultation=consultation)


@blueprint.post("/staff/consultations/<slug>/population")
@signed_in
@saves
def save_population(slug: str) -> Response:
    """Keep it; figures that are published already keep what they were compared with."""
    consultation = consultations.by_slug(slug)
    authorise("choose_population", consultation)
    form = _choosing(ChoosingForm())
    if form.validate_on_submit():
        try:
            actions.choose_population(
                consultation,
                areas=form.areas.data or [],
                places=form.places.data or "",
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_results", slug=slug)
    return page("choose_population", status=422, form=form, consultation=consultation)


def _choosing(form: ChoosingForm) -> ChoosingForm:
    form.areas.set_choices(populations.areas())
    form.places.set_choices([("", "None"), *((one.area_code, one.area_name) for one in populations.place_tables())])
    return form


def _tables_page(form: FileForm, status: int = 200) -> Response:
    tables = sorted(populations.tables(), key=lambda one: one.source)
    sources = [
        (
            source,
            [_row(question, list(rows)) for question, rows in groupby(_by_question(some), lambda one: one.question)],
        )
        for source, some in ((source, list(some)) for source, some in groupby(tables, lambda one: one.source))
    ]
    return page("population_tables", status=status, form=form, sources=sources, asking=Form(formdata=None))


def _by_question(some: list[PopulationTable]) -> list[PopulationTable]:
    return sorted(some, key=lambda one: one.question)


def _row(question: str, rows: list[PopulationTable]) -> tuple[str, list[str], str, date]:
    return called(question), [one.area_name for one in rows], rows[0].dated, rows[0].imported_on


def called(question: str) -> str:
    """What a table is about, for staff."""
    return NAMES.get(question) or QUESTIONS[question].text


def _sorted(benchmarks: tuple[Benchmark, ...]) -> list[Benchmark]:
    return sorted(benchmarks, key=lambda one: one.question)


def _told(question: str, some: list[Benchmark]) -> tuple[str, list[str], str, list[tuple[str, int]]]:
    """What it is about, its areas, of when it is, and the first area's figures."""
    labels = dict(QUESTIONS[question].options) if question in QUESTIONS else {}
    figures = [(labels.get(key, key).replace("\t", " "), count) for key, count in list(some[0].counts.items())[:12]]
    return called(question), [one.area_name for one in some if one.area_name], some[0].dated, figures


# What was understood goes to the page and comes back, signed: nothing is kept before somebody has looked.


def _held(benchmarks: tuple[Benchmark, ...], source: str) -> str:
    rows = [[one.area_code, one.area_name, one.question, one.dated, dict(one.counts)] for one in benchmarks]
    packed = urlsafe_b64encode(zlib.compress(json.dumps([source, rows]).encode())).decode()
    return _signer().sign(packed).decode()


def _let_go(held: str) -> tuple[list[Benchmark], str]:
    try:
        source, rows = json.loads(zlib.decompress(urlsafe_b64decode(_signer().unsign(held))))
    except BadData:
        raise Rejected("file", BROKEN) from None
    return [Benchmark(*row) for row in rows], source


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt="consult.results.populations")
