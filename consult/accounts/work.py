"""What rooms above tell this one, so that imports only go down.

Steps of *My work* and what can be begun there, places in the menu of staff pages, and the names of groups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from consult.accounts.models import Account
from consult.accounts.permissions import may


@dataclass(frozen=True)
class Step:
    """One next thing to do."""

    #: by when; None: no hurry
    due: date | None
    #: what to do, in a few words
    title: str
    #: the path of the page where it is done
    link: str
    #: whose turn it is: “you”, or a role
    who: str
    #: what sort of step it is, such as “review”; for sorting, never shown
    kind: str
    #: whether it stands above everything else, whatever its date
    first: bool = False


@dataclass(frozen=True)
class Place:
    """Where the menu or *My work* leads: its words, its endpoint, and the verb somebody needs."""

    title: str
    endpoint: str
    verb: str


@dataclass(frozen=True)
class GroupName:
    """A group as forms of this room list it."""

    id: int
    slug: str
    name: str


Work = Callable[[Account, datetime], list[Step]]
_work: dict[str, Work] = {}
_menu: dict[str, tuple[int, Place]] = {}
_beginnings: dict[str, Place] = {}
_groups: list[Callable[[], list[GroupName]]] = []


def add_work(work: Work) -> None:
    """A room says what is next for somebody: `work(account, now)`."""
    _work[f"{work.__module__}.{work.__qualname__}"] = work


def steps(account: Account, now: datetime) -> list[Step]:
    """Everything that is next for somebody: what cannot wait, then by date, what has no date last."""
    found = [step for work in _work.values() for step in work(account, now)]
    return sorted(found, key=_urgency)


def _urgency(step: Step) -> tuple[bool, bool, date, str, str]:
    return not step.first, step.due is None, step.due or date.max, step.kind, step.title


def add_place(title: str, endpoint: str, verb: str, *, order: int) -> None:
    """A room puts one of its pages into the menu of staff pages; smaller orders stand first."""
    _menu[endpoint] = (order, Place(title, endpoint, verb))


def menu(account: Account) -> list[Place]:
    """The pages that somebody may open from every staff page."""
    return [place for _order, place in sorted(_menu.values(), key=lambda one: one[0]) if may(account, place.verb)]


def add_beginning(title: str, endpoint: str, verb: str) -> None:
    """A room offers something new to begin from *My work*."""
    _beginnings[endpoint] = Place(title, endpoint, verb)


def beginnings(account: Account) -> list[Place]:
    """What somebody may begin."""
    return [place for place in _beginnings.values() if may(account, place.verb)]


def tell_groups(names: Callable[[], list[GroupName]]) -> None:
    """The room that keeps groups says how to list them."""
    _groups[:] = [names]


def group_names() -> Mapping[int, GroupName]:
    """The groups by number, in the order their room gives."""
    return {group.id: group for names in _groups for group in names()}
