"""A survey of LimeSurvey’s from its bytes to a definition that can be asked, with a report of what was not kept."""

from __future__ import annotations

from typing import Any

from consult.exchange.assembly import Assembly, Part
from consult.exchange.languages import CODE, code_of
from consult.exchange.limesurvey import archive, checks, questions, reports
from consult.exchange.limesurvey.documents import read_document
from consult.exchange.limesurvey.pages import Layout
from consult.exchange.limesurvey.questions import Inherited
from consult.exchange.limesurvey.reading import Place, Reading
from consult.exchange.limesurvey.source import Group, Source
from consult.exchange.limesurvey.structure import put_together
from consult.exchange.limesurvey.tabs import is_tabs, read_tabs
from consult.exchange.limesurvey.words import Words, without_links
from consult.exchange.losses import LOST, NOTE, Imported, Losses, Refused

ENDINGS = (".lss", ".lsg", ".lsq", ".lsl", ".lsa")
#: LimeSurvey's names for languages that have another code elsewhere.
LANGUAGES = {"roh": "rm", "cnt": "cnr", "zh-Hant-HK": "zh-Hant-HK"}


def is_limesurvey(content: bytes, filename: str) -> bool:
    """Whether a file is LimeSurvey's, by what it holds; by its ending where it holds nothing that can be read."""
    head = content[:4096].replace(b"\x00", b"")
    if content.startswith(archive.PACKED):
        return filename.lower().endswith(".lsa") or archive.holds_survey(content)
    if b"<LimeSurveyDocType" in head or is_tabs(content):
        return True
    return filename.lower().endswith(ENDINGS) or head.lstrip().startswith((b"# LimeSurvey", b'"# LimeSurvey'))


def read_limesurvey(content: bytes, filename: str) -> Imported:
    """A survey, group, question or list of labels as a definition with its losses; raises Refused with a sentence."""
    return bring_in(_source(content, filename))


def _source(content: bytes, filename: str) -> Source:
    head = content[:4096].replace(b"\x00", b"").lstrip()
    if head.startswith((b"# LimeSurvey", b'"# LimeSurvey')):
        sentence = (
            "is a dump of a version of LimeSurvey from before 2011: bring it into a newer one and export it again"
        )
        raise Refused(f"“{filename}” {sentence}.")
    if content.startswith(archive.PACKED):
        survey, beside = archive.unpack(content, filename)
        source = put_together(read_document(survey, filename), filename)
        source.others[:0] = beside
        return source
    if is_tabs(content):
        return read_tabs(content, filename)
    return put_together(read_document(content, filename), filename)


def bring_in(source: Source) -> Imported:
    """A survey as a definition with its losses."""
    losses = Losses()
    spoken = _spoken(source)
    assembly = Assembly(source.filename, next(iter(spoken.values())), losses)
    layout = Layout(source, assembly)
    reading = Reading(source, losses, layout, Words(source, losses, layout, spoken), spoken)
    for asked in source.questions:
        why = questions.not_asked(asked)
        if why:
            layout.dropped[asked.code] = why
    reports.report(reading)
    _welcome(reading)
    for group in source.groups:
        _group(reading, group)
    title = reading.words.label(source.texts.get("surveyls_title", {}), Place("survey texts", None, "surveyls_title"))
    return assembly.finish(title, tuple(spoken.values()), title_place="survey texts")


def _spoken(source: Source) -> dict[str, str]:
    """LimeSurvey's languages with their codes here, its own first; an informal one is the language itself."""
    found: dict[str, str] = {}
    for language in source.languages or [source.language or "en"]:
        bare = LANGUAGES.get(language) or language
        if bare.endswith("-informal"):
            plain = bare.removesuffix("-informal")
            bare = plain if plain not in source.languages else f"{plain}-x-informal"
        elif bare.endswith("-easy"):
            bare = f"{bare.removesuffix('-easy')}-x-easyread"
        # In brackets a code is taken for one at once; the names of all languages need not be known.
        code = code_of(f"({bare})" if CODE.match(bare) else bare)[0]
        if code not in found.values():
            found[language] = code
    return found


def _welcome(reading: Reading) -> None:
    """What people read before the first question."""
    texts = reading.source.texts
    made: dict[str, str] = {}
    hidden = reading.source.settings.get("showwelcome", ("Y", 0))[0].strip() == "N"
    for name in ("surveyls_description", "surveyls_welcometext"):
        place = Place("survey texts", reading.source.lines.get(name), name)
        worded = {language: text for language, text in texts.get(name, {}).items() if text.strip()}
        if hidden and worded:
            done = "The survey does not show its welcome, so these words are left out."
            reading.lose(NOTE, place, done, said=next(iter(worded.values())))
            continue
        for language, text in reading.words.block(worded, place).items():
            made[language] = f"{made[language]}\n\n{text}" if language in made else text
    if made:
        reading.layout.begin(Part(text=made))


def _group(reading: Reading, group: Group) -> None:
    place = Place(f"group “{group.name}”", group.line or None)
    shown = reading.source.settings.get("showgroupinfo", ("B", 0))[0].strip()
    names, texts = group.names, group.descriptions
    for hides, what, worded in (("XD", "group_name", names), ("XN", "description", texts)):
        for said in worded.values() if shown and shown in hides else ():
            if said.strip():
                done = "The survey does not show this of its groups, so it is left out."
                reading.lose(NOTE, place.at(what), done, said=said, together=what)
    title = {} if shown in ("X", "D") else reading.words.label(names, place.at("group_name"))
    text = {} if shown in ("X", "N") else reading.words.block(texts, place.at("description"))
    if group.random.strip():
        done = "Groups are always asked in the same order."
        reading.lose(NOTE, place.at("randomization_group"), done, said=group.random, together="random groups")
    left = f"its {len(group.questions)} questions are left out"
    show = checks.relevance(reading, group.relevance, place.at("grelevance"), "This group", left=left)
    if show.when is False:
        reading.layout.dropped.update((asked.code, questions.NEVER) for asked in group.questions)
        return
    when: dict[str, Any] | None = show.when if isinstance(show.when, dict) else None
    reading.layout.begin(Part({one: without_links(words) for one, words in title.items()}, text, when))
    for asked in group.questions:
        questions.lay_out(reading, asked, Inherited(open_to_all=show.lost))
    if not group.questions:
        reading.lose(NOTE if not text else LOST, place, "This group has no questions.", said=group.name)
