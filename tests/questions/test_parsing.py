"""What people type is read as they mean it, and nonsense is refused with what to do."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.answers import Value
from consult.domain.questionnaire import read
from consult.questions import kinds
from consult.questions.base import Locale
from consult.questions.place import with_lists
from consult.questions.postcode_district import outward

LOCALE = Locale("en", lambda text, **named: text % named if named else text)


@cache
def question(kind, **settings_):
    return asked(kind, settings_)


def asked(kind, settings_=None, **more):
    one = {"key": "q", "kind": kind, "text": "Q", "settings": settings_ or {}, **more}
    return read({"title": "T", "pages": [{"key": "p", "questions": [one]}]}).pages[0].questions[0]


def given_to(kind, data, **settings_):
    """The atoms and the messages of what was typed."""
    one, typed = asked(kind, settings_), {suffix: [text] for suffix, text in data.items()}
    return kinds()[kind].values(one, typed), kinds()[kind].errors(one, typed, LOCALE)


@pytest.mark.parametrize(
    ("kind", "data", "kept"),
    [
        ("money", {"": "£1,5"}, Value(number=1.5)),
        ("money", {"": "12.50"}, Value(number=12.5)),
        ("money", {"": "£ 1 200"}, Value(number=1200)),
        ("percentage", {"": "45%"}, Value(number=45)),
        ("percentage", {"": "٤٥٪"}, Value(number=45)),
        ("duration", {"hours": "1", "minutes": "30"}, Value(number=90)),
        ("duration", {"hours": "", "minutes": "۹۰"}, Value(number=90)),
        ("partial_date", {"day": "", "month": "", "year": "1998"}, Value(text="1998")),
        ("partial_date", {"day": "", "month": "march", "year": "1998"}, Value(text="1998-03")),
        ("partial_date", {"day": "4", "month": "3", "year": "1998"}, Value(text="1998-03-04")),
        ("email", {"": " Jo.Bloggs@EXAMPLE.org "}, Value(text="Jo.Bloggs@example.org")),
        ("telephone", {"": "+44 7700 900123"}, Value(text="07700 900123")),
        ("telephone", {"": "0048 22 123 45 67"}, None),
        ("postcode_district", {"": "bh15 2ab"}, Value(text="BH15")),
        ("postcode_district", {"": "DT1"}, Value(text="DT1")),
    ],
)
def test_what_is_meant_is_kept(kind, data, kept):
    values, errors = given_to(kind, data)
    if kept is None:
        assert bool(values) is not bool(errors)
    else:
        assert (values, errors) == ((kept,), {})


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("money", {"": "a lot"}, "using digits"),
        ("money", {"": "-3"}, "0 or more"),
        ("percentage", {"": "120"}, "100 or less"),
        ("duration", {"hours": "one", "minutes": ""}, "whole numbers"),
        ("duration", {"hours": "-1", "minutes": ""}, "whole numbers"),
        ("partial_date", {"day": "3", "month": "", "year": "1998"}, "month too"),
        ("partial_date", {"day": "", "month": "5", "year": ""}, "the year"),
        ("partial_date", {"day": "31", "month": "2", "year": "1998"}, "real date"),
        ("email", {"": "jo at example"}, "correct format"),
        ("email", {"": "jo@"}, "correct format"),
        ("telephone", {"": "call me"}, "telephone number"),
        ("telephone", {"": "12"}, "telephone number"),
        ("postcode_district", {"": "Poole"}, "first half"),
        ("postcode_district", {"": "BH15 2AB extra"}, "first half"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(kind, data, said):
    values, errors = given_to(kind, data)
    assert any(said in message for message in errors.values()), errors
    assert not values or kind in ("money", "percentage")


def test_the_last_day_is_not_before_the_first():
    boxes = {f"{end}-{part}": text for end, text_of in (("from", "5 3 2026"), ("to", "4 3 2026"))
             for part, text in zip(("day", "month", "year"), text_of.split(), strict=True)}  # fmt: skip
    values, errors = given_to("date_range", boxes)
    assert not values and set(errors) == {"to-day"}


def test_one_end_of_a_range_asks_for_the_other():
    values, errors = given_to("date_range", {"from-day": "5", "from-month": "3", "from-year": "2026"})
    assert not values and set(errors) == {"to-day"}


@pytest.mark.parametrize("postcode", ["BH15 2AB", "DT1 1DD", "W1A 0AX", "EC1A 1BB", "M1 1AE", "B33 8TH", "CR2 6XH"])
def test_the_second_half_of_a_postcode_is_never_kept(postcode):
    first, second = postcode.split()
    assert outward(postcode) == outward(postcode.replace(" ", "").lower()) == outward(first) == first
    (value,), _errors = given_to("postcode_district", {"": postcode})
    assert second not in str(value)


def test_districts_that_are_not_named_are_counted_together():
    one = asked("postcode_district", {"districts": "BH15, DT1 1DD"})
    kind = kinds()["postcode_district"]
    assert kind.counted(one) == [("", "BH15"), ("", "DT1"), ("", "elsewhere")]
    assert list(kind.atoms(one, (Value(text="SP7"),))) == [("", "elsewhere")]


@pytest.mark.parametrize("kind", ["email", "telephone"])
def test_ways_to_reach_somebody_are_personal_whatever_the_definition_says(kind):
    assert asked(kind, personal=False).personal


def test_a_place_takes_its_options_from_the_organisations_list_before_the_authors_own():
    own = [{"key": "other", "label": {"en": "Somewhere else", "pl": "Gdzie indziej"}, "other": True}]
    one = {"key": "q", "kind": "place", "text": {"en": "Q", "pl": "Q"}, "settings": {"list": "towns"}, "options": own}
    questionnaire = read(
        {"title": {"en": "T", "pl": "T"}, "languages": ["en", "pl"], "pages": [{"key": "p", "questions": [one]}]}
    )
    filled = with_lists(questionnaire, {"towns": lambda: [("poole", "Poole"), ("wareham", "Wareham")]})
    (place,) = filled.questions
    assert [option.key for option in place.options] == ["poole", "wareham", "other"]
    assert filled.complete_languages == ("en", "pl")
    assert with_lists(filled, {"towns": lambda: [("poole", "Poole"), ("wareham", "Wareham")]}) == filled


@pytest.mark.parametrize(
    "spoiled",
    [
        {"viewbox": "0 0 10"},
        {"areas": {}},
        {"areas": {"gone": "M0 0z"}},
        {"areas": {"a": 'M0 0"><script>alert(1)</script>'}},
        {"alt": ""},
    ],
)
def test_a_map_that_cannot_be_drawn_is_a_problem_and_never_drawn(spoiled):
    good = {"viewbox": "0 0 10 10", "areas": {"a": "M0 0h5v5z"}, "alt": "A map"}
    options = [{"key": "a", "label": "A"}]
    kind = kinds()["place_on_map"]
    assert not kind.problems(asked("place_on_map", {"map": good}, options=options))
    assert kind.problems(asked("place_on_map", {"map": {**good, **spoiled}}, options=options))


TYPED = st.text(max_size=30) | st.text(alphabet="0123456789./-:+£%٠١٢ abcABCH@", max_size=16)


@settings(max_examples=60, deadline=None)
@given(st.data())
@pytest.mark.parametrize("kind", sorted(kinds()))
def test_no_nonsense_breaks_a_kind_and_what_is_kept_comes_back_the_same(kind, data):
    options = [{"key": key, "label": key} for key in "abc"]
    rows = [{"key": key, "label": key} for key in ("r1", "r2")]
    one = asked(kind, options=options, rows=rows if kind.startswith("matrix") else [])
    this = kinds()[kind]
    typed = {suffix: data.draw(st.lists(TYPED, max_size=2)) for suffix in this.inputs(one)}
    values, errors = this.values(one, typed), this.errors(one, typed, LOCALE)
    assert all(message for message in errors.values()) and set(errors) <= {*this.inputs(one), ""}
    if values and not errors:
        again = this.values(one, this.data(one, values))
        assert again == values
        assert all(isinstance(line, str) for line in this.words(one, values, LOCALE))
        assert len(this.cells(one, values)) == len(this.columns(one))
