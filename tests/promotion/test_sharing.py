"""Short addresses lead on without a trace; posters, codes and messages are for everybody; opens are told in bands."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import OperationalError

from consult.accounts import work
from consult.accounts.models import StaffEvent
from consult.consultations import actions as consultations
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db
from consult.promotion import actions, queries
from consult.promotion.models import PromotionLink, PromotionOpens
from consult.promotion.queries import band
from consult.promotion.routes.opens import waiting
from tests.accounts.factories import make_person, sign_in
from tests.client import parse
from tests.consultations.factories import CLOSES, NOW, OPENS, make_approved, make_draft
from tests.engagement.factories import make_group
from tests.promotion import qr

PAGE = "/consultations/phones"
SHARE = f"{PAGE}/share"
STAFF = f"/staff{PAGE}/share"


@pytest.fixture
def asked(database, clock, editor, commissioner):
    """An open consultation in English, Polish and Arabic."""
    clock.set(OPENS)
    return make_approved(
        "en",
        "pl",
        "ar",
        by=editor,
        approver=commissioner,
        contact_telephone="01305 000000",
        contact_email="team@example.org",
    )


@pytest.fixture
def link(asked, editor):
    """An address for one practice."""
    made = actions.make_link(asked, kind="practice", label="Swanage Surgery", by=editor, now=OPENS)
    db.session.commit()
    return made


def hrefs(page):
    return [one.get("href") for one in page.all("a")]


# Addresses


def test_every_consultation_has_an_address_for_everyone_from_the_beginning(database, editor):
    draft = make_draft(by=editor)
    assert queries.link_for_everyone(draft).label == ""
    assert [one.kind for one in queries.links(draft)] == ["everyone"]


def test_codes_can_be_said_and_differ(asked, editor):
    made = [actions.make_link(asked, kind="place", label=f"Place {at}", by=editor, now=OPENS) for at in range(50)]
    assert len({link.code for link in made}) == 50
    assert all(re.fullmatch(r"([bdfmnrstvw][aeiou]){2}-([bdfmnrstvw][aeiou]){2}", link.code) for link in made)


@pytest.mark.parametrize(
    "spoil", [str.upper, lambda code: code.replace("-", ""), lambda code: f"{code}.", lambda code: f" {code} "]
)
def test_a_code_is_found_as_people_type_it(link, spoil):
    assert queries.link_by_code(spoil(link.code)) is not None


def test_the_redirect_leads_to_the_plain_page_without_cookie_and_names_nothing_of_the_address(client, link):
    response = client.get(f"/go/{link.code}")
    assert response.status_code == 303 and response.headers["Location"] == PAGE
    assert "Set-Cookie" not in response.headers and response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    others = [value for name, value in response.headers if name != "Location"]
    assert not any(link.code in value or str(link.id) == value for value in others)
    assert link.code not in client.get(PAGE).get_data(as_text=True)


def test_the_redirect_keeps_the_language_and_drops_what_others_hung_on(client, link):
    response = client.get(f"/pl/go/{link.code}?fbclid=abc&from=poster")
    assert response.headers["Location"] == f"/pl{PAGE}"


def test_nothing_of_an_address_is_on_the_way_to_an_answer(client, link):
    client.get(f"/go/{link.code}")
    for path in (PAGE, f"{PAGE}/answer"):
        page = client.get(path).get_data(as_text=True)
        assert link.code not in page and "Swanage Surgery" not in page


def test_no_table_but_the_count_of_opens_points_at_an_address(database):
    schema = inspect(db.engine)
    pointing = {
        table
        for table in schema.get_table_names()
        for key in schema.get_foreign_keys(table)
        if key["referred_table"] in ("promotion_links", "promotion_opens")
    }
    assert pointing == {"promotion_opens"}
    assert {one["name"] for one in schema.get_columns("promotion_opens")} == {"link_id", "hour", "opens"}


@pytest.mark.parametrize("code", ["nowhere", "x" * 10_000, "%00", "%F0%9F%98%80", "tavo-semi", "' or 1=1 --", "-"])
def test_an_unknown_code_is_not_found_and_not_counted(app, client, asked, code):
    for path in ("", "/poster", "/message.txt", "/qr.svg", "/qr.png"):
        assert client.get(f"/go/{code}{path}").status_code == 404
    with app.app_context():
        assert not waiting().counts


def test_an_address_of_a_draft_leads_nowhere(client, clock, database, editor):
    clock.set(OPENS)
    code = queries.link_for_everyone(make_draft(by=editor)).code
    db.session.commit()
    for path in ("", "/poster", "/message.txt", "/qr.svg", "/qr.png"):
        assert client.get(f"/go/{code}{path}").status_code == 404


def test_after_closing_an_address_on_an_old_poster_still_leads_to_the_page(client, clock, link):
    clock.set(CLOSES + timedelta(days=100))
    assert client.get(f"/go/{link.code}").headers["Location"] == PAGE
    assert client.get(f"/go/{link.code}/poster").status_code == 404
    page = client.page(SHARE)
    assert "This has closed" in page.text and not page.all("textarea")


# Counting


def test_opens_are_counted_by_the_hour_and_written_together(app, client, clock, link):
    for minutes in (0, 1, 59, 61):
        clock.set(OPENS + timedelta(minutes=minutes))
        client.get(f"/go/{link.code}")
    assert db.session.scalar(select(func.count()).select_from(PromotionOpens)) == 0
    with app.app_context():
        waiting().write()
    db.session.rollback()
    kept = db.session.execute(select(PromotionOpens.hour, PromotionOpens.opens).order_by(PromotionOpens.hour)).all()
    assert [tuple(one) for one in kept] == [(OPENS, 3), (OPENS + timedelta(hours=1), 1)]


def test_what_several_servers_counted_in_one_hour_adds_up(asked, link):
    for _ in range(3):
        actions.add_opens({(link.id, OPENS): 4})
    assert db.session.scalar(select(PromotionOpens.opens)) == 12


def test_what_could_not_be_written_waits_for_the_next_time(app, client, link, monkeypatch):
    def away(_opens):
        raise OperationalError("insert", None, Exception("the database is away"))

    client.get(f"/go/{link.code}")
    db.session.rollback()
    with app.app_context():
        with monkeypatch.context() as broken:
            broken.setattr("consult.promotion.actions.add_opens", away)
            waiting().write()
        assert sum(waiting().counts.values()) == 1
        waiting().write()
    db.session.rollback()
    assert db.session.scalar(select(PromotionOpens.opens)) == 1


def test_a_look_ahead_without_opening_is_not_counted(app, client, link):
    client.open(f"/go/{link.code}", method="HEAD")
    with app.app_context():
        assert not waiting().counts


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "none"),
        (1, "under 10"),
        (9, "under 10"),
        (10, "10 or more"),
        (49, "10 or more"),
        (50, "50 or more"),
        (99, "50 or more"),
        (100, "100 or more"),
        (999, "500 or more"),
        (1_000, "1,000 or more"),
        (123_456, "5,000 or more"),
    ],
)
def test_bands(count, said):
    assert band(count) == said


def test_opens_belong_to_the_day_in_london(app, editor, asked, link, clock):
    late = OPENS.replace(year=2027, month=6, day=30, hour=23)
    consultations.extend(asked, closes_at=late + timedelta(days=9), reason={"en": "More time."}, by=editor, now=OPENS)
    actions.add_opens({(link.id, late): 10, (link.id, late - timedelta(hours=1)): 1})
    clock.set(late)
    # The head of the page holds somebody's name, which may have digits in it.
    page = sign_in(app, editor).page(f"{STAFF}/{link.code}").all("main")[0].text
    assert (
        "1 July 2027 Opened 10 or more" in page
        and "30 June 2027 Opened under 10" in page
        and "29 June 2027 Opened none" in page
    )
    assert "11" not in re.sub(r"\d+ (June|July) 2027", "", page)


def test_the_public_learns_of_reach_in_words_only(client, asked, link):
    assert "people have opened" not in client.page(SHARE).text
    actions.add_opens({(link.id, OPENS): 9})
    db.session.commit()
    assert "people have opened" not in client.page(SHARE).text
    actions.add_opens({(link.id, OPENS): 22})
    db.session.commit()
    page = client.page(SHARE).text
    assert "Some people have opened this" in page and "31" not in page and "10 or more" not in page
    actions.add_opens({(link.id, OPENS): 100})
    db.session.commit()
    assert "Many people have opened this" in client.page(SHARE).text


# Pages for everybody


def test_a_stranger_finds_the_share_page_and_everything_on_it(client, asked):
    db.session.commit()
    assert SHARE in hrefs(client.page(PAGE))
    page = client.page(SHARE)
    code = queries.link_for_everyone(asked).code
    assert f"localhost/go/{code}" in page.text
    for path in (
        f"/go/{code}/poster",
        f"/pl/go/{code}/poster",
        f"/ar/go/{code}/poster",
        f"/ar/go/{code}/message.txt",
        f"/go/{code}/qr.png",
    ):
        assert path in hrefs(page), path
        response = client.get(path)
        assert (
            response.status_code == 200
            and "Set-Cookie" not in response.headers
            and "max-age" in response.headers["Cache-Control"]
        )
    message = page.all("textarea")[0]
    assert "The title of phones" in message.text and f"http://localhost/go/{code}" in message.text


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("pl", "ltr"), ("ar", "rtl")])
def test_the_poster_says_everything_in_its_language_without_marking_a_fallback(client, link, language, direction):
    prefix = "" if language == "en" else f"/{language}"
    page = client.page(f"{prefix}/go/{link.code}/poster")
    title = "The title of phones" if language == "en" else f"The title of phones ({language})"
    main = page.all("main")[0]
    for said in (title, f"localhost{prefix}/go/{link.code}", "01305 000000", "team@example.org", "12:00"):
        assert said in main.text, said
    assert page.all("html")[0].get("dir") == direction
    fallen_back = [one.text for one in main.all("span") if one.get("lang")]
    assert fallen_back == ([] if language == "en" else ["Consult"])  # the organisation's name, known in English only
    assert main.all("img")[0].get("src") == f"{prefix}/go/{link.code}/qr.svg"
    assert "Swanage Surgery" not in page.text


@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_the_message_is_plain_text_in_its_language_with_the_address_of_that_language(client, link, language):
    prefix = "" if language == "en" else f"/{language}"
    response = client.get(f"{prefix}/go/{link.code}/message.txt")
    assert response.content_type == "text/plain; charset=utf-8" and response.headers["Content-Language"] == language
    words = response.get_data(as_text=True)
    assert f"http://localhost{prefix}/go/{link.code}" in words.split("\n") and "01305 000000" in words
    assert ("(pl)" in words) == (language == "pl") and "<" not in words


@pytest.mark.parametrize("prefix", ["", "/pl", "/ar"])
def test_both_pictures_of_the_qr_code_hold_the_address_of_their_language(client, link, prefix):
    address = f"http://localhost{prefix}/go/{link.code}"
    drawn = client.get(f"{prefix}/go/{link.code}/qr.svg")
    assert drawn.content_type.startswith("image/svg+xml")
    assert qr.read(qr.from_svg(drawn.get_data(as_text=True))) == address
    painted = client.get(f"{prefix}/go/{link.code}/qr.png")
    assert painted.content_type == "image/png"
    assert qr.read(qr.from_png(painted.data, scale=20)) == address


def test_the_address_on_paper_is_the_sites_own_where_one_is_set(app, client, link, monkeypatch):
    object.__setattr__(app.config["CONSULT"], "site_url", "https://say.example/")
    drawn = client.get(f"/pl/go/{link.code}/qr.svg", headers={"Host": "elsewhere.example"})
    assert qr.read(qr.from_svg(drawn.get_data(as_text=True))) == f"https://say.example/pl/go/{link.code}"


def test_hostile_words_are_only_words(app, client, database, clock, editor, commissioner):
    clock.set(OPENS)
    bad = "<script>alert(1)</script> {{ 7*7 }} \"'"
    asked = make_approved(by=editor, approver=commissioner, title={"en": bad}, summary={"en": bad})
    link = actions.make_link(asked, kind="place", label=bad, by=editor, now=OPENS)
    browser = sign_in(app, editor)
    for page in (
        client.page(SHARE),
        client.page(f"/go/{link.code}/poster"),
        browser.page(STAFF),
        browser.page(f"{STAFF}/{link.code}"),
    ):
        assert (
            bad in page.text
            and "49" not in page.all("main")[0].text
            and "alert" not in "".join(one.text for one in page.all("script"))
        )


def test_nothing_can_be_shared_of_a_draft_or_of_what_is_not_there(client, clock, database, editor):
    clock.set(OPENS)
    make_draft(by=editor)
    db.session.commit()
    assert client.get(SHARE).status_code == 404
    for slug in ("nowhere", "%00", "%ED%A0%80", "x" * 10_000):
        assert client.get(f"/consultations/{slug}/share").status_code == 404


def test_share_pages_are_never_kept_past_closing(client, clock, link):
    clock.set(CLOSES - timedelta(seconds=7))
    for path in (SHARE, f"/go/{link.code}/poster", f"/go/{link.code}/message.txt"):
        assert client.get(path).headers["Cache-Control"] == "public, max-age=7"


# Pages for PPG members and staff


def test_a_ppg_member_finds_what_to_share_and_makes_an_address(app, client, asked):
    member = make_person("promoter", make_group())
    browser = sign_in(app, member)
    assert STAFF in hrefs(browser.page("/staff/share"))
    made = browser.post(STAFF, {"kind": "group", "label": "Carers of Swanage"})
    assert made.status_code == 303
    page = browser.page(made.headers["Location"])
    code = made.headers["Location"].rpartition("/")[2]
    for path in (f"/pl/go/{code}/poster", f"/ar/go/{code}/message.txt", f"/ar/go/{code}/qr.png"):
        assert path in hrefs(page) and client.get(path).status_code == 200
    assert "Carers of Swanage" in browser.page(STAFF).text
    event = db.session.scalars(select(StaffEvent).where(StaffEvent.verb == "make_link")).one()
    assert (event.account_id, event.group_id) == (member.id, asked.group_id)


def test_my_work_reminds_ppg_members_of_what_is_open_and_nobody_else(app, asked, editor):
    def titles(person, now):
        with app.test_request_context("/staff/"):
            return [step.title for step in work.steps(person, now) if step.kind == "share"]

    member, stranger = make_person("promoter", make_group()), make_person("promoter", make_group("swanage", "Swanage"))
    assert titles(member, OPENS) == ["Tell people of “The title of phones”"]
    assert titles(member, CLOSES) == [] and titles(stranger, OPENS) == [] and titles(editor, OPENS) == []


def test_who_may_see_and_who_may_make(app, client, link, editor):
    group, elsewhere = make_group(), make_group("swanage", "Swanage")
    people = {
        "editor": (editor, 200, 303),
        "promoter": (make_person("promoter", group), 200, 303),
        "analyst": (make_person("analyst", group), 200, 403),
        "commissioner": (make_person("commissioner", group), 200, 403),
        "stranger": (make_person("promoter", elsewhere), 403, 403),
    }
    for name, (person, see, make) in people.items():
        browser = sign_in(app, person)
        assert browser.get(STAFF).status_code == see and browser.get(f"{STAFF}/{link.code}").status_code == see, name
        assert browser.post(STAFF, {"kind": "place", "label": f"For {name}"}).status_code == make, name
        assert ("Make the address" in browser.get(STAFF).get_data(as_text=True)) == (make == 303), name
        assert browser.get("/staff/share").status_code == 200
    assert "phones" not in sign_in(app, people["stranger"][0]).page("/staff/share").text
    for path in ("/staff/share", STAFF, f"{STAFF}/{link.code}"):
        assert client.get(path).status_code == 303


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"kind": "place"}, "Enter a name"),
        ({"kind": "place", "label": " \x00 "}, "Enter a name"),
        ({"kind": "place", "label": "x" * 121}, "120 characters"),
        ({"kind": "everyone", "label": "All"}, "Choose from the answers shown"),
        ({"kind": "person", "label": "Jo"}, "Choose from the answers shown"),
        ({"label": "Library"}, "Choose whom the address is for"),
        ({"kind": "practice", "label": "Swanage  Surgery"}, "There is an address for this name already"),
        ({"kind": "place", "label": "Library", "csrf_token": "forged"}, None),
    ],
)
def test_an_address_that_cannot_be_made_is_refused_beside_its_field(app, link, editor, data, words):
    browser = sign_in(app, editor)
    response = browser.post(STAFF, data)
    assert response.status_code in ((400, 422) if words is None else (422,))
    if words:
        assert words in parse(response.get_data(as_text=True)).text
    assert db.session.scalar(select(func.count()).select_from(PromotionLink)) == 2


def test_no_address_is_made_once_it_has_closed(app, clock, asked, editor):
    with pytest.raises(NotNow):
        actions.make_link(asked, kind="place", label="Library", by=editor, now=CLOSES)
    with pytest.raises(Rejected):
        actions.make_link(asked, kind="everyone", label="All", by=editor, now=OPENS)
    clock.set(CLOSES)
    browser = sign_in(app, editor)
    assert "Make the address" not in browser.page(STAFF).text and "nothing to share" in browser.page(STAFF).text
    assert browser.post(STAFF, {"kind": "place", "label": "Library"}).status_code == 409


def test_an_address_is_shown_only_with_its_own_consultation(app, clock, link, editor, commissioner):
    make_approved(by=editor, approver=commissioner, slug="evenings", now=NOW)
    browser = sign_in(app, editor)
    assert browser.get(f"/staff/consultations/evenings/share/{link.code}").status_code == 404
    with pytest.raises(Missing):
        queries.link_by_code("zzzz")
