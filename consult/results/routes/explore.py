"""Staff look closer: some of the people, two questions against each other, and two consultations side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, request, url_for
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from consult.accounts.access import account, authorise, groups_for, signed_in
from consult.accounts.permissions import may
from consult.answering import queries as answering
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db
from consult.results import copying, drawn, explore, queries, views
from consult.results.columns import Cut, Reader
from consult.results.explore import Variable
from consult.results.queries import Exact
from consult.results.routes import blueprint
from consult.web.forms import Form, Text
from consult.web.locale import language_name
from consult.web.page import page, see_other, words
from consult.web.saving import saves

LABELS = (
    ("language", "Language"),
    ("channel", "How they answered"),
    ("segment", "Part of the list"),
    ("revision", "Version"),
)
SHOWN = (
    ("people", "People"),
    ("row", "Per cent of each row"),
    ("column", "Per cent of each column"),
    ("all", "Per cent of all"),
)
CHANNELS = {
    "online": "Online",
    "tablet": "On a tablet in a waiting room",
    "paper": "On paper",
    "telephone": "By telephone",
    "face_to_face": "Face to face",
    "letter": "By letter or e-mail",
}
PICKED = "in-"
LONGEST_ADDRESS = 4_000


class NameForm(Form):
    """What to call a view that is kept."""

    name = Text("Name of this view", longest=80)


@dataclass(frozen=True)
class Looked:
    """What one page looks at."""

    consultation: Consultation
    exact: Exact
    reader: Reader
    variables: dict[str, Variable]


@blueprint.get("/staff/consultations/<slug>/explore")
@signed_in
def explore_results(slug: str) -> Response:
    """Everything about some of the people, or two questions against each other; nothing where that says too much."""
    with _looked(slug) as looked:
        return _page(looked, request.args)


@blueprint.post("/staff/consultations/<slug>/explore")
@signed_in
@saves
def keep_view(slug: str) -> Response:
    """Keep what is looked at under a name."""
    with _looked(slug) as looked:
        form = NameForm()
        asked = MultiDict(request.args.items(multi=True))
        if not form.validate_on_submit():
            return _page(looked, asked, form=form, status=422)
        query = request.query_string.decode("utf-8", "replace")[:LONGEST_ADDRESS]
        try:
            views.keep(looked.consultation, name=form.name.data, query=query, by=account())
        except Rejected as rejected:
            form.reject(rejected)
            return _page(looked, asked, form=form, status=422)
        return see_other(".explore_results", slug=slug, **_arguments(asked))


@blueprint.post("/staff/consultations/<slug>/explore/<int:number>/remove")
@signed_in
@saves
def remove_view(slug: str, number: int) -> Response:
    """Forget a view that was kept."""
    consultation = _found(slug)
    views.remove(consultation, number)
    return see_other(".explore_results", slug=slug)


@blueprint.get("/staff/consultations/<slug>/compare")
@signed_in
def compare_results(slug: str) -> Response:
    """The questions that two consultations, or two waves of one, have in common, side by side."""
    consultation = _found(slug)
    mine = _exact(consultation)
    others = [
        one
        for one in consultations.for_staff(groups_for("see_results"))
        if one.id != consultation.id and answering.all_settled(db.session, one.id)
    ]
    chosen = next((one for one in others if one.slug == request.args.get("with")), None)
    found: list[Any] = []
    changed: list[Any] = []
    theirs = None
    if chosen is not None:
        theirs = _exact(chosen)
        least = current_app.config["CONSULT"].min_group
        if min(mine.responses, theirs.responses) < least:
            raise NotNow(f"Both need at least {least} responses.")
        compared, changed = explore.compared(
            (mine.questionnaire, mine.findings), (theirs.questionnaire, theirs.findings)
        )
        found = [
            (one, [drawn.side_by_side(one.question, table, other) for table, other in one.tables]) for one in compared
        ]
    return page(
        consultation=consultation,
        others=others,
        chosen=chosen,
        mine=mine,
        theirs=theirs,
        found=found,
        changed=changed,
    )


def _page(looked: Looked, args: Any, *, form: NameForm | None = None, status: int = 200) -> Response:
    consultation, problem = looked.consultation, None
    shown: list[Any] = []
    crossed, base, cut = None, None, Cut()
    try:
        cut = _cut(args, looked)
        base = explore.check(looked.reader, cut, least=current_app.config["CONSULT"].min_group)
        crossed = _crossed(args, looked, cut)
        if crossed is None:
            findings = explore.of_some(looked.reader, looked.exact.questionnaire, cut)
            verdicts = {finding.question: explore.verdict(finding) for finding in findings}
            shown = [
                (one, verdicts.get(one.anchor.removeprefix("result-")))
                for one in drawn.everything(looked.exact.questionnaire, findings)
            ]
    except Rejected as rejected:
        problem, crossed, base = rejected.message, None, None
    return page(
        "explore_results",
        status=422 if problem and status == 200 else status,
        consultation=consultation,
        problem=problem,
        base=base,
        everybody=looked.reader.catalogue.responses,
        cut=cut,
        shown=shown,
        crossed=crossed,
        show=args.get("show") if args.get("show") in dict(SHOWN) else "people",
        ways=SHOWN,
        variables=[
            (key, name_of(one), [(atom, label_of(one, atom)) for atom in one.atoms], args.getlist(PICKED + key))
            for key, one in looked.variables.items()
        ],
        labels=_labels(looked, args),
        given={name: args.get(name, "") for name in ("rows", "columns", "since", "until")},
        form=form or NameForm(formdata=None),
        kept=views.of(consultation),
        query=request.query_string.decode("utf-8", "replace")[:LONGEST_ADDRESS],
        name_of=name_of,
        label_of=label_of,
    )


@contextmanager
def _looked(slug: str) -> Iterator[Looked]:
    """The copy of a consultation's answers, once everything is counted."""
    consultation = _found(slug)
    exact = _exact(consultation)
    if not answering.all_settled(db.session, consultation.id):
        raise NotNow("You can look closer when everything is counted, about an hour after closing.")
    with Reader.of(copying.folder_of(consultation.id)) as reader:
        if reader is None or copying.due(consultation):
            raise NotNow("This is being prepared. It takes a few minutes after everything is counted.")
        yield Looked(
            consultation, exact, reader, explore.variables(exact.findings, exact.questionnaire, reader.catalogue)
        )


def _found(slug: str) -> Consultation:
    consultation = consultations.by_slug(slug)
    authorise("see_results", consultation)
    return consultation


def _exact(consultation: Consultation) -> Exact:
    exact = queries.exact(consultation)
    if exact is None:
        raise Missing("This consultation was not approved yet, so nobody could answer.")
    return exact


def _cut(args: Any, looked: Looked) -> Cut:
    given = {
        name.removeprefix(PICKED): [one for one in args.getlist(name) if one]
        for name in dict.fromkeys(args.keys())
        if name.startswith(PICKED)
    }
    there = looked.reader.labels()
    labels = []
    for name, called in LABELS:
        values = tuple(dict.fromkeys(_kept_label(name, one) for one in args.getlist(name)))
        if not set(values) <= set(there[name]):
            raise Rejected("cut", f"{called}: choose from the list.")
        if values:
            labels.append((name, values))
    return Cut(
        explore.picked({key: atoms for key, atoms in given.items() if atoms}, looked.variables),
        tuple(labels),
        explore.day(args.get("since", ""), "since"),
        explore.day(args.get("until", ""), "until"),
    )


def _kept_label(_name: str, value: str) -> str:
    return "" if value == "-" else value


def _crossed(args: Any, looked: Looked, cut: Cut) -> Any:
    names = [args.get("rows", ""), args.get("columns", "")]
    if not any(names):
        return None
    if not all(names):
        raise Rejected("columns", "Choose a question for the rows and one for the columns.")
    chosen = [looked.variables.get(name) for name in names]
    if chosen[0] is None or chosen[1] is None:
        raise Rejected("columns", "One of the questions is not in this questionnaire. Choose again.")
    return explore.crossed(looked.reader, chosen[0], chosen[1], cut)


def _labels(looked: Looked, args: Any) -> list[tuple[str, str, list[tuple[str, str]], list[str]]]:
    """The labels that tell anybody apart: name, heading, (value, words), chosen."""
    found = []
    for name, called in LABELS:
        there = looked.reader.labels()[name]
        if len(there) > 1:
            values = [(value or "-", _label_words(name, value)) for value in sorted(there)]
            found.append((name, called, values, args.getlist(name)))
    return found


def _label_words(name: str, value: str) -> str:
    if not value:
        return "Not told, so that nobody stands out"
    if name == "language":
        return language_name(value)
    if name == "revision":
        return f"Version {value}"
    return CHANNELS.get(value, value) if name == "channel" else value


def name_of(variable: Variable) -> Markup:
    """A question, or a row of it, in words."""
    question = words(variable.question.text)
    line = drawn.line_of(variable.question, variable.part)
    return Markup("{} – {}").format(question, words(line.label)) if line else question


def label_of(variable: Variable, atom: str) -> Markup:
    """An answer in words."""
    return escape(drawn.label_text(variable.question, variable.part, atom))


def _arguments(asked: MultiDict[str, str]) -> Mapping[str, Any]:
    return dict(asked.lists())


def closer(consultation: Consultation) -> list[tuple[str, str]]:
    """The ways to look closer, as (address, words), for the page of counts."""
    if not may(account(), "see_results", consultation):
        return []
    return [
        (
            url_for("results.explore_results", slug=consultation.slug),
            "Look closer: some of the people, or two questions against each other",
        ),
        (url_for("results.compare_results", slug=consultation.slug), "Compare with another consultation"),
    ]
