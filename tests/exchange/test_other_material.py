"""Real files of Qualtrics, SurveyJS and the ONS, where they lie beside the checkout: every word is kept or told."""

from __future__ import annotations

import copy
import json
import re
from random import Random

import pytest

from consult.config import ROOT
from consult.domain.answers import Value
from consult.domain.journey import Route
from consult.domain.markup import from_html, plain
from consult.domain.questionnaire import read
from consult.exchange.conditions import option_keys
from consult.exchange.files import read_file
from consult.exchange.losses import Refused
from tests.exchange.ons_runner import run
from tests.exchange.other_formats import bare, spoken, words_of

FOLDER = ROOT.parent / "shared" / "material" / "3-qsf-surveyjs-other"
FILES = sorted(path for path in FOLDER.glob("**/*") if path.suffix in (".json", ".qsf"))
ONS = [path for path in FILES if path.parent.name == "ons-eq"]
#: Where words that people read stand, by folder.
WORDED = {
    "qsf": frozenset({"QuestionText", "Display", "SurveyName", "Message"}),
    "surveyjs": frozenset(
        {"title", "description", "text", "html", "labelTrue", "labelFalse", "otherText", "minRateDescription",
         "maxRateDescription", "placeholder", "altText", "templateTitle", "panelAddText", "choices"}
    ),
    "ons-eq": frozenset({"title", "label", "text", "description", "contents", "list", "legal_basis", "warning"}),
}  # fmt: skip
#: What stands for something else in words, and names that are no words.
TOKENS = re.compile(r"\$e?\{[^{}]*\}|\{[^{}]*\}")
#: A file of answers, which asks nothing.
ANSWERS = "novacode_test_survey_form.json"

pytestmark = pytest.mark.skipif(not FILES, reason="no files lie beside the checkout")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_is_brought_in_with_every_word_or_refused_with_its_place(path):
    if path.name == ANSWERS:
        with pytest.raises(Refused, match=r"it is an object with “firstName”.*Looked for"):
            read_file(path.read_bytes(), path.name)
        return
    came = read_file(path.read_bytes(), path.name)
    assert came.questions and read(came.definition).pages
    for loss in came.losses:
        assert loss.done and loss.sheet and loss.severity in ("lost", "changed", "note"), loss
    kept = words_of(came)
    data = json.loads(path.read_text(encoding="utf-8"))
    for text in spoken(data, WORDED[path.parent.name]):
        for part in TOKENS.split(text):
            for paragraph in plain(from_html(part)[0]).split("\n"):
                words = bare(paragraph)[:120]
                assert words in kept or words.isdigit(), (text, words)


@pytest.mark.parametrize("path", ONS, ids=lambda path: path.name)
def test_people_come_to_the_same_blocks_as_with_the_runner(path):
    data = json.loads(path.read_text(encoding="utf-8"))
    came = read_file(path.read_bytes(), path.name)
    made = read(came.definition)
    blocks = [block for section in data["sections"] for group in section["groups"] for block in group["blocks"]]
    assert len(blocks) == len(made.pages)
    lost = any(loss.column in ("skip_conditions", "when", "routing_rules", "enabled") for loss in came.losses)
    for seed in range(60):
        met, given = run(copy.deepcopy(data), Random(seed))
        answers = {}
        for block, page in zip(blocks, made.pages, strict=True):
            asked = block.get("question", {}).get("answers", ())
            for at, answer in enumerate(asked):
                question = page.questions[min(at, len(page.questions) - 1)]
                value = given.get(answer["id"])
                if value is not None:
                    answers[question.key] = answers.get(question.key, ()) + values(block, answer, value)
        ours = {page.key for stop in Route(made, answers).stops for page in [stop.page]}
        theirs = {page.key for block, page in zip(blocks, made.pages, strict=True) if block["id"] in met}
        assert theirs <= ours if lost else theirs == ours, (seed, theirs ^ ours)


def values(block, answer, value):
    """What somebody chose or wrote, as it is kept here."""
    merged = block["question"]["answers"] if block["question"]["type"] == "MutuallyExclusive" else [answer]
    keys = option_keys(option["value"] for one in merged for option in one.get("options", ()))
    chosen = value if isinstance(value, list) else [value]
    return tuple(Value(choice=keys[one]) if one in keys else Value(text=one) for one in chosen)
