"""A LimeSurvey file comes in through `consult import` and through the staff page, and says what was kept."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
from flask.cli import ScriptInfo
from sqlalchemy import func, select

from consult.commands import command_line
from consult.consultations.models import Consultation
from consult.consultations.queries import by_slug
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import make_draft
from tests.engagement.factories import make_group
from tests.exchange.surveys import lss, q, row, tabs

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOSTILE = "<script>alert('x')</script>"
SURVEY = lss(
    q("how", "L", {"en": "How?", "pl": "Jak?"}, answers=[("bus", {"en": "By bus", "pl": "Autobusem"})], other="Y"),
    q("why", "T", {"en": f"Why? {HOSTILE}", "pl": "Dlaczego?"}),
    q("photo", "|", {"en": "A photo", "pl": "Zdjęcie"}),
    languages=("en", "pl"),
    texts={"surveyls_title": {"en": "Buses", "pl": "Autobusy"}},
)


@pytest.fixture
def run(app, database, clock):
    clock.set(NOW)
    make_group("purbeck")
    db.session.commit()

    def run(*arguments):
        db.session.rollback()
        obj = ScriptInfo(create_app=lambda: app)
        return app.test_cli_runner().invoke(command_line(), [str(one) for one in arguments], obj=obj)

    return run


def test_the_command_prints_questions_options_and_translations(run, tmp_path):
    path = tmp_path / "whatever.bin"
    path.write_bytes(SURVEY)
    done = run("import", path, "--group", "purbeck")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert (told["consultation"], told["questions"], told["options"]) == ("buses", 2, 2)
    assert told["languages"] == ["en", "pl"] and told["translations"] == {"en": 6, "pl": 6}
    lost = next(loss for loss in told["losses"] if loss["severity"] == "lost")
    assert (lost["sheet"], lost["column"]) == ("question photo", "type") and lost["row"]
    assert by_slug("buses").title == {"en": "Buses", "pl": "Autobusy"}


def test_text_with_tabs_is_known_by_what_is_in_it(run, tmp_path):
    path = tmp_path / "survey.dat"
    path.write_bytes(tabs(row("G", "G"), row("Q", "Q1", "Why?", kind="S")))
    assert json.loads(run("import", path, "--group", "purbeck", "--slug", "tabs").output)["questions"] == 1


def test_what_is_refused_names_its_line_and_changes_nothing(run, tmp_path):
    path = tmp_path / "twice.lss"
    path.write_bytes(lss(q("Q1", "S"), q("Q1", "S")))
    done = run("import", path, "--group", "purbeck")
    assert done.exit_code == 1 and "line" in done.output and "“Q1”" in done.output and "Traceback" not in done.output
    assert db.session.scalar(select(func.count(Consultation.id))) == 0


def test_the_staff_page_takes_it_and_tells_the_rest(app, database, clock):
    clock.set(NOW)
    editor = make_person("editor", make_group())
    make_draft(by=editor)
    db.session.commit()
    browser = sign_in(app, editor)
    address = "/staff/consultations/phones/import"

    def upload(content, name):
        data = {"file": (io.BytesIO(content), name), "replace": "yes"}
        return browser.post(address, data=data, content_type="multipart/form-data")

    broken = upload(SURVEY[:-100], "survey.lss")
    assert broken.status_code == 422 and "broken XML at line" in broken.get_data(as_text=True)
    assert upload(SURVEY, "survey.lss").status_code == 303
    assert list(by_slug("phones").questionnaire().question_by_key) == ["how", "why"]
    page = browser.page(f"{address}/report")
    assert "question photo" in page.text and "a script" in page.text
    assert HOSTILE not in browser.get(f"{address}/report").get_data(as_text=True)
