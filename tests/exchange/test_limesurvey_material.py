"""Real LimeSurvey files, where they lie beside the checkout: no text is mangled, and none is dropped silently."""

from __future__ import annotations

import copy

import pytest

from consult.config import ROOT
from consult.domain.questionnaire import as_json, read
from consult.exchange.files import read_file
from consult.exchange.losses import Refused
from tests.exchange.every_word import mangled, pieces, texts_of, unaccounted
from tests.exchange.surveys import lss, q

FOLDER = ROOT.parent / "shared" / "material" / "2-limesurvey"
FILES = sorted(path for path in FOLDER.glob("**/*") if path.is_file())
SPOKEN = {"de-informal": "de", "roh": "rm"}


@pytest.mark.skipif(not FILES, reason="no surveys lie beside the checkout")
def test_real_surveys_are_brought_in_or_refused_with_a_place():
    refused = {}
    for path in FILES:
        try:
            imported = read_file(path.read_bytes(), path.name)
        except Refused as refusal:
            refused[path.name] = refusal.message
            continue
        definition = as_json(read(imported.definition))
        assert as_json(read(definition)) == definition
        for loss in imported.losses:
            assert loss.sheet and loss.done.endswith(".") and loss.severity in ("lost", "changed", "note"), loss
    # The one that is no survey: a plain spreadsheet.
    assert list(refused) == ["rse_uk_2016_original_questions.xlsx"], refused
    assert "Sheet1" in refused["rse_uk_2016_original_questions.xlsx"]


@pytest.mark.skipif(not FILES, reason="no surveys lie beside the checkout")
def test_every_word_of_real_surveys_is_kept_or_told():
    checked = 0
    for path in FILES:
        if path.suffix == ".xlsx":
            continue
        imported = read_file(path.read_bytes(), path.name)
        checked += sum(len(pieces(text.text)) for text in texts_of(path))
        assert unaccounted(path, imported, SPOKEN) == [], path.name
        assert mangled(imported) == [], path.name
    assert checked > 10_000


def test_the_check_finds_a_word_that_is_missing_or_changed(tmp_path):
    path = tmp_path / "survey.lss"
    path.write_bytes(lss(q("Q1", "L", "<p>Why so &amp; so?</p>", answers=[("a", "Because")], help="Be brief")))
    imported = read_file(path.read_bytes(), path.name)
    assert unaccounted(path, imported, {}) == []
    question = imported.definition["pages"][0]["questions"][0]
    for part, name, words in (
        (question, "text", "Why so?"),
        (question["options"][0], "label", "Becuse"),
        (question, "hint", ""),
    ):
        kept = copy.deepcopy(part[name])
        part[name] = {"en": words}
        assert len(unaccounted(path, imported, {})) == 1
        part[name] = kept
    question["text"] = {"en": "Why so &amp; so?"}
    assert mangled(imported) == ["&amp;"]
