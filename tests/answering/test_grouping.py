"""Which ballots are settled together: never fewer than ten, never anybody forgotten."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from consult.answering.actions import grouping
from consult.answering.actions.drop import Label
from consult.answering.actions.grouping import Opened

LEAST = 10
labels = st.builds(
    Label,
    revision=st.integers(1, 3),
    language=st.sampled_from(["en", "pl", "ar", "cy"]),
    channel=st.sampled_from(["online", "tablet", "paper"]),
    segment=st.sampled_from(["", "north", "south"]),
    held=st.sampled_from(["", "", "fast", "same"]),
)
boxes = st.lists(st.tuples(labels, st.integers(1, 35), st.integers(0, 5)), max_size=8)


def ballots(box):
    """Opened ballots of (label, how many are ready, how many are not)."""
    found = []
    for label, ready, unready in box:
        for at in range(ready + unready):
            found.append(Opened(len(found), 1, b"", label, {}, at < ready))
    return found


@given(boxes)
def test_no_sweep_settles_or_leaves_too_few(box):
    opened = ballots(box)
    plan = grouping.plan(opened, least=LEAST)
    for batch in plan.batches:
        assert len(batch.ballots) >= LEAST
        assert {ballot.label for ballot in batch.ballots} == {batch.label}
        assert all(ballot.ready for ballot in batch.ballots)
        assert sum(ballot.label == batch.label for ballot in plan.staying) >= LEAST
    gone = [ballot.ballot for batch in plan.batches for ballot in batch.ballots]
    assert sorted(gone + [ballot.ballot for ballot in plan.staying]) == [ballot.ballot for ballot in opened]


@given(boxes)
def test_the_last_sweep_settles_everybody_and_no_batch_is_too_small(box):
    opened = ballots(box)
    plan = grouping.last_plan(opened, least=LEAST)
    assert plan.staying == []
    sizes = [len(batch.ballots) for batch in plan.batches]
    assert len(sizes) <= 1 or min(sizes) >= LEAST
    assert sorted(ballot.ballot for batch in plan.batches for ballot in batch.ballots) == list(range(len(opened)))
    for batch in plan.batches:
        for ballot in batch.ballots:
            for name in ("language", "channel", "segment", "held"):
                assert getattr(batch.label, name) in ("", getattr(ballot.label, name))
            assert batch.label.revision >= ballot.label.revision


@given(boxes, st.integers(10, 30))
def test_no_transaction_holds_a_part_under_the_smallest_group(box, most):
    plan = grouping.last_plan(ballots(box), least=LEAST)
    whole = Counter(ballot.ballot for batch in plan.batches for ballot in batch.ballots)
    lots = grouping.lots(plan.batches, most=max(most, 2 * LEAST), least=LEAST)
    assert Counter(ballot.ballot for lot in lots for batch in lot for ballot in batch.ballots) == whole
    if len(whole) >= LEAST:
        assert all(len(batch.ballots) >= LEAST for lot in lots for batch in lot)
    assert all(sum(len(batch.ballots) for batch in lot) <= max(most, 2 * LEAST) for lot in lots)


def test_a_large_neighbour_lends_only_what_a_small_group_needs():
    online, tablet = Label(1, "en"), Label(1, "pl")
    groups = grouping.merged(grouping.grouped(ballots([(online, 40, 0), (tablet, 3, 0)])), least=LEAST)
    assert {label.language: len(some) for label, some in groups.items()} == {"en": 33, "": 10}


def test_the_channel_is_given_up_before_the_language():
    box = [(Label(1, "pl", "tablet"), 3, 0), (Label(1, "pl", "online"), 20, 0), (Label(1, "en", "tablet"), 20, 0)]
    groups = grouping.merged(grouping.grouped(ballots(box)), least=LEAST)
    assert Label(1, "pl", "") in groups


def test_fewer_than_ten_flagged_lose_their_flag_and_keep_all_else():
    everybody, fast = Label(1, "en"), Label(1, "en", held="fast")
    groups = grouping.merged(grouping.grouped(ballots([(everybody, 25, 0), (fast, 9, 0)])), least=LEAST)
    assert {label: len(some) for label, some in groups.items()} == {everybody: 34}
    alone = grouping.last_plan(ballots([(fast, 9, 0)]), least=LEAST)
    assert [batch.label for batch in alone.batches] == [everybody]


def test_a_flood_stays_apart_and_lends_to_a_few_people_only_what_they_need():
    people, flood = Label(1, "pl"), Label(1, "pl", held="fast")
    groups = grouping.merged(grouping.grouped(ballots([(people, 7, 0), (flood, 300, 0)])), least=LEAST)
    assert {label: len(some) for label, some in groups.items()} == {people: 10, flood: 297}


def test_who_stays_is_chosen_at_random():
    box = ballots([(Label(1, "en"), 30, 0)])
    stayed = Counter(ballot.ballot for _ in range(60) for ballot in grouping.plan(box, least=LEAST).staying)
    assert len(stayed) == 30 and max(stayed.values()) < 60
