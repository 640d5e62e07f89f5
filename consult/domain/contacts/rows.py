"""People out of a table: which column says what, and what is wrong with a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from consult.domain.contacts.folding import Path, path_of
from consult.domain.contacts.reading import Refused, Table

#: What a heading may be called, in small letters without punctuation.
NAMES = {
    "name": {"name", "full name", "person", "contact", "contact name", "patient", "patient name"},
    "first": {"first name", "firstname", "forename", "given name", "given names"},
    "last": {"last name", "lastname", "surname", "family name"},
    "email": {"email", "e mail", "email address", "e mail address", "mail"},
    "language": {"language", "preferred language", "lang", "first language"},
    "segment": {"segment", "part", "part of the list", "list part", "group", "practice", "site", "department"},
    "parent": {"parent", "parent segment", "parent part", "parent group", "area", "region", "within"},
}
ADDRESS = re.compile(r"(postal )?address( line)?( ?\d)?|street|house|town|city|village|county|post ?code")
#: What spreadsheet programs would run instead of show.
FORMULA = ("=", "+", "@", "-")
#: What a response keeps of the part of a list.
LONGEST_SEGMENT = 60
LONGEST_NAME = 200
LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class Person:
    """Somebody to invite, as one row says."""

    row: int
    name: str
    email: str
    #: lines below each other
    address: str
    language: str
    path: Path

    @property
    def same(self) -> tuple[str, ...]:
        """What makes two rows the same person: the e-mail address, or name and postal address."""
        if self.email:
            return (self.email.lower(),)
        return (" ".join(self.name.lower().split()), " ".join(self.address.lower().split()))


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a row; never what stands in it."""

    row: int
    sentence: str


@dataclass
class Checked:
    """What a file says, before anything is kept."""

    people: list[Person] = field(default_factory=list)
    #: rows that are left out
    errors: list[Trouble] = field(default_factory=list)
    #: rows that are kept with something changed
    remarks: list[Trouble] = field(default_factory=list)
    #: the row, and the earlier one with the same person
    duplicates: list[tuple[int, int]] = field(default_factory=list)
    #: which headings are taken for what
    columns: dict[str, list[str]] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    rows: int = 0
    read_as: str = ""


def check(table: Table, *, is_email: Callable[[str], bool], languages: Mapping[str, str], language: str) -> Checked:
    """Everybody in the table, and what is wrong with the other rows.

    `languages` are the names and codes of languages in small letters with their codes; `language` is for rows without.
    Raises Refused when no column says how to reach people.
    """
    columns, unused = columns_of(table)
    if not columns.get("email") and not columns.get("address"):
        raise Refused("No column is called “email” or “address”, so nobody could be written to. Check the first row.")
    found = Checked(rows=len(table.rows), read_as=table.read_as, unused=unused)
    found.columns = {name: [table.headings[at] for at in places] for name, places in columns.items()}
    seen: dict[tuple[str, ...], int] = {}
    for line in table.rows:
        said = {name: _said(line.cells, places) for name, places in columns.items()}
        wrong = _wrong(said, is_email)
        if wrong:
            found.errors.append(Trouble(line.number, wrong))
            continue
        person = _person(line.number, said, languages, language, found)
        earlier = seen.setdefault(person.same, line.number)
        if earlier != line.number:
            found.duplicates.append((line.number, earlier))
        else:
            found.people.append(person)
    return found


def columns_of(table: Table) -> tuple[dict[str, list[int]], list[str]]:
    """Which columns say what, and the headings that say nothing to us; raises Refused for two of a kind."""
    columns: dict[str, list[int]] = {}
    unused = []
    for at, heading in enumerate(table.headings):
        plain = " ".join(re.sub(r"[^a-z0-9]+", " ", heading.lower()).split())
        kind = next((kind for kind, names in NAMES.items() if plain in names), "")
        if not kind and ADDRESS.fullmatch(plain):
            kind = "address"
        if not kind:
            unused.append(heading or f"column {at + 1}, which has no heading")
            continue
        if kind != "address" and kind in columns:
            raise Refused(f"Two columns are taken for the same: “{table.headings[columns[kind][0]]}” and “{heading}”.")
        columns.setdefault(kind, []).append(at)
    return columns, unused


def _said(cells: object, places: list[int]) -> list[str]:
    given = list(cells)  # type: ignore[call-overload]
    texts = (" ".join(str(given[at]).split()) if at < len(given) else "" for at in places)
    return [text for text in texts if text]


def _one(said: Mapping[str, list[str]], name: str) -> str:
    return (said.get(name) or [""])[0]


def _wrong(said: Mapping[str, list[str]], is_email: Callable[[str], bool]) -> str:
    for texts in said.values():
        for text in texts:
            if text.startswith(FORMULA) and len(text) > 1:
                return f"a cell begins with “{text[0]}”, which spreadsheet programs take for a formula"
    email = _one(said, "email")
    if email and not (len(email) <= 254 and is_email(email)):
        return "the email address is not in the right form"
    if not email and not said.get("address"):
        return "there is no email address and no postal address"
    if not email and not (_one(said, "name") or _one(said, "last")):
        return "there is no name to put on the letter"
    if len(" ".join([_one(said, "name"), _one(said, "first"), _one(said, "last")])) > LONGEST_NAME:
        return f"the name has more than {LONGEST_NAME} characters"
    if sum(map(len, said.get("address", ()))) > LONGEST_ADDRESS:
        return f"the address has more than {LONGEST_ADDRESS} characters"
    if len(" > ".join((*path_of(_one(said, "parent")), *path_of(_one(said, "segment"))))) > LONGEST_SEGMENT:
        return f"the part of the list has more than {LONGEST_SEGMENT} characters"
    return ""


def _person(
    row: int, said: Mapping[str, list[str]], languages: Mapping[str, str], language: str, found: Checked
) -> Person:
    asked = _one(said, "language")
    code = languages.get(asked.lower(), "") if asked else language
    if not code:
        found.remarks.append(Trouble(row, "the language is not one we know: the consultation’s own is used"))
        code = language
    path = path_of(_one(said, "segment"))
    parent = path_of(_one(said, "parent"))
    if parent and path[: len(parent)] != parent:
        path = (*parent, *path)
    return Person(
        row,
        _one(said, "name") or " ".join(filter(None, (_one(said, "first"), _one(said, "last")))),
        _one(said, "email"),
        "\n".join(said.get("address", ())),
        code,
        path,
    )
