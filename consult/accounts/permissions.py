"""Who may do what: one table, verbs × roles, and the few verbs that need a second person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consult.accounts.models import ROLES, TEAM, Account
from consult.domain.translating import restrained


@dataclass(frozen=True)
class Rule:
    """The roles that may do something, and where a thing says who may not because they made it."""

    roles: frozenset[str]
    #: attributes of the thing that hold an account's number, or several
    made_by: tuple[str, ...] = ()
    #: whether it is about the whole site, so that groups do not matter
    whole_site: bool = False


def _by(*roles: str, made_by: tuple[str, ...] = (), whole_site: bool = False) -> Rule:
    return Rule(frozenset(roles), made_by, whole_site)


#: Where a thing names the people who wrote it, or sent it for review.
WRITERS = ("authors", "author_ids", "submitted_by")

#: The table. A role holds in its own group, or in all of them (see Membership).
RULES: dict[str, Rule] = {
    "see_my_work": _by(*ROLES, whole_site=True),
    # plan
    "see_group": _by(*TEAM),
    "edit_group": _by("editor"),
    # ask
    "see_consultation": _by("editor", "analyst", "commissioner"),
    "edit_consultation": _by("editor"),
    "import_questionnaire": _by("editor"),
    "accept_losses": _by("editor", "commissioner"),
    "submit_consultation": _by("editor"),
    "approve_consultation": _by("commissioner", made_by=WRITERS),
    "change_open_consultation": _by("editor", "commissioner"),
    "second_change": _by("editor", "commissioner", made_by=("made_by",)),
    # translate
    "see_translations": _by("translator", "editor", "analyst", "commissioner"),
    "translate": _by("translator", "editor"),
    "sign_translation": _by("translator", "editor", "commissioner"),
    # collect
    "enter_responses": _by("editor"),
    "see_batches": _by("editor", "commissioner"),
    "key_forms": _by("keyer", "editor"),
    "count_late_answers": _by("commissioner"),
    "see_invitations": _by("editor", "commissioner"),
    "invite": _by("editor"),
    "see_format_requests": _by("editor", "commissioner"),
    "settle_format_request": _by("editor"),
    "see_enquiries": _by("editor", "commissioner"),
    "answer_enquiry": _by("editor"),
    "see_submissions": _by("editor", "analyst", "commissioner"),
    "record_submission": _by("editor"),
    # understand
    "see_results": _by("editor", "analyst", "commissioner"),
    "publish_results": _by("commissioner"),
    "choose_population": _by("editor", "analyst", "commissioner"),
    "decide_set_aside": _by("analyst"),
    "export_raw": _by("analyst"),
    "see_urgent": _by("editor", "analyst", "commissioner"),
    "decide_urgent": _by("editor", "analyst", "commissioner"),
    # answer back
    "write_feedback": _by("editor"),
    "review_feedback": _by("commissioner", made_by=WRITERS),
    "publish_feedback": _by("commissioner", made_by=WRITERS),
    # tell
    "see_share": _by(*TEAM),
    "make_link": _by("promoter", "editor"),
    # the site
    "manage_accounts": _by("administrator", whole_site=True),
    "edit_organisation": _by("administrator", whole_site=True),
    "keep_benchmarks": _by("administrator", whole_site=True),
    "see_staff_log": _by("administrator", whole_site=True),
    "see_audit": _by("administrator", whole_site=True),
}

NOT_YOURS = "Your account may not do this. Ask an administrator if you need to."
TWO_PEOPLE = "You wrote some of this yourself, so somebody else has to do it."


def may(account: Account | None, verb: str, thing: Any = None) -> bool:
    """Whether an account may do `verb` to `thing`; without a thing: whether it may do it anywhere.

    A thing has `group_id`; None there means that it belongs to no single group.
    """
    return why_not(account, verb, thing) is None


def why_not(account: Account | None, verb: str, thing: Any = None) -> str | None:
    """The sentence of the refusal, or None when it is allowed."""
    rule = RULES[verb]
    if account is None or not account.active:
        return NOT_YOURS
    groups = _groups(account, rule)
    if not groups:
        return NOT_YOURS
    if thing is None:
        return None
    group = None if rule.whole_site else thing.group_id
    if group is not None and None not in groups and group not in groups:
        return NOT_YOURS
    return TWO_PEOPLE if account.id in _makers(thing, rule) else None


def groups_where(account: Account | None, verb: str) -> frozenset[int] | None:
    """The groups in which an account may do `verb`; None means all of them."""
    rule = RULES[verb]
    groups = _groups(account, rule) if account is not None and account.active else set()
    return None if None in groups else frozenset(group for group in groups if group is not None)


def languages_where(account: Account | None, verb: str, thing: Any) -> frozenset[str] | None:
    """The languages in which an account may do `verb` to a thing; None means all of them."""
    rule = RULES[verb]
    held = account.memberships if account is not None and may(account, verb, thing) else ()
    return restrained(
        one.languages for one in held if one.role in rule.roles and one.group_id in (None, thing.group_id)
    )


def _groups(account: Account, rule: Rule) -> set[int | None]:
    return {membership.group_id for membership in account.memberships if membership.role in rule.roles}


def _makers(thing: Any, rule: Rule) -> Iterable[int]:
    for name in rule.made_by:
        held = getattr(thing, name, None)
        if isinstance(held, int):
            yield held
        elif held is not None:
            yield from held
