"""Answered back: nursing at home in North Dorset, with You Said, We Did published."""

from __future__ import annotations

from typing import Any

SLUG = "nursing-at-home"
GROUP = "north-dorset"
LANGUAGES = ("en", "pl")

PAGE: dict[str, dict[str, str]] = {
    "title": {"en": "Nursing at home in North Dorset", "pl": "Opieka pielęgniarska w domu w North Dorset"},
    "summary": {
        "en": "We asked how nurses who visit people at home should work together with the surgeries.",
        "pl": "Zapytaliśmy, jak pielęgniarki odwiedzające pacjentów w domu powinny współpracować z przychodniami.",
    },
    "why": {
        "en": "Some people are visited by three services in one week that do not know of each other.",
        "pl": "Niektórych odwiedzają w jednym tygodniu trzy służby, które o sobie nie wiedzą.",
    },
    "decided": {"en": "The number of visits will not go down.", "pl": "Liczba wizyt się nie zmniejszy."},
    "still_open": {
        "en": "Who plans the visits, and how you reach them.",
        "pl": "Kto planuje wizyty i jak się z nim skontaktować.",
    },
    "what_next": {
        "en": "The group has answered what people said. It looks at progress in six months.",
        "pl": "Grupa odpowiedziała na to, co powiedzieli ludzie. Za sześć miesięcy sprawdzi postępy.",
    },
}


def t(en: str, pl: str) -> dict[str, str]:
    """One text in both languages."""
    return {"en": en, "pl": pl}


DEFINITION: dict[str, Any] = {
    "language": "en",
    "languages": ["en", "pl"],
    "title": PAGE["title"],
    "pages": [
        {
            "key": "visits",
            "title": t("Visits at home", "Wizyty w domu"),
            "questions": [
                {
                    "key": "role",
                    "kind": "single_choice",
                    "about_you": True,
                    "text": t("Which of these describes you best?", "Co najlepiej Cię opisuje?"),
                    "options": [
                        {"key": "visited", "label": t("A nurse visits me", "Odwiedza mnie pielęgniarka")},
                        {
                            "key": "carer",
                            "label": t(
                                "I look after somebody who is visited", "Opiekuję się kimś, kogo odwiedza pielęgniarka"
                            ),
                        },
                        {"key": "other", "label": t("Neither", "Żadne z tych")},
                    ],
                },
                {
                    "key": "joined",
                    "kind": "rating",
                    "text": t(
                        "How well do the services that visit work together?",
                        "Jak dobrze współpracują odwiedzające służby?",
                    ),
                    "options": [
                        {"key": "very_well", "label": t("Very well", "Bardzo dobrze")},
                        {"key": "fairly_well", "label": t("Fairly well", "Dość dobrze")},
                        {"key": "not_very_well", "label": t("Not very well", "Niezbyt dobrze")},
                        {"key": "not_at_all", "label": t("Not at all well", "Wcale nie dobrze")},
                        {"key": "dont_know", "label": t("I do not know", "Nie wiem")},
                    ],
                },
                {
                    "key": "number",
                    "kind": "yes_no",
                    "settings": {"not_sure": True},
                    "text": t(
                        "Do you know which number to call when a visit does not happen?",
                        "Czy wiesz, pod jaki numer zadzwonić, gdy wizyta się nie odbędzie?",
                    ),
                },
                {
                    "key": "better",
                    "kind": "long_text",
                    "text": t("What would make visits better?", "Co poprawiłoby wizyty?"),
                },
            ],
        }
    ],
}

#: You Said, We Did: theme, what we heard, our answer, what it needs, where it is addressed.
ROWS: tuple[dict[str, Any], ...] = (
    {
        "theme": t("Working together", "Współpraca"),
        "heard": t(
            "People are visited by different services on the same day and must tell their story each time.",
            "Różne służby przychodzą tego samego dnia i za każdym razem trzeba opowiadać wszystko od nowa.",
        ),
        "answer_kind": "changed",
        "answer": t(
            "One nurse in each surgery now plans all visits and shares one record.",
            "W każdej przychodni jedna pielęgniarka planuje wszystkie wizyty i prowadzi wspólną dokumentację.",
        ),
        "where": t("Engagement plan, step 4: care at home", "Plan zaangażowania, krok 4: opieka w domu"),
        "evidence": {"kind": "question", "question": "joined"},
        "informs": True,
    },
    {
        "theme": t("Working together", "Współpraca"),
        "heard": t(
            "Carers want to be asked when the plan of care changes.",
            "Opiekunowie chcą być pytani, gdy plan opieki się zmienia.",
        ),
        "answer_kind": "already",
        "answer": t(
            "Carers are invited to each review.",
            "Opiekunowie są zapraszani na każdy przegląd.",
        ),
        "where": t("Engagement plan, step 4: reviews", "Plan zaangażowania, krok 4: przeglądy"),
        "evidence": {"kind": "comments", "question": "better"},
        "reflects": True,
    },
    {
        "theme": t("Reaching us", "Kontakt z nami"),
        "heard": t(
            "Many do not know whom to call when a visit does not happen.",
            "Wiele osób nie wie, do kogo zadzwonić, gdy wizyta się nie odbędzie.",
        ),
        "answer_kind": "will_do",
        "answer": t(
            "We will print one telephone number on every care folder.",
            "Na każdej teczce opieki wydrukujemy jeden numer telefonu.",
        ),
        "who": t("Principal programme lead", "Główny kierownik programu"),
        "where": t("Action list, number 7", "Lista działań, numer 7"),
        "evidence": {"kind": "question", "question": "number"},
        "informs": True,
    },
    {
        "theme": t("Times of visits", "Godziny wizyt"),
        "heard": t(
            "People would like to know the hour of a visit, not only the day.",
            "Ludzie chcieliby znać godzinę wizyty, a nie tylko dzień.",
        ),
        "answer_kind": "cannot",
        "reason": "safety",
        "answer": t(
            "An hour cannot be promised, because urgent visits come first. We will say morning or afternoon.",
            "Nie możemy obiecać godziny, bo pilne wizyty mają pierwszeństwo. Będziemy podawać: rano lub po południu.",
        ),
        "where": t("Engagement plan, step 4: care at home", "Plan zaangażowania, krok 4: opieka w domu"),
        "evidence": {"kind": "comments", "question": "better"},
    },
)
