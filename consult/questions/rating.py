"""A rating on a scale: labelled steps, numbers from 0 or 1, or faces; “don’t know” stands outside it."""

from __future__ import annotations

from random import Random
from typing import Any

from markupsafe import Markup, escape
from wtforms import Form, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, scale
from consult.domain.possible import Choices, Possible
from consult.domain.questionnaire import Option, Question
from consult.domain.statistics import Tally
from consult.domain.wording import Wording
from consult.questions import faces
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
    hinted,
    input_name,
    said,
    spoken,
)

MOST_POINTS = 11


class Settings(Form):
    """Where its steps have no words: how many there are, the first of them, and what its ends are called."""

    points = IntegerField("How many steps it has", validators=[Optional(), NumberRange(2, MOST_POINTS)])
    first = IntegerField("First number: 0 or 1", validators=[Optional(), NumberRange(0, 1)])
    appearance = SelectField(
        "How it looks",
        choices=[SelectChoice("radios", "A list"), SelectChoice("faces", "A list with faces")],
        validators=[Optional()],
    )


class Rating(QuestionType):
    """A rating on a scale; options that are `unknown` stand after it, apart."""

    name = "rating"
    title = N_("A rating on a scale")
    settings = Settings
    missing = N_("Select a rating")
    takes_options = True
    worded = {"low": "What the low end is called", "high": "What the high end is called"}

    def problems(self, question: Question) -> list[str]:
        if not self.steps(question):
            return [f"needs from 2 to {MOST_POINTS} points"]
        if twice := set(self.steps(question)) & set(self.apart(question)):
            return [f"has an answer outside the scale that is called as a step of it: {', '.join(sorted(twice))}"]
        scored = [option.score is not None for option in self._labelled(question)]
        if self.with_faces(question) and any(scored) and not all(scored):
            return ["shows faces: give a score to each of its answers or to none of them"]
        if question.settings.get("appearance") == "faces" and not self.with_faces(question):
            return [f"shows faces, of which at most {faces.MOST_FACES} can be told apart"]
        return []

    def first(self, question: Question) -> int:
        """The first number of an unlabelled scale."""
        return 0 if question.settings.get("first") in (0, "0") else 1

    def steps(self, question: Question) -> list[str]:
        """The keys on the scale, from first to last."""
        labelled = self._labelled(question)
        if labelled:
            return [option.key for option in labelled]
        points = question.settings.get("points")
        if not isinstance(points, int) or isinstance(points, bool) or not 2 <= points <= MOST_POINTS:
            return []
        first = self.first(question)
        return [str(point) for point in range(first, first + points)]

    def keys(self, question: Question) -> list[str]:
        """Everything that can be chosen, in order."""
        return [*self.steps(question), *self.apart(question)]

    def _labelled(self, question: Question) -> list[Option]:
        return [option for option in question.options if not option.unknown]

    def texts(self, question: Question) -> list[str]:
        return []

    # Faces

    def with_faces(self, question: Question) -> bool:
        """Whether each step has a face."""
        wanted = question.settings.get("appearance") == "faces"
        return wanted and 2 <= len(self.steps(question)) <= faces.MOST_FACES

    def happiness(self, question: Question) -> dict[str, int]:
        """Each step's place from the saddest: by score where there are scores, else the last is the best."""
        steps, options = self.steps(question), question.option_by_key
        scores = [options[key].score for key in steps if key in options]
        if scores and None not in scores:
            steps = sorted(steps, key=lambda key: options[key].score or 0)
        return {key: at for at, key in enumerate(steps)}

    # Asking

    def _label(self, question: Question, key: str, locale: Locale) -> dict[str, Any]:
        steps, option = self.steps(question), question.option_by_key.get(key)
        ends = {steps[0]: question.settings.get("low"), steps[-1]: question.settings.get("high")} if steps else {}
        end = ends.get(key)
        after = said(end, locale) if isinstance(end, Wording) else ""
        words = {"text": locale.number(int(key))} if option is None else spoken(option.label, locale)
        if option is None and self.with_faces(question) and not any(ends.values()) and len(steps) in faces.CALLED:
            return {"text": locale.say(faces.CALLED[len(steps)][steps.index(key)])}
        for name in {"text", "html"} & words.keys() if after else ():
            words[name] = f"{words[name]} – {escape(after) if name == 'html' else after}"
        return words

    def component(self, question: Question, drawing: Drawing) -> Component:
        chosen, happiness = set(drawing.chosen()), self.happiness(question)
        items: list[dict[str, Any]] = []
        for key in self.keys(question):
            label = self._label(question, key, drawing.locale)
            if self.with_faces(question) and key in happiness:
                label["html"] = _with_face(label, happiness[key], len(happiness))
            item: dict[str, Any] = {"value": key, "label": label, "checked": key in chosen}
            option = question.option_by_key.get(key)
            if option is not None and (hint := hinted(option.hint, drawing.locale))["text"]:
                item["hint"] = hint
            items.append(item)
        if apart := self.apart(question):
            items.insert(-len(apart), {"divider": drawing.locale.say("or")})
        return Component(
            "radios",
            {
                "idPrefix": input_name(question),
                "name": input_name(question),
                "fieldset": {"legend": heading_words(question, drawing)},
                "hint": hint_words(question, drawing),
                "errorMessage": drawing.error(),
                "classes": "app-faces" if self.with_faces(question) else "",
                "items": items,
            },
        )

    # What was given

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        given = [key for key in data.get(MAIN, ()) if key]
        if len(given) > 1 or any(key not in self.keys(question) for key in given):
            return {MAIN: locale.say(N_("Choose from the answers shown"))}
        return {}

    def values(self, question: Question, data: Data) -> Values:
        given = [key for key in data.get(MAIN, ()) if key in self.keys(question)]
        return (Value(choice=given[0]),) if given else ()

    # Saying and counting

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [self._label(question, value.choice, locale)["text"] for value in values if value.choice]

    def possible(self, question: Question) -> list[Possible]:
        return [Choices(tuple(self.keys(question)))]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(MAIN, key) for key in self.keys(question)]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        return scale(question, tally, self.keys(question), apart=self.apart(question), everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        known = atom in self.keys(question)
        return str(self._label(question, atom, locale)["text"]) if known else atom

    def invent(self, question: Question, random: Random) -> Values:
        steps, apart = self.steps(question), self.apart(question)
        if apart and random.random() < 0.08:
            return (Value(choice=random.choice(apart)),)
        return (Value(choice=random.choices(steps, range(1, len(steps) + 1))[0]),)


def _with_face(label: dict[str, Any], at: int, steps: int) -> Markup:
    words = Markup(label["html"]) if "html" in label else escape(label["text"])  # noqa: S704 - escaped by markup.inline
    return faces.face(at, steps) + words
