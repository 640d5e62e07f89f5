"""Sections, introductions and earlier answers as people meet them."""

from __future__ import annotations

import json

import pytest

DEFINITION = {
    "consult": 1,
    "language": "en",
    "languages": ["en", "ar"],
    "title": {"en": "Ways to travel", "ar": "طرق التنقل"},
    "pages": [
        {
            "key": "ways",
            "questions": [
                {
                    "key": "how",
                    "kind": "single_choice",
                    "text": {"en": "How do you travel?", "ar": "كيف تتنقل؟"},
                    "options": [
                        {"key": "bus", "label": {"en": "Bus 40", "ar": "الحافلة 40"}},
                        {"key": "car", "label": {"en": "Car", "ar": "السيارة"}},
                    ],
                }
            ],
        },
        {
            "key": "about",
            "title": {"en": "About [[how|your way]]", "ar": "عن [[how|طريقتك]]"},
            "text": {
                "en": "You travel by **[[how|some way]]**.\n\n- Tell us how it is.",
                "ar": "أنت تستخدم **[[how|طريقة ما]]**.\n\n- أخبرنا كيف هي.",
            },
            "questions": [
                {
                    "section": "good",
                    "title": {"en": "What is good", "ar": "ما هو جيد"},
                    "text": {"en": "Think of the _last week_.", "ar": "فكّر في _الأسبوع الماضي_."},
                    "questions": [
                        {
                            "key": "often",
                            "kind": "yes_no",
                            "text": {"en": "Do you often use [[how|it]]?", "ar": "هل تستخدم [[how|ذلك]] كثيرًا؟"},
                        },
                        {
                            "key": "parts",
                            "kind": "matrix",
                            "text": {"en": "How good is each?", "ar": "ما مدى جودة كل منها؟"},
                            "options": [
                                {"key": "good", "label": {"en": "Good", "ar": "جيد"}},
                                {"key": "bad", "label": {"en": "Bad", "ar": "سيئ"}},
                            ],
                            "rows": [
                                {"key": "r1", "label": {"en": "[[how|It]] on time", "ar": "[[how|ذلك]] في الموعد"}}
                            ],
                        },
                    ],
                },
                {
                    "section": "bad",
                    "title": {"en": "What is bad", "ar": "ما هو سيئ"},
                    "show": {"when": "how", "is": "any_of", "of": ["car"]},
                    "questions": [
                        {
                            "key": "park",
                            "kind": "yes_no",
                            "text": {"en": "Is it hard to park?", "ar": "هل يصعب الوقوف؟"},
                        }
                    ],
                },
            ],
        },
    ],
}


@pytest.fixture(scope="module")
def address(site, tmp_path_factory):
    """A consultation that asks it, open."""
    file = tmp_path_factory.mktemp("ways") / "ways.json"
    file.write_text(json.dumps(DEFINITION), "utf-8")
    told = json.loads(site.consult("import", str(file), "--group", "purbeck", "--slug", "ways", "--open"))
    assert told["questions"] == 4
    return "/consultations/ways/answer"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("prefix", "bus", "heading"), [("", "Bus 40", "About Bus 40"), ("/ar", "الحافلة 40", "عن الحافلة 40")]
)
@pytest.mark.parametrize("width", [1100, 320])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_with_sections_says_the_earlier_answer(someone, address, prefix, bus, heading, width, scripts):
    # Given somebody who travels by bus
    walker = someone(width=width, scripts=scripts)
    walker.goes_to(prefix + address)
    walker.page.locator("main form button[type=submit]").first.click()
    walker.page.get_by_label(bus).check(force=True)
    # When they continue
    walker.page.locator("main form button[type=submit]").first.click()
    # Then the next page speaks of their bus, and leaves out what is about cars
    assert walker.page.locator("h1").inner_text() == heading
    assert walker.page.locator("h2.app-section__title").count() == 1
    assert bus in walker.page.locator("main").inner_text()
    walker.finds_it_accessible()
    walker.answers_the_page()
    walker.page.locator("main form button[type=submit]").first.click()
    walker.is_on("check")
    walker.sees(bus)
    walker.finds_it_accessible()
