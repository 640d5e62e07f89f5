"""A Qualtrics file from its JSON to a definition that can be asked, with a report of what could not be brought in."""

from __future__ import annotations

from typing import Any

from consult.exchange.assembly import Assembly
from consult.exchange.languages import code_of
from consult.exchange.losses import NOTE, Imported, Losses, Refused
from consult.exchange.qualtrics.flow import Flow, Stop
from consult.exchange.qualtrics.questions import words_of
from consult.exchange.qualtrics.reading import Reading
from consult.exchange.qualtrics.survey import Survey
from consult.exchange.structure import Thing, shown, text_of

#: Elements that say nothing about what is asked.
INTERNAL = frozenset({"BR", "GEN", "GRT", "PL", "PROJ", "QC", "QG", "QGO", "RS", "STAT", "TR"})
#: Words among the survey's options.
WORDS = (
    "Header", "Footer", "EOSMessage", "ValidationMessage", "InactiveMessage", "ThankYouEmailMessage", "SurveyTitle",
    "SurveyLinkCompletedMessage", "SurveyMetaDescription",
)  # fmt: skip


def looks_like_qualtrics(data: Any) -> bool:
    """Whether JSON is a Qualtrics survey: an entry and elements."""
    return isinstance(data, dict) and "SurveyElements" in data and "SurveyEntry" in data


def read_qualtrics(data: Any, filename: str) -> Imported:
    """A survey as a definition and its losses; raises Refused with a sentence naming element and question."""
    losses = Losses()
    whole = Thing(data, "SurveyElements", losses)
    entry = whole.thing("SurveyEntry", "SurveyEntry") or Thing({}, "SurveyEntry", losses)
    language = code_of(entry.text("SurveyLanguage") or "EN")[0]
    reading = Reading(Assembly(filename, language, losses), losses, language)
    elements = whole.things("SurveyElements")
    questions = _questions(elements)
    if not questions:
        raise Refused(f"“{filename}”, SurveyElements: there is no element “SQ”, so there is no question to ask.")
    _notes(reading, elements)
    blocks = _blocks(elements, losses)
    flow = Flow(reading, blocks)
    for element in elements:
        payload = element.data.get("Payload")
        if element.data.get("Element") == "FL" and isinstance(payload, dict):
            flow.read(Thing(payload, "flow", losses))
    if not any(stop.block for stop in flow.stops):
        flow.stops = [Stop(name) for name, block in blocks.items() if block.text("Type") != "Trash"]
    survey = Survey(reading, questions, blocks, flow.stops)
    survey.ask()
    _left(reading, questions, blocks, survey)
    _rest(reading, elements)
    title = (
        reading.phrases.title({language: entry.text("SurveyName")}, entry, "SurveyName")
        if "SurveyName" in entry
        else {}
    )
    if "SurveyDescription" in entry and entry.text("SurveyDescription") != entry.text("SurveyName"):
        done = "What authors say of the survey among themselves is not kept."
        entry.lose(NOTE, "SurveyDescription", done, said=entry.text("SurveyDescription"))
    return reading.assembly.finish(title, tuple(reading.spoken), title_place="SurveyEntry")


def _questions(elements: list[Thing]) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for element in elements:
        payload = element.data.get("Payload")
        if element.data.get("Element") == "SQ" and isinstance(payload, dict):
            name = text_of(payload.get("QuestionID")) or text_of(element.data.get("PrimaryAttribute"))
            tag = text_of(payload.get("DataExportTag"))
            place = f"question {tag} ({name})" if tag and tag != name else f"question {name}"
            found[name] = Thing({**payload, "QuestionID": name}, place, element.losses)
    return found


def _blocks(elements: list[Thing], losses: Losses) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for element in elements:
        if element.data.get("Element") != "BL":
            continue
        for block in element.things("Payload"):
            name = block.text("ID") or f"block {len(found) + 1}"
            block.place = f"block “{block.text('Description') or name}”"
            found[name] = block
    return found


def _notes(reading: Reading, elements: list[Thing]) -> None:
    """What authors noted at questions, for authors."""
    for element in elements:
        payload = element.data.get("Payload")
        if element.data.get("Element") != "NT" or not isinstance(payload, dict):
            continue
        notes = payload.get("Notes")
        for note in notes if isinstance(notes, list) else ():
            if isinstance(note, dict) and not note.get("Removed") and text_of(note.get("Message")).strip():
                reading.notes.setdefault(text_of(payload.get("ParentID")), []).append(text_of(note["Message"]).strip())


def _left(reading: Reading, questions: dict[str, Thing], blocks: dict[str, Thing], survey: Survey) -> None:
    """Report questions that nobody comes to: those thrown away, and those of no block."""
    trash = {
        text_of(one.get("QuestionID"))
        for block in blocks.values()
        if block.data.get("Type") == "Trash"
        for one in block.values("BlockElements")
        if isinstance(one, dict)
    }
    for name, thing in questions.items():
        if name in survey.met:
            continue
        done = "It lies in the trash of the survey, so it is not brought in."
        if name not in trash:
            done = "No block in the survey's flow asks this, so it is not brought in."
        for said in words_of(reading, thing):
            thing.lose(NOTE, "QuestionText", done, said=said)
    for name, block in blocks.items():
        if block.data.get("Type") != "Trash" and name not in survey.blocks_met:
            done = "The survey's flow never comes to this block, so it is not brought in."
            block.lose(NOTE, "ID", done, said=block.text("Description") or name)


def _rest(reading: Reading, elements: list[Thing]) -> None:
    """Report what other elements say."""
    for element in elements:
        kind, payload = element.text("Element"), element.data.get("Payload")
        element.place = f"element {kind}"
        if kind == "SO" and isinstance(payload, dict):
            _options(Thing(payload, "survey options", element.losses))
        elif kind == "SCO" and isinstance(payload, dict):
            if payload.get("ScoringCategories"):
                said = shown(payload["ScoringCategories"])
                element.lose(NOTE, "ScoringCategories", "Answers are not scored.", said=said)
        elif kind not in INTERNAL and kind not in ("BL", "FL", "SQ", "NT", "SO", "SCO"):
            done = "This is not known here and not kept."
            element.lose(NOTE, "Element", done, said=f"{kind}: {shown(payload)}")
        elif kind in ("BL", "SQ", "FL") and not isinstance(payload, dict | list):
            done = "This should be an object and is not, so it is left out."
            element.lose(NOTE, "Payload", done, said=shown(payload))


def _options(options: Thing) -> None:
    """The survey's own pages, looks and rules."""
    for name in WORDS:
        value = options.raw(name)
        if text_of(value).strip() not in ("", "None"):
            done = "The site has its own pages and words around a questionnaire; these are not kept."
            options.lose(NOTE, name, done, said=text_of(value))
    styles = options.raw("CustomStyles")
    if styles:
        options.lose(NOTE, "CustomStyles", "How the survey looks is not kept.", said=shown(styles))
    if options.data.get("PasswordProtection") == "Yes":
        options.lose(NOTE, "PasswordProtection", "Nobody needs a password to answer.", said="Yes")
    if options.data.get("SurveyExpiration") not in (None, "None", ""):
        done = "When it closes is set in the consultation."
        options.lose(NOTE, "SurveyExpiration", done, said=shown(options.data["SurveyExpiration"]))
    known = [name for name, _value in options.unread()]
    if known:
        done = "How the survey runs in its own program is not kept."
        options.lose(NOTE, "SurveyOptions", done, said=", ".join(known))
