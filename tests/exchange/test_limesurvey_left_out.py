"""Whatever LimeSurvey has and we have not is found in the report, also what nobody has heard of yet."""

from __future__ import annotations

import io
import zipfile

import pytest

from consult.exchange.files import read_file
from tests.exchange.surveys import asked, lss, q, report, row, section, survey, tabs
from tests.exchange.test_limesurvey import ROWS, YES_NO

PLAIN = q("Q1", "S", "Why?")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: survey(PLAIN, q("Q2", "¿", "New kind")), ("question Q2", "¿", "New kind", "not known")),
        (lambda: survey(q("Q1", "S", attributes={"shininess": "7"})), ("question Q1", "shininess", "7", "not known")),
        (lambda: survey(PLAIN, extra=section("holograms", [{"beam": "blue"}])), ("section holograms", "beam=blue")),
        (lambda: survey(PLAIN, extra="<holograms>on</holograms>"), ("section holograms", "on")),
        (lambda: survey(PLAIN, settings={"telepathy": "Y"}), ("telepathy=Y", "not known")),
        (lambda: survey(PLAIN, texts={"surveyls_song": "La la"}), ("surveyls_song", "La la", "not known")),
        (lambda: survey(q("Q1", "S", fields={"taste": "sour"})), ("section questions", "taste", "sour")),
        (lambda: survey(q("Q1", "S", relevance="divine(Q0)")), ("question Q1", "divine(Q0)", "divine()")),
        (lambda: survey(q("Q1", "S", attributes={"em_validation_q": "divine(self)"})), ("divine()",)),
        (lambda: survey(q("Q1", "S", "Hi {divine(1)}")), ("{divine(1)}",)),
        (lambda: survey(q("Q1", "S", mandatory="MAYBE")), ("mandatory", "MAYBE")),
        (lambda: survey(PLAIN, version=9999), ("DBVersion", "9999")),
        (lambda: read_file(tabs(row("G", "G"), row("Q", "Q1", "Why?", kind="S"), row("ZZ", "odd", "Sth")), "x.txt"),
         ("class ZZ", "odd", "Sth")),
        (lambda: read_file(tabs(row("G", "G"), {**row("Q", "Q1", "Why?", kind="S"), "glow": "9"}, head=[
            "class", "type/scale", "name", "text", "language", "glow"]), "x.txt"), ("glow", "9", "not known")),
    ],
)  # fmt: skip
def test_what_nobody_has_heard_of_is_in_the_report(made, words):
    told = report(made())
    for word in words:
        assert word in told, told


@pytest.mark.parametrize(
    ("section_name", "rows", "words"),
    [
        ("quota", [{"id": 1, "name": "Women", "qlimit": 50}], "Women: 50"),
        ("quota_languagesettings", [{"quotals_message": "Full"}], "Full"),
        (
            "assessments",
            [{"id": 1, "name": "Happy", "minimum": 1, "maximum": 2, "message": "Well"}],
            "Happy: 1: 2: Well",
        ),
        ("defaultvalues", [{"qid": 1, "defaultvalue": "x"}], "Q1: x"),
        ("survey_urlparameters", [{"parameter": "ref"}], "ref"),
        ("themes", [{"template_name": "fruity"}], "fruity"),
        ("plugin_settings", [{"name": "Spy"}], "Spy"),
    ],
)
def test_what_stands_beside_the_questions_is_told(section_name, rows, words):
    imported = survey(PLAIN, extra=section(section_name, rows))
    assert list(asked(imported)) == ["Q1"] and words in report(imported)


def test_letters_end_words_policy_and_settings_are_told():
    imported = survey(
        PLAIN,
        texts={
            "surveyls_email_invite": "Dear {FIRSTNAME}",
            "surveyls_endtext": "Thank you all",
            "surveyls_url": "https://example.org",
            "surveyls_policy_notice": "We keep it",
        },
        settings={"anonymized": "N", "ipaddr": "Y", "startdate": "2020-01-01", "assessments": "Y", "autoredirect": "Y"},
    )
    told = report(imported)
    for words in ("Dear {FIRSTNAME}", "Thank you all", "https://example.org", "We keep it", "anonymized", "ipaddr"):
        assert words in told
    assert "2020-01-01" in told and "assessments" in told and "autoredirect" in told


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (q("Q1", "S", attributes={"time_limit": "60"}), "no time limit"),
        (q("Q1", "S", attributes={"location_mapservice": "1"}), "no map"),
        (q("Q1", "K", subs=ROWS, attributes={"slider_layout": "1"}), "slider"),
        (q("Q1", "L", answers=YES_NO, attributes={"display_columns": "3"}), "looks"),
        (q("Q1", "L", answers=YES_NO, other="Y", attributes={"other_comment_mandatory": "1"}), "box behind"),
        (q("Q1", "M", subs=ROWS, attributes={"min_answers": "N1"}), "depends on other answers"),
        (q("Q1", "M", subs=ROWS, attributes={"min_answers": "5"}), "So many answers cannot be given"),
        (q("Q1", "M", subs=ROWS, attributes={"exclude_all_others": "gone"}), "no such answer"),
        (q("Q1", "N", attributes={"min_num_value_n": "N1 * 2"}), "bound is not kept"),
        (q("Q1", "N", attributes={"min_num_value_n": "5", "max_num_value_n": "2"}), "No answer is within these bounds"),
        (q("Q1", "K", subs=ROWS, attributes={"em_validation_sq": "this > 1"}), "not checked"),
        (q("Q1", "S", preg="/^(a+)+$/"), "not checked by this pattern"),
        (q("Q1", "S", preg="/[[:alpha:]]/"), "PHP"),
        (q("Q1", "S", attributes={"random_group": "x"}), "always asked in the same order"),
        (q("Q1", "D", attributes={"date_min": "strange"}), "no date"),
        (q("Q1", "S", attributes={"statistics_graphtype": "5"}), "looks"),
        (q("Q1", "D", other="Y"), "for lists only"),
    ],
)
def test_settings_that_are_not_kept_are_told(question, words):
    imported = survey(q("N1", "N"), {**question, "group": 2})
    assert "Q1" in asked(imported) and words in report(imported), report(imported)


def test_settings_that_say_nothing_are_not_told():
    usual = {"hidden": "0", "random_order": "0", "time_limit_action": "1", "display_columns": "1", "array_filter": ""}
    assert "question Q1" not in report(survey(q("Q1", "Y", attributes=usual)))


def test_what_belongs_to_nothing_is_told():
    extra = section("answers", [{"qid": 99, "code": "lost", "answer": "Nowhere", "sortorder": 1, "language": "en"}])
    assert "lost" in report(survey(PLAIN, extra=extra))
    astray = lss(q("Q1", "S"), q("Q2", "S", "Astray?")).replace(
        b"<qid>2</qid><parent_qid>0</parent_qid><sid>11</sid><gid>1",
        b"<qid>2</qid><parent_qid>0</parent_qid><sid>11</sid><gid>77",
    )
    told = report(read_file(astray, "x.lss"))
    assert "belongs to no group" in told and "Q2" in told


def test_answers_and_people_in_an_archive_are_never_read():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("survey_1.lss", lss(PLAIN))
        archive.writestr("survey_1_responses.lsr", "<secret>Ada Lovelace</secret>")
        archive.writestr("survey_1_tokens.lst", "<secret>ada@example.org</secret>")
    imported = read_file(packed.getvalue(), "archive.zip")
    told = report(imported)
    assert list(asked(imported)) == ["Q1"] and "What people answered is never read" in told
    assert "Who was invited is never read" in told and "Lovelace" not in told and "ada@" not in told
