"""You Said, We Did: what each answer demands, what is still missing, and what changed since it was last published.

The same objects are read from rows that are being written and from what was published, so that a preview is the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from consult.domain.wording import Wording

#: How a point can be answered.
ANSWERS = ("changed", "already", "will_do", "not_decided", "cannot", "other_body")
#: Why something cannot be done (DOMAIN A7.3).
REASONS = ("scope", "law", "cost", "safety", "happening", "unsupported", "other_body")
#: Where a point was heard.
EVIDENCE = ("question", "comments", "event", "feedback")

#: What an answer demands beside itself, and the sentence that says that it is missing.
DEMANDS: dict[str, dict[str, str]] = {
    "changed": {"words": "does not say what you changed"},
    "already": {"words": "does not say what is already in the plan"},
    "will_do": {
        "words": "does not say what you will do",
        "who": "does not say whose role it is",
        "day": "does not say by when",
    },
    "not_decided": {"who": "does not say who decides", "day": "does not say when it is decided"},
    "cannot": {"reason": "does not choose a kind of reason", "words": "does not explain in plain words why you cannot"},
    "other_body": {"who": "does not say who it is for", "day": "does not say when you sent it"},
}
#: Days that lie ahead, and the sentence for one that has passed.
AHEAD = {
    "will_do": "promises a day that has passed",
    "not_decided": "says it is decided on a day that has passed",
}
LONGEST_NAME = 60


@dataclass(frozen=True)
class Evidence:
    """One place where a point was heard: a question by key with its text, or words that say which event or letters."""

    kind: str
    question: str = ""
    note: Wording = field(default_factory=Wording)

    def as_json(self) -> dict[str, Any]:
        """The plain form."""
        return {"kind": self.kind, "question": self.question, "note": self.note.as_json()}


@dataclass(frozen=True)
class Row:
    """One point: what we heard, where, our answer, and where it is addressed."""

    key: int
    heard: Wording
    evidence: tuple[Evidence, ...] = ()
    #: one of ANSWERS; empty while there is none
    answer: str = ""
    #: what was changed, is in the plan, will be done, or why it cannot be
    words: Wording = field(default_factory=Wording)
    #: whose role, who decides, or whom it was sent to
    who: Wording = field(default_factory=Wording)
    #: by when, when it is decided, or when it was sent
    day: date | None = None
    #: one of REASONS
    reason: str = ""
    #: where this is addressed
    addressed: Wording = field(default_factory=Wording)
    #: the address of that place, if it has one
    href: str = ""
    #: whether the plan already said it
    reflects: bool = False
    #: whether it changed the plan
    informs: bool = False

    def as_json(self) -> dict[str, Any]:
        """The plain form kept in a publication."""
        return {
            "key": self.key,
            "heard": self.heard.as_json(),
            "evidence": [one.as_json() for one in self.evidence],
            "answer": self.answer,
            "words": self.words.as_json(),
            "who": self.who.as_json(),
            "day": self.day.isoformat() if self.day else None,
            "reason": self.reason,
            "addressed": self.addressed.as_json(),
            "href": self.href,
            "reflects": self.reflects,
            "informs": self.informs,
        }

    def wordings(self) -> Iterator[tuple[str, Wording]]:
        """Every authored text in it, with what it is called."""
        yield "what we heard", self.heard
        yield "our answer", self.words
        yield "who", self.who
        yield "where this is addressed", self.addressed
        for one in self.evidence:
            yield "evidence", one.note


@dataclass(frozen=True)
class Theme:
    """Points about one thing."""

    key: int
    title: Wording
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Change:
    """A point that was added, changed or removed since the publication before."""

    kind: str
    heard: Wording


@dataclass(frozen=True)
class Feedback:
    """The whole page: how many people took part (None: not published), points by theme, and what changed."""

    language: str
    themes: tuple[Theme, ...]
    people: int | None = None
    changes: tuple[Change, ...] = ()

    @property
    def rows(self) -> Iterator[Row]:
        """Every point in order."""
        return (row for theme in self.themes for row in theme.rows)

    def count(self, answer: str) -> int:
        """How many points were answered in this way."""
        return sum(row.answer == answer for row in self.rows)

    def wordings(self) -> Iterator[tuple[str, Wording]]:
        """Every authored text with a name for its place."""
        for theme in self.themes:
            yield f"the title of the theme {_name(theme.title, self.language)}", theme.title
            for row in theme.rows:
                for name, words in row.wordings():
                    yield f"{name} in the row {_name(row.heard, self.language)}", words

    def untranslated(self, language: str) -> list[str]:
        """The places that have words, but not in `language`: there the text in its own language is shown."""
        return [place for place, words in self.wordings() if words and language not in words]

    def as_json(self) -> dict[str, Any]:
        """The plain form kept in a publication."""
        return {
            "language": self.language,
            "people": self.people,
            "themes": [
                {"key": theme.key, "title": theme.title.as_json(), "rows": [row.as_json() for row in theme.rows]}
                for theme in self.themes
            ],
            "changes": [{"kind": one.kind, "heard": one.heard.as_json()} for one in self.changes],
        }


def read(data: Mapping[str, Any]) -> Feedback:
    """A publication's plain form, read again."""
    language = data["language"]

    def words(texts: Mapping[str, str]) -> Wording:
        return Wording(texts, language)

    def row(kept: Mapping[str, Any]) -> Row:
        return Row(
            key=kept["key"],
            heard=words(kept["heard"]),
            evidence=tuple(Evidence(one["kind"], one["question"], words(one["note"])) for one in kept["evidence"]),
            answer=kept["answer"],
            words=words(kept["words"]),
            who=words(kept["who"]),
            day=date.fromisoformat(kept["day"]) if kept["day"] else None,
            reason=kept["reason"],
            addressed=words(kept["addressed"]),
            href=kept["href"],
            reflects=kept["reflects"],
            informs=kept["informs"],
        )

    themes = tuple(Theme(one["key"], words(one["title"]), tuple(map(row, one["rows"]))) for one in data["themes"])
    changes = tuple(Change(one["kind"], words(one["heard"])) for one in data["changes"])
    return Feedback(language, themes, data["people"], changes)


def lacking(feedback: Feedback, today: date) -> list[str]:
    """What has to be done before it can be published, one sentence each that names its row; empty when nothing is."""
    if not feedback.themes:
        return ["There is nothing to publish yet: add a theme and what you heard."]
    return [sentence for theme in feedback.themes for sentence in _theme(theme, feedback.language, today)]


def missing_in(row: Row, language: str, today: date) -> list[str]:
    """What one row still lacks, as ends of sentences; `language` is the one it was written in."""
    found = []
    if language not in row.heard:
        found.append("does not say what you heard")
    if not row.evidence:
        found.append("has no evidence: say where you heard it")
    if not row.answer:
        return [*found, "has no answer"]
    for name, sentence in DEMANDS[row.answer].items():
        given = getattr(row, name)
        if (language not in given) if isinstance(given, Wording) else not given:
            found.append(sentence)
    if row.day and row.answer in AHEAD and row.day < today:
        found.append(AHEAD[row.answer])
    if row.day and row.answer == "other_body" and row.day > today:
        found.append("says it was sent on a day that has not come yet")
    if row.href and not row.addressed:
        found.append("links to where this is addressed without saying in words what that is")
    return found


def changes(before: Feedback | None, after: Feedback) -> tuple[Change, ...]:
    """What people who read the publication before would find different; nothing for the first."""
    if before is None:
        return ()
    was, now = {row.key: row for row in before.rows}, {row.key: row for row in after.rows}
    found = [Change("added", row.heard) for key, row in now.items() if key not in was]
    found += [
        Change("changed", row.heard) for key, row in now.items() if key in was and _shown(was[key]) != _shown(row)
    ]
    found += [Change("removed", row.heard) for key, row in was.items() if key not in now]
    return tuple(found)


def _shown(row: Row) -> dict[str, Any]:
    """What everybody sees of a row: the flags beside it are for those who keep account."""
    return {name: value for name, value in row.as_json().items() if name not in ("reflects", "informs")}


def _theme(theme: Theme, language: str, today: date) -> Iterator[str]:
    name = _name(theme.title, language)
    if language not in theme.title:
        yield f"The theme {name} has no title in the language it was written in."
    if not theme.rows:
        yield f"The theme {name} has no rows."
    for number, row in enumerate(theme.rows, start=1):
        for sentence in missing_in(row, language, today):
            yield f"Row {number} of {name} ({_name(row.heard, language)}) {sentence}."


def _name(words: Wording, language: str) -> str:
    text = " ".join(words.to(language).text.split())
    return f"“{text[: LONGEST_NAME - 1].rstrip()}…”" if len(text) > LONGEST_NAME else f"“{text}”"


def in_order(keys: Sequence[int], key: int, *, up: bool) -> list[int]:
    """The keys with one of them moved by one place; at the end it stays."""
    moved = list(keys)
    at = moved.index(key)
    to = min(max(at + (-1 if up else 1), 0), len(moved) - 1)
    moved.insert(to, moved.pop(at))
    return moved
