"""Grids, orders, points and scales: by keyboard, without JavaScript, on a small screen, from right to left."""

from __future__ import annotations

import json

import pytest

from consult.domain import bank

ADDRESS = "/consultations/every-grid"
START = {"": "Start now", "/ar": "ابدأ الآن"}


def words(english: str, arabic: str) -> dict[str, str]:
    return {"en": english, "ar": arabic}


def question(key: str, kind: str, english: str, arabic: str, **more) -> dict:
    return {"key": key, "kind": kind, "text": words(english, arabic), **more}


def line(key: str, english: str, arabic: str, **more) -> dict:
    return {"key": key, "label": words(english, arabic), **more}


PLACES = [
    line("clinic", "At the clinic", "في العيادة"),
    line("home", "At home", "في البيت"),
    line("phone", "By phone", "بالهاتف"),
]
WAYS = [
    line("bus", "By bus", "بالحافلة"),
    line("car", "By car", "بالسيارة"),
    line("foot", "On foot", "سيرًا على الأقدام"),
    line("never", "I never go", "لا أذهب أبدًا", exclusive=True),
]
NEEDS = [
    line("near", "Close to home", "قريب من البيت"),
    line("soon", "Seen soon", "موعد قريب"),
    line("same", "The same doctor", "الطبيب نفسه"),
    line("late", "Open late", "مفتوح حتى وقت متأخر"),
]
DEFINITION = {
    "consult": 1,
    "language": "en",
    "languages": ["en", "ar"],
    "title": words("Every grid", "كل الجداول"),
    "pages": [
        {
            "key": "grids",
            "title": words("How it was", "كيف كان"),
            "questions": [
                question(
                    "liked",
                    "matrix",
                    "How was it?",
                    "كيف كان؟",
                    rows=PLACES,
                    options=[line("well", "Good", "جيد"), line("so", "Fair", "مقبول"), line("ill", "Poor", "سيئ")],
                    settings={"order": "random"},
                ),
                question("ways", "matrix_several", "How do you get there?", "كيف تصل؟", rows=PLACES[:2], options=WAYS),
                question(
                    "visits",
                    "matrix_numbers",
                    "How many visits last year?",
                    "كم زيارة في العام الماضي؟",
                    rows=PLACES,
                    settings={"least": 0, "most": 50, "unit": words("visits", "زيارات")},
                ),
                question("change", "matrix_text", "What would you change?", "ماذا ستغير؟", rows=PLACES[:2]),
            ],
        },
        {
            "key": "orders",
            "title": words("What matters", "ما المهم"),
            "questions": [
                question("order", "ranking", "What comes first for you?", "ما الأهم لديك؟", options=NEEDS),
                question(
                    "share",
                    "points",
                    "How would you share out ten points?",
                    "كيف توزع عشر نقاط؟",
                    options=NEEDS[:3],
                    settings={"total": 10, "exactly": True},
                ),
            ],
        },
        {
            "key": "scales",
            "title": words("Overall", "بشكل عام"),
            "questions": [
                bank.question("friends_and_family"),
                bank.question("recommend"),
                question(
                    "mood",
                    "rating",
                    "How did you feel?",
                    "كيف شعرت؟",
                    settings={"points": 5, "appearance": "faces"},
                ),
            ],
        },
    ],
}


@pytest.fixture(scope="module")
def asked(site, tmp_path_factory):
    """The questionnaire, open to answers."""
    path = tmp_path_factory.mktemp("grids") / "every-grid.json"
    path.write_text(json.dumps(DEFINITION), encoding="utf-8")
    site.consult(
        "import", str(path), "--group", "purbeck", "--slug", "every-grid", "--closes", "2030-01-01", "--open",
    )  # fmt: skip
    return ADDRESS


def goes_on(walker):
    walker.page.locator("main form button[type=submit]").first.click()
    walker.page.wait_for_load_state()


def begins(walker, prefix=""):
    walker.goes_to(f"{prefix}{ADDRESS}/answer")
    walker.presses(START[prefix])


def chooses(walker, **answers):
    for name, key in answers.items():
        walker.page.locator(f"input[name='{name.replace('__', '--')}'][value='{key}']").check(force=True)


def places(walker, **given):
    for option, place in given.items():
        walker.page.locator(f"[id='order--{option}']").select_option(place)


def fills(walker, **boxes):
    for name, text in boxes.items():
        walker.page.locator(f"[id='{name.replace('__', '--')}']").fill(text)


def fits(walker):
    assert walker.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the page"


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize(("width", "how"), [(1100, {}), (320, {}), (320, {"scripts": False})])
def test_every_grid_is_accessible_and_answered_to_the_end(asked, someone, prefix, width, how):
    walker = someone(width=width, **how)
    begins(walker, prefix)
    walker.finds_it_accessible()
    fits(walker)
    chooses(walker, liked__clinic="well", liked__phone="ill", ways__clinic="bus", ways__home="never")
    chooses(walker, ways__clinic="car")
    fills(walker, visits__clinic="4", visits__home="0", change__home="A longer visit")
    goes_on(walker)
    walker.finds_it_accessible()
    fits(walker)
    places(walker, near="2", soon="1", same="4", late="3")
    fills(walker, share__near="3", share__soon="7")
    goes_on(walker)
    walker.finds_it_accessible()
    fits(walker)
    chooses(walker, friends_and_family="dont_know", recommend="10", mood="4")
    goes_on(walker)
    walker.finds_it_accessible()
    walker.sees("A longer visit")
    said = {"": "1. Seen soon", "/ar": "1. موعد قريب"}
    walker.sees(said[prefix])


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_wrong_is_said_at_its_line(asked, someone, scripts):
    walker = someone(width=320, scripts=scripts)
    begins(walker)
    if not scripts:
        chooses(walker, ways__clinic="never")
        chooses(walker, ways__clinic="bus")
    fills(walker, visits__clinic="many", visits__phone="51")
    goes_on(walker)
    walker.finds_it_accessible()
    links = walker.page.locator(".nhsuk-error-summary a")
    wrong = [link.get_attribute("href") for link in links.all()]
    assert wrong == [*(["#ways--clinic"] if not scripts else []), "#visits--clinic", "#visits--phone"]
    for link in links.all():
        link.click()
        assert walker.page.evaluate("document.activeElement.tagName") == "INPUT"
    if not scripts:
        walker.page.locator("input[name='ways--clinic'][value=never]").uncheck(force=True)
    fills(walker, visits__clinic="", visits__phone="")
    goes_on(walker)
    places(walker, near="1", soon="1", same="3", late="4")
    fills(walker, share__near="4", share__soon="4")
    goes_on(walker)
    walker.finds_it_accessible()
    walker.sees("“Close to home” and “Seen soon” both have place 1: choose another place for one of them")
    walker.sees("You have given 8 of 10 points: give 2 more")


@pytest.mark.browser
def test_an_order_is_made_with_buttons_and_what_is_sent_is_the_lists(asked, someone):
    walker = someone(width=320)
    begins(walker)
    goes_on(walker)
    walker.page.locator(".app-ranking__button").first.wait_for()
    sizes = [box.bounding_box() for box in walker.page.locator(".app-ranking__button").all()]
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in sizes)
    for name in ("Open late", "Close to home", "The same doctor", "Seen soon"):
        walker.presses(f"Move up {name}")
    walker.presses("Move up Seen soon")
    walker.page.locator("[role=status]", has_text="Seen soon: place 3").wait_for(state="attached")
    focused = walker.page.evaluate("document.activeElement.textContent")
    assert focused == "Move up Seen soon"
    lists = walker.page.locator("[data-ranking] select").evaluate_all("all => all.map(one => one.id + one.value)")
    assert lists == ["order--late1", "order--near2", "order--soon3", "order--same4"]
    walker.finds_it_accessible()
    fills(walker, share__near="12")
    walker.sees("You have given 12 of 10 points")
    fills(walker, share__near="10")
    goes_on(walker)
    goes_on(walker)
    walker.sees("3. Seen soon")


@pytest.mark.browser
def test_everything_is_reached_and_answered_by_keyboard_alone(asked, someone):
    walker = someone(width=320)
    begins(walker)
    keys = walker.page.keyboard

    def tabs_to(which):
        for _ in range(60):
            keys.press("Tab")
            if walker.page.evaluate("which => document.activeElement.matches(which)", f"main form {which}"):
                return
        raise AssertionError(f"no {which} is reached by Tab")

    def presses_continue():
        tabs_to("button[type=submit]")
        with walker.page.expect_navigation():
            keys.press("Enter")

    tabs_to("input[type=radio]")
    keys.press("Space")
    tabs_to("input[name='ways--clinic'][value=foot]")
    keys.press("Space")
    tabs_to("[id='visits--home']")
    keys.type("7")
    tabs_to("[id='change--clinic']")
    keys.type("More chairs")
    presses_continue()
    for name in ("Close to home", "Seen soon", "The same doctor", "Open late"):
        tabs_to(f"[id='order--{next(one['key'] for one in NEEDS if one['label']['en'] == name)}']")
        keys.type(str(1 + [one["label"]["en"] for one in NEEDS].index(name)))
    tabs_to("[id='share--soon']")
    keys.type("10")
    presses_continue()
    tabs_to("input[name=friends_and_family]")
    keys.press("ArrowDown")
    tabs_to("input[name=mood]")
    keys.press("Space")
    presses_continue()
    for said in ("On foot", "More chairs", "4. Open late", "Seen soon: 10", "Good"):
        walker.sees(said)


@pytest.mark.browser
def test_faces_have_words_and_say_nothing_of_their_own(asked, someone):
    walker = someone(width=320)
    begins(walker)
    goes_on(walker)
    goes_on(walker)
    assert walker.page.locator("svg.app-face").count() == 5
    assert walker.page.locator("svg.app-face:not([aria-hidden=true])").count() == 0
    said = walker.page.locator(".app-faces label").all_inner_texts()
    assert [one.split(" – ")[-1].strip() for one in said] == [
        "Very bad",
        "Bad",
        "Neither good nor bad",
        "Good",
        "Very good",
    ]


LONG = {
    "consult": 1,
    "language": "en",
    "languages": ["en", "ar"],
    "title": words("Thirty things", "ثلاثون أمرًا"),
    "pages": [
        {
            "key": "long",
            "questions": [
                question(
                    "long",
                    "matrix",
                    "How good was each of these?",
                    "ما مدى جودة كل من هذه؟",
                    required=True,
                    rows=[line(f"r{at}", f"Thing number {at} that we do", f"الأمر رقم {at}") for at in range(1, 31)],
                    options=[
                        line("very_good", "Very good", "جيد جدًا"),
                        line("good", "Good", "جيد"),
                        line("neither", "Neither good nor poor", "لا جيد ولا سيئ"),
                        line("poor", "Poor", "سيئ"),
                        line("very_poor", "Very poor", "سيئ جدًا"),
                        line("unknown", "Do not know", "لا أعرف", unknown=True),
                        line("not_mine", "Does not apply to me", "لا ينطبق علي", unknown=True),
                    ],
                )
            ],
        }
    ],
}


@pytest.fixture(scope="module")
def asked_at_length(site, tmp_path_factory):
    """Thirty rows with seven answers each."""
    path = tmp_path_factory.mktemp("grids") / "thirty-things.json"
    path.write_text(json.dumps(LONG, ensure_ascii=False), "utf-8")
    site.consult(
        "import", str(path), "--group", "purbeck", "--slug", "thirty-things", "--closes", "2030-01-01", "--open",
    )  # fmt: skip
    return "/consultations/thirty-things"


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize(("width", "scripts"), [(1100, True), (320, True), (320, False)])
def test_thirty_rows_of_seven_answers_are_read_and_answered(asked_at_length, someone, prefix, width, scripts):
    walker = someone(width=width, scripts=scripts)
    walker.goes_to(f"{prefix}{asked_at_length}/answer")
    walker.presses(START[prefix])
    walker.is_on("question_page")
    walker.finds_it_accessible()
    fits(walker)
    # Then answers stand under each other, one by one on a telephone and in columns on a wide page
    left = walker.page.locator("input[value=poor]").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().left))"
    )
    tops = (
        walker.page.locator("fieldset fieldset")
        .nth(3)
        .locator("input")
        .evaluate_all("all => all.map(one => Math.round(one.getBoundingClientRect().top))")
    )
    assert len(left) == 30
    assert len(set(left)) == 1
    assert len(set(tops)) == (1 if width > 1000 else 7)
    # When one row is forgotten, the message names it and leads to it
    for at in range(1, 31):
        if at != 17:
            walker.page.locator(f"input[name=long--r{at}][value=good]").check(force=True)
    goes_on(walker)
    (message,) = walker.page.locator(".nhsuk-error-summary a").all()
    assert "17" in message.inner_text()
    message.click()
    assert walker.page.evaluate("document.activeElement.name") == "long--r17"
    walker.finds_it_accessible()
    walker.page.locator("input[name=long--r17]").last.check(force=True)
    goes_on(walker)
    walker.is_on("check")
    walker.finds_it_accessible()
