"""What every kind of question can do, with defaults that do no harm."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from random import Random
from typing import Any, ClassVar

from wtforms import Field, Form
from wtforms.fields.core import UnboundField
from wtforms.utils import unset_value

from consult.domain import conditions, findings, markup
from consult.domain.answers import Answers, Value, Values
from consult.domain.findings import Finding
from consult.domain.markup import Pipe
from consult.domain.messages import N_
from consult.domain.possible import Possible, Words
from consult.domain.questionnaire import Question, Questionnaire
from consult.domain.statistics import Tally
from consult.domain.wording import Wording, direction

MAIN = ""
Data = Mapping[str, Sequence[str]]
#: Control characters, lone surrogates, and signs of our own for places in a drawing.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ue000\ue001\ufdd0-\ufdef]")
#: Those signs alone, which no author may write either.
SIGNS = re.compile("[\ue000\ue001\ufdd0-\ufdef]")
#: What the script of a list to type in sends before words that are not on the list: no key has a space in it.
UNLISTED = "? "
LONGEST_RAW = 40_000


def _amount(amount: float, currency: str) -> str:
    return f"{currency} {amount:g}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}"


@dataclass(frozen=True)
class Locale:
    """The reader's language and how to say things in it; pages make one."""

    language: str
    say: Callable[..., str]
    number: Callable[[int | float], str] = str
    #: an amount of money and its currency: 12.5, GBP
    money: Callable[[float, str], str] = _amount
    #: so many of a unit of time: 2, hour
    counted: Callable[[int, str], str] = _counted
    date: Callable[[str], str] = str
    #: a month of a year, YYYY-MM
    month: Callable[[str], str] = str
    #: several words as one list: “bus, train and car”
    listed: Callable[[Sequence[str]], str] = ", ".join
    #: what to say for an earlier answer that words name, as HTML (True) or as text; without it, its fallback is said
    piped: Callable[[Pipe, bool], str] | None = None


@dataclass(frozen=True)
class Component:
    """An NHS (or our own) page component by name, with its parameters; components may nest in parameters."""

    name: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawing:
    """How a question is to be drawn: for whom, what was typed, what was wrong.

    `typed` gives the text of one input; the pages pass a function that leaves a slot instead, so that drawings can be
    kept and filled.
    """

    locale: Locale
    data: Data
    errors: Mapping[str, str]
    typed: Callable[[str], str]
    heading: bool = False
    mark_optional: bool = False
    #: by what random orders go; None where there is nobody to have one
    shuffle: Callable[[str], bytes] | None = None
    #: whether what may change its place is drawn between marks, to be put into place later
    places: bool = False

    def error(self, suffix: str = MAIN) -> dict[str, Any] | None:
        """The message beside one input."""
        message = self.errors.get(suffix)
        if message is None:
            return None
        return {"text": message, "visuallyHiddenText": self.locale.say("Error")}

    def chosen(self, suffix: str = MAIN) -> Sequence[str]:
        """The keys chosen in one input."""
        return self.data.get(suffix, ())


def spoken(wording: Wording, locale: Locale, *, links: bool = False) -> dict[str, Any]:
    """Component parameters for one line of authored words, marked with its language where it fell back.

    `text` is always there, and `html` beside it where the words have markup; labels lead nowhere unless `links`.
    """
    worded = wording.to(locale.language)
    words: dict[str, Any] = {"text": _plain(worded.text, locale)}
    if markup.has_markup(worded.text):
        words["html"] = markup.inline(worded.text, links=links, piped=_said_as(locale, html=True))
    if worded.text and worded.language != locale.language:
        words["attributes"] = {"lang": worded.language, "dir": direction(worded.language)}
    return words


def hinted(wording: Wording, locale: Locale) -> dict[str, Any]:
    """Component parameters for authored words that may be several paragraphs and lists; see `spoken`."""
    words = spoken(wording, locale, links=True)
    text = wording.to(locale.language).text
    if "\n" in text.strip() or markup.starts_list(text):
        words["html"] = markup.block(text, piped=_said_as(locale, html=True))
    return words


def said(wording: Wording, locale: Locale) -> str:
    """Authored words without their markup: messages, answers in words, titles, files."""
    return _plain(wording.to(locale.language).text, locale)


def _plain(text: str, locale: Locale) -> str:
    if not markup.has_markup(text):
        return SIGNS.sub("", text)
    return markup.plain(text, piped=_said_as(locale, html=False))


def _said_as(locale: Locale, *, html: bool) -> Callable[[Pipe], str] | None:
    piped = locale.piped
    return None if piped is None else lambda pipe: piped(pipe, html)


def input_name(question: Question, suffix: str = MAIN) -> str:
    """The name and id of an input on the page."""
    return f"{question.key}--{suffix}" if suffix else question.key


class AnswerField(Field):
    """The WTForms field of any question: reads its inputs, asks its kind what is wrong, knows its component."""

    def __init__(self, *, kind: QuestionType, question: Question, locale: Locale, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.kind = kind
        self.question = question
        self.locale = locale
        self.part_errors: dict[str, str] = {}
        self.data: Data = {}
        #: answers of earlier pages, for rules that compare with them
        self.earlier: Answers = {}
        #: the day where people answer, for rules that compare with it
        self.today: date | None = None
        #: by what random orders go; None where there is nobody to have one
        self.shuffle: Callable[[str], bytes] | None = None
        #: the earlier answers that its words repeat, as they are said now
        self.repeated: tuple[str, ...] = ()

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take what was typed, else what was kept (`Values`)."""
        self.process_errors: list[str] = []
        if formdata is not None:
            self.data = {
                suffix: [clean(text) for text in formdata.getlist(input_name(self.question, suffix))]
                for suffix in self.kind.inputs(self.question)
            }
        else:
            self.data = {} if data is unset_value or data is None else self.kind.data(self.question, data)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Ask the kind; messages stand beside their inputs in `part_errors`."""
        question, rule = self.question, self.question.constraint
        self.part_errors = self.kind.errors(question, self.data, self.locale)
        if not self.part_errors and self.today is not None:
            self.part_errors = self.kind.errors_today(question, self.values, self.today, self.locale)
        values = () if rule is None or self.part_errors else self.values
        if rule is not None and values and not conditions.holds(rule, self.earlier, values, today=self.today):
            self.part_errors = {self.kind.first_input(question): constraint_message(question, self.locale)}
        self.errors = tuple(self.part_errors.values())
        return not self.part_errors

    @property
    def values(self) -> Values:
        """The atoms to keep."""
        return self.kind.values(self.question, self.data)

    def component(
        self, *, heading: bool = False, mark_optional: bool = False, typed: Callable[[str], str] | None = None
    ) -> Component:
        """How it looks now."""
        drawing = Drawing(
            locale=self.locale,
            data=self.data,
            errors=self.part_errors,
            typed=typed or self.typed,
            heading=heading,
            mark_optional=mark_optional and not self.question.required,
            shuffle=self.shuffle,
            places=typed is not None,
        )
        return self.kind.component(self.question, drawing)

    def typed(self, suffix: str) -> str:
        """The text standing in one input."""
        texts = self.data.get(suffix, ())
        return texts[0] if texts else ""

    @property
    def keepable(self) -> bool:
        """Whether its drawing may be kept: not where it says again what somebody typed into a list."""
        texts = set(self.kind.texts(self.question))
        return not any(
            key.startswith(UNLISTED) for suffix, keys in self.data.items() if suffix not in texts for key in keys
        )

    def state(self) -> tuple[Any, ...]:
        """Everything but typed text that the drawing depends on."""
        texts = set(self.kind.texts(self.question))
        return (
            tuple((suffix, tuple(keys)) for suffix, keys in self.data.items() if suffix not in texts and keys),
            tuple(self.part_errors.items()),
            tuple(option.key for option in self.question.options) if self.question.conditional else (),
            tuple(row.key for row in self.question.rows) if self.question.conditional else (),
            self.repeated,
        )


def clean(text: str) -> str:
    """What was sent, not without end, and without characters that no text holds."""
    return CONTROL.sub("", text[:LONGEST_RAW].replace("\r\n", "\n").replace("\r", "\n"))


class NoSettings(Form):
    """A kind without settings of its own."""


class QuestionType(ABC):
    """A kind of question: how it is set up, asked, kept, counted and handed over."""

    #: kept in published definitions: never rename
    name: ClassVar[str] = ""
    #: what authors see: a msgid
    title: ClassVar[str] = ""
    #: what authors may set; also validates an imported definition
    settings: ClassVar[type[Form]] = NoSettings
    #: its text becomes comments
    free: ClassVar[bool] = False
    #: its answers say who somebody is, whatever the definition says (then it is in `PERSONAL_KINDS` of the domain)
    personal: ClassVar[bool] = False
    #: whether it asks anything at all
    asks: ClassVar[bool] = True

    def field(self, question: Question, locale: Locale) -> UnboundField:
        """The form field, with its component and validation."""
        return AnswerField(kind=self, question=question, locale=locale)

    def problems(self, question: Question) -> list[str]:
        """Sentences about a question of this kind that cannot be asked."""
        return [] if question.options or not self.needs_options else ["needs options to choose from"]

    def problems_among(self, question: Question, questionnaire: Questionnaire) -> list[str]:
        """Sentences about what does not go with the other questions."""
        return []

    #: whether the definition must list options
    needs_options: ClassVar[bool] = False
    #: whether it may list options, though it need not
    takes_options: ClassVar[bool] = False
    #: settings that are words in every language, and what authors call them
    worded: ClassVar[Mapping[str, str]] = {}
    #: whether the definition must list rows
    needs_rows: ClassVar[bool] = False

    def inputs(self, question: Question) -> list[str]:
        """The suffixes of its inputs on the page; "" is the main one."""
        return [MAIN]

    def texts(self, question: Question) -> list[str]:
        """Those of its inputs that hold typed text rather than a choice."""
        return [MAIN]

    @abstractmethod
    def component(self, question: Question, drawing: Drawing) -> Component:
        """What stands on the page."""

    @abstractmethod
    def values(self, question: Question, data: Data) -> Values:
        """What the form gave, as atoms to keep; what cannot be read is left out."""

    def data(self, question: Question, values: Values) -> Data:
        """The atoms, as the form wants them back."""
        return {MAIN: [value.choice or value.text or "" for value in values]}

    def errors(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        """Messages by input: what is wrong and what to do about it."""
        wrong = self.check(question, data, locale)
        if wrong:
            return wrong
        values = self.values(question, data)
        if not values and question.required:
            return {self.first_input(question): self.required_message(question, locale)}
        return {}

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        """Messages about what was given; nothing given is nobody's mistake here."""
        return {}

    def errors_today(self, question: Question, values: Values, today: date, locale: Locale) -> dict[str, str]:
        """Messages about a good answer that does not go with the day on which it is given."""
        return {}

    def first_input(self, question: Question) -> str:
        """Where an error summary should lead to."""
        return self.inputs(question)[0]

    #: what to say when a needed answer is missing: a msgid
    missing: ClassVar[str] = N_("Enter an answer")

    def required_message(self, question: Question, locale: Locale) -> str:
        """The author's own message, or the kind's."""
        return said(question.required_message, locale) or locale.say(self.missing)

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        """The answer in words, one line each: check-your-answers, reading, print."""
        return [value.text or "" for value in values]

    def words_to_check(self, question: Question, values: Values, locale: Locale) -> list[str]:
        """The same on check-your-answers, where it may also say what is not kept."""
        return self.words(question, values, locale)

    def atoms(self, question: Question, values: Values) -> Iterable[tuple[str, str]]:
        """What is counted one by one: (part, atom), besides how many were asked and answered."""
        return [(value.part, value.choice) for value in values if value.choice is not None]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        """Every (part, atom) this question can give, in order: the rows of its table."""
        return [(MAIN, option.key) for option in question.options]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding | None:
        """The exact counts as one of the shapes; `everyone` says that nothing hides the question from anybody."""
        if self.free:
            return findings.excerpts(question, tally, everyone=everyone)
        return findings.bars(question, tally, [atom for _part, atom in self.counted(question)], everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        """The label of one row of its table."""
        option = question.option_by_key.get(atom)
        return said(option.label, locale) if option else atom

    #: about how many seconds it takes to answer, or to answer one row of it
    seconds: ClassVar[int] = 15

    def possible(self, question: Question) -> Sequence[Possible]:
        """What may come back, part by part, for checking routes; rather too much than too little."""
        return [Words(row.key) for row in question.rows] or [Words()] if self.asks else []

    def apart(self, question: Question) -> list[str]:
        """The keys outside the scale: don't know, prefer not to say."""
        return [option.key for option in question.options if option.unknown]

    def comments(self, question: Question, values: Values) -> list[tuple[str, str]]:
        """The free text in an answer, as (part, text)."""
        return [(value.part, value.text) for value in values if value.text and (self.free or value.choice is not None)]

    def closed(self, question: Question, values: Values) -> Values:
        """The atoms that stay in the response when the free text has gone to the comments."""
        if self.free:
            return ()
        return tuple(
            Value(value.part, value.choice, value.number) if value.choice is not None else value for value in values
        )

    def columns(self, question: Question) -> list[str]:
        """Export headings."""
        return [question.key]

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        """Export cells, one for each column: keys, never words."""
        for value in values:
            if value.choice is not None:
                return [value.choice]
            if value.number is not None:
                return [value.number]
            return [value.text]
        return [None]

    @abstractmethod
    def invent(self, question: Question, random: Random) -> Values:
        """A plausible answer: demonstration data, load tests, property tests."""


def heading_words(question: Question, drawing: Drawing) -> dict[str, Any]:
    """The question's words as a label or legend: the page's heading when it is asked alone."""
    words = spoken(question.text, drawing.locale, links=True)
    words["text"] = _one_line(words["text"])
    if "html" in words:
        words["html"] = _one_line(words["html"])
    if drawing.mark_optional:
        for name in {"text", "html"} & words.keys():
            optional = drawing.locale.say("%(question)s (optional)", question=_PLACE)
            words[name] = (escape(optional) if name == "html" else optional).replace(_PLACE, words[name])
    words["size"] = "l" if drawing.heading else "m"
    words["isPageHeading"] = drawing.heading
    return words


#: Stands where a question's words go; no text holds it.
_PLACE = "\ufdd0"


def _one_line(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def hint_words(question: Question, drawing: Drawing, *more: str) -> dict[str, Any] | None:
    """The hint under the question, with what the kind adds in the reader's own language."""
    words = hinted(question.hint, drawing.locale)
    extra = " ".join(text for text in more if text)
    if not words["text"]:
        return {"text": extra} if extra else None
    if not extra:
        return words
    html, marked = words.get("html") or escape(words["text"]), words.get("attributes")
    blocks = html.startswith(("<p>", "<ul", "<ol"))
    if marked:
        tag = "div" if blocks else "span"
        html = f'<{tag} lang="{marked["lang"]}" dir="{marked["dir"]}">{html}</{tag}>'
    text = f"{words['text']} {extra}"
    if "html" not in words and not marked:
        return {"text": text}
    return {"text": text, "html": f"{html}\n<p>{escape(extra)}</p>" if blocks else f"{html} {escape(extra)}"}


def constraint_message(question: Question, locale: Locale) -> str:
    """The author's words for a broken rule, or ours."""
    return said(question.constraint_message, locale) or locale.say(
        N_("Check this answer: it does not fit the question")
    )
