"""The demonstration has something for every step of the README's tour, and loading it again changes nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from consult.config import ROOT
from consult.demonstration import blood_tests, evening, nursing, telephones
from consult.domain.questionnaire import read


@pytest.mark.parametrize("module", [blood_tests, evening, nursing, telephones], ids=lambda module: module.SLUG)
def test_every_consultation_says_everything_in_each_of_its_languages(module):
    questionnaire = read(module.DEFINITION)
    assert set(module.LANGUAGES) <= set(questionnaire.complete_languages)
    assert all(set(texts) == set(module.LANGUAGES) for texts in module.PAGE.values())


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_loading_it_twice_changes_nothing_and_every_phase_is_there(tmp_path: Path):
    environ = {**os.environ, "CONSULT_INSTANCE": str(tmp_path), "CONSULT_ENV": "development"}
    environ.pop("CONSULT_DATABASE_URL", None)

    def consult(*words: str) -> str:
        command = [sys.executable, "-m", "consult", *words]
        done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=280)
        assert done.returncode == 0, done.stderr[-1500:]
        return done.stdout

    def rows(query: str) -> list[tuple[str, ...]]:
        return sqlite3.connect(file).execute(query).fetchall()

    consult("db", "upgrade")
    consult("demo")
    file = tmp_path / "consult.sqlite3"
    before = list(sqlite3.connect(file).iterdump())
    assert "already" in consult("demo")
    assert list(sqlite3.connect(file).iterdump()) == before
    assert dict(rows("SELECT slug, state FROM consultations")) == {
        blood_tests.SLUG: "in_review",
        evening.SLUG: "approved",
        telephones.SLUG: "approved",
        nursing.SLUG: "reported",
    }
    drafts = "SELECT slug, d.state FROM feedback_drafts d JOIN consultations c ON c.id = d.consultation_id"
    assert dict(rows(drafts)) == {telephones.SLUG: "draft", nursing.SLUG: "published"}
