"""A SurveyJS file from its JSON to a definition that can be asked, with a report of what could not be brought in."""

from __future__ import annotations

import re
from typing import Any

from consult.exchange.assembly import Assembly, Part
from consult.exchange.languages import code_of
from consult.exchange.losses import CHANGED, LOST, NOTE, Imported, Losses, Refused
from consult.exchange.structure import Thing, shown
from consult.exchange.surveyjs.reading import Reading
from consult.exchange.surveyjs.survey import Inside, conditions, know, said_in, walk

#: What the survey as a whole says that is not kept, with what we do.
NOT_KEPT = {
    "triggers": (LOST, "What happens by itself after an answer is not kept."),
    "calculatedValues": (LOST, "What a form works out by itself is not kept."),
    "completedHtml": (NOTE, "The page after sending is the site's own; these words are not shown."),
    "completedHtmlOnCondition": (NOTE, "The page after sending is the site's own; these words are not shown."),
    "completedBeforeHtml": (NOTE, "Whether somebody answered before is not known; these words are not shown."),
    "loadingHtml": (NOTE, "Nothing has to be waited for; these words are not shown."),
    "navigateToUrl": (NOTE, "People stay on the site after sending."),
    "navigateToUrlOnCondition": (NOTE, "People stay on the site after sending."),
    "logo": (NOTE, "The site has its own logo; this one lies elsewhere and is not fetched."),
    "timeLimit": (CHANGED, "There is no limit to the time people take."),
    "timeLimitPerPage": (CHANGED, "There is no limit to the time people take."),
    "maxTimeToFinish": (CHANGED, "There is no limit to the time people take."),
    "maxTimeToFinishPage": (CHANGED, "There is no limit to the time people take."),
    "cookieName": (NOTE, "Nobody is recognised by a cookie from an earlier answer."),
    "customFunctions": (LOST, "Programs in a form are not kept."),
}
#: A survey's way of working that is ours too, or that people do not see.
SAME = frozenset(
    {
        "locale", "clearInvisibleValues", "storeOthersAsComment", "checkErrorsMode",
        "sendResultOnPageNext", "surveyId", "surveyPostId", "surveyShowDataSaving",
        "validateVisitedEmptyFields", "validationEnabled", "mode", "dataFormat",
        "maxOthersLength", "autoAdvanceEnabled", "goNextPageAutomatic", "allowCompleteSurveyAutomatic",
        "partialSendEnabled", "keepIncorrectValues", "name",
    }
)  # fmt: skip


def looks_like_surveyjs(data: Any) -> bool:
    """Whether JSON is a SurveyJS survey: pages of elements, or elements alone."""
    if not isinstance(data, dict):
        return False
    return any(isinstance(data.get(name), list) for name in ("pages", "elements")) or (
        isinstance(data.get("questions"), list) and not data.get("sections")
    )


def read_surveyjs(data: Any, filename: str) -> Imported:
    """A survey as a definition and its losses; raises Refused with a sentence naming the element."""
    losses = Losses()
    survey = Thing(data, "survey", losses)
    language = code_of(survey.text("locale"))[0] if survey.text("locale") else "en"
    reading = Reading(Assembly(filename, language, losses), losses, language)
    pages = survey.things("pages")
    loose = [element for name in ("elements", "questions") for element in survey.things(name)]
    if loose:
        pages.append(Thing({"elements": [element.data for element in loose]}, "survey", losses))
    every = [page.data.get(name) for page in pages for name in ("elements", "questions")]
    know(reading, [element for elements in every if isinstance(elements, list) for element in elements])
    _worked_out(reading, survey)
    title = reading.title(survey)
    about = reading.block(survey, "description")
    if survey.text("questionsOnPageMode") in ("questionPerPage", "inputPerPage"):
        reading.assembly.most = 1
    for number, page in enumerate(pages, 1):
        _page(reading, page, number, about)
        about = {} if reading.assembly.pages else about
    _whole(reading, survey)
    if not reading.assembly.pages:
        raise Refused(
            f"“{filename}” has no question that can be asked here: its pages hold nothing but what is left out."
        )
    return reading.assembly.finish(title, tuple(reading.spoken), title_place="survey")


def _page(reading: Reading, page: Thing, number: int, about: dict[str, str]) -> None:
    name = page.text("name")
    if page.place != "survey" or name:
        page.place = f"page “{name}”" if name else f"page {number}"
    show, lost = conditions(reading, page, "This page")
    if show is False:
        for said in said_in(reading, page.data):
            page.lose(LOST, "elements", "It went with the page.", said=said)
        return
    title, text = reading.title(page), reading.block(page, "description")
    if about:
        text = {
            language: "\n\n".join(filter(None, (about.get(language), text.get(language))))
            for language in {**about, **text}
        }
    for order in ("questionOrder", "questionsOrder"):
        if page.text(order) == "random":
            page.lose(CHANGED, order, "Questions stand in the order of the file.")
    for limit in ("timeLimit", "maxTimeToFinish"):
        if limit in page:
            page.lose(CHANGED, limit, "There is no limit to the time people take.", said=shown(page.raw(limit)))
    for words in ("navigationTitle", "navigationDescription"):
        if words in page:
            page.lose(NOTE, words, "The site has its own words for the way through.", said=shown(page.raw(words)))
    needs = [name for name in ("isRequired", "requiredIf", "requiredErrorText") if name in page]
    for rule in needs:
        page.lose(
            CHANGED, rule, "That one question of a page is answered cannot be asked for.", said=shown(page.raw(rule))
        )
    reading.assembly.turn(Part(title, text, show if isinstance(show, dict) else None))
    inside = Inside(None, lost, page.flag("readOnly"))
    walk(reading, page.things("elements") + page.things("questions"), inside)
    reading.finish(page)


def _worked_out(reading: Reading, survey: Thing) -> None:
    """Names of what the survey works out, so that conditions on them can say so."""
    for value in survey.values("calculatedValues"):
        if isinstance(value, dict) and isinstance(value.get("name"), str):
            for name in (value["name"], f"#{value['name']}"):
                reading.assembly.dropped[name] = "worked out by the form"


def _whole(reading: Reading, survey: Thing) -> None:
    """Report what the survey as a whole says."""
    for name, (severity, done) in NOT_KEPT.items():
        if name not in survey:
            continue
        value = survey.raw(name)
        for one in value if isinstance(value, list) else [value]:
            said = list(said_in(reading, one)) if isinstance(one, dict) else []
            rest = (
                {key: part for key, part in one.items() if key not in ("html", "text")}
                if isinstance(one, dict)
                else one
            )
            survey.lose(severity, name, done, said=_bare(shown(rest)))
            for words in said:
                survey.lose(severity, name, done, said=_bare(words))
            if isinstance(one, dict):
                for text in one.values() if name == "completedHtml" else ():
                    survey.lose(severity, name, done, said=_bare(shown(text)))
    survey.seen(*NOT_KEPT, *SAME)
    if survey.flag("firstPageIsStarted") or survey.flag("firstPageIsStartPage"):
        done = "The first page is a page like the others; the site has a start page of its own."
        survey.lose(NOTE, "firstPageIsStarted", done, said="true")
    for order in ("questionsOrder", "questionOrder"):
        if survey.text(order) == "random":
            survey.lose(CHANGED, order, "Questions stand in the order of the file.")
    reading.finish(survey)


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text)
