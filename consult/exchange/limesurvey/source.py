"""A survey as LimeSurvey has it, whatever kind of file it came in: groups, questions, answers, attributes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

#: A text by language, as it stands in the file (HTML), and a line of the file.
Texts = dict[str, str]
#: What LimeSurvey keeps of one survey at most; more is no questionnaire.
MOST_QUESTIONS, MOST_PARTS = 5_000, 60_000


@dataclass
class Part:
    """A subquestion, or an answer to choose."""

    code: str
    line: int
    scale: int = 0
    order: int = 0
    texts: Texts = field(default_factory=dict)
    helps: Texts = field(default_factory=dict)
    relevance: str = ""
    assessment: str = ""
    default: str = ""


@dataclass
class Attribute:
    """One advanced setting of a question: a value, or one for each language."""

    name: str
    line: int
    values: Texts = field(default_factory=dict)

    @property
    def value(self) -> str:
        """The value, where there is one for all languages; the first otherwise."""
        return self.values.get("") or next(iter(self.values.values()), "")


@dataclass
class Asked:
    """One question."""

    code: str
    kind: str
    line: int
    number: str = ""
    group: str = ""
    order: int = 0
    texts: Texts = field(default_factory=dict)
    helps: Texts = field(default_factory=dict)
    scripts: Texts = field(default_factory=dict)
    mandatory: str = ""
    other: bool = False
    pattern: str = ""
    relevance: str = ""
    theme: str = ""
    default: str = ""
    rows: list[Part] = field(default_factory=list)
    answers: list[Part] = field(default_factory=list)
    attributes: dict[str, Attribute] = field(default_factory=dict)

    def scale(self, number: int) -> list[Part]:
        """Its subquestions on one axis: 0 down, 1 across."""
        return [part for part in self.rows if part.scale == number]

    def choices(self, number: int = 0) -> list[Part]:
        """Its answers on one scale."""
        return [part for part in self.answers if part.scale == number]

    def get(self, name: str) -> str:
        """An attribute's value, or ""."""
        return self.attributes[name].value.strip() if name in self.attributes else ""


@dataclass
class Group:
    """Questions that LimeSurvey asks together."""

    number: str
    line: int
    order: int = 0
    names: Texts = field(default_factory=dict)
    descriptions: Texts = field(default_factory=dict)
    relevance: str = ""
    random: str = ""
    questions: list[Asked] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its name for reports."""
        return next((name for name in self.names.values() if name.strip()), self.number)


@dataclass(frozen=True)
class Old:
    """A condition as LimeSurvey kept them before it had equations."""

    number: str
    line: int
    asked: str
    field: str
    method: str
    value: str
    scenario: str


@dataclass(frozen=True)
class Other:
    """Something in the file that is told about and not kept: where, what it is, what it said."""

    place: str
    line: int | None
    column: str
    said: str
    #: which rule of `reports.TOLD` says what was done; "" for what nobody knows
    what: str = ""


@dataclass
class Source:
    """The whole of one file."""

    filename: str
    #: Survey, Group, Question or Label set
    document: str
    language: str
    languages: list[str]
    version: int = 0
    number: str = ""
    groups: list[Group] = field(default_factory=list)
    settings: dict[str, tuple[str, int]] = field(default_factory=dict)
    #: texts of the whole survey: title, welcome …; each with the line of its first language
    texts: dict[str, Texts] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    conditions: list[Old] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    encoding: str = "UTF-8"
    #: what the fields of a survey are called in this kind of file, where they have other names
    headings: dict[str, str] = field(default_factory=dict)

    @property
    def questions(self) -> Iterator[Asked]:
        """Every question in order."""
        return (asked for group in self.groups for asked in group.questions)
