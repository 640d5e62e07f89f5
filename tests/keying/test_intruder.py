"""Whoever has two copies of the database, the pile of paper and its numbers cannot tell whose answers are whose."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from consult.answering import seal
from consult.answering.models import Ballot, Response
from consult.answering.receipt import shown
from consult.domain.answers import Value
from consult.extensions import db
from consult.jobs import saving
from consult.keying import queries
from consult.keying.actions import batches, forms
from consult.keying.models import KeyedForm
from consult.keying.sheet import Entry, Sheet
from consult.questions.base import Locale
from tests.answering.crowd import Crowd, Sender, make_crowd
from tests.answering.factories import NOW
from tests.answering.intruder import Findings, attack, copy_database
from tests.answering.test_intruder import data, log  # noqa: F401 - fixtures

pytestmark = pytest.mark.fresh

LEAST = 10
#: How many come in each wave: forms by channel, and people online.
PILES = {"paper": 28, "telephone": 21, "letter": 4}
ONLINE = 25


def pile(crowd: Crowd, channel: str, count: int, random: Random, *, twice: bool = False) -> None:
    """A batch arrives and is keyed in the order of its numbers."""
    from consult.consultations.queries import by_slug

    consultation = by_slug(crowd.slug)
    revision = queries.revisions(consultation)[0]
    batch = batches.make_batch(
        consultation,
        revision=revision,
        channel=channel,
        language="en",
        received_on=NOW.date(),
        received=count,
        twice=twice,
        note="",
        by=None,
        now=NOW,
    )
    sheet = Sheet(queries.questionnaire(revision), Locale("en", str), day=NOW.date())
    for number in range(1, count + 1):
        mark = f"mark-{random.getrandbits(72):018x}-"
        answers = {
            "how": (Value(choice=random.choice(["hard"])),),
            "days": (Value(number=random.randrange(31)),),
            "why": (Value(text=mark + "x" * random.randrange(1_500)),),
        }
        unclear = ("what",) if random.random() < 0.3 else ()
        about = {"sex": random.choice(["female", "male"])} if random.random() < 0.5 else {}
        entry = Entry("en", answers, unclear=unclear, equality=about)
        press = seal.new_key()
        if twice:
            forms.key_form(batch, number, entry=entry, turn=2, sheet=sheet, press=seal.new_key())
        forms.key_form(batch, number, entry=entry, turn=1, sheet=sheet, press=press)
        key = forms.pressed(press, batch, number)
        label_now = forms.drop.Label(revision.id, "en", channel)
        crowd.people.append(Sender(mark, key, shown(key), label_now, answers, about or None))


def spy_on_piles(folder, data, log, *, seed, twice):  # noqa: F811
    """Two waves of piles and of people online, each between two stolen copies; what the intruder found."""
    random, findings, crowd = Random(seed), Findings(), make_crowd(slug=f"piles-{seed}")
    for wave in range(2):
        with saving():
            for channel, count in PILES.items():
                pile(crowd, channel, count, random, twice=twice and channel == "telephone")
            for _person in range(ONLINE):
                crowd.send_one(forms.drop.Label(crowd.revision, "en"))
        before = copy_database(folder / f"{seed}-{wave}-before", data)
        crowd.sweep(now=NOW + timedelta(days=wave))
        after = copy_database(folder / f"{seed}-{wave}-after", data)
        attack(findings, before, after, crowd.people, log())
        left = db.session.scalars(select(KeyedForm)).all()
        assert {(one.stage, one.first, one.second, one.reason) for one in left} == {("counted", None, None, "")}
    before = copy_database(folder / f"{seed}-last-before", data)
    crowd.sweep(last=True, now=NOW + timedelta(days=3))
    after = copy_database(folder / f"{seed}-last-after", data)
    attack(findings, before, after, crowd.people, log())
    assert not findings.breaches(LEAST) & {"small set", *(+findings.certain)}, findings.table()
    assert findings.smallest_set >= LEAST
    return findings, len(crowd.people)


@pytest.mark.parametrize("twice", [False, True])
def test_a_pile_of_paper_tells_no_more_than_its_group(database, tmp_path, data, log, twice):  # noqa: F811
    # Marks of its own: the server that other tests used has theirs in its files.
    findings, people = spy_on_piles(tmp_path, data, log, seed=7 + twice, twice=twice)
    assert len(db.session.scalars(select(Response)).all()) == people
    breaches = findings.breaches(LEAST)
    if breaches:
        # With so many attacks one may be lucky once, under several names; nobody is lucky twice with the same one.
        breaches &= spy_on_piles(tmp_path, data, log, seed=17 + twice, twice=twice)[0].breaches(LEAST)
    assert not breaches, findings.table()


def test_a_small_pile_is_settled_with_others_whatever_its_number_of_forms_says(database):
    random, crowd = Random(3), make_crowd()
    with saving():
        pile(crowd, "paper", 9, random)
        for _person in range(21):
            crowd.send_one(forms.drop.Label(crowd.revision, "en"))
    crowd.sweep()
    assert "paper" not in {one.channel for one in db.session.scalars(select(Response))}
    assert len(db.session.scalars(select(Ballot)).all()) == 19
    crowd.sweep(last=True)
    channels = [one.channel for one in db.session.scalars(select(Response))]
    assert channels.count("paper") == 0 and channels.count("") == 19 and channels.count("online") == 11
