"""`consult import` and `consult questionnaire`, as tools call them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.cli import ScriptInfo
from sqlalchemy import func, select

from consult.accounts.models import StaffEvent
from consult.commands import command_line
from consult.consultations.models import Consultation
from consult.consultations.queries import by_slug
from consult.domain.questionnaire import as_json, read
from consult.exchange import files
from consult.extensions import db
from tests.engagement.factories import make_group
from tests.exchange.workbooks import YES_NO, workbook

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SURVEY = [
    ["type", "name", "label::English (en)", "label::Polish (pl)", "relevant"],
    ["select_one yn", "bus", "Do you come by bus?", "Czy jeździsz autobusem?"],
    ["text", "why", "Why?", "Dlaczego?", "${bus} = 'no'"],
    ["geopoint", "home", "Where?", "Gdzie?"],
]
SETTINGS = [["form_title"], ["Buses & you"]]
CHOICES = [["list_name", "name", "label::English (en)", "label::Polish (pl)"], ["yn", "yes", "Yes", "Tak"]]
CHOICES += [["yn", "no", "No", "Nie"]]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "buses.xlsx"
    path.write_bytes(workbook(survey=SURVEY, choices=CHOICES, settings=SETTINGS))
    return path


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


def test_it_prints_what_tools_read(run, file):
    done = run("import", file, "--group", "purbeck")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert list(told) == ["consultation", "url", "questions", "options", "languages", "translations", "losses"]
    assert (told["consultation"], told["url"]) == ("buses-you", "/consultations/buses-you")
    assert (told["questions"], told["languages"]) == (2, ["en", "pl"])
    assert (told["options"], told["translations"]) == (2, {"en": 5, "pl": 5})
    lost = next(loss for loss in told["losses"] if loss["severity"] == "lost")
    assert (lost["sheet"], lost["row"], lost["column"]) == ("survey", 4, "type")
    made = by_slug("buses-you")
    assert (made.state, made.title) == ("draft", {"en": "Buses & you", "pl": "Buses & you"})
    events = db.session.scalars(select(StaffEvent.verb)).all()
    assert "import_questionnaire" in events


def test_open_opens_at_once_in_the_languages_that_are_complete(run, file, client):
    done = run(
        "import", file, "--group", "purbeck", "--slug", "buses", "--title", "By bus", "--closes", "2026-12-24", "--open"
    )
    assert done.exit_code == 0, done.output
    made = by_slug("buses")
    assert (made.state, made.languages) == ("approved", ["en", "pl"])
    assert made.closes_at == datetime(2026, 12, 24, 23, 59, tzinfo=UTC)
    assert made.title == {"en": "By bus", "pl": "By bus"}
    page = client.page("/consultations/buses")
    assert "By bus" in page.text and "Open until 24 December 2026, 23:59" in page.text
    assert any("without a second person" in (event or "") for event in db.session.scalars(select(StaffEvent.note)))


def test_without_open_the_closing_day_is_kept_for_the_draft(run, file):
    assert run("import", file, "--group", "purbeck", "--slug", "buses", "--closes", "2026-12-24").exit_code == 0
    assert (by_slug("buses").state, by_slug("buses").closes_at.day) == ("draft", 24)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--group", "nobody"), "no group “nobody”"),
        (("--group", "purbeck", "--slug", "Not a slug"), "small letters"),
        (("--group", "purbeck", "--closes", "2020-01-01", "--open"), "in the future"),
        (("--group", "purbeck", "--closes", "24 December"), "24 December"),
    ],
)
def test_what_is_refused_changes_nothing(run, file, arguments, told):
    done = run("import", file, *arguments)
    assert done.exit_code != 0 and told in done.output
    assert "Traceback" not in done.output
    assert db.session.scalar(select(func.count(Consultation.id))) == 0


def test_opening_at_once_is_refused_on_a_live_site(run, file, app):
    app.config["CONSULT"] = replace(app.config["CONSULT"], env="production")
    done = run("import", file, "--group", "purbeck", "--open")
    assert done.exit_code == 1 and "second person" in done.output
    assert db.session.scalar(select(func.count(Consultation.id))) == 0


def test_a_file_that_cannot_be_read_is_refused_with_its_place(run, tmp_path):
    path = tmp_path / "broken.xlsx"
    path.write_bytes(workbook(survey=[["type", "name", "label"], ["select_one nothing", "a", "A"]], choices=YES_NO))
    done = run("import", path, "--group", "purbeck")
    assert done.exit_code == 1
    assert "Error: Sheet “survey”, row 2, column “type”: the list “nothing”" in done.output
    assert db.session.scalar(select(func.count(Consultation.id))) == 0


def test_two_files_of_one_title_have_two_addresses(run, file):
    slugs = [json.loads(run("import", file, "--group", "purbeck").output)["consultation"] for _ in range(2)]
    assert slugs == ["buses-you", "buses-you-2"]


def test_the_questionnaire_comes_out_as_it_went_in_and_can_go_in_again(run, file, tmp_path):
    run("import", file, "--group", "purbeck", "--slug", "buses")
    out = tmp_path / "buses.json"
    done = run("questionnaire", "buses", "--format", "json", "--output", out)
    assert done.exit_code == 0
    told = json.loads(done.output)
    assert (told["consultation"], told["file"], told["questions"], told["losses"]) == ("buses", str(out), 2, [])
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written == as_json(read(files.read_file(file.read_bytes(), file.name).definition))
    again = json.loads(run("import", out, "--group", "purbeck", "--slug", "again").output)
    assert (again["questions"], again["losses"]) == (2, [])


def test_as_an_xlsform_it_can_go_in_again_and_is_the_same(run, file, tmp_path):
    run("import", file, "--group", "purbeck", "--slug", "buses")
    out = tmp_path / "x.xlsx"
    done = run("questionnaire", "buses", "--format", "xlsform", "--output", out)
    assert done.exit_code == 0, done.output
    run("import", out, "--group", "purbeck", "--slug", "again")
    assert by_slug("again").questionnaire() == by_slug("buses").questionnaire()


@pytest.mark.parametrize(("form", "begins"), [("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-"), ("docx", b"PK")])
def test_as_a_document_it_can_be_had_in_each_of_its_languages(run, file, tmp_path, form, begins):
    run("import", file, "--group", "purbeck", "--slug", "buses")
    out = tmp_path / f"x.{form}"
    done = run("questionnaire", "buses", "--format", form, "--language", "pl", "--output", out)
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(begins)
    refused = run("questionnaire", "buses", "--format", form, "--language", "cy", "--output", tmp_path / "no")
    assert refused.exit_code == 1 and "choose one of en, pl" in refused.output
    assert not (tmp_path / "no").exists()


def test_languages_the_site_does_not_speak_are_kept_and_told():
    survey = [["type", "name", "label::English (en)", "label::Swahili (sw)"], ["text", "a", "A", "B"]]
    imported = files.read_file(workbook(survey=survey), "f.xlsx", offered=("en", "pl"))
    assert imported.languages == ("en", "sw")
    assert [loss.said for loss in imported.losses if "does not speak" in loss.done] == ["sw"]
