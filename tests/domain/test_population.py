"""Tables of populations as they are downloaded, the comparison with them, and weighting with its guard rails."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.findings import HIDDEN, Cell, Table, Total
from consult.domain.population import (
    AREA,
    BY_AGE_AND_SEX,
    NotUnderstood,
    NotWeighted,
    Weighted,
    compared,
    option_of,
    read,
    weighted,
)
from consult.domain.population.weighting import LEAST_WEIGHT, MOST_WEIGHT, _within_bounds

LONG = b"""area_code,area_name,geography,period,indicator,measure,unit,age,sex,value
E1,Northtown,Local authority,2021-03-21,Usual resident population,Count,Persons,Aged under 1 year,All persons,30
E1,Northtown,Local authority,2021-03-21,Usual resident population,Count,Persons,Aged under 1 year,Female,14
E1,Northtown,Local authority,2021-03-21,Usual resident population,Count,Persons,Aged under 1 year,Male,16
E1,Northtown,Local authority,2021-03-21,Usual resident population,Count,Persons,Aged 20 years,All persons,50
E1,Northtown,Local authority,2021-03-21,Usual resident population,Count,Persons,Aged 20 years,Female,"1,020"
E1,Northtown,Local authority,2021-03-21,Usual resident population,Count,Persons,Aged 20 years,Male,24
"""
ETHNIC = b"""area_code,area_name,period,ethnic_group,measure,value
E1,Northtown,2021,"Asian, Asian British or Asian Welsh: Indian",Count,10
E1,Northtown,2021,"Asian, Asian British or Asian Welsh: Chinese",Count,5
E1,Northtown,2021,"White: Irish",Count,7
E1,Northtown,2021,"White: Irish",Percent,41.2
E1,Northtown,2021,Not answered,Count,99
"""
NOMIS = (
    b'"date","geography","geography code","Rural Urban","Ethnic Group: All categories: Ethnic group; measures: Value",'
    b'"Ethnic Group: White; measures: Value","Ethnic Group: White: Irish; measures: Value",'
    b'"Ethnic Group: Mixed; measures: Value"\n"2011","Northtown","E1","Total",120,100,8,20\n'
)
YEARS = "period,area_code,area_name,sex,all_ages,aged_0_to_15," + ",".join(map(str, range(90))) + ",90+\n"
OBSERVED = (
    b"Lower tier local authorities Code,Lower tier local authorities,Sex (2 categories) Code,Sex (2 categories),"
    b"Observation\nE1,Northtown,1,Female,52\nE1,Northtown,2,Male,48\n"
)


def by_question(content: bytes):
    return {one.question: one for one in read(content).benchmarks}


def test_a_table_by_age_and_sex_gives_both_and_counts_nobody_twice():
    found = by_question(LONG)
    assert found["age_band"].counts == {"under_16": 30, "16_24": 50}
    assert found["sex"].counts == {"female": 1034, "male": 40}
    assert found[BY_AGE_AND_SEX].counts == {
        "under_16.female": 14,
        "under_16.male": 16,
        "16_24.female": 1020,
        "16_24.male": 24,
    }
    assert (found["sex"].area_code, found["sex"].area_name, found["sex"].dated) == ("E1", "Northtown", "2021-03-21")


def test_finer_groups_are_added_up_and_percentages_and_people_who_did_not_answer_left_out():
    assert by_question(ETHNIC)["ethnic_1"].counts == {"asian": 15, "white": 7}


def test_a_wide_table_takes_a_group_or_its_parts_and_never_both():
    assert by_question(NOMIS)["ethnic_1"].counts == {"white": 100, "mixed": 20}


def test_estimates_by_year_of_age_are_put_into_our_bands_and_sums_of_years_left_out():
    people = ",".join(["1"] * 91)
    found = by_question(
        f"{YEARS}2024,E1,Northtown,Persons,182,32,{people}\n2024,E1,Northtown,Females,91,16,{people}\n".encode()
    )
    assert found["age_band"].counts["under_16"] == 16 and found["age_band"].counts["85_over"] == 6
    assert sum(found["age_band"].counts.values()) == 91
    assert found[BY_AGE_AND_SEX].counts["16_24.female"] == 9


def test_a_table_made_on_the_census_site_is_read_by_its_observations():
    assert by_question(OBSERVED)["sex"].counts == {"female": 52, "male": 48}


def test_a_list_of_practices_is_a_table_of_places():
    found = by_question(b"practice_code,practice_name,registered_patients\nJ1,Quay Surgery,900\nJ2,Hill Surgery,100\n")
    assert found[AREA].counts == {"J1\tQuay Surgery": 900, "J2\tHill Surgery": 100}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a CSV file"),
        (b"\xff\xfe\x00\x01PK\x00", "not a CSV file"),
        (b"colour,value\nred,4\n", "which area a row is about"),
        (b"area_code,area_name,colour,value\nE1,A,red,4\nE1,A,blue,5\n", "do not know the groups in the column"),
        (
            b"area_code,age,value\nE1,Aged 15 to 19 years,4\nE1,Aged 20 to 24 years,5\n",
            "these ages together: “Aged 15 to 19 years",
        ),
        (b"area_code,height\nE1,4\n", "found no groups"),
    ],
)
def test_other_headings_are_refused_with_a_sentence(content, sentence):
    with pytest.raises(NotUnderstood, match=sentence):
        read(content)


@given(st.binary(max_size=400))
def test_nonsense_is_refused_or_read_and_never_breaks(content):
    with suppress(NotUnderstood):
        assert read(content).benchmarks


def test_labels_that_are_not_ours_are_not_guessed():
    assert option_of("age_band", "Aged 15 to 19 years") is None and option_of("sex", "Blue") is None
    assert option_of("age_band", "90+") == "85_over" and option_of("sex", "All persons") == ""
    long_term = "Not disabled under the Equality Act: Has long-term physical or mental health condition but day-to-day "
    assert option_of("disability_2", f"{long_term}activities are not limited") == "not_at_all"


# The comparison


def table(counts, base=None) -> Table:
    cells = tuple(Cell(key, HIDDEN if count is None else count, 5) for key, count in counts.items())
    return Table("&age_band", cells, Total(base or sum(cell.about for cell in cells), about=True))


LIVES = {"young": 300, "middle": 300, "old": 395, "oldest": 5}


def test_shares_are_of_those_who_said_and_a_difference_is_in_points():
    found = compared(table({"young": 20, "middle": 60, "old": 120, "rather_not": 50}), LIVES, responses=250)
    assert [(one.key, one.answered, one.population, one.points) for one in found.groups] == [
        ("young", 10, 30, -20),
        ("middle", 30, 30, 0),
        ("old", 60, 40, 20),
    ]
    assert (found.fewer, found.more, found.not_heard) == (("young",), ("old",), ())


def test_hidden_groups_have_no_share_and_were_not_heard():
    found = compared(table({"young": None, "middle": 60, "old": None, "oldest": 0}), LIVES, responses=62)
    assert found.not_heard == ("young", "old", "oldest") and found.base == Total(62, about=True)
    assert [one.answered for one in found.groups] == [None, 97, None, 0]


def test_nothing_is_said_of_under_fifty_people_nor_of_one_group():
    found = compared(table({"young": 5, "old": 40}), LIVES, responses=45)
    assert found.fewer == found.more == () and [one.answered for one in found.groups] == [None, None]
    assert compared(table({"young": 90, "other": 40}), LIVES, responses=200) is None


# Weighting

PAIRS = [("16_24", "female"), ("16_24", "male"), ("65_74", "female"), ("65_74", "male")]


def groups(sizes, yes) -> dict:
    return {
        pair: Table("how", (Cell("yes", round(size * share)), Cell("no", size - round(size * share))), Total(size))
        for pair, size, share in zip(PAIRS, sizes, yes, strict=True)
    }


def test_weighted_figures_are_those_of_a_population_that_answered_alike():
    found = weighted(groups([50, 50, 150, 150], [1, 1, 0, 0]), dict.fromkeys(PAIRS, 1000))
    assert isinstance(found, Weighted)
    assert found.plain == {"yes": 25, "no": 75} and found.weighted == {"yes": 50, "no": 50}
    # Kish: 400 squared over 100 people at 2 and 300 at 2/3.
    assert found.effective == int(400**2 / (100 * 4 + 300 * 4 / 9)) and found.people == 400 and found.covered == 100


@pytest.mark.parametrize(
    ("sizes", "lives", "why"),
    [
        ([20, 20, 300, 300], [1000, 1000, 300, 300], "far"),
        ([12, 12, 12, 12], [1000, 1000, 1000, 1000], "few"),
        ([40, 40, 40, 40], [10, 10, 10, 10], "covered"),
        ([40, 40, 40, 40], [0, 0, 0, 0], "none"),
    ],
)
def test_weighting_is_refused_rather_than_stretched(sizes, lives, why):
    population = dict(zip(PAIRS, lives, strict=True)) | {("85_over", "female"): 40}
    assert weighted(groups(sizes, [0.5] * 4), population) == NotWeighted(why)


def test_without_one_sex_there_is_no_weighting():
    some = {pair: one for pair, one in groups([50] * 4, [0.5] * 4).items() if pair[1] == "female"}
    assert weighted(some, dict.fromkeys(PAIRS, 100)) == NotWeighted("missing")


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_no_weight_leaves_its_bounds_and_the_mean_is_one_where_that_can_be(seed):
    random = Random(seed)
    bases = {pair: random.randrange(20, 400) for pair in PAIRS}
    people = sum(bases.values())
    lives = {pair: random.randrange(1, 1000) for pair in PAIRS}
    raw = {pair: lives[pair] / sum(lives.values()) * people / bases[pair] for pair in PAIRS}
    found = _within_bounds(raw, bases)
    assert all(LEAST_WEIGHT <= one <= MOST_WEIGHT for one in found.values())
    if all(LEAST_WEIGHT <= one <= MOST_WEIGHT for one in raw.values()):
        assert found == pytest.approx(raw)
