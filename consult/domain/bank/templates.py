"""Questionnaires to start from: built of the bank's questions and of a few words in brackets to be written over."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from consult.domain.bank.access import CONTACT, WAYS
from consult.domain.bank.entries import Entry
from consult.domain.bank.friends_and_family import BETTER, FRIENDS_AND_FAMILY, WHY


@dataclass(frozen=True)
class Template:
    """One to start from: what it is for, the kind of activity, its pages, and first words for the page's texts."""

    key: str
    name: str
    purpose: str
    activity: str
    pages: tuple[Mapping[str, Any], ...]
    texts: Mapping[str, str]


def _of(entry: Entry, **more: Any) -> dict[str, Any]:
    return {"key": entry.key, **deepcopy(dict(entry.definition)), **more}


def _en(text: str) -> dict[str, str]:
    return {"en": text}


def _long(key: str, text: str, hint: str = "") -> dict[str, Any]:
    question: dict[str, Any] = {"key": key, "kind": "long_text", "text": _en(text)}
    return question | ({"hint": _en(hint)} if hint else {})


DO_NOT_NAME = "Do not give names or anything else that could tell who somebody is."
SUPPORT = [
    {"key": "strongly_support", "label": _en("Strongly support"), "score": 5},
    {"key": "support", "label": _en("Support"), "score": 4},
    {"key": "neither", "label": _en("Neither support nor oppose"), "score": 3},
    {"key": "oppose", "label": _en("Oppose"), "score": 2},
    {"key": "strongly_oppose", "label": _en("Strongly oppose"), "score": 1},
    {"key": "do_not_know", "label": _en("I do not know"), "unknown": True},
]
NEXT = "We read every answer. Then we say in public what we heard and what we do about it, and why not where we do not."

TEMPLATES = {
    one.key: one
    for one in (
        Template(
            "engagement",
            "Engagement: before there are proposals",
            "To hear what people need and how things are now, while everything is still open.",
            "engage",
            (
                {"key": "now", "title": _en("How things are now"), "questions": [_of(CONTACT), _of(WAYS)]},
                {
                    "key": "needs",
                    "title": _en("What you need"),
                    "questions": [
                        _long("works_well", "What works well now and should stay?", DO_NOT_NAME),
                        _long("should_change", "What should change, and how?", DO_NOT_NAME),
                        _long("harder_for", "Who would find a change harder than others, and what would help them?"),
                    ],
                },
            ),
            {
                "why": "[Say what is going on, and why you ask now.]",
                "decided": "Nothing is decided yet.",
                "still_open": "[Say what people’s answers can still change.]",
                "what_next": NEXT,
            },
        ),
        Template(
            "consultation",
            "Formal consultation: on proposals",
            "To ask about proposals with their reasons, before anything is decided.",
            "consult",
            (
                {
                    "key": "proposal",
                    "title": _en("The proposal"),
                    "text": _en("[Say in a few sentences what is proposed, and where the documents are.]"),
                    "questions": [
                        {
                            "key": "support",
                            "kind": "rating",
                            "text": _en("How far do you support or oppose this proposal?"),
                            "options": deepcopy(SUPPORT),
                        },
                        _long("support_why", "Why do you say so?", DO_NOT_NAME),
                    ],
                },
                {
                    "key": "effects",
                    "title": _en("What it would mean"),
                    "questions": [
                        _long(
                            "effect_on_you", "What would it mean for you, or for somebody you look after?", DO_NOT_NAME
                        ),
                        _long("other_ways", "Is there another way that we should think of?"),
                        _long("harder_for", "Who would find it harder than others, and what would help them?"),
                    ],
                },
            ),
            {
                "why": "[Say what has to change, and why.]",
                "decided": "[Say what is decided already, by whom, and what was not chosen and why.]",
                "still_open": "[Say what people’s answers can still change.]",
                "what_next": NEXT,
            },
        ),
        Template(
            "friends_and_family",
            "Friends and Family Test",
            "The question that every NHS service asks, with its two usual questions in writing.",
            "engage",
            ({"key": "test", "questions": [_of(FRIENDS_AND_FAMILY), _of(WHY), _of(BETTER)]},),
            {
                "why": "Every NHS service asks this, so that it can get better.",
                "decided": "Nothing: this is about how things were for you.",
                "still_open": "What you say can change how we work.",
                "what_next": NEXT,
            },
        ),
        Template(
            "event",
            "Evaluation of an event",
            "To learn what people who came to an event made of it.",
            "engage",
            (
                {
                    "key": "event",
                    "questions": [
                        {
                            "key": "worthwhile",
                            "kind": "rating",
                            "text": _en("How worthwhile was it for you to come?"),
                            "options": [
                                {"key": "very", "label": _en("Very worthwhile")},
                                {"key": "fairly", "label": _en("Fairly worthwhile")},
                                {"key": "not_very", "label": _en("Not very worthwhile")},
                                {"key": "not_at_all", "label": _en("Not at all worthwhile")},
                            ],
                        },
                        {
                            "key": "could",
                            "kind": "matrix",
                            "text": _en("Could you …"),
                            "rows": [
                                {"key": "get_there", "label": _en("get there")},
                                {"key": "hear_and_see", "label": _en("hear and see everything")},
                                {"key": "say", "label": _en("say what you wanted to say")},
                            ],
                            "options": [
                                {"key": "yes", "label": _en("Yes")},
                                {"key": "partly", "label": _en("Partly")},
                                {"key": "no", "label": _en("No")},
                            ],
                        },
                        _long("event_better", "What should we do differently next time?", DO_NOT_NAME),
                    ],
                },
            ),
            {
                "why": "So that the next event is better.",
                "decided": "The event has taken place.",
                "still_open": "How we do the next one.",
                "what_next": NEXT,
            },
        ),
    )
}
