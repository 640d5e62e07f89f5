"""The form on paper: boxes with the codes it is keyed by, routes in words, and what stands on every sheet."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from lxml import html

from consult.domain.equality import asked
from consult.domain.questionnaire import read
from consult.publications.document import Blank, Grid, Paragraph
from consult.publications.questionnaire import Sending, code_sheet, fillable, readable
from consult.publications.questionnaire.form import MOST_CHOICES
from consult.publications.writers import available, write_html, write_pdf
from consult.publications.writers.html import policy, style_of
from consult.questions import codes, kinds
from tests.publications.test_documents import BUSES, flat, say
from tests.questions.test_every_kind import question_of

BY_POST = Sending("buses/3", "Freepost BUSES", free=True, by=date(2026, 12, 20), equality=asked(None))
LONG = read(
    {
        "consult": 1,
        "language": "en",
        "languages": ["en"],
        "title": say("Lists"),
        "pages": [
            {
                "key": "p1",
                "questions": [
                    {
                        "key": "how",
                        "kind": "single_choice",
                        "text": say("How?"),
                        "options": [{"key": key, "label": say(key)} for key in ("bus", "car", "train")],
                        "settings": {"order": "random"},
                    }
                ],
            },
            {
                "key": "p2",
                "questions": [
                    {
                        "key": "again",
                        "kind": "multiple_choice",
                        "text": say("Is [[how|the way you travel]] good?"),
                        "options": [{"key": f"o{one}", "label": say(f"Option {one}")} for one in range(3)],
                    },
                    {
                        "key": "where",
                        "kind": "single_choice",
                        "text": say("Where?"),
                        "options": [{"key": f"t{one}", "label": say(f"Town {one}")} for one in range(MOST_CHOICES + 1)],
                    },
                    {"key": "short", "kind": "long_text", "text": say("Why?"), "settings": {"longest": 200}},
                    {"key": "long", "kind": "long_text", "text": say("What else?"), "settings": {"longest": 2000}},
                ],
            },
        ],
    }
)


def page_of(document):
    return html.fromstring(write_html(document))


def ticks(page):
    return [
        (one.xpath("string(.//*[@class='code'])"), " ".join(one.xpath("string(.//*[@class='words'])").split()))
        for one in page.xpath(".//ul[contains(@class, 'ticks')]/li")
    ]


def test_codes_beside_the_boxes_are_those_of_the_keyboard():
    page = page_of(fillable(BUSES, "en", replace(BY_POST, equality=())))
    assert ticks(page) == [("1", "Yes"), ("2", "No"), ("1", "Street"), ("2", "Home")]
    assert not page.xpath("//ul/li[.//*[@class='code'] and not(.//*[@class='tick'])]")


def test_a_grid_has_letters_for_its_rows_and_codes_in_its_cells():
    [grid] = [one for one in flat(fillable(BUSES, "en", BY_POST)) if isinstance(one, Grid)]
    assert grid.codes == ("1", "2") and [one.text for one in grid.rows] == ["a. Roads"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "If you ticked 2, go to question 4."), ("ar", "إذا اخترت 2، فانتقل إلى السؤال 4.")],
)
def test_routes_are_in_words_that_go_by_codes(language, words):
    leads = [one.line.text for one in flat(fillable(BUSES, language, BY_POST)) if getattr(one, "role", "") == "leads"]
    assert leads == [words]


def test_options_in_random_order_are_printed_as_defined():
    assert ticks(page_of(fillable(LONG, "en", BY_POST)))[:3] == [("1", "bus"), ("2", "car"), ("3", "train")]


def test_a_long_list_is_written_instead_of_ticked():
    words = " ".join(page_of(fillable(LONG, "en", BY_POST)).itertext())
    assert "Town 3" not in words and "Write your answer" in words


def test_room_to_write_goes_by_how_long_an_answer_may_be():
    boxes = [one.lines for one in flat(fillable(LONG, "en", BY_POST)) if isinstance(one, Blank) and one.lines > 1]
    assert boxes == [3, 13]


@pytest.mark.parametrize("make", [readable, lambda *one: fillable(*one, BY_POST)])
def test_words_with_an_earlier_answer_stand_once(make):
    words = " ".join(page_of(make(LONG, "en")).itertext())
    assert words.count("the way you travel") == 1


@pytest.mark.parametrize("make", [readable, lambda *one: fillable(*one, BY_POST)])
def test_a_grid_says_once_how_many_to_choose(make):
    grid = question_of("matrix_several")
    document = make(replace(BUSES, pages=(replace(BUSES.pages[0], questions=(grid,)),)), "en")
    words = [one.line.text for one in flat(document) if isinstance(one, Paragraph)]
    words += [one.caption.text for one in flat(document) if isinstance(one, Grid)]
    assert len([one for one in words if "all that apply" in one]) == 1, words


@pytest.mark.parametrize("make", [readable, lambda *one: fillable(*one, BY_POST)])
def test_a_map_is_drawn_with_its_list(make):
    place = question_of("place_on_map")
    page = page_of(make(replace(BUSES, pages=(replace(BUSES.pages[0], questions=(place,)),)), "en"))
    assert len(page.xpath("//svg//path")) == len(place.settings["map"]["areas"])
    assert page.xpath("//svg[@role='img']/@aria-label")


def test_it_says_where_it_goes_until_when_and_that_equality_is_optional():
    page = page_of(fillable(BUSES, "en", BY_POST))
    words = " ".join(page.itertext())
    assert "You do not need a stamp" in words and "Freepost BUSES" in words and "20 December 2026" in words
    assert "Form number:" in words and "buses/3 en" in words
    [sheet] = page.xpath("//section[contains(@class, 'sheet')]")
    told = " ".join(sheet.itertext())
    assert "You need not fill in this part" in told and "E1. What is your age?" in told
    known = codes.equality_codes(BY_POST.equality[0])
    assert len(ticks(sheet)) >= len(known) and ticks(sheet)[len(known) - 1] == (str(len(known)), "Prefer not to say")


def test_without_freepost_a_stamp_is_not_promised():
    words = " ".join(page_of(fillable(BUSES, "en", replace(BY_POST, free=False))).itertext())
    assert "stamp" not in words and "Freepost BUSES" in words


def test_boxes_are_at_least_six_millimetres_and_nothing_needs_colour():
    document = fillable(BUSES, "en", BY_POST)
    style = style_of(document)
    width, height = re.search(r"\.tick \{[^}]*width: (\d+)mm; height: (\d+)mm", style).groups()
    assert int(width) >= 6 and int(height) >= 6
    sizes = dict(re.findall(r"\.form(\.large)? body \{ font-size: (\d+)pt", style))
    assert int(sizes[""]) >= 12 and int(sizes[".large"]) >= 18


def test_the_page_carries_a_policy_that_lets_its_own_style_in_and_nothing_else():
    document = fillable(BUSES, "ar", BY_POST)
    assert re.fullmatch(r"<style>.*</style>", f"<style>{style_of(document)}</style>", re.S)
    assert style_of(document) in write_html(document).decode()
    assert "unsafe" not in policy(document) and "sha256-" in policy(document)
    assert " style=" not in write_html(document).decode()


@pytest.mark.skipif(not available(), reason="Pango is not installed")
@pytest.mark.parametrize(("language", "foot"), [("en", "Page 1 of"), ("ar", "صفحة")])
def test_every_sheet_says_which_version_it_is_and_its_place(tmp_path, language, foot):
    file = tmp_path / "form.pdf"
    file.write_bytes(write_pdf(fillable(BUSES, language, BY_POST)))
    sheets = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout.split("\f")[
        :-1
    ]
    assert len(sheets) > 1
    assert all(f"buses/3 {language}" in one for one in sheets)
    assert foot in sheets[0]


@pytest.mark.parametrize("name", sorted(kinds()))
@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_kind_can_be_filled_in_and_keyed(name, language):
    question = question_of(name)
    lists = replace(BUSES, pages=(replace(BUSES.pages[0], questions=(question,)),))
    page = page_of(fillable(lists, language, replace(BY_POST, equality=()), large=True))
    known = codes.choice_codes(question)
    if known and len(known) <= MOST_CHOICES:
        printed = set(page.xpath("//*[@class='code']/text()"))
        assert printed == set(known.values()), name
    told = " ".join(page_of(code_sheet(lists, language, BY_POST)).itertext())
    assert not known or all(code in told for code in known.values())
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_wide_grid_scrolls_by_itself_and_by_keyboard():
    page = page_of(fillable(BUSES, "en", BY_POST))
    assert page.xpath("//div[@class='wide'][@tabindex='0']/table")
