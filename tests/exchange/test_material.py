"""Real forms, where they lie beside the checkout: brought in with a report, or refused with a sentence."""

from __future__ import annotations

import pytest

from consult.config import ROOT
from consult.domain.questionnaire import read
from consult.exchange.files import read_file
from consult.exchange.losses import Refused

FOLDER = ROOT.parent / "shared" / "material" / "1-xlsform"
FILES = sorted(path for path in FOLDER.glob("**/*") if path.suffix in (".xls", ".xlsx"))


@pytest.mark.skipif(not FILES, reason="no forms lie beside the checkout")
def test_real_forms_are_brought_in_or_refused_with_a_sentence():
    brought, refused = [], {}
    for path in FILES:
        try:
            imported = read_file(path.read_bytes(), path.name)
        except Refused as refusal:
            refused[path.name] = refusal.message
            continue
        brought.append(path.name)
        assert read(imported.definition).pages
        for loss in imported.losses:
            assert loss.done and loss.severity in ("lost", "changed", "note"), (path.name, loss)
    assert len(brought) >= 36, refused
    for name, sentence in refused.items():
        assert sentence.endswith(".") and (name in sentence or "row" in sentence), sentence
