"""The comparison that `python -m tests.corpus` makes finds what is missing, and what nobody sent."""

from __future__ import annotations

from tests.corpus import Sent, differences

PAIRS = [
    ("radio", "one", "yes"),
    ("checkbox", "many", "a"),
    ("checkbox", "many", "b"),
    ("radio", "grid--row", "never"),
    ("text", "age", "40"),
    ("text", "day--day", "2"),
    ("text", "day--month", "3"),
    ("text", "day--year", "2001"),
    ("textarea", "words", "Thank you."),
    ("text", "phone", "020"),
]
ROW = {"language": "en", "one": "yes", "many/a": 1, "many/b": 1, "grid/row": "never", "age": 40.0, "day": "2001-03-02"}
COMMENTS = [{"question": "words", "row": "", "comment": "Thank you."}]


def compare(row=None, comments=None):
    return differences([Sent(pages={"p1": PAIRS})], [ROW | (row or {})], comments or COMMENTS, {"phone"})


def test_what_came_out_as_it_was_sent_has_no_difference():
    assert compare() == []


def test_each_answer_that_came_out_otherwise_is_named():
    assert len(compare({"one": "no"})) == 2
    assert compare({"many/b": 0}) == ["many = b: sent 1, written 0"]
    assert len(compare({"grid/row": "always"})) == 2
    assert compare({"age": None}) == ["age = 40: sent 1, written 0"]
    assert len(compare({"day": "2001-02-03"})) == 2


def test_words_that_are_missing_or_were_never_sent_are_named():
    assert compare(comments=[{"comment": "Other words."}]) == ["not written: Thank you.", "not sent: Other words."]
    assert compare(comments=[*COMMENTS, {"comment": "020"}]) == ["not sent: 020"]
