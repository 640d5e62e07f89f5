"""Closed with published results: one telephone line for the surgeries of Weymouth and Portland."""

from __future__ import annotations

from typing import Any

SLUG = "one-telephone-line"
GROUP = "weymouth-and-portland"
LANGUAGES = ("en",)

PAGE: dict[str, dict[str, str]] = {
    "title": {"en": "One telephone line for surgeries in Weymouth and Portland"},
    "summary": {"en": "Three surgeries asked whether calls should be answered by one shared team."},
    "why": {
        "en": "On Monday mornings some people wait more than half an hour for an answer, while other lines are free. A shared team could answer every call sooner."
    },
    "decided": {"en": "Nobody has to use the internet to get an appointment. Each surgery keeps its front desk."},
    "still_open": {
        "en": "- whether there is one telephone number or three\n\n- when the line opens\n\n- how people who find telephoning hard get through"
    },
    "what_next": {"en": "The group has read a report of everything people said and answers it here."},
}


def option(key: str, label: str, **more: Any) -> dict[str, Any]:
    """One thing to choose."""
    return {"key": key, "label": {"en": label}, **more}


DEFINITION: dict[str, Any] = {
    "language": "en",
    "languages": ["en"],
    "title": PAGE["title"],
    "pages": [
        {
            "key": "calling",
            "title": {"en": "Calling your surgery"},
            "questions": [
                {
                    "key": "often",
                    "kind": "single_choice",
                    "text": {"en": "How often did you telephone your surgery in the last six months?"},
                    "options": [
                        option("never", "Not at all"),
                        option("once", "Once or twice"),
                        option("several", "Three to five times"),
                        option("many", "More than five times"),
                    ],
                },
                {
                    "key": "wait",
                    "kind": "number",
                    "text": {"en": "About how many minutes did you wait the last time?"},
                    "settings": {"minimum": 0, "maximum": 120, "bands": [5, 10, 20, 30, 60], "unit": {"en": "minutes"}},
                },
                {
                    "key": "parts",
                    "kind": "matrix",
                    "text": {"en": "How good or poor was each part of your last call?"},
                    "options": [
                        option("very_good", "Very good"),
                        option("good", "Good"),
                        option("neither", "Neither good nor poor"),
                        option("poor", "Poor"),
                        option("very_poor", "Very poor"),
                    ],
                    "rows": [
                        {"key": "menu", "label": {"en": "The recorded message at the start"}},
                        {"key": "person", "label": {"en": "The person who answered"}},
                        {"key": "outcome", "label": {"en": "What was arranged in the end"}},
                    ],
                },
            ],
        },
        {
            "key": "idea",
            "title": {"en": "The idea of one line"},
            "questions": [
                {
                    "key": "view",
                    "kind": "rating",
                    "text": {"en": "How far do you support or oppose one shared line?"},
                    "options": [
                        option("strongly_support", "Strongly support"),
                        option("support", "Support"),
                        option("neither", "Neither support nor oppose"),
                        option("oppose", "Oppose"),
                        option("strongly_oppose", "Strongly oppose"),
                        option("dont_know", "I do not know"),
                    ],
                },
                {
                    "key": "matters",
                    "kind": "multiple_choice",
                    "text": {"en": "What matters most to you when you call?"},
                    "options": [
                        option("quick", "Being answered quickly"),
                        option("known", "Talking to somebody who knows me"),
                        option("private", "Not being overheard or asked too much"),
                        option("back", "Being called back at a time that suits me"),
                        option("language", "Help in my language or with hearing"),
                        option("other", "Something else", other=True),
                        option("none", "None of these", exclusive=True),
                    ],
                },
                {"key": "comment", "kind": "long_text", "text": {"en": "What else should we think of?"}},
            ],
        },
    ],
}
