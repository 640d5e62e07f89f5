"""The forms on which staff write and change a consultation; staff pages are in English."""

from __future__ import annotations

from collections.abc import Sequence

from consult.consultations.models import WORDED, Consultation
from consult.domain.equality import BANK
from consult.domain.errors import Rejected
from consult.domain.gunning import FORMATS
from consult.web.forms import (
    Checkboxes,
    DateInput,
    DateTimeInput,
    Form,
    LongText,
    Radios,
    Select,
    Text,
    Upload,
    YesNo,
)
from consult.web.locale import catalogues, language_name

ACTIVITIES = (
    ("inform", "Inform: we tell people about something that is decided"),
    ("engage", "Engage: we listen before we make a plan"),
    ("consult", "Consult: a formal consultation on proposals"),
)


class NewForm(Form):
    """A new consultation."""

    group = Select("Which group is asking?", missing="Choose a group")
    title = Text(
        "Title", hint="What people see first. Short, and in plain words.", longest=200, missing="Enter a title"
    )
    language = Select("Which language are you writing it in?", missing="Choose a language")


class SettingsForm(Form):
    """What is the same in every language."""

    activity = Radios(
        "What kind of activity is this?", choices=ACTIVITIES, missing="Choose what kind of activity this is"
    )
    opens_at = DateTimeInput(
        "When does it open?",
        hint="Day, month, year and time in London. Without a time it opens at midnight.",
        default_time="00:00",
        optional=True,
    )
    closes_at = DateTimeInput(
        "When does it close?",
        hint="Without a time it closes at 23:59. People who have begun get one more hour.",
        optional=True,
    )
    who_answers = Radios(
        "Who can answer it?",
        hint="People on a list get a link of their own, which counts once.",
        choices=(("everybody", "Everybody, people on a list too"), ("invited", "Only people on a list")),
        optional=True,
        marked=False,
    )
    languages = Checkboxes(
        "Which languages is it offered in?",
        hint="A language is offered only if the page and the questionnaire are complete in it.",
        optional=True,
    )
    contact_name = Text("Who answers questions about it?", hint="A team or a role.", longest=120, optional=True)
    contact_email = Text("Email address", longest=254, kind="email", optional=True)
    contact_telephone = Text("Telephone number", longest=40, optional=True)
    contact_address = LongText("Postal address", longest=500, rows=4, optional=True)
    equality = Radios(
        "Are equality questions asked after the questionnaire?",
        choices=(("yes", "Yes"), ("no", "No")),
        missing="Choose yes or no",
    )
    equality_questions = Checkboxes(
        "Which equality questions are asked?",
        hint="Ask only what the equality assessment uses. Every question can be left out by whoever answers.",
        choices=tuple((one.key, f"{one.text} {one.purpose}") for one in BANK),
        optional=True,
    )


#: Empty is fine in a draft, and not when it is published.
LATER = "Needed before it can be published."


class TextsForm(Form):
    """The page in one language."""

    title = Text("Title", hint=LATER, longest=200, optional=True, marked=False)
    summary = LongText(
        "Summary", hint=f"One or two sentences. {LATER}", longest=600, rows=3, optional=True, marked=False
    )
    why = LongText(
        "Why this is needed",
        hint=f"Facts, and where they come from. Leave a line empty between paragraphs. {LATER}",
        optional=True,
        marked=False,
    )
    decided = LongText(
        "What is already decided", hint=f"{LATER} Not where people are only told.", optional=True, marked=False
    )
    still_open = LongText(
        "What people can still change", hint=f"{LATER} Not where people are only told.", optional=True, marked=False
    )
    what_next = LongText(
        "What happens next",
        hint=f"Who decides, when, and when people are told. {LATER}",
        optional=True,
        marked=False,
    )
    equality_purpose = LongText(
        "Why the equality questions are asked", hint=LATER, longest=2_000, rows=3, optional=True, marked=False
    )


class DocumentForm(Form):
    """A document: a file, or an address elsewhere."""

    title = Text("Title", longest=200, missing="Enter a title")
    language = Select("Which language is it in?", missing="Choose the language of the document")
    file = Upload("File", hint="PDF, ODT or DOCX, at most 20 MB.", optional=True)
    address = Text("Or a web address", hint="If it is on another website.", longest=2_000, optional=True)


class PictureForm(Form):
    """A picture beside an option."""

    file = Upload("Picture", hint="PNG, JPEG or WebP, at most 8 MB.", optional=True)


class DefinitionForm(Form):
    """Our own JSON definition, pasted or as a file."""

    file = Upload("A file with a definition", hint="A .json file in our own form.", optional=True)
    definition = LongText("Or paste the definition", longest=2_000_000, rows=12, optional=True)


class RevisionForm(DefinitionForm):
    """Changed questions while people answer."""

    same_meaning = Checkboxes(
        "Questions that keep their key",
        hint="Answers before and after are counted together. A question that asks something else needs a new key.",
        choices=(("yes", "All of them still mean the same"),),
        optional=True,
        marked=False,
    )


class ReturnForm(Form):
    """Why a draft goes back."""

    reasons = LongText("What should be changed?", longest=4_000, rows=5, missing="Enter what should be changed")


class ExtendForm(Form):
    """A later closing moment."""

    closes_at = DateTimeInput("New closing date and time", missing="Enter the new closing date")


#: What authors say for the check before publishing, as it is kept.
PREPARED = (
    "who_decides",
    "decision_on",
    "significant",
    "alternatives",
    "impacts",
    "equality_assessment",
    "privacy_assessment",
    "audience",
    "formats",
)


class PreparationForm(Form):
    """What the check before publishing needs to know."""

    who_decides = Text("Who decides?", hint="A committee, a board or a role.", longest=300, optional=True, marked=False)
    decision_on = DateInput("When is it to be decided?", optional=True, marked=False)
    significant = YesNo("Is it about a significant change of services?", optional=True, marked=False)
    alternatives = YesNo(
        "Does the page, or a document on it, tell people which other options were looked at and why not?",
        optional=True,
        marked=False,
    )
    impacts = YesNo(
        "Does it tell people what the change costs, and what would get worse and for whom?", optional=True, marked=False
    )
    audience = Text(
        "About how many people does it concern?",
        hint="A number, such as 5000.",
        longest=12,
        optional=True,
        marked=False,
    )
    formats = Checkboxes(
        "How can people read it and answer, besides on this website?",
        choices=tuple(FORMATS.items()),
        optional=True,
        marked=False,
    )
    equality_assessment = LongText(
        "Equality impact assessment",
        hint="Where it is and when it was last looked at.",
        longest=1_000,
        rows=2,
        optional=True,
        marked=False,
    )
    privacy_assessment = LongText(
        "Data protection impact assessment",
        hint="Where it is and when it was last looked at.",
        longest=1_000,
        rows=2,
        optional=True,
        marked=False,
    )


class CheckReasonForm(Form):
    """Why something that the check found is right."""

    reason = LongText(
        "Why is this right as it is?",
        hint="Whoever approves it reads this. It is kept with the version.",
        longest=1_000,
        rows=4,
        missing="Enter why this is right as it is",
    )


class ElectionForm(Form):
    """The time before an election."""

    name = Text("Which election is it?", longest=120, missing="Enter which election it is")
    starts_on = DateInput("First day", missing="Enter the first day")
    ends_on = DateInput("Last day, on which people vote", missing="Enter the last day")


class ReopenForm(Form):
    """A later closing moment, if it is needed."""

    closes_at = DateTimeInput("New closing date and time", hint="Needed if it has already closed.", optional=True)


class WithdrawForm(Form):
    """What happens to the answers."""

    answers = Radios(
        "What happens to answers already sent?",
        choices=(("kept", "They are kept and counted"), ("destroyed", "They are not used, and are destroyed")),
        missing="Choose what happens to the answers",
    )


class PlainForm(Form):
    """Nothing but a button: the token of a staff form."""


def with_reasons(base: type[Form], consultation: Consultation) -> type[Form]:
    """The same form with the public reason in each of the consultation's languages; its own is needed."""
    fields = {}
    for language in consultation.languages:
        own = language == consultation.language
        fields[f"reason_{language}"] = LongText(
            "The reason, for everybody to read" if own else f"The reason in {language_name(language)}",
            longest=1_000,
            rows=3,
            optional=not own,
            missing="Enter a reason that everybody can read",
        )
    return type(f"{base.__name__}WithReasons", (base,), fields)


def with_titles(base: type[Form], consultation: Consultation) -> type[Form]:
    """The same form with a title in each further language of the consultation."""
    fields = {
        f"title_{language}": Text(f"Title in {language_name(language)}", longest=200, optional=True)
        for language in consultation.languages
        if language != consultation.language
    }
    return type(f"{base.__name__}WithTitles", (base,), fields)


def with_descriptions(base: type[Form], consultation: Consultation) -> type[Form]:
    """The same form with what a picture shows, in each of the consultation's languages; its own is needed."""
    fields = {}
    for language in consultation.languages:
        own = language == consultation.language
        fields[f"alt_{language}"] = Text(
            "What does the picture show?" if own else f"What it shows, in {language_name(language)}",
            hint="For people who cannot see it. Do not repeat the words of the option." if own else "",
            longest=300,
            optional=not own,
            missing="Say what the picture shows, for people who cannot see it",
        )
    return type(f"{base.__name__}WithDescriptions", (base,), fields)


def people(typed: str | None) -> int | None:
    """A number of people as somebody types it, “5,000” too; raises Rejected."""
    plain = (typed or "").replace(",", "").replace(" ", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit()):
        raise Rejected("audience", "Enter about how many people it concerns as a number, such as 5000")
    return int(plain)


def reason_of(form: Form, consultation: Consultation) -> dict[str, str]:
    """The public reason, by language; empty for a form without one."""
    found = {
        language: form[f"reason_{language}"] for language in consultation.languages if f"reason_{language}" in form
    }
    return {language: field.data for language, field in found.items() if field.data}


def language_choices(*more: str) -> list[tuple[str, str]]:
    """The languages our own words are in, and these."""
    return [(language, language_name(language)) for language in dict.fromkeys((*catalogues(), *more))]


def texts_with(consultation: Consultation, language: str, form: Form) -> dict[str, dict[str, str]]:
    """Every text of the page, with what the form says in this language."""
    return {
        name: {**getattr(consultation, name), language: form[name].data or ""} for name in (*WORDED, "equality_purpose")
    }


def texts_in(consultation: Consultation, language: str) -> dict[str, str]:
    """What the form shows at first."""
    names: Sequence[str] = (*WORDED, "equality_purpose")
    return {name: getattr(consultation, name).get(language, "") for name in names}
