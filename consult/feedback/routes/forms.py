"""The forms on which staff write You Said, We Did; staff pages are in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consult.consultations.models import Consultation
from consult.domain.errors import NotAllowed
from consult.domain.feedback import Evidence
from consult.domain.wording import Wording
from consult.feedback import queries
from consult.feedback.actions import RowText
from consult.feedback.models import FeedbackRow, FeedbackTheme
from consult.questions import kind
from consult.web.forms import Checkboxes, DateInput, Form, LongText, Radios, Select, Text
from consult.web.locale import language_name

ANSWERS = (
    ("changed", "We changed our plan: say below what changed"),
    ("already", "It is already in our plan: say below what"),
    ("will_do", "We will do this: say below what, whose role it is and by when"),
    ("not_decided", "Not decided yet: say below who decides and when"),
    ("cannot", "We cannot do this: choose a reason and explain it in plain words"),
    ("other_body", "It is for someone else: say below who, and when you sent it"),
)
REASONS = (
    ("scope", "It is outside what this work can change"),
    ("law", "A law or a contract"),
    ("cost", "Cost"),
    ("safety", "Safety or clinical evidence"),
    ("happening", "It is happening already"),
    ("unsupported", "Other answers did not support it"),
    ("other_body", "Another organisation decides it"),
)
INFLUENCES = (
    ("reflects", "The plan reflected it already"),
    ("informs", "It informed the plan: something changed"),
    ("both", "Both"),
    ("neither", "Neither"),
)
#: Evidence in words, and how the form asks for it.
NOTED = {
    "comments": "Comments people wrote elsewhere: which",
    "event": "An event: which one and when",
    "feedback": "Earlier feedback: where it is from",
}
TRANSLATED = {
    "heard": "What we heard",
    "words": "Our answer in words",
    "who": "Who",
    "addressed": "Where this is addressed",
}


class RowForm(Form):
    """One row, in the language the consultation was written in."""

    theme = Select("Theme", missing="Choose a theme")
    heard = LongText(
        "What we heard",
        hint="One point, in plain words. No names and nothing that points at a person.",
        longest=2_000,
        rows=4,
        missing="Enter what you heard",
    )
    questions = Checkboxes("Questions whose answers or comments say this", optional=True)
    comments = Text(NOTED["comments"], hint="For example “letters from carers, March 2027”.", optional=True)
    event = Text(NOTED["event"], optional=True)
    feedback = Text(NOTED["feedback"], hint="For example “GP Patient Survey 2026, question 3”.", optional=True)
    answer = Radios("Our answer", choices=ANSWERS, optional=True)
    words = LongText(
        "Our answer in words",
        hint="What was changed, is in the plan or will be done; or why you cannot.",
        longest=4_000,
        optional=True,
    )
    who = Text(
        "Who",
        hint="Whose role it is, who decides, or whom you sent it to. A role or an organisation, not a person.",
        optional=True,
    )
    day = DateInput(
        "Day", hint="By when it is done or decided, or when you sent it. For example, 31 3 2027.", optional=True
    )
    reason = Select("Why you cannot do it", choices=REASONS, optional=True)
    addressed = Text("Where this is addressed", hint="For example “Engagement plan, step 4”.", optional=True)
    href = Text(
        "Web address of that place",
        hint="Begins with https:// or with / for a page of this site.",
        longest=2_000,
        optional=True,
    )


class RemoveForm(Form):
    """Nothing but a button."""

    def must_be_ours(self) -> None:
        """Refuse a button that was not pressed on one of our pages."""
        if not self.validate():
            raise NotAllowed("This page is too old. Go back, reload it and try again.")


class ReturnForm(RemoveForm):
    """Why it goes back."""

    reasons = LongText("What should be changed?", longest=4_000, rows=5, missing="Enter what should be changed")


class InfluenceForm(Form):
    """What a commissioner says of one row."""

    influence = Radios(
        "What did this point do to the plan?", choices=INFLUENCES, missing="Choose what this point did to the plan"
    )


def theme_form(consultation: Consultation) -> type[Form]:
    """The title of a theme in every language of the consultation; its own is needed."""
    fields = {}
    for language in consultation.languages:
        own = language == consultation.language
        fields[f"title_{language}"] = Text(
            "What is this theme called?" if own else f"In {language_name(language)}",
            longest=200,
            optional=not own,
            missing="Enter what the theme is called",
        )
    return type("ThemeForm", (Form,), fields)


def title_of(form: Form, consultation: Consultation) -> dict[str, str]:
    """The title by language."""
    return {
        language: form[f"title_{language}"].data
        for language in consultation.languages
        if form[f"title_{language}"].data
    }


def title_now(theme: FeedbackTheme, consultation: Consultation) -> dict[str, str]:
    """What the form shows at first."""
    return {f"title_{language}": theme.title.get(language, "") for language in consultation.languages}


def row_form(consultation: Consultation, themes: list[FeedbackTheme], **given: Any) -> RowForm:
    """The form of one row with its lists."""
    form = RowForm(**given)
    language = consultation.language
    form.theme.set_choices([(theme.id, Wording(theme.title, language).to(language).text) for theme in themes])
    asked = queries.questions(consultation)
    form.questions.set_choices([(key, question.text.to(language).plain) for key, question in asked.items()])
    return form


def text_of(form: RowForm, consultation: Consultation, row: FeedbackRow | None) -> RowText:
    """What the form says, with the other languages as they were."""
    language = consultation.language
    asked = queries.questions(consultation)
    evidence = [
        Evidence("comments" if key in asked and kind(asked[key].kind).free else "question", key)
        for key in form.questions.data or ()
    ]
    noted = {one["kind"]: one.get("note") or {} for one in (row.evidence if row else ()) if not one.get("question")}
    evidence += [
        Evidence(name, note=Wording(_with(noted.get(name, {}), language, form[name].data), language))
        for name in NOTED
        if form[name].data
    ]
    texts = {name: _with(getattr(row, name) if row else {}, language, form[name].data) for name in TRANSLATED}
    return RowText(
        **texts,
        evidence=evidence,
        answer=form.answer.data or "",
        day=form.day.data,
        reason=form.reason.data or "",
        href=form.href.data or "",
    )


def row_now(row: FeedbackRow, consultation: Consultation) -> dict[str, Any]:
    """What the form shows at first."""
    language = consultation.language
    noted = {one["kind"]: (one.get("note") or {}).get(language, "") for one in row.evidence if not one.get("question")}
    return {
        **{name: getattr(row, name).get(language, "") for name in TRANSLATED},
        **{name: noted.get(name, "") for name in NOTED},
        "theme": str(row.theme_id),
        "questions": [one["question"] for one in row.evidence if one.get("question")],
        "answer": row.answer,
        "day": row.day,
        "reason": row.reason or "",
        "href": row.href,
    }


def _with(texts: Mapping[str, str], language: str, text: str | None) -> dict[str, str]:
    """The texts with another one in this language; without it the translations have nothing to translate."""
    return {**texts, language: text} if text else {}


def translation_form(row: FeedbackRow, consultation: Consultation) -> type[Form]:
    """The texts that a row has, to be said in another language."""
    fields: dict[str, Any] = {}
    own = consultation.language
    for name, label in TRANSLATED.items():
        if getattr(row, name):
            long = name in ("heard", "words")
            fields[name] = LongText(label, longest=4_000, rows=4, optional=True) if long else Text(label, optional=True)
    for at, one in enumerate(row.evidence):
        if one.get("note"):
            fields[f"note_{at}"] = Text(f"Evidence: {one['note'].get(own, '')}", optional=True)
    return type("TranslationForm", (Form,), fields)


def translation_now(row: FeedbackRow, language: str) -> dict[str, str]:
    """What the form shows at first."""
    texts = {name: getattr(row, name).get(language, "") for name in TRANSLATED}
    return {**texts, **{f"note_{at}": (one.get("note") or {}).get(language, "") for at, one in enumerate(row.evidence)}}


def source_of(row: FeedbackRow, name: str, language: str) -> str:
    """The words to translate, for a field of the translation form."""
    if name.startswith("note_"):
        return str(row.evidence[int(name.removeprefix("note_"))]["note"].get(language, ""))
    return str(getattr(row, name).get(language, ""))
