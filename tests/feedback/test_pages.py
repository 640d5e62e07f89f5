"""What everybody sees of You Said, We Did, and what staff see and send."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.accounts import work
from consult.consultations import news
from consult.consultations.actions import create
from consult.domain.feedback import Evidence
from consult.domain.wording import Wording
from consult.extensions import db
from consult.feedback import actions, queries
from consult.feedback.models import FeedbackPublication, FeedbackRow
from tests.accounts.factories import make_person, sign_in
from tests.client import parse
from tests.consultations.factories import OPENS, make_approved
from tests.engagement.factories import make_group
from tests.feedback.factories import AFTER, ANSWERS, make_feedback, make_row, publish, release

PUBLIC = "/consultations/phones/you-said-we-did"
STAFF = "/staff/consultations/phones/you-said-we-did"


@pytest.fixture
def asked(database, clock, editor, commissioner):
    """A closed consultation in English and Polish."""
    clock.set(AFTER)
    return make_approved("en", "pl", by=editor, approver=commissioner)


@pytest.fixture
def draft(asked, editor):
    """One theme with one row that lacks nothing."""
    written = make_feedback(asked, by=editor)
    db.session.commit()
    return written


def marked(page, language):
    """The texts on a page that say they are in another language than the page."""
    return [one.text for one in page.all() if one.get("lang") == language and one.tag != "html"]


def row_form(draft, **more):
    """What an editor fills in."""
    return {"theme": draft.themes[0].id, "heard": "Nobody calls back", "questions": ["how"], "answer": "", **more}


def test_before_anything_is_published_the_page_says_so(client, clock, asked):
    db.session.commit()
    assert "We are reading what people told us" in client.page(PUBLIC).text
    clock.set(OPENS)
    assert "After this has closed" in client.page(PUBLIC).text
    assert "Nothing is published yet" in client.page("/you-said-we-did").text


def test_what_is_only_written_is_seen_by_nobody(client, draft):
    for path in (PUBLIC, "/you-said-we-did", "/", "/groups/purbeck", "/consultations/phones"):
        assert "always busy" not in client.page(path).text and "We changed" not in client.page(path).text


def test_a_published_page_begins_in_short_and_gives_each_point_its_evidence_and_answer(
    client, asked, editor, commissioner
):
    rows = [make_row(answer=answer, **given) for answer, given in ANSWERS.items()]
    publish(make_feedback(asked, *rows, by=editor), by=editor, approver=commissioner)
    db.session.commit()
    page = client.page(PUBLIC)
    words = page.text
    assert words.index(
        "In short: People took part. We changed 1 thing. 1 thing was already in our plan."
    ) < words.index("What we heard")
    assert [one.text for one in page.all("th")] == ["What we heard", "Our answer", "Where this is addressed"]
    for said in (
        "Answers to the question: How easy is it to phone us?",
        "We will do this We will print the number Who will do it: Programme lead By when: 22 February 2027",
        "This is not decided yet Who decides: The board When it is decided: 22 February 2027",
        "We cannot do this Because of safety or clinical evidence. There are not enough nurses",
        "This is for someone else Who it is for: The county council When we sent it: 1 December 2026",
        "Plan, step 4",
    ):
        assert said in words, said
    assert "reflect" not in words and "Set-Cookie" not in client.get(PUBLIC).headers


@pytest.mark.parametrize(
    ("people", "said", "linked"),
    [
        ("nothing published", "In short: People took part. We", False),
        (None, "In short: People took part. We", False),
        (1412, "In short: 1,412 people took part. We changed 1 thing.", True),
    ],
)
def test_the_number_of_people_comes_from_published_results_or_is_not_said(
    client, asked, editor, commissioner, people, said, linked
):
    if people != "nothing published":
        release(asked, people=people)
    publish(make_feedback(asked, by=editor), by=editor, approver=commissioner)
    db.session.commit()
    page = client.page(PUBLIC)
    assert said in page.text
    assert ("/consultations/phones/results" in [one.get("href") for one in page.all("a")]) == linked


def test_results_published_later_change_the_page_only_when_it_is_published_again(client, draft, editor, commissioner):
    publish(draft, by=editor, approver=commissioner)
    db.session.commit()
    before = client.get(PUBLIC).data
    release(draft.consultation, people=412)
    db.session.commit()
    assert client.get(PUBLIC).data == before
    actions.edit_row(draft.rows[0], text=make_row("en", "pl"), by=editor, now=AFTER)
    publish(draft, by=editor, approver=commissioner)
    db.session.commit()
    assert "412 people took part" in client.page(PUBLIC).text


def test_a_language_that_is_complete_is_offered_and_nothing_in_it_is_marked(client, asked, editor, commissioner):
    publish(make_feedback(asked, by=editor), by=editor, approver=commissioner)
    db.session.commit()
    page = client.page(f"/pl{PUBLIC}")
    assert "The phone is always busy (pl)" in page.text and "How easy is it to phone us? (pl)" in page.text
    main = page.all("main")[0]
    assert marked(main, "en") == []
    assert f"/pl{PUBLIC}" in [one.get("href") for one in client.page(PUBLIC).all("a")]


def test_words_missing_in_a_language_fall_back_and_say_which_language_they_are_in(client, asked, editor, commissioner):
    draft = make_feedback(asked, make_row("en", "pl", words={"en": "There are two more lines"}), by=editor)
    publish(draft, by=editor, approver=commissioner)
    db.session.commit()
    main = client.page(f"/pl{PUBLIC}").all("main")[0]
    assert marked(main, "en") == ["There are two more lines"] and "always busy (pl)" in main.text
    assert f"/pl{PUBLIC}" not in [one.get("href") for one in client.page(PUBLIC).all("a")]
    arabic = client.page(f"/ar{PUBLIC}")
    assert arabic.all("html")[0].get("dir") == "rtl"
    assert all(one.get("dir") == "ltr" for one in arabic.all("main")[0].all() if one.get("lang") == "en")


def test_hostile_words_are_only_words(client, app, asked, editor, commissioner):
    bad = "<script>alert(1)</script> {{ 7777*7777 }} \"' &amp;"
    hostile = {"en": bad}
    row = make_row(
        heard=hostile,
        words=hostile,
        addressed=hostile,
        href="/plan",
        evidence=[Evidence("event", note=Wording(hostile))],
    )
    draft = make_feedback(asked, row, by=editor)
    draft.themes[0].title = hostile
    publish(draft, by=editor, approver=commissioner)
    browser = sign_in(app, commissioner)
    for page in (
        client.page(PUBLIC),
        browser.page(STAFF),
        browser.page(f"{STAFF}/review"),
        browser.page(f"{STAFF}/preview"),
    ):
        assert bad.replace("  ", " ") in page.text and "60481729" not in page.text
        assert not [one for one in page.all("script") if "alert" in one.text]


def test_published_pages_stay_as_they_were_until_the_next_publication_lists_what_changed(
    client, app, clock, draft, editor, commissioner
):
    publish(draft, by=editor, approver=commissioner)
    db.session.commit()
    before = client.get(PUBLIC).data
    browser = sign_in(app, editor)
    number = draft.rows[0].id
    changed = row_form(
        draft, heard="The phone is always busy", answer="changed", words="Three more lines", questions=["how"]
    )
    assert browser.post(f"{STAFF}/rows/{number}", changed).status_code == 303
    assert client.get(PUBLIC).data == before
    assert browser.post(f"{STAFF}/submit").status_code == 303
    second = sign_in(app, commissioner)
    assert "Changed: The phone is always busy" in second.page(f"{STAFF}/review").text
    clock.set(AFTER + timedelta(days=2))
    assert second.post(f"{STAFF}/publish").status_code == 303
    words = client.page(PUBLIC).text
    assert (
        "What has changed since we last published this Changed: The phone is always busy" in words
        and "Three more lines" in words
    )


def test_the_hub_the_group_the_consultation_and_the_page_of_all_lead_there_newest_first(
    client, clock, asked, editor, commissioner
):
    other = make_approved(by=editor, approver=commissioner, slug="evenings", title={"en": "Evenings"})
    publish(make_feedback(asked, by=editor), by=editor, approver=commissioner)
    publish(make_feedback(other, by=editor), by=editor, approver=commissioner, now=AFTER + timedelta(days=1))
    db.session.commit()
    for path in ("/", "/groups/purbeck", "/you-said-we-did"):
        links = [one.get("href") for one in client.page(path).all("main")[0].all("a") if "you-said" in one.get("href")]
        assert links[:2] == ["/consultations/evenings/you-said-we-did", PUBLIC], path
    assert "/you-said-we-did" in [one.get("href") for one in client.page("/").all("a")]
    page = client.page("/consultations/phones")
    assert PUBLIC in [one.get("href") for one in page.all("a")] and "We changed 1 thing." in page.text


def test_people_who_asked_are_told_of_results_and_then_of_each_answer_even_on_one_day(asked, editor, commissioner):
    draft = make_feedback(asked, by=editor)
    publish(draft, by=editor, approver=commissioner)
    actions.edit_row(draft.rows[0], text=make_row(heard={"en": "Other"}), by=editor, now=AFTER)
    publish(draft, by=editor, approver=commissioner, now=AFTER + timedelta(days=1))
    release(asked, people=412)
    told = [one for one in news.published(db.session) if one.consultation_id == asked.id]
    assert [one.path for one in told] == ["/consultations/phones/results", PUBLIC, PUBLIC]
    assert told[0].number < told[1].number < told[2].number


def test_a_draft_or_unknown_consultation_has_no_such_page(client, database, editor):
    create(group=make_group(), title="Secret", slug="secret", by=editor, now=AFTER)
    db.session.commit()
    assert client.get("/consultations/secret/you-said-we-did").status_code == 404
    for slug in ("nowhere", "%00", "%ED%A0%80", "x" * 10_000):
        assert client.get(f"/consultations/{slug}/you-said-we-did").status_code == 404


def test_an_editor_writes_translates_orders_and_sends_and_a_commissioner_publishes(
    client, app, asked, editor, commissioner
):
    browser = sign_in(app, editor)
    assert "Not begun" in browser.page(STAFF).text
    assert browser.post(f"{STAFF}/themes/new", {"title_en": "Telephones", "title_pl": "Telefony"}).status_code == 303
    draft = queries.begun(asked)
    assert browser.post(f"{STAFF}/rows/new", row_form(draft)).status_code == 303
    page = browser.page(STAFF).text
    assert "has no answer" in page and "Send it for review" not in page
    number = db.session.scalars(select(FeedbackRow.id)).one()
    full = row_form(
        draft,
        answer="will_do",
        words="We will call back",
        who="Practice manager",
        addressed="Action list, 7",
        event="Market stall, 3 May",
        **{"day-day": "31", "day-month": "3", "day-year": "2027"},
    )
    assert browser.post(f"{STAFF}/rows/{number}", full).status_code == 303
    assert "Action list, 7" in [one.get("value") for one in browser.page(f"{STAFF}/rows/{number}").all("input")]
    translate = f"{STAFF}/rows/{number}/in/pl"
    assert "Market stall, 3 May" in browser.page(translate).text
    assert (
        browser.post(
            translate,
            {
                "heard": "Nikt nie oddzwania",
                "words": "Oddzwonimy",
                "who": "Kierownik",
                "addressed": "Lista",
                "note_1": "Stoisko",
            },
        ).status_code
        == 303
    )
    assert "Nikt nie oddzwania" in browser.page(f"{STAFF}/preview?language=pl").text
    assert "Not translated" not in browser.page(STAFF).text
    assert browser.post(f"{STAFF}/submit").status_code == 303
    assert "Take it back" in browser.page(STAFF).text
    second = sign_in(app, commissioner)
    assert browser.post(f"{STAFF}/publish").status_code == 403
    assert second.post(f"{STAFF}/rows/{number}/influence", {"influence": "informs"}).status_code == 303
    assert "It informed the plan" in second.page(f"{STAFF}/review").text
    assert second.post(f"{STAFF}/publish").status_code == 303
    assert "Nobody calls back" in client.page(PUBLIC).text and "Nikt nie oddzwania" in client.page(f"/pl{PUBLIC}").text
    db.session.expire_all()
    assert asked.state == "reported"


def test_what_blocks_publication_is_on_the_page_and_a_forced_post_is_refused_with_it(app, asked, editor, commissioner):
    make_feedback(asked, make_row(answer="cannot", words={"en": "No"}), by=editor)
    browser = sign_in(app, editor)
    sentence = "Row 1 of “Telephones” (“The phone is always busy”) does not choose a kind of reason."
    assert sentence in browser.page(STAFF).text
    refused = browser.post(f"{STAFF}/submit")
    assert refused.status_code == 409 and sentence in refused.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(FeedbackPublication)) == 0


def test_a_commissioner_who_wrote_a_row_is_told_that_somebody_else_has_to_publish(app, draft, editor, commissioner):
    actions.edit_row(draft.rows[0], text=make_row("en", "pl"), by=commissioner, now=AFTER)
    actions.submit(draft, by=editor, now=AFTER)
    browser = sign_in(app, commissioner)
    page = browser.page(f"{STAFF}/review").text
    assert "somebody else has to do it" in page and "Everybody sees it at once" not in page
    assert browser.post(f"{STAFF}/publish").status_code == 403
    assert browser.post(f"{STAFF}/return", {"reasons": "No"}).status_code == 403


def test_sending_back_needs_reasons_which_the_authors_then_read(app, draft, editor, commissioner):
    actions.submit(draft, by=editor, now=AFTER)
    second = sign_in(app, commissioner)
    assert second.post(f"{STAFF}/return", {"reasons": " "}).status_code == 422
    assert second.post(f"{STAFF}/return", {"reasons": "Say it in plainer words"}).status_code == 303
    assert "Say it in plainer words" in sign_in(app, editor).page(STAFF).text


def test_my_work_names_the_next_step_of_each_person(app, asked, editor, commissioner):
    def titles(person):
        with app.test_request_context("/staff/"):
            return [(step.title, step.due) for step in work.steps(person, AFTER) if "You Said" in step.title]

    due = asked.closes_at.date() + timedelta(weeks=12)
    assert titles(editor) == [("Write You Said, We Did for “The title of phones”", due)] and titles(commissioner) == []
    draft = make_feedback(asked, by=editor)
    assert titles(editor)[0][0].startswith("Finish")
    actions.submit(draft, by=editor, now=AFTER)
    assert titles(editor) == []
    assert titles(commissioner) == [("Review You Said, We Did for “The title of phones” before it is published", due)]
    actions.publish(draft, by=commissioner, now=AFTER)
    assert titles(editor) == [] and titles(commissioner) == []


READ = ("", "/preview", "/review")
WRITE = ("/themes/new", "/rows/new")


def test_who_may_see_and_who_may_write(app, client, draft, editor):
    group, elsewhere = make_group(), make_group("swanage", "Swanage")
    people = {
        "editor": (editor, 200, 200),
        "colleague": (make_person("editor", group), 200, 200),
        "analyst": (make_person("analyst", group), 200, 403),
        "stranger": (make_person("editor", elsewhere), 403, 403),
        "promoter": (make_person("promoter", group), 403, 403),
        "administrator": (make_person("administrator"), 403, 403),
    }
    for name, (person, read, write) in people.items():
        browser = sign_in(app, person)
        number = draft.rows[0].id
        for path in READ:
            assert browser.get(f"{STAFF}{path}").status_code == read, (name, path)
        for path in (
            *WRITE,
            f"/rows/{number}",
            f"/rows/{number}/in/pl",
            f"/rows/{number}/remove",
            f"/themes/{draft.themes[0].id}",
        ):
            assert browser.get(f"{STAFF}{path}").status_code == write, (name, path)
        if write == 403:
            for path in (*WRITE, f"/rows/{number}/remove", f"/rows/{number}/move", "/submit", "/take-back", "/publish"):
                assert browser.post(f"{STAFF}{path}").status_code == 403, (name, path)
    for path in (*READ, *WRITE):
        assert client.get(f"{STAFF}{path}").status_code == 303


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"heard": ""}, "Enter what you heard"),
        ({"heard": "x" * 2_001}, "2000 characters"),
        ({"heard": "x" * 10_000_000}, None),
        ({"heard": "\x00"}, "Enter what you heard"),
        ({"theme": ""}, "Choose a theme"),
        ({"theme": "12345"}, "Choose from the answers shown"),
        ({"questions": ["nowhere"]}, "Choose from the answers shown"),
        ({"answer": "perhaps"}, "Choose from the answers shown"),
        ({"reason": "mood"}, "Choose from the answers shown"),
        ({"href": "javascript:alert(1)"}, "Enter an address that begins with"),
        ({"day-day": "31", "day-month": "2", "day-year": "2027"}, "Enter a real date"),
    ],
)
def test_a_row_that_cannot_be_kept_is_given_back_with_what_was_typed(app, draft, editor, change, words):
    browser = sign_in(app, editor)
    response = browser.post(f"{STAFF}/rows/new", row_form(draft, addressed="Action list, 7", **change))
    assert response.status_code in ((413, 422) if words is None else (422,))
    if words:
        page = parse(response.get_data(as_text=True))
        assert words in page.text and page.all("title")[0].text.startswith("Error:")
        assert "Action list, 7" in [one.get("value") for one in page.all("input")]
    assert db.session.scalar(select(func.count()).select_from(FeedbackRow)) == 1


def test_without_the_token_nothing_is_done(app, draft, editor):
    browser = sign_in(app, editor)
    number = draft.rows[0].id
    for path in ("/submit", f"/rows/{number}/remove", f"/rows/{number}/move"):
        assert browser.post(f"{STAFF}{path}", {"csrf_token": "forged"}).status_code in (400, 403)
    for path in ("/themes/new", "/rows/new"):
        assert browser.post(f"{STAFF}{path}", {"csrf_token": "forged"}).status_code in (400, 422)
    db.session.expire_all()
    assert queries.begun(draft.consultation).state == "draft" and len(queries.begun(draft.consultation).rows) == 1


def test_addresses_that_lead_nowhere_are_not_found(app, draft, editor):
    browser = sign_in(app, editor)
    for path in (
        f"/rows/{2**80}",
        "/rows/1",
        f"/themes/{2**80}",
        f"/rows/{draft.rows[0].id}/in/xx",
        f"/rows/{draft.rows[0].id}/in/en",
    ):
        assert browser.get(f"{STAFF}{path}").status_code == 404, path
    assert browser.get(f"{STAFF}/rows/new?theme=nonsense").status_code == 200
    assert browser.get(f"{STAFF}/preview?language=nonsense").status_code == 200


def test_rows_move_and_go_by_buttons(app, draft, editor):
    actions.add_row(draft.themes[0], text=make_row(heard={"en": "Second"}), by=editor, now=AFTER)
    browser = sign_in(app, editor)
    first, second = (row.id for row in draft.rows)
    assert browser.post(f"{STAFF}/rows/{second}/move", {"to": "up"}).status_code == 303
    db.session.expire_all()
    assert [row.id for row in queries.begun(draft.consultation).rows] == [second, first]
    assert "Second" in browser.page(f"{STAFF}/rows/{second}/remove").text
    assert browser.post(f"{STAFF}/rows/{second}/remove").status_code == 303
    theme = draft.themes[0].id
    assert browser.post(f"{STAFF}/themes/{theme}/remove").status_code == 409
    assert browser.post(f"{STAFF}/rows/{first}/remove").status_code == 303
    assert browser.post(f"{STAFF}/themes/{theme}/remove").status_code == 303
    assert browser.post(f"{STAFF}/themes/{theme}/remove").status_code == 404


def test_the_list_for_staff_says_how_far_each_answer_has_got(app, draft, editor, commissioner):
    browser = sign_in(app, editor)
    assert "Being written" in browser.page("/staff/you-said-we-did").text
    publish(draft, by=editor, approver=commissioner)
    db.session.commit()
    assert "Published word for word" in browser.page("/staff/you-said-we-did").text
    assert STAFF in [one.get("href") for one in browser.page("/staff/consultations/phones").all("a")]
