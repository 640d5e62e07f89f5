"""An ONS file from its JSON to a definition that can be asked, with a report of what could not be brought in."""

from __future__ import annotations

from typing import Any

from consult.domain.markup import from_html, plain
from consult.exchange.assembly import Assembly
from consult.exchange.languages import code_of
from consult.exchange.losses import CHANGED, NOTE, Imported, Losses, Refused
from consult.exchange.ons.blocks import Block, Way
from consult.exchange.ons.reading import Reading
from consult.exchange.structure import Thing, shown, text_of

#: Properties that name the survey to the ONS's own systems.
NAMES = (
    "mime_type", "schema_version", "data_version", "survey_id", "form_type", "theme", "navigation", "session_timeout",
    "region_code", "eq_id", "version", "view_submitted_response", "hub", "questionnaire_id", "preview_questions",
)  # fmt: skip
SECTION_LOOKS = ("summary", "show_on_hub", "collapsible", "page_title", "hide_from_hub")


def looks_like_ons(data: Any) -> bool:
    """Whether JSON is a questionnaire for the ONS's electronic questionnaires: sections of groups of blocks."""
    if not isinstance(data, dict) or not isinstance(data.get("sections"), list):
        return False
    if "ons/eq" in str(data.get("mime_type", "")):
        return True
    return any(isinstance(section, dict) and isinstance(section.get("groups"), list) for section in data["sections"])


def read_ons(data: Any, filename: str) -> Imported:
    """A questionnaire as a definition and its losses; raises Refused with a sentence naming section and block."""
    losses = Losses()
    whole = Thing(data, "questionnaire", losses)
    language = code_of(whole.text("language") or "en")[0]
    reading = Reading(Assembly(filename, language, losses), losses, language)
    reading.codes = _codes(whole)
    blocks = _blocks(reading, whole)
    if not blocks:
        raise Refused(f"“{filename}”, sections: no block in them can be read, so there is nothing to ask.")
    title = reading.line(whole, "title")
    _know(reading, blocks)
    way = Way(reading, blocks)
    _sections(reading, whole, way)
    _whole(reading, whole)
    return reading.assembly.finish(title, (language,), title_place="questionnaire")


def _codes(whole: Thing) -> dict[str, str]:
    """Codes of answers: listed for the whole, or at each answer."""
    found: dict[str, str] = {}
    for one in whole.things("answer_codes"):
        if one.text("answer_id") and one.text("code"):
            found.setdefault(one.text("answer_id"), one.text("code"))
    return found


def _blocks(reading: Reading, whole: Thing) -> list[Block]:
    blocks: list[Block] = []
    for number, section in enumerate(whole.things("sections")):
        section.place = f"section “{section.text('title') or section.text('id')}”"
        start = len(blocks)
        for group in section.things("groups"):
            group.place = section.place
            for block in group.things("blocks"):
                block.place = f"block “{block.text('id')}”"
                blocks.append(Block(block, group.text("id"), number, 0))
            for rule in ("skip_conditions", "routing_rules"):
                if rule in group:
                    group.lose(CHANGED, rule, "Rules of a group are not kept; its blocks are shown to everyone.")
                    group.seen(rule)
            group.seen("id", "title", "hide_in_navigation", "highlight_when")
            reading.finish(group)
        for made in blocks[start:]:
            made.end = len(blocks)
    return blocks


def _know(reading: Reading, blocks: list[Block]) -> None:
    """Every answer beforehand, so that a condition on one that comes later can say so."""
    for block in blocks:
        _names(reading, block.thing.data, 0)


def _names(reading: Reading, data: Any, depth: int) -> None:
    if depth > 12:
        return
    if isinstance(data, dict):
        for answer in data.get("answers", ()) if isinstance(data.get("answers"), list) else ():
            if isinstance(answer, dict):
                reading.assembly.names.add(text_of(answer.get("id")))
                if isinstance(answer.get("q_code"), str):
                    reading.codes.setdefault(text_of(answer.get("id")), answer["q_code"])
        for value in data.values():
            _names(reading, value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            _names(reading, value, depth + 1)


def _sections(reading: Reading, whole: Thing, way: Way) -> None:
    """When each section is there, asked just before its first block; then the block."""
    by_section: dict[int, list[int]] = {}
    for at, block in enumerate(way.blocks):
        by_section.setdefault(block.section, []).append(at)
    for number, section in enumerate(whole.things("sections")):
        section.place = f"section “{section.text('title') or section.text('id')}”"
        enabled, lost = way.condition(section, "enabled", "This section is")
        title = " ".join(reading.line(section, "title").values())
        if enabled is False:
            section.lose(CHANGED, "enabled", "This section is never there by its condition; it is shown to everyone.")
        for at in by_section.get(number, ()):
            way.blocks[at].within = enabled if isinstance(enabled, dict) else None
            way.blocks[at].open_to_all = lost
            way.go_to(at, {reading.language: title} if title else {})
        section.seen("id", "title", "groups", *SECTION_LOOKS)
        for name in ("repeat", "introduction_content", "custom_page_title"):
            if name in section:
                done = "This section is asked once." if name == "repeat" else "These words are not kept."
                section.lose(CHANGED, name, done, said=shown(section.raw(name)))
        reading.finish(section)


def _whole(reading: Reading, whole: Thing) -> None:
    whole.seen(*NAMES, "answer_codes", "sections", "language", "title", "questionnaire_flow")
    if "legal_basis" in whole:
        done = "Why people may be asked is for the consultation's own page; these words are not kept."
        whole.lose(NOTE, "legal_basis", done, said=whole.text("legal_basis"))
    for name in ("introduction", "submission", "post_submission", "thank_you"):
        value = whole.raw(name)
        for said in _texts(value):
            done = "The pages before, at and after sending are the site's own; these words are not shown."
            whole.lose(NOTE, name, done, said=said)
    for one in whole.things("metadata"):
        done = "What the sender knows of each person is never taken in; nobody is recognised here."
        whole.lose(NOTE, "metadata", done, said=one.text("name"))
    for name in ("lists", "list_collector", "supplementary_data", "supplementary_data_schema_id", "answer_options"):
        if name in whole:
            whole.lose(
                CHANGED, name, "What is worked out or known beforehand is not kept.", said=shown(whole.raw(name))
            )
    reading.finish(whole)


def _texts(value: Any, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        value = " ".join(plain(from_html(value)[0]).split())
        return [value] if any(one.isspace() for one in value.strip()) or len(value) > 24 else []
    if depth > 8 or not isinstance(value, dict | list):
        return []
    return [text for one in (value.values() if isinstance(value, dict) else value) for text in _texts(one, depth + 1)]
