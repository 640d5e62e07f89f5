"""The catalogues say everything, in every language, and nothing that was not asked."""

from __future__ import annotations

import ast
import re

import pytest

from consult.config import ROOT
from tests.translations import KEYWORDS, LANGUAGES, UNCHECKED, extract, read

PLACEHOLDER = re.compile(r"%\(\w+\)s|%\{count\}")


@pytest.fixture(scope="module")
def texts():
    return {message.id: message for message in extract() if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_and_nothing_is_doubtful(texts, language):
    catalogue = read(language)
    lacking = []
    for identity in texts:
        message = catalogue.get(identity)
        strings = (
            () if message is None else (message.string,) if isinstance(message.string, str) else tuple(message.string)
        )
        if message is None or not strings or not all(strings):
            lacking.append(identity)
    assert not lacking
    assert not [message.id for message in catalogue if message.id and "fuzzy" in message.flags]
    assert not [message.id for message in catalogue if message.id and message.id not in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_every_form_of_the_language(texts, language):
    catalogue = read(language)
    for message in catalogue:
        if message.pluralizable:
            assert len(message.string) == catalogue.num_plurals


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_the_same(texts, language):
    for message in read(language):
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        strings = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        wanted = set(PLACEHOLDER.findall(ids[-1]))
        for string in strings:
            found = set(PLACEHOLDER.findall(string))
            assert found <= wanted and (len(strings) > 1 or found == wanted), (message.id, string)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_whether_a_speaker_has_checked_it(language):
    header = read(language).header_comment
    assert UNCHECKED in header or "Checked by" in header


def test_nothing_is_said_inside_an_f_string_where_the_catalogues_would_miss_it():
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "consult").rglob("*.py"))
        for joined in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in KEYWORDS
    ]
    assert not hidden
