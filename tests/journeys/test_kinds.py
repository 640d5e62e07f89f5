"""Numbers, dates, places and consent: by keyboard, without JavaScript, on a small screen, from right to left."""

from __future__ import annotations

import json

import pytest

ADDRESS = "/consultations/every-kind"
KEPT = {"": "We keep only this first half of your postcode.", "/ar": "نحتفظ فقط بهذا النصف الأول من رمزك البريدي."}
START = {"": "Start now", "/ar": "ابدأ الآن"}


def words(english: str, arabic: str) -> dict[str, str]:
    return {"en": english, "ar": arabic}


def question(key: str, kind: str, english: str, arabic: str, **more) -> dict:
    return {"key": key, "kind": kind, "text": words(english, arabic), **more}


#: A county of our own drawing, in straight lines: it follows no boundary that anybody has surveyed.
AREAS = {
    "west": "M2 24 L20 12 L36 16 L40 34 L34 50 L18 46 L4 40 Z",
    "north": "M20 12 L34 2 L64 4 L74 16 L58 28 L40 34 L36 16 Z",
    "south": "M34 50 L40 34 L58 28 L76 34 L74 48 L60 56 L44 58 L38 56 Z",
    "east": "M74 16 L94 12 L98 28 L90 38 L76 34 L58 28 Z",
}
DEFINITION = {
    "consult": 1,
    "language": "en",
    "languages": ["en", "ar"],
    "title": words("Every kind", "كل الأنواع"),
    "pages": [
        {
            "key": "numbers",
            "title": words("Time and money", "الوقت والمال"),
            "questions": [
                question("cost", "money", "What does the journey cost?", "كم تكلف الرحلة؟", settings={"most": 100}),
                question("share", "percentage", "What share is by bus?", "ما نسبة الحافلة؟"),
                question("long", "duration", "How long does it take?", "كم تستغرق؟"),
                question("since", "partial_date", "Since when?", "منذ متى؟", settings={"against_today": "not_future"}),
                question("away", "date_range", "When were you away?", "متى كنت غائبًا؟"),
            ],
        },
        {
            "key": "places",
            "title": words("Places", "الأماكن"),
            "questions": [
                question("district", "postcode_district", "Where do you live?", "أين تسكن؟"),
                question("town", "place", "Which town do you go to?", "إلى أي بلدة تذهب؟", settings={"list": "towns"}),
                question(
                    "area",
                    "place_on_map",
                    "Which part do you mean?",
                    "أي جزء تقصد؟",
                    options=[
                        {"key": "west", "label": words("West", "الغرب")},
                        {"key": "north", "label": words("North", "الشمال")},
                        {"key": "south", "label": words("South", "الجنوب")},
                        {"key": "east", "label": words("East", "الشرق")},
                    ],
                    settings={
                        "map": {
                            "viewbox": "0 0 100 60",
                            "areas": AREAS,
                            "points": {"west": [20, 32], "north": [52, 17], "south": [57, 45], "east": [80, 25]},
                            "alt": words(
                                "West and north lie inland, south and east by the sea",
                                "الغرب والشمال في الداخل، والجنوب والشرق على البحر",
                            ),
                        }
                    },
                ),
            ],
        },
        {
            "key": "words",
            "title": words("The draft", "المسودة"),
            "questions": [
                question(
                    "facts",
                    "statement",
                    "Why we ask",
                    "لماذا نسأل",
                    hint=words("The bus stops at six.", "تتوقف الحافلة عند السادسة."),
                    settings={
                        "background": words(
                            "In 2019 it stopped at nine.\n\n- Six routes", "كانت تتوقف في التاسعة.\n\n- ستة"
                        ),
                        "background_title": words("More facts", "حقائق أخرى"),
                    },
                ),
                question(
                    "comment",
                    "document_comment",
                    "What do you think of this?",
                    "ما رأيك في هذا؟",
                    settings={
                        "passage": words("We will **move** the bus stop.", "سوف **ننقل** موقف الحافلة."),
                        "source": words("Draft plan, page 4", "مسودة الخطة، صفحة 4"),
                    },
                ),
                question("consent", "publish_consent", "May we publish what you wrote?", "هل يمكننا نشر ما كتبته؟"),
                question("mail", "email", "Your email address", "بريدك الإلكتروني"),
                question("phone", "telephone", "Your telephone number", "رقم هاتفك"),
            ],
        },
    ],
}


@pytest.fixture(scope="module")
def asked(site, tmp_path_factory):
    """The questionnaire, open to answers."""
    path = tmp_path_factory.mktemp("kinds") / "every-kind.json"
    path.write_text(json.dumps(DEFINITION), encoding="utf-8")
    site.consult(
        "import", str(path), "--group", "purbeck", "--slug", "every-kind", "--closes", "2030-01-01", "--open",
    )  # fmt: skip
    return ADDRESS


def goes_on(walker):
    walker.page.locator("main form button[type=submit]").first.click()
    walker.page.wait_for_load_state()


def fills(walker, **boxes):
    for name, text in boxes.items():
        walker.page.locator(f"[id='{name.replace('__', '--').replace('_minus_', '-')}']").fill(text)


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize(("width", "how"), [(1100, {}), (320, {}), (320, {"scripts": False})])
def test_every_page_is_accessible_and_answered_to_the_end(asked, someone, prefix, width, how):
    walker = someone(width=width, **how)
    walker.goes_to(f"{prefix}{ADDRESS}/answer")
    walker.presses(START[prefix])
    walker.finds_it_accessible()
    fills(walker, cost="£12.50", share="40%", long__hours="1", long__minutes="30", since__year="1998")
    fills(walker, away__from_minus_day="1", away__from_minus_month="3", away__from_minus_year="2026")
    fills(walker, away__to_minus_day="9", away__to_minus_month="3", away__to_minus_year="2026")
    goes_on(walker)
    walker.finds_it_accessible()
    fills(walker, district="BH15 2AB")
    walker.page.locator("input[name=area][value=north]").check(force=True)
    goes_on(walker)
    walker.finds_it_accessible()
    fills(walker, comment="Please keep it where it is.", mail="jo@example.org", phone="07700 900123")
    walker.page.locator("input[name=consent][value=counted_only]").check(force=True)
    goes_on(walker)
    walker.finds_it_accessible()
    walker.sees("BH15")
    walker.sees(KEPT[prefix])
    assert "2AB" not in walker.page.content()


@pytest.mark.browser
def test_what_is_wrong_is_said_at_its_box(asked, someone):
    walker = someone(width=320)
    walker.goes_to(f"{ADDRESS}/answer")
    walker.presses("Start now")
    fills(walker, cost="lots", long__hours="one", since__year="2101", away__to_minus_day="1")
    goes_on(walker)
    walker.finds_it_accessible()
    walker.sees("Enter a date that is today or in the past")
    for link in walker.page.locator(".nhsuk-error-summary a").all():
        link.click()
        assert walker.page.evaluate("document.activeElement.tagName") == "INPUT"
        link.evaluate("one => one.closest('.nhsuk-error-summary').focus()")
    assert walker.page.locator(".nhsuk-error-summary a").count() >= 4


@pytest.mark.browser
def test_an_area_of_the_map_chooses_in_the_list_and_the_list_in_the_map(asked, someone):
    walker = someone()
    walker.goes_to(f"{ADDRESS}/answer")
    walker.presses("Start now")
    goes_on(walker)
    walker.page.locator(".app-map--ready").wait_for()
    walker.page.locator("path[data-key=south]").click()
    assert walker.page.locator("input[name=area]:checked").input_value() == "south"
    walker.page.locator("input[name=area][value=west]").focus()
    walker.page.keyboard.press("Space")
    assert walker.page.locator(".app-map__area--chosen").get_attribute("data-key") == "west"
    walker.finds_it_accessible()


@pytest.mark.browser
def test_everything_is_reached_and_answered_by_keyboard_alone(asked, someone):
    walker = someone(width=320)
    walker.goes_to(f"{ADDRESS}/answer")
    keys = walker.page.keyboard

    def types(*texts):
        for text in texts:
            tabs_to("input")
            keys.type(text)

    def tabs_to(which):
        for _ in range(40):
            keys.press("Tab")
            if walker.page.evaluate("which => document.activeElement.matches(which)", f"main form {which}"):
                return
        raise AssertionError(f"no {which} is reached by Tab")

    def presses_continue():
        tabs_to("button[type=submit]")
        with walker.page.expect_navigation():
            keys.press("Enter")

    presses_continue()
    types("12.50", "40", "1", "30", "4", "March", "1998", "1", "3", "2026", "9", "3", "2026")
    presses_continue()
    types("BH15 2AB")
    tabs_to("input[type=radio]")
    keys.press("Space")
    tabs_to("input[name=area]")
    keys.press("ArrowDown")
    assert walker.page.locator("input[name=area]:checked").input_value() == "north"
    assert walker.page.locator(".app-map__area--chosen.app-map__area--at").get_attribute("data-key") == "north"
    presses_continue()
    tabs_to("summary")
    keys.press("Enter")
    walker.sees("Samaritans")
    tabs_to("summary")
    keys.press("Enter")
    walker.sees("In 2019 it stopped at nine.")
    walker.finds_it_accessible()
    tabs_to("textarea")
    keys.type("Please keep it.")
    tabs_to("input[name=consent]")
    keys.press("Space")
    types("jo@example.org", "07700 900123")
    presses_continue()
    for said in (
        "£12.50",
        "40%",
        "1 hour and 30 minutes",
        "4 March 1998",
        "from 1 March 2026 to 9 March 2026",
        "North",
    ):
        walker.sees(said)
