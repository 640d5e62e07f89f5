"""The closing array: as long as it was, nobody lost or doubled by a kill, opened once, and then by nobody."""

from __future__ import annotations

import zlib
from collections import Counter
from random import Random

import pytest
from flask import current_app
from sqlalchemy import select

from consult.accounts.models import StaffEvent
from consult.answering import jobs, keys, seal
from consult.answering.actions import boxes, crossing, drop, receipts
from consult.answering.models import ClosingArray, ReleasedCrossing
from consult.consultations.models import Consultation
from consult.domain.answers import Value
from consult.domain.crossing import grids
from consult.domain.disclosure import DEFAULT
from consult.extensions import db
from consult.jobs import saving
from consult.results import jobs as results_jobs
from consult.results import queries
from tests.answering.crowd import Crowd, key_files, make_crowd
from tests.answering.factories import CLOSES, NOW
from tests.answering.intruder import array_tells, copy_database
from tests.answering.test_settle_killed import in_a_killed_process, killed_at_step

PURPOSE = "Whether older people find it harder"
LATER = CLOSES.replace(day=CLOSES.day + 1) if CLOSES.day < 28 else CLOSES


@pytest.fixture
def crowd(database, monkeypatch) -> Crowd:
    """An open consultation with a crossing, whose box has taken its first key, and whose sweeps take several lots."""
    monkeypatch.setattr(jobs, "MOST", 20)
    made = make_crowd(crossings={"how": PURPOSE, "what": PURPOSE}, weighted=("how",))
    begin(made)
    return made


def begin(crowd: Crowd) -> None:
    with saving():
        boxes.open_box(db.session, jobs._folder(), consultation_id=crowd.consultation_id, today=NOW.date(), again=True)


def array(crowd: Crowd) -> ClosingArray | None:
    db.session.rollback()
    return db.session.get(ClosingArray, crowd.consultation_id, populate_existing=True)


def people(crowd: Crowd, count: int, seed: int = 1) -> None:
    """So many people, most of whom say how old they are and their sex."""
    random = Random(seed)
    with saving():
        for at in range(count):
            about = {"sex": random.choice(["female", "male"]), "age_band": random.choice(["25_34", "75_84"])}
            crowd.send_one(
                drop.Label(crowd.revision, "en"),
                about if at % 5 else None,
                True,
                {
                    "how": (Value(choice=random.choice(["easy", "hard"])),),
                    "why": (Value(text=f"{seed} {at}"),),
                },
            )


def in_it(crowd: Crowd) -> Counter[tuple[str, str, str]]:
    """What is in the array, for whoever has the key: by crossing, group and option."""
    db.session.rollback()
    found = crossing.opened(db.session, jobs._folder(), crowd.consultation_id)
    db.session.rollback()
    assert found is not None
    return Counter(
        {
            (grid.question, table.part, cell.key): cell.about
            for grid in grids(*found)
            for table in grid.tables
            for cell in table.cells
            if cell.about
        }
    )


def expected(crowd: Crowd) -> Counter[tuple[str, str, str]]:
    """The same, counted one by one among those who are counted."""
    found: Counter[tuple[str, str, str]] = Counter()
    for person in crowd.people:
        if crowd.state(person) == "counted" and person.equality:
            age, sex = person.equality["age_band"], person.equality["sex"]
            how = person.answers["how"][0].choice
            for by, group in (("age_band", age), ("sex", sex), ("age_band&sex", f"{age}.{sex}")):
                found[f"how&{by}", group, str(how)] += 1
    return found


def test_the_array_is_exactly_who_was_counted_and_as_long_as_before(crowd):
    before = array(crowd)
    assert before is not None
    lengths, texts = {len(before.sealed or b"")}, {before.sealed}
    for wave in range(2):
        people(crowd, 40, seed=wave)
        crowd.sweep()
        kept = array(crowd)
        assert kept is not None
        lengths.add(len(kept.sealed or b""))
        texts.add(kept.sealed)
        assert in_it(crowd) == expected(crowd)
    assert len(lengths) == 1
    assert len(texts) == 3


def test_answers_taken_back_are_not_in_it(crowd):
    people(crowd, 30)
    with saving():
        for person in crowd.people[:15]:
            assert receipts.take_back(db.session, person.receipt)
    crowd.sweep(last=True)
    assert sum(count for (name, *_rest), count in in_it(crowd).items() if name == "how&sex") == sum(
        person.equality is not None for person in crowd.people[15:]
    )


@pytest.mark.parametrize("last", [False, True])
def test_a_kill_between_any_two_steps_loses_and_doubles_nobody(crowd, last):
    # After the box was opened, after each lot that was settled, and when what stays is sealed again.
    for number in (3, 4, 5, 6):
        begin(crowd)
        people(crowd, 41, seed=number)
        assert killed_at_step(crowd, number, last=last)
        assert in_it(crowd) == expected(crowd), f"after a kill at step {number}"
    crowd.sweep(last=True)
    assert in_it(crowd) == expected(crowd)


def close(crowd: Crowd, clock) -> None:
    """Everything is counted and the consultation is over."""
    people(crowd, 120)
    crowd.sweep(last=True)
    clock.set(LATER)


def test_after_closing_it_is_opened_once_and_then_by_nobody(crowd, clock):
    close(crowd, clock)
    old = array(crowd)
    assert old is not None
    sealed, key_file = old.sealed, keys.place(jobs._folder(), old.closing_key)
    private = keys.load(jobs._folder(), old.closing_key)
    assert seal.open_array(private, sealed)
    assert key_file.exists()
    assert results_jobs.open_arrays() == 1
    assert array(crowd) is None
    assert not key_file.exists()
    assert key_files() == []
    kept = db.session.get_one(ReleasedCrossing, crowd.consultation_id)
    assert [grid["question"] for grid in kept.grids] == ["how&age_band", "how&sex", "how&age_band&sex"]
    assert all(cell[2] == 5 or cell[1] == "c" for grid in kept.grids for one in grid["tables"] for cell in one["cells"])
    verbs = db.session.scalars(select(StaffEvent.verb)).all()
    assert verbs.count("open_crossings") == 1
    db.session.rollback()
    assert results_jobs.open_arrays() == 0
    begin(crowd)
    assert array(crowd) is None


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_kill_while_it_is_opened_leaves_nothing_open(crowd, clock, number):
    close(crowd, clock)

    def work() -> None:
        left = [number]

        def step(_name: str) -> None:
            left[0] -= 1
            if left[0] < 0:
                from tests.answering.test_settle_killed import die

                die()

        results_jobs.open_arrays(step)

    assert in_a_killed_process(work)
    results_jobs.open_arrays()
    assert array(crowd) is None
    assert key_files() == []
    db.session.rollback()
    assert len(db.session.scalars(select(ReleasedCrossing)).all()) == 1


def in_the_clear(patch: pytest.MonkeyPatch) -> None:
    """Counts that only wait."""
    patch.setattr(seal, "seal_array", lambda _public_key, counts: counts)
    patch.setattr(seal, "open_array", lambda _private_key, counts: counts)


def packed(patch: pytest.MonkeyPatch) -> None:
    """Sealed, but as long as what is in it."""
    patch.setattr(seal, "seal_array", lambda key, counts: seal.seal_to(key, zlib.compress(counts), seal.CLOSING))
    patch.setattr(seal, "open_array", lambda key, sealed: zlib.decompress(seal.open_with(key, sealed, seal.CLOSING)))


def only_when_needed(patch: pytest.MonkeyPatch) -> None:
    """Sealed anew only if somebody is added."""
    add = crossing.add
    patch.setattr(crossing, "add", lambda session, both, **more: add(session, both, **more) if both else None)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("wreck", "breach"),
    [
        (None, None),
        (in_the_clear, "crossing read from a closing array"),
        (packed, "length of a closing array"),
        (only_when_needed, "closing array left as it was"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_two_copies_of_the_array_tell_nothing_and_each_naive_way_is_caught(
    database, monkeypatch, tmp_path, wreck, breach
):
    if wreck is not None:
        wreck(monkeypatch)
    crowd = make_crowd(crossings={"how": PURPOSE})
    begin(crowd)
    told: Counter[str] = Counter()
    for wave in range(2):
        if wave or wreck is not only_when_needed:
            people(crowd, 24, seed=wave)
        else:
            crowd.send(24)
        before = copy_database(tmp_path / f"{wave}-before")
        crowd.sweep()
        told += array_tells(before, copy_database(tmp_path / f"{wave}-after"))
    assert set(told) == ({breach} if breach else set())


def test_nothing_is_let_out_before_everything_is_counted(crowd, clock):
    people(crowd, 120)
    crowd.sweep()
    assert results_jobs.open_arrays() == 0
    assert array(crowd) is not None
    consultation = db.session.get_one(Consultation, crowd.consultation_id)
    assert queries.crossed(consultation) == ()


@pytest.mark.sqlite
def test_a_lost_key_stops_neither_counting_nor_publishing(crowd, clock):
    people(crowd, 40)
    kept = array(crowd)
    assert kept is not None
    keys.destroy(jobs._folder(), kept.closing_key)
    crowd.sweep(last=True)
    assert crowd.state(crowd.people[0]) == "counted"
    clock.set(LATER)
    results_jobs.open_arrays()
    assert array(crowd) is None
    figures = queries.figures(db.session.get_one(Consultation, crowd.consultation_id), profile=DEFAULT)
    assert figures is not None and figures.crossed == ()


@pytest.mark.sqlite
def test_a_consultation_without_crossings_has_no_array(database):
    crowd = make_crowd(slug="plain")
    begin(crowd)
    assert array(crowd) is None
    assert current_app.config["CONSULT"].min_group == 10
