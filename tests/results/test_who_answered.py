"""Who answered, beside a population that an administrator brought in, up to what is published."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest

from consult.consultations.models import Consultation
from consult.domain.errors import NotNow
from consult.extensions import db
from consult.results import actions, populations
from consult.results import jobs as opening
from tests.accounts.factories import make_person, sign_in
from tests.client import parse
from tests.results.factories import AFTER, RESULTS, STAFF, answer, close, make_answered

pytestmark = pytest.mark.sqlite
TABLES = "/staff/populations"
CHOOSE = "/staff/consultations/phones/population"
SOURCE = "Census 2021, Office for National Statistics"


def census(town: str = "Northtown", code: str = "E1", people: int = 100) -> str:
    rows = [
        f"{code},{town},2021-03-21,{age},{sex},{people * times}"
        for age, times in (("Aged 30 years", 1), ("Aged 80 years", 1), ("Aged 5 years", 0))
        for sex in ("Female", "Male")
    ]
    return "\n".join(rows) + "\n"


def table(*towns: str) -> bytes:
    return ("area_code,area_name,period,age,sex,value\n" + "".join(towns)).encode()


def bring_in(browser, content: bytes, **more: str):
    return browser.post(
        TABLES, {"file": (BytesIO(content), "census.csv"), "source": SOURCE, **more}, content_type="multipart/form-data"
    )


def keep(browser, looked):
    held = next(one for one in parse(looked.text).all("input") if one.get("name") == "held").get("value")
    return browser.post(f"{TABLES}/keep", {"held": held})


@pytest.fixture
def administrator(app, database, clock):
    clock.set(AFTER)
    return sign_in(app, make_person("administrator"))


def test_a_table_is_looked_at_before_it_is_kept(administrator):
    looked = bring_in(administrator, table(census(), census("Southtown", "E2", 300)))
    assert looked.status_code == 200 and "Northtown, Southtown" in parse(looked.text).text and not populations.tables()
    assert keep(administrator, looked).status_code == 303
    assert populations.areas() == [("E1", "Northtown"), ("E2", "Southtown")]
    again = bring_in(administrator, table(census(people=500)))
    keep(administrator, again)
    [sexes] = [one for one in populations.tables() if one.question == "sex" and one.area_code == "E1"]
    assert sexes.counts == {"female": 1000, "male": 1000}
    assert administrator.post(f"{TABLES}/remove", {"source": SOURCE}).status_code == 303 and not populations.tables()


def test_other_headings_unknown_areas_and_changed_figures_are_refused_with_a_sentence(administrator):
    refused = bring_in(administrator, b"area_code,colour,value\nE1,red,4\nE1,blue,5\n")
    assert refused.status_code == 422 and "do not know the groups in the column “colour”" in parse(refused.text).text
    refused = bring_in(administrator, table(census()), areas="Atlantis")
    assert refused.status_code == 422 and "no area called “atlantis”" in parse(refused.text).text
    refused = administrator.post(f"{TABLES}/keep", {"held": "made up"})
    assert refused.status_code == 422 and not populations.tables()


def test_only_administrators_bring_tables_in(app, administrator):
    editor = sign_in(app, make_person("editor"))
    assert editor.get(TABLES).status_code == 403


def crowd(app, **more) -> Consultation:
    """400 people, three of four of them old; young ones find it easy."""
    random = Random(4)
    about = [
        {"age_band": "25_34" if at % 4 == 0 else "75_84", "sex": random.choice(["female", "male"])} for at in range(400)
    ]
    people = [answer(how="easy" if one["age_band"] == "25_34" else "hard") for one in about]
    return make_answered(app, people, given=about, closed=False, **more)


def figures(row) -> list[str]:
    """The figures of a row without the headings that stand in it on a phone."""
    heads = ("People who answered", "Population", "Difference in percentage points")
    return [cell.text.removeprefix(head).strip() for cell, head in zip(row.all("td"), heads, strict=True)]


def heading(page, words: str):
    return next(one for one in page.all("section") if one.all("h2", "h3")[0].text == words)


def test_what_is_published_is_compared_with_the_population_that_stood_then(app, client, administrator, clock):
    keep(administrator, bring_in(administrator, table(census(), census("Southtown", "E2", 300))))
    consultation = crowd(app, crossings={"how": "Whether older people find it harder"}, weighted=("how",))
    close(consultation)
    db.session.commit()
    assert opening.open_arrays() == 1
    staff = sign_in(app, make_person("commissioner"))
    before = staff.page(f"{STAFF}/preview")
    seen = next(one for one in before.all("input") if one.get("name") == "seen").get("value")
    assert "compared with no population yet" in before.text
    assert staff.post(CHOOSE, {"areas": ["E1", "E2"]}).status_code == 303
    consultation = db.session.get_one(Consultation, consultation.id)
    with pytest.raises(NotNow, match="changed since you looked"):
        actions.publish(consultation, by=None, now=AFTER, seen=seen)
    release = actions.publish(consultation, by=None, now=AFTER)
    assert release.population is not None and release.population["tables"]["sex"]["counts"]["female"] == 800
    db.session.commit()
    administrator.post(f"{TABLES}/remove", {"source": SOURCE})

    shown = client.page(RESULTS)
    ages = heading(shown, "What is your age?")
    rows = {row.all("th")[0].text: figures(row) for row in ages.all("tbody")[0].all("tr")}
    assert rows == {
        "Under 16": ["[c] hidden", "under 1%", "– none"],
        "25 to 34": ["25% (100)", "50%", "−25"],
        "75 to 84": ["75% (300)", "50%", "+25"],
    }
    assert "Northtown; Southtown" in shown.text and SOURCE in ages.text
    assert "Fewer of the people who answered than of the population: 25 to 34." in ages.text
    weighted = [one for one in shown.all("section") if one.get("aria-labelledby") == "weighted-how"]
    lines = {
        row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in weighted[0].all("tbody")[0].all("tr")
    }
    # A quarter of those who answered is young and half of the population; a hidden figure in each group counts as 5.
    assert lines["Easy" if "Easy" in lines else "easy"] == ["26%", "47%"]
    assert "do not make this a poll" in shown.text
    assert client.page(f"/ar{RESULTS}").all("h2")


def test_an_area_without_a_table_is_not_half_a_population(app, administrator):
    keep(administrator, bring_in(administrator, table(census())))
    ethnic = b"area_code,area_name,ethnic_group,value\nE2,Southtown,White: Irish,5\nE2,Southtown,Mixed: Other,5\n"
    keep(administrator, bring_in(administrator, ethnic))
    consultation = crowd(app)
    actions.choose_population(consultation, areas=["E1", "E2"], places="", by=None, now=AFTER)
    assert populations.population(consultation) is None
    actions.choose_population(consultation, areas=["E2"], places="", by=None, now=AFTER)
    assert list(populations.population(consultation)["tables"]) == ["ethnic_1"]


def test_people_are_compared_with_the_practices_they_named(app, client, administrator):
    places = b"practice_code,practice_name,registered_patients\nEASY,Anything,100\nX2,Hard,300\n"
    keep(administrator, bring_in(administrator, places))
    consultation = crowd(app)
    close(consultation)
    actions.choose_population(consultation, areas=[], places=SOURCE, by=None, now=AFTER)
    actions.publish(consultation, by=None, now=AFTER)
    db.session.commit()
    [place] = [one for one in client.page(RESULTS).all("section") if one.get("aria-labelledby") == "about-place-how"]
    assert [figures(row) for row in place.all("tbody")[0].all("tr")] == [
        ["25% (100)", "25%", "0"],
        ["75% (300)", "75%", "0"],
    ]
