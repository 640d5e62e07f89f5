"""Owner, colleague, stranger and nobody: who may do what."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

import consult
from consult.accounts.models import ROLES, Account, Membership
from consult.accounts.permissions import RULES, groups_where, may, why_not

HERE, ELSEWHERE = 1, 2


@dataclass
class Thing:
    """Something that belongs to a group and was written by somebody."""

    group_id: int | None = HERE
    authors: tuple[int, ...] = ()
    submitted_by: int | None = None
    made_by: int | None = None


def person(number: int, *held: tuple[str, int | None], active: bool = True) -> Account:
    return Account(
        id=number, active=active, memberships=[Membership(role=role, group_id=group) for role, group in held]
    )


@pytest.mark.parametrize("verb", sorted(RULES))
def test_nobody_without_an_account_may_do_anything(verb):
    assert not may(None, verb, Thing())


@pytest.mark.parametrize("verb", sorted(RULES))
def test_a_disabled_account_may_do_nothing(verb):
    assert not may(person(1, *((role, None) for role in ROLES), active=False), verb, Thing())


@pytest.mark.parametrize("verb", sorted(verb for verb, rule in RULES.items() if not rule.whole_site))
def test_a_role_holds_in_its_own_group_and_in_no_other(verb):
    for role in RULES[verb].roles:
        colleague = person(1, (role, HERE))
        assert may(colleague, verb, Thing(HERE))
        assert not may(colleague, verb, Thing(ELSEWHERE))
        assert may(person(2, (role, None)), verb, Thing(ELSEWHERE)), "a role in all groups"


@pytest.mark.parametrize("verb", sorted(RULES))
def test_only_the_roles_of_the_table_may(verb):
    for role in ROLES:
        assert may(person(1, (role, None)), verb, Thing()) == (role in RULES[verb].roles)


@pytest.mark.parametrize("verb", ["approve_consultation", "review_feedback", "publish_feedback"])
def test_publishing_needs_two_people(verb):
    commissioner = person(7, ("commissioner", HERE), ("editor", HERE))
    assert may(commissioner, verb, Thing(authors=(3,), submitted_by=4))
    assert not may(commissioner, verb, Thing(authors=(3, 7)))
    assert not may(commissioner, verb, Thing(submitted_by=7))
    assert "somebody else" in str(why_not(commissioner, verb, Thing(authors=(7,))))


def test_a_second_look_at_a_change_is_by_somebody_else_than_who_made_it():
    editor = person(7, ("editor", HERE))
    assert not may(editor, "second_change", Thing(made_by=7))
    assert may(editor, "second_change", Thing(made_by=8, authors=(7,))), (
        "an author may look at a colleague's correction"
    )


def test_a_thing_of_no_single_group_is_for_everybody_with_the_role():
    assert may(person(1, ("editor", HERE)), "see_format_requests", Thing(None))


def test_a_thing_that_does_not_tell_its_group_is_a_fault_not_a_yes():
    with pytest.raises(AttributeError):
        may(person(1, ("editor", HERE)), "edit_group", object())


def test_a_promoter_never_sees_results_and_an_editor_never_publishes():
    promoter, editor = person(1, ("promoter", None)), person(2, ("editor", None))
    assert may(promoter, "see_share", Thing()) and may(promoter, "make_link", Thing())
    assert not may(promoter, "see_results", Thing()) and not may(promoter, "see_consultation", Thing())
    for verb in ("approve_consultation", "publish_results", "publish_feedback", "export_raw", "manage_accounts"):
        assert not may(editor, verb, Thing())


def test_groups_are_listed_or_all():
    assert groups_where(person(1, ("editor", HERE), ("analyst", ELSEWHERE)), "edit_group") == {HERE}
    assert groups_where(person(1, ("editor", HERE), ("editor", None)), "edit_group") is None
    assert groups_where(person(1, ("promoter", HERE)), "edit_group") == frozenset()
    assert groups_where(None, "edit_group") == frozenset()


def test_every_verb_that_code_asks_for_stands_in_the_table():
    asked = set()
    for file in Path(consult.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in (
                "authorise", "groups_for", "groups_where", "may", "may_i",
            ):  # fmt: skip
                asked |= {
                    one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    assert len(asked) > 5
    assert asked <= set(RULES), asked - set(RULES)
