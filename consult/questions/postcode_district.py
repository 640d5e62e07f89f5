"""The first half of a postcode: a district of some thousand homes; the second half is never kept."""

from __future__ import annotations

import re
from random import Random

from wtforms import Form, StringField
from wtforms.validators import Optional

from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, bars
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
#: The letters that postcodes begin with, closed as everything is that is counted: an area has some 200,000 homes.
_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH "
    "EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M "
    "ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST "
    "SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
AREAS = frozenset(_AREAS.split())
#: Districts that the definition does not name are counted together.
ELSEWHERE = "elsewhere"


class Settings(Form):
    """The districts that are counted by name, separated by commas; without any, areas (BH, DT, SP) are."""

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
        codes = [value.text for value in values if value.text]
        places = codes if named else [re.split(r"\d", code)[0] for code in codes]
        known = set(named) or AREAS
        return [(MAIN, place if place in known else ELSEWHERE) for place in places]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(MAIN, code) for code in (*(self.districts(question) or sorted(AREAS)), ELSEWHERE)]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        keys = [atom for _part, atom in self.counted(question)]
        if not self.districts(question):
            keys = [key for key in keys if tally.get((question.key, MAIN, key))]
        return bars(question, tally, keys, everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        return locale.say(N_("Elsewhere")) if atom == ELSEWHERE else atom

    def invent(self, question: Question, random: Random) -> Values:
        return (Value(text=random.choice(self.districts(question) or ["BH15", "BH17", "DT1", "DT11", "SP7"])),)
