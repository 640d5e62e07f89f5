"""Files in JSON that are broken, huge or deep, or hold anything anywhere, become a questionnaire or a sentence."""

from __future__ import annotations

import copy
import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.domain.questionnaire import as_json, read
from consult.exchange.files import LARGEST, read_file
from consult.exchange.losses import Imported, Refused
from tests.exchange.fixtures import ONS, QUALTRICS, SURVEYJS

FIXTURES = {"surveyjs": SURVEYJS, "qualtrics": QUALTRICS, "ons": ONS}
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10**20, 10**20),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["", " ", "\x00", "\ud800", "\ue000[[x|y]]", "[[colour]]", "{colour}", "${q://QID1/x}", "<script>x</script>",
         "&#0;", "{a} = ", "((((", "q://QID1/SelectableChoice/1", "check", "١٢", "a" * 5000, "__proto__", "..",
         "**_[x](y)", "1e400"]
    ),
    st.sampled_from([[], {}, [[]], [{}], {"a": {}}, [None], [1, "a", None, {}], {"0": {"0": {}}}, {"default": 5}]),
)  # fmt: skip


def places(value: Any, path: tuple = ()) -> list[tuple]:
    """Every place in a structure."""
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in items:
        found += places(one, (*path, name))
    return found


def put(data: Any, path: tuple, value: Any) -> None:
    """Put anything at a place, where the place is still there."""
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
    try:
        data[path[-1]] = value
    except (KeyError, IndexError, TypeError):
        return


def tried(content: bytes, filename: str) -> tuple[Imported | None, str]:
    """What came in, or why nothing did."""
    try:
        return read_file(content, filename), ""
    except Refused as refusal:
        return None, refusal.message


def brought_or_refused(content: bytes, filename: str) -> None:
    """A file is brought in, and what came can be asked and written; or it is refused with a sentence."""
    came, sentence = tried(content, filename)
    if came is None:
        assert sentence.endswith(".") and filename in sentence, sentence
        sentence.encode()
        return
    made = read(came.definition)
    assert read(as_json(made)) == made
    json.dumps(came.definition, ensure_ascii=False).encode()
    for loss in came.losses:
        json.dumps(loss.as_json(), ensure_ascii=False).encode()
        assert loss.done and loss.sheet, loss


@pytest.mark.parametrize("name", FIXTURES)
def test_the_fixtures_come_in_as_they_are(name):
    assert read_file(json.dumps(FIXTURES[name]).encode(), "f.json").questions


@pytest.mark.parametrize("name", FIXTURES)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_anything_anywhere_is_brought_in_or_refused(name, data):
    broken = copy.deepcopy(FIXTURES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        put(broken, data.draw(st.sampled_from(places(broken))), copy.deepcopy(data.draw(ANYTHING)))
    brought_or_refused(json.dumps(broken).encode(), "f.json")


@pytest.mark.parametrize("name", FIXTURES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_thing_in_the_place_of_another_is_brought_in_or_refused(name, data):
    broken = copy.deepcopy(FIXTURES[name])
    every = places(broken)
    source, target = data.draw(st.sampled_from(every)), data.draw(st.sampled_from(every))
    value: Any = broken
    for step in source:
        value = value[step]
    put(broken, target, copy.deepcopy(value))
    brought_or_refused(json.dumps(broken).encode(), "f.json")


@pytest.mark.parametrize("name", FIXTURES)
@pytest.mark.parametrize("value", [None, "x", [None], {"a": 1}])
def test_every_place_takes_every_kind_of_value(name, value):
    for path in places(FIXTURES[name]):
        broken = copy.deepcopy(FIXTURES[name])
        put(broken, path, copy.deepcopy(value))
        brought_or_refused(json.dumps(broken).encode(), "f.json")


@pytest.mark.parametrize(
    "content",
    [
        b"{" * 100_000,
        b'{"pages": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b'{"pages": [{"elements": ' + b'[{"type": "panel", "elements": ' * 40 + b"[]" + b"}]" * 40 + b"}]}",
        b'{"SurveyEntry": {}, "SurveyElements": 5}',
        b'{"sections": [{"groups": [{"blocks": [[[]]]}]}]}',
        b'{"pages": [{"elements": [{"type": "text", "name": "\\u0000\\ud83d"}]}]}',
        b'{"pages": [{"elements": [{"type": "text", "name": "a", "max": ' + b"9" * 5_000 + b"}]}]}",
        b'{"pages": [{"elements": [{"type": "text", "name": "a", "max": 1e999, "min": NaN}]}]}',
        b'{"consult": 1}',
        b"\xef\xbb\xbf{}",
        b"[]",
        b'"text"',
        b"{'single': 1}",
        b"\x00\x01\x02",
    ],
)
def test_broken_files_are_refused_or_brought_in_at_once(content):
    began = time.monotonic()
    brought_or_refused(content, "f.json")
    assert time.monotonic() - began < 5


def test_fifty_megabytes_are_refused_at_once():
    began = time.monotonic()
    for content in (b'{"pages": [' + b" " * 50_000_000, b'{"pages": ["' + b"a" * (LARGEST - 20) + b'"]}'):
        with pytest.raises(Refused, match="larger than"):
            read_file(content, "f.json")
    assert time.monotonic() - began < 5


def test_thousands_of_questions_choices_and_conditions_do_not_take_for_ever():
    elements = [{"type": "radiogroup", "name": f"q{n}", "choices": ["a", "b"]} for n in range(1_000)]
    for n in range(1, 1_000):
        elements[n]["visibleIf"] = f"{{q{n - 1}}} = 'a'"
    began = time.monotonic()
    came = read_file(json.dumps({"pages": [{"elements": elements}]}).encode(), "f.json")
    assert came.questions == 1_000 and time.monotonic() - began < 10
    many = [{"type": "radiogroup", "name": f"q{n}", "choices": list(range(9_000))} for n in range(20)]
    with pytest.raises(Refused, match="more choices"):
        read_file(json.dumps({"pages": [{"elements": many}]}).encode(), "f.json")
