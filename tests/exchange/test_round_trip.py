"""What leaves as an XLSForm is one that pyxform takes without a warning, and comes back as the same questionnaire."""

from __future__ import annotations

import json
from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from consult import questions
from consult.domain.questionnaire import Questionnaire, as_json, read
from consult.exchange.xlsform import read_xlsform
from consult.exchange.xlsform.writing import write_xlsform
from consult.exchange.xlsform.writing.kinds import KINDS
from tests.exchange.questionnaires import questionnaires

SLOW = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
]


@pytest.fixture(autouse=True)
def inside(app):
    with app.app_context():
        yield


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The lines in which two definitions differ."""
    lines = [json.dumps(each, indent=1, ensure_ascii=False, sort_keys=True).split("\n") for each in (one, other)]
    return [line for line in unified_diff(*lines, n=0, lineterm="") if not line.startswith(("---", "+++", "@@"))]


def written(definition: dict[str, Any]) -> tuple[Questionnaire, bytes]:
    questionnaire = read(definition)
    return questionnaire, write_xlsform(questionnaire).content


@settings(max_examples=120, deadline=None, suppress_health_check=SLOW)
@given(definition=questionnaires())
def test_any_questionnaire_comes_back_the_same(definition):
    questionnaire, content = written(definition)
    again = read(read_xlsform(content, "form.xlsx").definition)
    assert differences(as_json(questionnaire), as_json(again)) == []
    assert again == questionnaire


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(definition=questionnaires())
def test_pyxform_takes_any_questionnaire_without_a_warning(definition):
    _questionnaire, content = written(definition)
    made = convert(xlsform=content, validate=False, file_type=".xlsx")
    assert made.warnings == []


def test_every_kind_can_be_written():
    assert set(questions.kinds()) <= set(KINDS)
