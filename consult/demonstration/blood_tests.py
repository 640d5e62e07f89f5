"""Waiting for a second person: where blood is taken in Christchurch."""

from __future__ import annotations

from typing import Any

SLUG = "blood-tests-in-christchurch"
GROUP = "christchurch"
LANGUAGES = ("en", "pl")


def t(en: str, pl: str) -> dict[str, str]:
    """One text in both languages."""
    return {"en": en, "pl": pl}


def option(key: str, en: str, pl: str, **more: Any) -> dict[str, Any]:
    """One thing to choose."""
    return {"key": key, "label": t(en, pl), **more}


PAGE: dict[str, dict[str, str]] = {
    "title": t("Blood tests nearer to home in Christchurch", "Badania krwi bliżej domu w Christchurch"),
    "summary": t(
        "Three surgeries want to take blood so that fewer people have to go to the hospital for it.",
        "Trzy przychodnie chcą pobierać krew, aby mniej osób musiało jeździć po to do szpitala.",
    ),
    "why": t(
        "Most blood tests are now done at the hospital. For many people that means two buses and half a day.",
        "Większość badań krwi wykonuje się teraz w szpitalu. Dla wielu osób oznacza to dwa autobusy i pół dnia.",
    ),
    "decided": t(
        "The hospital goes on taking blood. Nobody has to change where they go.",
        "Szpital nadal pobiera krew. Nikt nie musi zmieniać miejsca.",
    ),
    "still_open": t(
        "- at which surgeries blood is taken\n\n- at which times of day\n\n- whether you need an appointment",
        "- w których przychodniach pobiera się krew\n\n- o jakich porach dnia\n\n- czy trzeba się umówić",
    ),
    "what_next": t(
        "The group reads a report of everything you told us and decides in the month after closing.",
        "Grupa przeczyta raport o wszystkim, co nam powiedziano, i podejmie decyzję w miesiącu po zamknięciu konsultacji.",
    ),
}

DEFINITION: dict[str, Any] = {
    "language": "en",
    "languages": list(LANGUAGES),
    "title": PAGE["title"],
    "pages": [
        {
            "key": "now",
            "title": t("How it is now", "Jak jest teraz"),
            "questions": [
                {
                    "key": "tested",
                    "kind": "yes_no",
                    "text": t(
                        "Have you had a blood test in the last twelve months?",
                        "Czy w ciągu ostatnich dwunastu miesięcy pobierano Ci krew?",
                    ),
                }
            ],
        },
        {
            "key": "journey",
            "title": t("Getting there", "Dojazd"),
            "show": {"when": "tested", "is": "any_of", "of": ["yes"]},
            "questions": [
                {
                    "key": "ease",
                    "kind": "rating",
                    "text": t("How easy was it to get there?", "Jak łatwo było tam dotrzeć?"),
                    "options": [
                        option("very_easy", "Very easy", "Bardzo łatwo"),
                        option("fairly_easy", "Fairly easy", "Dość łatwo"),
                        option("fairly_difficult", "Fairly difficult", "Dość trudno"),
                        option("very_difficult", "Very difficult", "Bardzo trudno"),
                    ],
                }
            ],
        },
        {
            "key": "wanted",
            "title": t("What would suit you", "Co by Ci odpowiadało"),
            "questions": [
                {
                    "key": "times",
                    "kind": "multiple_choice",
                    "text": t("When could you come?", "Kiedy możesz przyjść?"),
                    "options": [
                        option("early", "Before nine in the morning", "Przed dziewiątą rano"),
                        option("day", "During the day", "W ciągu dnia"),
                        option("evening", "After five in the afternoon", "Po siedemnastej"),
                        option("other", "At another time", "O innej porze", other=True),
                        option("none", "None of these", "Żadna z tych odpowiedzi", exclusive=True),
                    ],
                },
                {
                    "key": "more",
                    "kind": "long_text",
                    "text": t("What else should we think of?", "O czym jeszcze powinniśmy pomyśleć?"),
                },
            ],
        },
    ],
}
