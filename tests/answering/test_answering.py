"""What happens to answers on their way, whatever is thrown at them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from consult.extensions import db
from tests.answering.factories import CLOSES, NOW, make_open
from tests.client import StrictClient, parse

START = "/consultations/phones/answer"


@pytest.fixture(autouse=True)
def noon(clock):
    clock.set(NOW)


@pytest.fixture
def asked(app):
    with app.app_context():
        make_open()


def hidden(response):
    tree = parse(response.get_data(as_text=True))
    return {one.get("name"): one.get("value") for one in tree.all("input") if one.get("type") == "hidden"}


def begin(client):
    response = client.post(START)
    assert response.status_code == 303
    return client.get(response.headers["Location"])


def fill(client, key, **fields):
    page = client.get(f"{START}/{key}")
    assert page.status_code == 200
    return client.post(
        f"{START}/{key}", {**hidden(page), **{name.replace("__", "--"): value for name, value in fields.items()}}
    )


def page_of(response):
    return parse(response.get_data(as_text=True)).all("main")[0].get("data-page")


def rows(app, table):
    with app.app_context():
        return db.session.execute(text(f"select count(*) from {table}")).scalar()


def send(client):
    check = client.get(f"{START}/check")
    return client.post(f"{START}/check", hidden(check))


def test_looking_sets_no_cookie_and_may_be_cached(client, asked):
    response = client.get(START)
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"].startswith("public")


def test_answer_pages_are_kept_by_nobody_and_not_compressed(client, asked):
    begin(client)
    response = client.get(f"{START}/p1", headers={"Accept-Encoding": "br, gzip"})
    assert response.headers["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in response.headers


def test_a_whole_way_ends_at_done_and_a_retry_shows_the_same(app, client, asked):
    begin(client)
    assert fill(client, "p1", how="hard", days="3", grid__r1="good").headers["Location"].endswith("/p2")
    assert fill(client, "p2", why="The line is busy").headers["Location"].endswith("/p3")
    assert (
        fill(client, "p3", what="a", day__day="5", day__month="3", day__year="2026")
        .headers["Location"]
        .endswith("/check")
    )
    check = client.get(f"{START}/check")
    assert "The line is busy" in check.get_data(as_text=True) and "5 March 2026" in check.get_data(as_text=True)
    assert send(client).headers["Location"].endswith("/equality")
    assert (rows(app, "drafts"), rows(app, "ballots")) == (0, 1)
    gate = client.get(f"{START}/equality")
    assert "Your answers have been sent" in gate.get_data(as_text=True)
    assert 'data-page="done"' not in gate.get_data(as_text=True)
    assert client.post(f"{START}/equality", {"step": "gate", "gate": "no"}).headers["Location"].endswith("/done")
    first, again = client.get(f"{START}/done"), client.get(f"{START}/done")
    assert page_of(first) == "done"
    receipts = {parse(one.get_data(as_text=True)).all("bdi")[0].text for one in (first, again)}
    assert len(receipts) == 1
    for step in ("p1", "check", "equality", "save"):
        assert client.get(f"{START}/{step}").headers["Location"].endswith("/done")
    assert client.post(f"{START}/check", {"token": "x"}).headers["Location"].endswith("/done")
    assert rows(app, "ballots") == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("days", "many", "digits"),
        ("days", "31", "30 or less"),
        ("days", "-1", "0 or more"),
        ("how", "no_such_option", "answers shown"),
        ("grid__r1", "no_such_option", "answers shown"),
    ],
)
def test_a_wrong_answer_is_named_beside_its_field_and_nothing_earlier_is_lost(client, asked, field, value, said):
    begin(client)
    fill(client, "p1", how="hard", days="3")
    response = fill(client, "p1", **{"how": "hard", field: value})
    assert response.status_code == 422
    tree = parse(response.get_data(as_text=True))
    assert tree.all("title")[0].text.startswith("Error: ")
    summary = next(one for one in tree.all("div") if "nhsuk-error-summary" in one.get("class").split())
    assert said in summary.text
    target = summary.all("a")[0].get("href")[1:]
    assert any(one.get("id") == target for one in tree.all("input", "select", "textarea"))
    check = client.get(f"{START}/check").get_data(as_text=True)
    assert "Hard" in check and ">3<" in check


def test_messages_are_in_the_language_of_the_page(client, asked):
    begin(client)
    page = client.get(f"/pl{START}/p1")
    response = client.post(f"/pl{START}/p1", {**hidden(page), "days": "many"})
    assert response.status_code == 422
    tree = parse(response.get_data(as_text=True))
    assert tree.all("html")[0].get("lang") == "pl"
    assert "There is a problem" not in tree.text


def test_an_answer_hidden_by_a_condition_is_not_sent_and_the_check_page_says_so(app, client, asked):
    begin(client)
    fill(client, "p1", how="hard")
    fill(client, "p2", why="The line is busy")
    fill(client, "p1", how="easy")
    check = client.get(f"{START}/check").get_data(as_text=True)
    assert "The line is busy" not in check
    assert "will not be sent" in check
    assert client.get(f"{START}/p2").headers["Location"].endswith("/p3")


def test_posting_to_a_hidden_page_keeps_nothing(client, asked):
    begin(client)
    token = hidden(client.get(f"{START}/p1"))
    assert client.post(f"{START}/p2", {**token, "why": "Smuggled"}).status_code == 303
    fill(client, "p1", how="hard")
    assert "Smuggled" not in client.get(f"{START}/p2").get_data(as_text=True)


def test_a_forged_or_stale_token_is_refused_and_nothing_is_lost(app, client, asked):
    begin(client)
    fill(client, "p1", how="hard")
    for token in ("", "0" * 32, "\u0000", "ž" * 32):
        assert client.post(f"{START}/p1", {"token": token, "how": "easy"}).status_code == 403
        assert client.post(f"{START}/check", {"token": token}).status_code == 403
    assert "Hard" in client.get(f"{START}/check").get_data(as_text=True)


def test_other_websites_cannot_post(client, asked):
    for site in ("cross-site", "same-site", "none"):
        assert client.post(START, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert client.post(START, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43, "ž" * 43, "=" * 43, "../../etc/passwd"])
def test_a_cookie_that_opens_nothing_leads_to_a_plain_page(app, asked, cookie):
    client = StrictClient(app)
    client.plain.set_cookie("answer-1", cookie)
    response = client.get(f"{START}/p1")
    assert response.status_code == 404 and page_of(response) == "lost"
    response = client.post(f"{START}/p1", {"how": "easy"})
    assert response.status_code == 409


@pytest.mark.parametrize(
    "path",
    [
        "/consultations/nothing/answer",
        "/xx/consultations/phones/answer",
        f"{START}/p1/p2",
        "/consultations/%00/answer",
        "/consultations/%ED%A0%80/answer",
    ],
)
def test_addresses_that_lead_nowhere(client, asked, path):
    assert client.get(path).status_code == 404


def test_an_unknown_step_leads_back_to_the_questions(client, asked):
    begin(client)
    assert client.get(f"{START}/nothing").headers["Location"].endswith("/p1")


def test_ten_megabytes_of_text_are_refused_without_losing_earlier_answers(client, asked):
    begin(client)
    fill(client, "p1", how="hard", days="3")
    token = hidden(client.get(f"{START}/p2"))
    response = client.post(f"{START}/p2", {**token, "why": "x" * 10_000_000})
    assert response.status_code in (413, 422)
    assert "Shorten" in response.get_data(as_text=True) or "too large" in response.get_data(as_text=True)
    assert "Hard" in client.get(f"{START}/check").get_data(as_text=True)


def test_too_long_a_text_is_shown_again_whole(client, asked):
    begin(client)
    fill(client, "p1", how="hard")
    response = fill(client, "p2", why="y" * 600)
    assert response.status_code == 422
    assert "y" * 600 in response.get_data(as_text=True)
    assert "100 too many" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "raw", [b"why=%00abc%0d%0a", b"why=%ED%A0%80abc", b"why=%FF%FEabc", b"why=abc%EE%80%80x%EE%80%81"]
)
def test_nul_bytes_and_broken_characters_do_no_harm(client, asked, raw):
    begin(client)
    fill(client, "p1", how="hard")
    token = hidden(client.get(f"{START}/p2"))["token"]
    response = client.post(
        f"{START}/p2", raw + b"&token=" + token.encode(), content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 303
    assert "abc" in client.get(f"{START}/check").get_data(as_text=True)


def test_fields_nobody_asked_for_are_ignored(client, asked):
    begin(client)
    response = fill(client, "p1", how="easy", why="Smuggled", nonsense="1")
    assert response.status_code == 303
    assert "Smuggled" not in client.get(f"{START}/check").get_data(as_text=True)


def test_choosing_two_answers_where_one_is_asked_is_refused(client, asked):
    begin(client)
    assert fill(client, "p1", how=["easy", "hard"]).status_code == 422


def test_changing_language_keeps_even_what_cannot_be_accepted(client, asked):
    begin(client)
    response = fill(client, "p1", how="easy", days="many", language="pl")
    assert response.headers["Location"] == f"/pl{START}/p1"
    page = client.get(response.headers["Location"]).get_data(as_text=True)
    assert 'value="many"' in page
    tree = parse(page)
    assert next(one for one in tree.all("input") if one.get("value") == "easy").attributes.get("checked", "no") is None
    check = client.get(f"{START}/check")
    assert "Not accepted yet" in check.get_data(as_text=True)
    assert client.post(f"{START}/check", hidden(check)).status_code == 422


def test_finish_now_goes_to_check_from_any_page(client, asked):
    begin(client)
    assert fill(client, "p1", how="hard", finish="1").headers["Location"].endswith("/check")
    assert send(client).status_code == 303


def test_a_change_returns_to_check_unless_it_opens_new_questions(client, asked):
    begin(client)
    fill(client, "p1", how="easy")
    token = hidden(client.get(f"{START}/p1?from=check"))
    assert client.post(f"{START}/p1?from=check", {**token, "how": "other"}).headers["Location"].endswith("/check")
    assert "/p2" in client.post(f"{START}/p1?from=check", {**token, "how": "hard"}).headers["Location"]


def test_a_needed_answer_is_asked_for_before_sending(app, client):
    from tests.answering.factories import DEFINITION

    definition = {
        **DEFINITION,
        "pages": [
            {**page, "questions": [{**one, "required": one["key"] == "what"} for one in page["questions"]]}
            for page in DEFINITION["pages"]
        ],
    }
    with app.app_context():
        make_open(definition=definition)
    begin(client)
    fill(client, "p1", how="easy", finish="1")
    response = send(client)
    assert response.status_code == 422 and "What?" in response.get_data(as_text=True)
    assert rows(app, "ballots") == 0
    assert fill(client, "p3", what="a").status_code == 303
    assert send(client).status_code == 303


def test_nobody_begins_after_closing_but_who_began_has_an_hour(app, client, clock, asked):
    begin(client)
    fill(client, "p1", how="easy")
    clock.set(CLOSES + timedelta(minutes=59))
    assert StrictClient(app).post(START).status_code == 409
    assert page_of(StrictClient(app).get(START)) == "not_open"
    assert fill(client, "p3", what="a").status_code == 303
    clock.set(CLOSES + timedelta(minutes=61))
    page = client.get(f"{START}/check")
    assert client.post(f"{START}/check", hidden(page)).status_code == 409
    assert rows(app, "ballots") == 0


def test_a_page_for_everyone_is_never_kept_past_the_closing(client, clock, asked):
    clock.set(CLOSES - timedelta(seconds=20))
    assert client.get(START).headers["Cache-Control"] == "public, max-age=20"


def test_two_people_on_one_device_see_nothing_of_each_other(app, client, asked):
    begin(client)
    fill(client, "p1", how="hard")
    fill(client, "p2", why="First person's words", finish="1")
    already = client.post(START)
    assert already.headers["Location"].endswith("/begun")
    assert "First person" not in client.get(already.headers["Location"]).get_data(as_text=True)
    assert client.post(START, {"again": "1"}).headers["Location"].endswith("/p1")
    assert "First person" not in client.get(f"{START}/check").get_data(as_text=True)
    assert rows(app, "drafts") == 1


def test_a_come_back_number_opens_the_draft_elsewhere_once_it_is_right(app, client, asked):
    begin(client)
    fill(client, "p1", how="hard")
    page = client.get(f"{START}/save")
    page = client.post(f"{START}/save", hidden(page))
    number = next(one.text for one in parse(page.get_data(as_text=True)).all("bdi"))
    elsewhere = StrictClient(app)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert elsewhere.post("/resume", {"number": wrong}).status_code == 422
    assert elsewhere.post("/resume", {"number": ""}).status_code == 422
    assert elsewhere.post("/resume", {"number": "🦆" * 40}).status_code == 422
    assert elsewhere.post("/resume", {"number": number.replace(" ", "")}).headers["Location"].endswith("/p2")
    assert "Hard" in elsewhere.get(f"{START}/check").get_data(as_text=True)


def test_answers_can_be_deleted_and_are_gone(app, client, asked):
    begin(client)
    fill(client, "p1", how="hard")
    page = client.get(f"{START}/save")
    assert page_of(client.post(f"{START}/save", {**hidden(page), "delete": "1"})) == "deleted"
    assert rows(app, "drafts") == 0
    assert page_of(client.get(f"{START}/p1")) == "lost"


def test_sent_answers_can_be_taken_back_while_they_wait(app, client, asked):
    begin(client)
    fill(client, "p1", how="hard", finish="1")
    send(client)
    assert page_of(client.post(f"{START}/done")) == "taken_back"
    assert rows(app, "ballots") == 0


def test_equality_answers_are_sealed_with_the_ballot_and_unknown_ones_refused(app, client, asked):
    begin(client)
    fill(client, "p1", how="easy", finish="1")
    send(client)
    assert client.post(f"{START}/equality", {"step": "gate"}).status_code == 422
    assert client.post(f"{START}/equality", {"step": "gate", "gate": "yes"}).status_code == 303
    assert "Questions about you" in client.get(f"{START}/equality?questions=yes").get_data(as_text=True)
    assert client.post(f"{START}/equality", {"step": "questions", "sex": "dragon"}).status_code == 422
    assert (
        client.post(f"{START}/equality", {"step": "questions", "sex": "female", "age_band": "65_74"}).status_code == 303
    )
    with app.app_context():
        sealed = db.session.execute(text("select equality from ballots")).scalar()
    assert sealed and b"female" not in bytes(sealed)


def test_a_draft_cannot_be_read_from_the_database(app, client, asked):
    begin(client)
    fill(client, "p1", how="hard")
    fill(client, "p2", why="unmistakable sentence")
    with app.app_context():
        whole = b"".join(bytes(str(tuple(row)), "utf-8") for row in db.session.execute(text("select * from drafts")))
    assert b"unmistakable" not in whole and b"hard" not in whole
