"""Somebody chooses from lists: by keyboard, without JavaScript, on a small screen, from right to left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.choosing import TOWNS, write

ADDRESS = "/consultations/waiting-rooms"
START = {"": "Start now", "/ar": "ابدأ الآن"}


@pytest.fixture(scope="module")
def asked(site, tmp_path_factory):
    """The questionnaire, open to answers."""
    instance = Path(site.environ["CONSULT_INSTANCE"])
    path = write(tmp_path_factory.mktemp("choosing") / "waiting-rooms.json", instance / "files" / "pictures")
    site.consult(
        "import", str(path), "--group", "purbeck", "--slug", "waiting-rooms", "--closes", "2030-01-01",
        "--open",
    )  # fmt: skip
    return ADDRESS


def begins(walker, prefix=""):
    walker.goes_to(f"{prefix}{ADDRESS}/answer")
    walker.presses(START[prefix])
    walker.is_on("question_page")


def goes_on(walker):
    walker.page.locator("main form button[type=submit]").first.click()
    walker.page.wait_for_load_state()


def radios(walker, name):
    return walker.page.locator(f"input[name={name}]").evaluate_all("all => all.map(one => one.value)")


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("width", [1100, 320])
def test_a_town_is_found_and_chosen_by_keyboard_alone(asked, someone, prefix, width):
    walker = someone(width=width)
    refused = []
    walker.page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    begins(walker, prefix)
    box = walker.page.locator("#town[role=combobox]")
    box.wait_for()
    walker.finds_it_accessible()
    # When they type part of its name and go through the results
    box.focus()
    walker.page.keyboard.type("mouth", delay=20)
    results = walker.page.locator("#town__listbox [role=option]")
    assert [one.split(" –")[0] for one in results.all_inner_texts()[:2]] == ["Bournemouth", "Charmouth"]
    walker.finds_it_accessible()
    walker.page.keyboard.press("ArrowDown")
    walker.page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant") or walker.page.evaluate("document.activeElement.id")
    assert active == "town__option--1"
    walker.finds_it_accessible()
    walker.page.keyboard.press("Enter")
    # Then the box and the list behind it have it, and so does the next visit
    assert box.input_value().startswith("Charmouth")
    assert walker.page.locator("select[name=town]").input_value() == f"town{TOWNS.index('Charmouth') + 1}"
    goes_on(walker)
    walker.page.go_back()
    walker.page.locator("#town[role=combobox]").wait_for()
    assert walker.page.locator("#town[role=combobox]").input_value().startswith("Charmouth")
    assert not refused


@pytest.mark.browser
def test_the_box_says_how_many_results_there_are_and_keeps_what_describes_it(asked, someone):
    walker = someone()
    begins(walker)
    box = walker.page.locator("#town[role=combobox]")
    box.wait_for()
    box.focus()
    walker.page.keyboard.type("poo")
    walker.page.locator(".autocomplete__wrapper", has_text="Results: 2").wait_for(state="attached")
    assert "town-hint" in box.get_attribute("aria-describedby")
    assert walker.page.locator("label[for=town]").inner_text() == "Which town do you live nearest to?"


@pytest.mark.browser
def test_words_that_are_on_no_list_are_not_lost_in_silence(asked, someone):
    walker = someone(width=320)
    begins(walker)
    walker.page.locator("#town[role=combobox]").fill("Blandfrod")
    goes_on(walker)
    walker.is_on("question_page")
    walker.sees("“Blandfrod” is not on the list: choose an answer from the list")
    walker.page.locator(".nhsuk-error-summary a").click()
    assert walker.page.evaluate("document.activeElement.id") == "town"
    assert walker.page.locator("#town").input_value() == "Blandfrod"
    walker.finds_it_accessible()
    walker.page.locator("#town").fill("blandford forum")
    goes_on(walker)
    walker.sees("Which seat is better?")


@pytest.mark.browser
@pytest.mark.parametrize("how", ["javascript", "scripts"])
def test_without_javascript_it_is_a_plain_list_with_a_box_under_it(asked, someone, how):
    walker = someone(width=320, **{how: False})
    begins(walker)
    if how == "scripts":
        walker.finds_it_accessible()
    walker.page.locator("select#town").select_option(label="Somewhere else")
    walker.page.get_by_label("If you chose “Somewhere else”, please say what").fill("Salisbury")
    goes_on(walker)
    walker.goes_to(f"{ADDRESS}/answer/check")
    walker.sees("Somewhere else: Salisbury")


@pytest.mark.browser
def test_an_order_is_somebodys_own_in_every_language_and_on_every_visit(asked, someone):
    orders = set()
    for _ in range(4):
        walker = someone()
        begins(walker)
        order = radios(walker, "how")
        assert order[-2:] == ["never", "another"]
        walker.page.reload()
        assert radios(walker, "how") == order
        walker.goes_to(f"/ar{ADDRESS}/answer/where")
        assert radios(walker, "how") == order
        orders.add(tuple(order))
    assert len(orders) > 1


@pytest.mark.browser
def test_more_than_may_be_chosen_is_refused_where_the_first_answer_stands(asked, someone):
    walker = someone(width=320)
    begins(walker)
    for key in ("price", "time", "comfort"):
        walker.page.locator(f"input[value={key}]").check(force=True)
    goes_on(walker)
    walker.sees("Select no more than 2 answers: you have selected 3")
    walker.finds_it_accessible()
    walker.page.locator(".nhsuk-error-summary a").click()
    assert walker.page.evaluate("document.activeElement.value") == radios(walker, "matters")[0]


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("width", [1100, 320])
def test_pictures_stand_beside_words_and_are_described(asked, someone, prefix, width):
    walker = someone(width=width)
    begins(walker, prefix)
    goes_on(walker)
    walker.finds_it_accessible()
    for image in walker.page.locator("main label img").all():
        image.scroll_into_view_if_needed()
        walker.page.wait_for_function("one => one.complete && one.naturalWidth > 0", arg=image.element_handle())
        assert image.get_attribute("alt")
        assert image.bounding_box()["width"] <= width - 60
    walker.page.locator("main label img").first.click()
    assert walker.page.locator("input[value=blue]").is_checked()
    goes_on(walker)
    walker.is_on("check")
    walker.sees("Blue bench" if not prefix else "المقعد الأزرق")


@pytest.mark.browser
def test_only_pages_with_a_long_list_ask_for_its_script(asked, someone):
    walker = someone()
    fetched = []
    walker.page.on("request", lambda request: fetched.append(request.url))
    walker.goes_to("/")
    assert not [one for one in fetched if "combobox" in one or "type-ahead" in one]
    begins(walker)
    walker.page.locator("#town[role=combobox]").wait_for()
    assert [one for one in fetched if "combobox" in one] and [one for one in fetched if "type-ahead" in one]
