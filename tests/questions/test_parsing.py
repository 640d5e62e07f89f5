"""What people type is read as they mean it, and nonsense is refused with what to do."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from consult.domain.answers import Value
from consult.domain.journey import Stop
from consult.domain.questionnaire import Page, read
from consult.questions import check, kinds
from consult.questions.base import Locale, input_name
from consult.questions.place import with_lists
from consult.questions.postcode_district import outward
from consult.web.locale import current_locale
from consult.web.questions import page_form

LOCALE = Locale("en", lambda text, **named: text % named if named else text)


def asked(kind, settings_=None, **more):
    return whole(kind, settings_, **more).pages[0].questions[0]


def whole(kind, settings_=None, **more):
    passage = {"passage": {"en": "We will move the stop."}} if kind == "document_comment" else {}
    one = {"key": "q", "kind": kind, "text": "Q", "settings": {**passage, **(settings_ or {})}, **more}
    if kind == "place" and "list" not in one["settings"]:
        one.setdefault("options", [{"key": "a", "label": "A"}])
    return read({"title": "T", "pages": [{"key": "p", "questions": [one]}]})


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
        ("money", {"": "£1,200"}, Value(number=1200)),
        ("money", {"": "1.200,50 €"}, Value(number=1200.5)),
        ("money", {"": "£1,200.50"}, Value(number=1200.5)),
        ("money", {"": "١٬٢٠٠٫٥٠"}, Value(number=1200.5)),
        ("number", {"": "1,200"}, Value(number=1200)),
        ("number", {"": "\u200f۱۲"}, Value(number=12)),
        ("number", {"": "−3"}, Value(number=-3)),
        ("percentage", {"": "45%"}, Value(number=45)),
        ("percentage", {"": "٤٥٪"}, Value(number=45)),
        ("duration", {"hours": "1", "minutes": "30"}, Value(number=90)),
        ("duration", {"hours": "", "minutes": "۹۰"}, Value(number=90)),
        ("partial_date", {"day": "", "month": "", "year": "1998"}, Value(text="1998")),
        ("partial_date", {"day": "", "month": "march", "year": "1998"}, Value(text="1998-03")),
        ("partial_date", {"day": "4", "month": "3", "year": "1998"}, Value(text="1998-03-04")),
        ("date", {"day": "4", "month": "مارس", "year": "١٩٩٨"}, Value(text="1998-03-04")),
        ("date", {"day": "۴", "month": "ستمبر", "year": "۱۹۹۸"}, Value(text="1998-09-04")),
        ("date", {"day": "4", "month": "Październik", "year": "1998"}, Value(text="1998-10-04")),
        ("date", {"day": "4", "month": "iunie", "year": "1998"}, Value(text="1998-06-04")),
        ("date", {"day": "4", "month": "Rhagfyr", "year": "1998"}, Value(text="1998-12-04")),
        ("time", {"hour": "٧", "minute": "٣٠"}, Value(text="07:30")),
        ("time", {"hour": "19", "minute": ""}, Value(text="19:00")),
        ("email", {"": " Jo.Bloggs@EXAMPLE.org "}, Value(text="Jo.Bloggs@example.org")),
        ("telephone", {"": "+44 7700 900123"}, Value(text="07700 900123")),
        ("telephone", {"": "0048 22 123 45 67"}, None),
        ("postcode_district", {"": "bh15 2ab"}, Value(text="BH15")),
        ("postcode_district", {"": "DT1"}, Value(text="DT1")),
        ("postcode_district", {"": "bh15 2"}, Value(text="BH15")),
        ("postcode_district", {"": " sw1a-1aa."}, Value(text="SW1A")),
    ],
)
def test_what_is_meant_is_kept(kind, data, kept):
    values, errors = given_to(kind, data)
    if kept is None:
        assert bool(values) is not bool(errors)
    else:
        assert (values, errors) == ((kept,), {})


@pytest.mark.parametrize(
    ("kind", "data", "box"),
    [
        ("date", {"day": "4", "month": "", "year": "1998"}, "month"),
        ("date", {"day": "4", "month": "3", "year": "98"}, "year"),
        ("date", {"day": "31", "month": "2", "year": "1998"}, "day"),
        ("partial_date", {"day": "", "month": "3", "year": ""}, "year"),
        ("partial_date", {"day": "3", "month": "", "year": "1998"}, "month"),
        ("date_range", {"from-day": "4", "from-month": "3"}, "from-year"),
        ("duration", {"hours": "1", "minutes": "half"}, "minutes"),
        ("time", {"hour": "7", "minute": "75"}, "minute"),
        ("time", {"hour": "27", "minute": "5"}, "hour"),
    ],
)
def test_an_error_leads_to_the_box_that_it_is_about(kind, data, box):
    values, errors = given_to(kind, data)
    assert not values and next(iter(errors)) == box


@pytest.mark.parametrize("typed", ["1,200", "12.505", "1.200", "1,2,3", "--1", "1e5", "٣٫٣٫٣"])
def test_a_number_that_may_mean_two_things_or_none_is_not_guessed(typed):
    decimal = typed in ("1,200", "1,2,3", "--1", "1e5", "٣٫٣٫٣")
    kind = "number" if decimal else "money"
    values, errors = given_to(kind, {"": typed}, **({"decimal": True} if decimal else {}))
    assert not values and errors


def test_the_unit_may_be_typed_with_the_number():
    one = asked("number", {"unit": {"en": "miles", "pl": "mil"}})
    for typed in ("12 miles", "12MILES", "12 mil", "12"):
        assert kinds()["number"].values(one, {"": [typed]}) == (Value(number=12),)
    assert kinds()["number"].words(one, (Value(number=12),), LOCALE) == ["12 miles"]


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "against", "values", "box"),
    [
        ("date", "not_future", [("", "2026-11-23")], None),
        ("date", "not_future", [("", "2026-11-24")], "day"),
        ("date", "not_past", [("", "2026-11-23")], None),
        ("date", "not_past", [("", "2026-11-22")], "day"),
        ("date", "", [("", "1926-11-22")], None),
        ("partial_date", "not_future", [("", "2026")], None),
        ("partial_date", "not_future", [("", "2026-12")], "day"),
        ("partial_date", "not_past", [("", "2026-11")], None),
        ("partial_date", "not_past", [("", "2025")], "day"),
        ("date_range", "not_future", [("from", "2026-11-01"), ("to", "2026-11-24")], "to-day"),
        ("date_range", "not_past", [("from", "2026-11-01"), ("to", "2026-11-24")], "from-day"),
        ("date_range", "not_past", [("from", "2026-11-23"), ("to", "2026-11-24")], None),
    ],
)
def test_a_date_may_be_held_to_the_past_or_the_future(kind, against, values, box):
    one = asked(kind, {"against_today": against})
    kept = tuple(Value(part, text=text) for part, text in values)
    assert list(kinds()[kind].errors_today(one, kept, TODAY, LOCALE)) == ([box] if box else [])


@pytest.mark.parametrize("kind", ["date", "date_range", "partial_date"])
def test_a_page_asks_dates_against_the_day_of_answering(app, kind):
    one = asked(kind, {"against_today": "not_past"})
    typed = {suffix: {"day": "1", "month": "2", "year": "2020"}[suffix.rpartition("-")[2]]
             for suffix in kinds()[kind].inputs(one)}  # fmt: skip
    sent = MultiDict({input_name(one, suffix): text for suffix, text in typed.items()})
    with app.test_request_context("/"):
        for today, good in ((date(2020, 2, 1), True), (date(2020, 2, 2), False)):
            form = page_form(Stop(Page("p", (one,)), (one,)), current_locale(), answers={}, formdata=sent, today=today)
            assert form.validate() is good


@pytest.mark.parametrize(
    ("language", "money", "time", "month"),
    [
        ("en", "£1,200.50", "1 hour and 30 minutes", "March 1998"),
        ("pl", "1\xa0200,50\xa0£", "1 godzina i 30 minut", "marzec 1998"),
        ("ro", "1.200,50\xa0£", "1 oră și 30 de minute", "martie 1998"),
        ("cy", "£1,200.50", "1 awr a(c) 30 munud", "Mawrth 1998"),
        ("ur", "£1,200.50", "1 گھنٹہ اور 30 منٹ", "مارچ 1998"),
        ("ar", "\u200f1,200.50\xa0£", "ساعة واحدة و30 دقيقة", "مارس 1998"),
    ],
)
def test_answers_are_said_as_each_language_says_them(app, language, money, time, month):
    with app.test_request_context("/", environ_overrides={"consult.language": language}):
        here = current_locale()
        said = [
            kinds()[kind].words(asked(kind), (value,), here)[0]
            for kind, value in (
                ("money", Value(number=1200.5)),
                ("duration", Value(number=90)),
                ("partial_date", Value(text="1998-03")),
            )
        ]
    assert said == [money, time, month]


@pytest.mark.parametrize(("language", "said"), [("en", "07700 900123"), ("ar", "\u206607700 900123\u2069")])
def test_a_telephone_number_is_not_turned_round_on_pages_from_right_to_left(app, language, said):
    with app.test_request_context("/", environ_overrides={"consult.language": language}):
        number = (Value(text="07700 900123"),)
        assert kinds()["telephone"].words(asked("telephone"), number, current_locale()) == [said]
        assert kinds()["telephone"].cells(asked("telephone"), number) == ["07700 900123"]


@pytest.mark.parametrize(
    ("kind", "settings_", "named"),
    [
        ("number", {"least": "few"}, "least"),
        ("number", {"bands": [1, "two"]}, "bands"),
        ("percentage", {"most": 120}, "most"),
        ("money", {"currency": "ZZZ"}, "currency"),
        ("date", {"earliest": "yesterday"}, "earliest"),
        ("date_range", {"against_today": "whenever"}, "against_today"),
        ("duration", {"units": ["hours", "weeks"]}, "units"),
        ("place", {"appearance": "globe"}, "appearance"),
        ("document_comment", {"longest": -1}, "longest"),
    ],
)
def test_a_setting_that_its_form_would_refuse_is_a_problem_of_the_definition(kind, settings_, named):
    found = [problem for problem in check(whole(kind, settings_)) if f"“{named}”" in problem.sentence]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("kind", "settings_"),
    [
        ("number", {"least": 0, "most": 50.5, "decimal": True, "bands": [5, 10.5], "unit": {"en": "miles"}}),
        ("money", {"currency": "EUR", "bands": "5, 10"}),
        ("percentage", {"decimal": False}),
        ("date", {"earliest": "1990-01-01", "against_today": "not_future"}),
        ("duration", {"units": ["days", "hours"], "most": 600}),
        ("postcode_district", {"districts": ["BH15", "DT1"]}),
        ("place", {"list": "towns"}),
    ],
)
def test_settings_as_they_are_written_are_no_problem(kind, settings_):
    assert check(whole(kind, settings_)) == []


def test_consent_is_about_questions_that_are_answered_in_words():
    definition = {
        "title": "T",
        "pages": [
            {
                "key": "p",
                "questions": [
                    {"key": "why", "kind": "long_text", "text": "Why?"},
                    {"key": "age", "kind": "number", "text": "Age?"},
                    {"key": "may", "kind": "publish_consent", "text": "May we?", "settings": {"about": ["why"]}},
                ],
            }
        ],
    }
    assert check(read(definition)) == []
    for wrong in ("age", "gone", "may"):
        definition["pages"][0]["questions"][2]["settings"]["about"] = ["why", wrong]
        assert [wrong in problem.sentence for problem in check(read(definition))] == [True]


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("money", {"": "a lot"}, "using digits"),
        ("money", {"": "-3"}, "0 or more"),
        ("percentage", {"": "120"}, "100% or less"),
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


def test_without_named_districts_areas_are_counted():
    one, kind = asked("postcode_district"), kinds()["postcode_district"]
    values = [(Value(text=code),) for code in ("BH15", "BH2", "DT1", "W1A", "GIR", "AA1")]
    atoms = [atom for value in values for _part, atom in kind.atoms(one, value)]
    assert atoms == ["BH", "BH", "DT", "W", "elsewhere", "elsewhere"]
    finding = kind.finding(one, {("q", "", "BH"): 30, ("q", "", "DT"): 12, ("q", "", "answered"): 42}, everyone=True)
    assert [(cell.key, cell.count) for cell in finding.table.cells] == [("BH", 30), ("DT", 12)]


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
