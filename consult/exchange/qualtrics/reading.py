"""What the readers of one Qualtrics file share: its words by language, lists by number, what became of it so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from consult.exchange.assembly import Asked, Assembly, Words
from consult.exchange.conditions import Unsupported
from consult.exchange.languages import code_of
from consult.exchange.losses import LOST, NOTE, Losses
from consult.exchange.phrases import Phrases
from consult.exchange.structure import Thing, shown, text_of

#: ${q://QID1/ChoiceGroup/SelectedChoices}, $e{ … }: what stands for something else in words.
PIPED = re.compile(r"\$e?\{\s*([^{}]{1,300}?)\s*\}")
QUESTION = re.compile(r"q://(QID\w+)/(.+)")
REMARKS = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
#: What Qualtrics puts into a question as soon as somebody looks for its program.
EMPTY_PROGRAM = re.compile(r"(?:\s*Qualtrics\.SurveyEngine\.\w+\(\s*function\s*\(\)\s*\{\s*\}\s*\);?)*\s*")
#: Where values come from, as people would say it.
SOURCES = {
    "e://": "what the survey notes down by itself",
    "m://": "what the sender knows of each person",
    "lm://": "a part that is asked again and again",
    "l://": "an address",
    "date://": "the day of answering",
    "rand://": "a number by chance",
    "gr://": "a score that is worked out",
    "loc://": "where somebody is",
    "qo://": "a quota",
    "tr://": "words that are looked up",
}
#: What a question says to Qualtrics alone.
INTERNAL = (
    "QuestionID", "QuestionType", "Selector", "SubSelector", "QuestionDescription", "DataExportTag", "Configuration",
    "GradingData", "NextChoiceId", "NextAnswerId", "SearchSource", "QuestionText_Unsafe", "DataVisibility", "Language",
    "ChoiceDataExportTags", "VariableNaming", "ChoiceColumnWidthPixels", "AnalyzeChoices", "RecodeValues",
    "QuestionText", "Validation", "DynamicChoicesData", "NumberOfQuestions", "ClarifyingSymbolType", "NumDecimals",
    "ColumnOrder", "ChoiceOrder", "AnswerOrder", "Labels", "ColumnLabels", "DisplayLogic", "InPageDisplayLogic",
)  # fmt: skip


@dataclass
class Reading:
    """One file while it is read."""

    assembly: Assembly
    losses: Losses
    language: str
    #: languages that kept words are in, the survey's own first
    spoken: dict[str, None] = field(default_factory=dict)
    #: what authors noted, by question
    notes: dict[str, list[str]] = field(default_factory=dict)
    #: questions that everybody sees
    seen_by_all: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.spoken = {self.language: None}
        self.phrases = Phrases(PIPED, self.answer, always_html=True)

    def answer(self, said: str) -> Asked:
        """The question whose answer stands in words; raises Unsupported."""
        found = QUESTION.fullmatch(said)
        if found is None:
            source = next((words for start, words in SOURCES.items() if said.startswith(start)), "worked out")
            raise Unsupported(f"“{said}”, which is {source}")
        asked = self.assembly.place(found[1])
        what = found[2].split("/")
        if what[0] in ("ChoiceGroup", "ChoiceTextEntryValue", "SelectedChoicesRecode", "ChoiceNumericEntryValue"):
            row = self.assembly.asked.get(f"{found[1]}/{what[-1]}") if len(what) > 1 and what[-1].isdigit() else None
            return row or asked
        raise Unsupported(f"“{said}”, which is not an answer")

    def said(self, thing: Thing, name: str, *path: str) -> Words:
        """Words in every language: a property's own, and those at the same path of each translation."""
        own = thing.raw(name)
        for step in path:
            own = step_into(own, step)
        if own not in (None, "") and not isinstance(own, str | int | float):
            done = "These should be words and are not, so they are left out."
            thing.lose(LOST, name, done, said=shown(own))
        found = {self.language: text_of(own)} if text_of(own).strip() else {}
        for code, translation in self.translations(thing):
            value: Any = translation.get(name)
            for step in path:
                value = step_into(value, step)
            if text_of(value).strip():
                self.spoken.setdefault(code)
                found.setdefault(code, text_of(value))
        return found

    def translations(self, thing: Thing) -> Iterator[tuple[str, dict[str, Any]]]:
        """The translations of a question, by language."""
        given = thing.data.get("Language")
        for said, translation in given.items() if isinstance(given, dict) else ():
            if isinstance(translation, dict):
                code, known = code_of(str(said))
                if not known:
                    done = f"This is no language that is known; its words are kept as “{code}”."
                    thing.lose(NOTE, "Language", done, said=str(said), together=f"language {said}")
                if code != self.language:
                    yield code, translation

    def question_words(self, thing: Thing) -> tuple[Words, Words]:
        """What is asked, and what stands around it."""
        return self.phrases.question(self.said(thing, "QuestionText"), thing, "QuestionText", language=self.language)

    def line(self, thing: Thing, name: str, *path: str) -> Words:
        """One line."""
        return self.phrases.line(self.said(thing, name, *path), thing, name)

    def block(self, thing: Thing, name: str) -> Words:
        """Paragraphs."""
        return self.phrases.block(self.said(thing, name), thing, name)

    def finish(self, thing: Thing, *internal: str) -> None:
        """Report what nobody read of a thing."""
        thing.seen(*internal)
        for name, value in thing.unread():
            said = shown(value)
            if name == "QuestionJS":
                empty = EMPTY_PROGRAM.fullmatch(REMARKS.sub("", said)) is not None
                done = "An empty program is left out." if empty else "Programs in a question are not kept."
                thing.lose(NOTE if empty else LOST, name, done, said=said, together=f"{thing.place} {name}")
            elif name == "DefaultChoices":
                thing.lose(NOTE, name, "Nothing is filled in beforehand; people answer by themselves.", said=said)
            else:
                thing.lose(NOTE, name, "This is not known here and not kept.", said=said, together=f"{name} {said}")


def step_into(value: Any, step: str) -> Any:
    """What stands under a number or a name: files have lists where the numbers begin at 0, objects otherwise."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and step.isdigit() and int(step) < len(value):
        return value[int(step)]
    return None


def numbered(thing: Thing, name: str, order: str) -> list[tuple[str, Thing]]:
    """The things of a list by their numbers, in the order that the file wants; none is left out."""
    value = thing.raw(name)
    items = {str(at): one for at, one in enumerate(value)} if isinstance(value, list) else value
    if not isinstance(items, dict):
        if value not in (None, "", [], False):
            thing.lose(LOST, name, "This should be a list and is not, so it is left out.", said=shown(value))
        return []
    wanted = thing.raw(order)
    numbers = [text_of(one) for one in wanted] if isinstance(wanted, list) else []
    found = []
    for number in dict.fromkeys([*(one for one in numbers if one in items), *items]):
        if isinstance(items[number], dict):
            found.append((number, Thing(items[number], thing.place, thing.losses)))
        else:
            done = "This should be an object and is not, so it is left out."
            thing.lose(LOST, name, done, said=shown(items[number]))
    return found
