"""The first half of a postcode: a district of some thousand homes; the second half is never kept."""

from __future__ import annotations

import re
from random import Random

from wtforms import Form, StringField
from wtforms.validators import Optional

from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, bars, excerpts
from consult.domain.questionnaire import Question
from consult.domain.statistics import Tally
from consult.questions import texts
from consult.questions.base import (
    MAIN,
    N_,
    Component,
    Data,
    Drawing,
    Locale,
    QuestionType,
    heading_words,
    hint_words,
    input_name,
)

#: The forms an outward code has, A9 A99 A9A, AA9 AA99 AA9A, with the letters that stand in each place (Royal Mail's
#: Programmers' Guide), and the one of Girobank.
OUTWARD = re.compile(r"[A-PR-UWYZ]\d(?:\d|[A-HJKPSTUW])?|[A-PR-UWYZ][A-HK-Y]\d(?:\d|[ABEHMNPRVWXY])?|GIR", re.ASCII)
#: The other half: a digit and two letters, none of C I K M O V.
INWARD = re.compile(r"(.{2,4})(\d[ABD-HJLNP-UW-Z]{2})", re.ASCII)
#: A first half, a space, and some of the second.
BEGUN = re.compile(r"(\w{2,4})\s+\d\w?", re.ASCII)
#: Districts that the definition does not name are counted together.
ELSEWHERE = "elsewhere"


class Settings(Form):
    """The districts that are counted by name, separated by commas; without any, only how many answered is shown."""

    districts = StringField("Districts to count by name, such as BH15, DT1", validators=[Optional()])


def outward(text: str) -> str | None:
    """The outward code in what was typed, half or whole postcode; None where there is none."""
    begun = BEGUN.fullmatch(text.strip())
    compact = re.sub(r"[\s.-]", "", begun.group(1) if begun else text).upper()
    if len(compact) > 8:
        return None
    # A whole postcode first: in BH152AB the 1 belongs to the outward code and the 2 does not.
    postcode = INWARD.fullmatch(compact)
    for part in (postcode.group(1) if postcode else "", compact):
        if OUTWARD.fullmatch(part):
            return part
    return None


class PostcodeDistrict(QuestionType):
    """The first half of a postcode."""

    name = "postcode_district"
    title = N_("The first half of a postcode")
    settings = Settings
    missing = N_("Enter the first half of your postcode")

    def districts(self, question: Question) -> list[str]:
        """The districts that are counted by name."""
        given = question.settings.get("districts")
        listed = given.split(",") if isinstance(given, str) else given if isinstance(given, list | tuple) else []
        return list(dict.fromkeys(code for one in listed if (code := outward(str(one)))))

    def component(self, question: Question, drawing: Drawing) -> Component:
        return Component(
            "input",
            {
                "id": input_name(question),
                "name": input_name(question),
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": False,
                "label": heading_words(question, drawing),
                "hint": hint_words(
                    question,
                    drawing,
                    drawing.locale.say(
                        "For example, BH15. If you enter all of your postcode, we keep only the first half."
                    ),
                ),
                "errorMessage": drawing.error(),
                "value": drawing.typed(MAIN),
                "attributes": {"dir": "ltr"},
                "width": 10,
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        if texts.written(data) and outward(texts.written(data)) is None:
            return {MAIN: locale.say(N_("Enter the first half of a postcode, like BH15 or DT1"))}
        return {}

    def values(self, question: Question, data: Data) -> Values:
        code = outward(texts.written(data))
        return (Value(text=code),) if code else ()

    def words_to_check(self, question: Question, values: Values, locale: Locale) -> list[str]:
        said = self.words(question, values, locale)
        return [*said, locale.say(N_("We keep only this first half of your postcode."))] if said else []

    def atoms(self, question: Question, values: Values) -> list[tuple[str, str]]:
        named = self.districts(question)
        return [(MAIN, value.text if value.text in named else ELSEWHERE) for value in values if value.text and named]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        named = self.districts(question)
        return [(MAIN, code) for code in (*named, ELSEWHERE)] if named else []

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        keys = [atom for _part, atom in self.counted(question)]
        return bars(question, tally, keys, everyone=everyone) if keys else excerpts(question, tally, everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        return locale.say(N_("Elsewhere")) if atom == ELSEWHERE else atom

    def invent(self, question: Question, random: Random) -> Values:
        return (Value(text=random.choice(self.districts(question) or ["BH15", "BH17", "DT1", "DT11", "SP7"])),)
