"""Closed with published results, its answer half written: one telephone line for Weymouth and Portland."""

from __future__ import annotations

from typing import Any

SLUG = "one-telephone-line"
GROUP = "weymouth-and-portland"
LANGUAGES = ("en", "pl", "ar")


def t(en: str, pl: str, ar: str) -> dict[str, str]:
    """One text in the three languages."""
    return {"en": en, "pl": pl, "ar": ar}


def option(key: str, label: dict[str, str], **more: Any) -> dict[str, Any]:
    """One thing to choose."""
    return {"key": key, "label": label, **more}


PAGE: dict[str, dict[str, str]] = {
    "title": t(
        "One telephone line for surgeries in Weymouth and Portland",
        "Jedna linia telefoniczna dla przychodni w Weymouth i Portland",
        "خط هاتف واحد للعيادات في ويموث وبورتلاند",
    ),
    "summary": t(
        "Three surgeries asked whether calls should be answered by one shared team.",
        "Trzy przychodnie zapytały, czy telefony powinien odbierać jeden wspólny zespół.",
        "سألت ثلاث عيادات عمّا إذا كان ينبغي أن يرد على المكالمات فريق مشترك واحد.",
    ),
    "why": t(
        "On Monday mornings some people wait more than half an hour for an answer, while other lines are free. A shared team could answer every call sooner.",
        "W poniedziałki rano niektórzy czekają na odebranie telefonu ponad pół godziny, a w tym czasie inne linie są wolne. Wspólny zespół mógłby szybciej odbierać każdy telefon.",
        "في صباح أيام الاثنين ينتظر بعض الناس أكثر من نصف ساعة حتى يُرد عليهم، بينما تكون خطوط أخرى غير مشغولة. ويمكن لفريق مشترك أن يرد على كل مكالمة في وقت أقصر.",
    ),
    "decided": t(
        "Nobody has to use the internet to get an appointment. Each surgery keeps its front desk.",
        "Nikt nie musi korzystać z internetu, aby umówić wizytę. Każda przychodnia zachowuje swoją recepcję.",
        "لا يُطلب من أحد استخدام الإنترنت للحصول على موعد. وتحتفظ كل عيادة بمكتب الاستقبال فيها.",
    ),
    "still_open": t(
        "- whether there is one telephone number or three\n\n- when the line opens\n\n- how people who find telephoning hard get through",
        "- czy będzie jeden numer telefonu, czy trzy\n\n- od której godziny działa linia\n\n- jak mają się skontaktować osoby, którym trudno jest telefonować",
        "- هل يكون هناك رقم هاتف واحد أم ثلاثة\n\n- متى يبدأ عمل الخط\n\n- كيف يتواصل معنا من يصعب عليهم استخدام الهاتف",
    ),
    "what_next": t(
        "The group has read a report of everything people said and answers it here.",
        "Grupa przeczytała raport o wszystkim, co powiedzieli ludzie, i odpowiada na niego tutaj.",
        "قرأت المجموعة تقريراً عن كل ما قاله الناس، وهي تجيب عنه هنا.",
    ),
}

EQUALITY_PURPOSE = t(
    "We use these answers to see whether one telephone line would suit people of every age and background.",
    "Dzięki tym odpowiedziom sprawdzimy, czy jedna linia telefoniczna odpowiada osobom w każdym wieku i z każdego środowiska.",
    "نستخدم هذه الإجابات لنعرف هل يناسب خط هاتف واحد الناس من كل الأعمار والخلفيات.",
)
#: Questions crossed with the equality questions, and what for.
CROSSINGS = {
    "view": t(
        "To see whether older people and disabled people would find one line harder.",
        "Aby sprawdzić, czy jedna linia byłaby trudniejsza dla osób starszych i osób z niepełnosprawnościami.",
        "لنعرف هل يكون خط واحد أصعب على كبار السن وذوي الإعاقة.",
    ),
}

DEFINITION: dict[str, Any] = {
    "language": "en",
    "languages": list(LANGUAGES),
    "title": PAGE["title"],
    "pages": [
        {
            "key": "calling",
            "title": t("Calling your surgery", "Telefonowanie do przychodni", "الاتصال بعيادتك"),
            "questions": [
                {
                    "key": "often",
                    "kind": "single_choice",
                    "text": t(
                        "How often did you telephone your surgery in the last six months?",
                        "Jak często zdarzało Ci się dzwonić do przychodni w ciągu ostatnich sześciu miesięcy?",
                        "كم مرة اتصلت بعيادتك هاتفياً في الأشهر الستة الماضية؟",
                    ),
                    "options": [
                        option("never", t("Not at all", "Ani razu", "لم أتصل")),
                        option("once", t("Once or twice", "Raz lub dwa razy", "مرة أو مرتين")),
                        option("several", t("Three to five times", "Od trzech do pięciu razy", "من ثلاث إلى خمس مرات")),
                        option("many", t("More than five times", "Więcej niż pięć razy", "أكثر من خمس مرات")),
                    ],
                },
                {
                    "key": "wait",
                    "kind": "number",
                    "text": t(
                        "About how many minutes did you wait the last time?",
                        "Ile mniej więcej minut trwało czekanie ostatnim razem?",
                        "كم دقيقة تقريباً انتظرت في المرة الأخيرة؟",
                    ),
                    "settings": {
                        "minimum": 0,
                        "maximum": 120,
                        "bands": [5, 10, 20, 30, 60],
                        "unit": t("minutes", "minut", "دقيقة"),
                    },
                },
                {
                    "key": "parts",
                    "kind": "matrix",
                    "text": t(
                        "How good or poor was each part of your last call?",
                        "Jak oceniasz każdą część ostatniej rozmowy?",
                        "ما مدى جودة كل جزء من مكالمتك الأخيرة؟",
                    ),
                    "options": [
                        option("very_good", t("Very good", "Bardzo dobrze", "جيد جداً")),
                        option("good", t("Good", "Dobrze", "جيد")),
                        option("neither", t("Neither good nor poor", "Ani dobrze, ani źle", "لا جيد ولا سيئ")),
                        option("poor", t("Poor", "Źle", "سيئ")),
                        option("very_poor", t("Very poor", "Bardzo źle", "سيئ جداً")),
                    ],
                    "rows": [
                        {
                            "key": "menu",
                            "label": t(
                                "The recorded message at the start",
                                "Nagranie na początku",
                                "الرسالة المسجلة في البداية",
                            ),
                        },
                        {
                            "key": "person",
                            "label": t("The person who answered", "Osoba, która odebrała", "الشخص الذي رد عليك"),
                        },
                        {
                            "key": "outcome",
                            "label": t(
                                "What was arranged in the end",
                                "To, co w końcu ustalono",
                                "ما تم الاتفاق عليه في النهاية",
                            ),
                        },
                    ],
                },
            ],
        },
        {
            "key": "idea",
            "title": t("The idea of one line", "Pomysł jednej linii", "فكرة الخط الواحد"),
            "questions": [
                {
                    "key": "view",
                    "kind": "rating",
                    "text": t(
                        "How far do you support or oppose one shared line?",
                        "W jakim stopniu popierasz jedną wspólną linię lub się jej sprzeciwiasz?",
                        "إلى أي مدى تؤيد أو تعارض خطاً مشتركاً واحداً؟",
                    ),
                    "options": [
                        option("strongly_support", t("Strongly support", "Zdecydowanie popieram", "أؤيد بشدة")),
                        option("support", t("Support", "Popieram", "أؤيد")),
                        option(
                            "neither",
                            t(
                                "Neither support nor oppose",
                                "Ani nie popieram, ani się nie sprzeciwiam",
                                "لا أؤيد ولا أعارض",
                            ),
                        ),
                        option("oppose", t("Oppose", "Sprzeciwiam się", "أعارض")),
                        option("strongly_oppose", t("Strongly oppose", "Zdecydowanie się sprzeciwiam", "أعارض بشدة")),
                        option("dont_know", t("I do not know", "Nie wiem", "لا أعرف")),
                    ],
                },
                {
                    "key": "matters",
                    "kind": "multiple_choice",
                    "text": t(
                        "What matters most to you when you call?",
                        "Co jest dla Ciebie najważniejsze, gdy telefonujesz?",
                        "ما أهم شيء لك عندما تتصل؟",
                    ),
                    "options": [
                        option("quick", t("Being answered quickly", "Szybkie odebranie telefonu", "أن يُرد علي بسرعة")),
                        option(
                            "known",
                            t(
                                "Talking to somebody who knows me",
                                "Rozmowa z kimś, kto mnie zna",
                                "أن أتحدث مع شخص يعرفني",
                            ),
                        ),
                        option(
                            "private",
                            t(
                                "Not being overheard or asked too much",
                                "To, że nikt nie podsłucha i nie pyta o zbyt wiele",
                                "ألا يسمعني أحد وألا أُسأل أكثر من اللازم",
                            ),
                        ),
                        option(
                            "back",
                            t(
                                "Being called back at a time that suits me",
                                "Oddzwonienie o porze, która mi odpowiada",
                                "أن يُعاد الاتصال بي في وقت يناسبني",
                            ),
                        ),
                        option(
                            "language",
                            t(
                                "Help in my language or with hearing",
                                "Pomoc w moim języku lub przy słabym słuchu",
                                "المساعدة بلغتي أو عند ضعف السمع",
                            ),
                        ),
                        option("other", t("Something else", "Coś innego", "شيء آخر"), other=True),
                        option("none", t("None of these", "Żadne z tych", "لا شيء مما سبق"), exclusive=True),
                    ],
                },
                {
                    "key": "comment",
                    "kind": "long_text",
                    "text": t(
                        "What else should we think of?",
                        "O czym jeszcze powinniśmy pomyśleć?",
                        "ما الذي ينبغي أن نفكر فيه أيضاً؟",
                    ),
                },
            ],
        },
    ],
}

WAITING = t("Waiting for an answer", "Czekanie na odebranie telefonu", "انتظار الرد")
HARD = t("When telephoning is hard", "Gdy telefonowanie jest trudne", "عندما يصعب استخدام الهاتف")

#: You Said, We Did as far as it is written: one row is whole, one has no answer and one has an answer without reasons.
ROWS: tuple[dict[str, Any], ...] = (
    {
        "theme": WAITING,
        "heard": {"en": "People wait longest on Monday mornings, and some give up."},
        "answer_kind": "will_do",
        "answer": {"en": "Two more people will answer calls on Mondays from eight to ten."},
        "who": {"en": "Principal programme lead"},
        "where": {"en": "Engagement plan, step 2: getting through"},
        "evidence": {"kind": "question", "question": "wait"},
    },
    {
        "theme": WAITING,
        "heard": {"en": "Many would like to be called back rather than wait on the line."},
        "evidence": {"kind": "question", "question": "matters"},
    },
    {
        "theme": HARD,
        "heard": {"en": "People who hear badly want to write to the surgery and get an answer the same day."},
        "answer_kind": "cannot",
        "evidence": {"kind": "comments", "question": "comment"},
    },
)
