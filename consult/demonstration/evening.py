"""Open, in four languages: evening and weekend appointments in Purbeck."""

from __future__ import annotations

from typing import Any

SLUG = "evening-and-weekend-appointments"
GROUP = "purbeck"
LANGUAGES = ("en", "pl", "ro", "ar")

PAGE: dict[str, dict[str, str]] = {
    "title": {
        "en": "Evening and weekend GP appointments in Purbeck",
        "pl": "Wizyty u lekarza wieczorami i w weekendy w Purbeck",
        "ro": "Programări la medic seara și în weekend în Purbeck",
        "ar": "مواعيد طبيب الأسرة مساءً وفي عطلة نهاية الأسبوع في بوربيك",
    },
    "summary": {
        "en": "Four surgeries want to share evening and weekend appointments. Tell us what would work for you.",
        "pl": "Cztery przychodnie chcą wspólnie prowadzić wizyty wieczorami i w weekendy. Powiedz nam, co by Ci odpowiadało.",
        "ro": "Patru cabinete vor să ofere împreună programări seara și în weekend. Spuneți-ne ce vi s-ar potrivi.",
        "ar": "تريد أربع عيادات أن تتشارك في المواعيد المسائية ومواعيد عطلة نهاية الأسبوع. أخبرنا بما يناسبك.",
    },
    "why": {
        "en": "Many people told us that they cannot get to a surgery during the working day. No surgery in Purbeck has enough staff to open every evening on its own. Together they could.",
        "pl": "Wiele osób powiedziało nam, że nie może przyjść do przychodni w godzinach pracy. Żadna przychodnia w Purbeck nie ma dość pracowników, aby samodzielnie przyjmować każdego wieczoru. Razem byłoby to możliwe.",
        "ro": "Mulți oameni ne-au spus că nu pot ajunge la cabinet în timpul programului de lucru. Niciun cabinet din Purbeck nu are destul personal ca să fie deschis singur în fiecare seară. Împreună ar putea.",
        "ar": "أخبرنا كثيرون أنهم لا يستطيعون الوصول إلى العيادة خلال ساعات العمل. لا يوجد في أي عيادة في بوربيك عدد كافٍ من الموظفين لتفتح كل مساء بمفردها. معاً يمكنها ذلك.",
    },
    "decided": {
        "en": "There is money for 20 hours of appointments a week. Urgent care stays as it is.",
        "pl": "Są pieniądze na 20 godzin wizyt tygodniowo. Opieka w nagłych przypadkach pozostaje bez zmian.",
        "ro": "Există bani pentru 20 de ore de programări pe săptămână. Îngrijirea de urgență rămâne așa cum este.",
        "ar": "هناك مال لعشرين ساعة من المواعيد في الأسبوع. وتبقى الرعاية العاجلة كما هي.",
    },
    "still_open": {
        "en": "- which evenings and weekend hours\n\n- where: one surgery, or each in turn\n\n- which appointments can be by telephone or video",
        "pl": "- które wieczory i godziny w weekend\n\n- gdzie: w jednej przychodni czy po kolei w każdej\n\n- które wizyty mogą odbywać się przez telefon lub wideo",
        "ro": "- care seri și ore din weekend\n\n- unde: la un singur cabinet sau pe rând la fiecare\n\n- ce programări pot fi prin telefon sau video",
        "ar": "- أي أمسيات وأي ساعات في عطلة نهاية الأسبوع\n\n- أين: في عيادة واحدة أم في كل عيادة بالتناوب\n\n- ما المواعيد التي يمكن أن تكون بالهاتف أو بالفيديو",
    },
    "what_next": {
        "en": "The group meets in the month after closing. It reads a report of everything you told us and then decides. We publish what we heard and what we will do.",
        "pl": "Grupa spotyka się w miesiącu po zamknięciu konsultacji. Czyta raport o wszystkim, co nam powiedziano, a potem decyduje. Publikujemy, co usłyszeliśmy i co zrobimy.",
        "ro": "Grupul se întâlnește în luna de după închidere. Citește un raport cu tot ce ne-ați spus și apoi decide. Publicăm ce am auzit și ce vom face.",
        "ar": "تجتمع المجموعة في الشهر الذي يلي الإغلاق، وتقرأ تقريراً عن كل ما أخبرتمونا به ثم تقرر. ننشر ما سمعناه وما سنفعله.",
    },
}
EQUALITY_PURPOSE = {
    "en": "We use these answers to see whether people of every age and background can use evening and weekend appointments.",
    "pl": "Dzięki tym odpowiedziom sprawdzimy, czy z wizyt wieczornych i weekendowych mogą korzystać osoby w każdym wieku i z każdego środowiska.",
    "ro": "Folosim aceste răspunsuri ca să vedem dacă oameni de orice vârstă și din orice mediu pot folosi programările de seară și de weekend.",
    "ar": "نستخدم هذه الإجابات لنعرف هل يستطيع الناس من كل الأعمار والخلفيات الاستفادة من المواعيد المسائية ومواعيد عطلة نهاية الأسبوع.",
}


def t(en: str, pl: str, ro: str, ar: str) -> dict[str, str]:
    """One text in the four languages."""
    return {"en": en, "pl": pl, "ro": ro, "ar": ar}


def option(key: str, label: dict[str, str], **more: Any) -> dict[str, Any]:
    """One thing to choose."""
    return {"key": key, "label": label, **more}


PREFER_NOT = option(
    "prefer_not_to_say", t("Prefer not to say", "Wolę nie mówić", "Prefer să nu spun", "أفضل عدم القول")
)
DONT_KNOW = option("dont_know", t("I do not know", "Nie wiem", "Nu știu", "لا أعرف"))
EASE = [
    option("very_easy", t("Very easy", "Bardzo łatwo", "Foarte ușor", "سهل جداً")),
    option("fairly_easy", t("Fairly easy", "Dość łatwo", "Destul de ușor", "سهل إلى حد ما")),
    option("fairly_difficult", t("Fairly difficult", "Dość trudno", "Destul de greu", "صعب إلى حد ما")),
    option("very_difficult", t("Very difficult", "Bardzo trudno", "Foarte greu", "صعب جداً")),
    option("not_tried", t("I have not tried", "Nie próbowałem(-am)", "Nu am încercat", "لم أجرب")),
]
OPPOSED = {"when": "support", "is": "any_of", "of": ["oppose", "strongly_oppose"]}
WOULD_USE = {
    "when": "when",
    "is": "any_of",
    "of": ["early", "evening", "saturday_am", "saturday_pm", "sunday", "other"],
}

DEFINITION: dict[str, Any] = {
    "language": "en",
    "languages": list(LANGUAGES),
    "title": PAGE["title"],
    "pages": [
        {
            "key": "you",
            "title": t("You and your surgery", "Ty i Twoja przychodnia", "Dumneavoastră și cabinetul", "أنت وعيادتك"),
            "questions": [
                {
                    "key": "who",
                    "kind": "single_choice",
                    "text": t(
                        "Which of these describes you best?",
                        "Co najlepiej Cię opisuje?",
                        "Care dintre acestea vă descrie cel mai bine?",
                        "أي مما يلي يصفك أفضل وصف؟",
                    ),
                    "about_you": True,
                    "options": [
                        option(
                            "patient", t("A patient", "Pacjent lub pacjentka", "Pacient sau pacientă", "مريض أو مريضة")
                        ),
                        option(
                            "carer",
                            t(
                                "A carer or family member",
                                "Opiekun lub członek rodziny",
                                "Îngrijitor sau membru al familiei",
                                "مقدم رعاية أو أحد أفراد الأسرة",
                            ),
                        ),
                        option(
                            "staff",
                            t(
                                "I work for the NHS or in social care",
                                "Pracuję w NHS lub w opiece społecznej",
                                "Lucrez în NHS sau în asistența socială",
                                "أعمل في الخدمة الصحية أو الرعاية الاجتماعية",
                            ),
                        ),
                        option(
                            "organisation",
                            t(
                                "I answer for an organisation",
                                "Odpowiadam w imieniu organizacji",
                                "Răspund în numele unei organizații",
                                "أجيب نيابة عن منظمة",
                            ),
                        ),
                        option("other", t("Somebody else", "Ktoś inny", "Altcineva", "شخص آخر"), other=True),
                        {**PREFER_NOT, "exclusive": True},
                    ],
                },
                {
                    "key": "used",
                    "kind": "yes_no",
                    "text": t(
                        "Have you contacted a GP surgery in the last 12 months?",
                        "Czy w ciągu ostatnich 12 miesięcy kontaktowałeś(-aś) się z przychodnią lekarza rodzinnego?",
                        "Ați contactat un cabinet de medicină de familie în ultimele 12 luni?",
                        "هل تواصلت مع عيادة طبيب أسرة خلال الأشهر الاثني عشر الماضية؟",
                    ),
                    "hint": t(
                        "For yourself or for someone else.",
                        "Dla siebie lub dla kogoś innego.",
                        "Pentru dumneavoastră sau pentru altcineva.",
                        "لنفسك أو لشخص آخر.",
                    ),
                },
            ],
        },
        {
            "key": "contact",
            "title": t("Getting in touch", "Kontakt z przychodnią", "Cum ați luat legătura", "التواصل مع العيادة"),
            "show": {"when": "used", "is": "any_of", "of": ["yes"]},
            "questions": [
                {
                    "key": "ease",
                    "kind": "matrix",
                    "text": t(
                        "How easy or difficult was it to contact your surgery?",
                        "Jak łatwo lub trudno było skontaktować się z przychodnią?",
                        "Cât de ușor sau de greu a fost să contactați cabinetul?",
                        "ما مدى سهولة أو صعوبة التواصل مع عيادتك؟",
                    ),
                    "options": EASE,
                    "rows": [
                        {"key": "telephone", "label": t("By telephone", "Telefonicznie", "Prin telefon", "بالهاتف")},
                        {
                            "key": "website",
                            "label": t(
                                "On its website", "Przez stronę internetową", "Pe site", "عبر موقعها على الإنترنت"
                            ),
                        },
                        {
                            "key": "app",
                            "label": t(
                                "With the NHS App", "Przez aplikację NHS", "Cu aplicația NHS", "عبر تطبيق الخدمة الصحية"
                            ),
                        },
                        {"key": "person", "label": t("In person", "Osobiście", "Personal", "شخصياً")},
                    ],
                },
                {
                    "key": "waited",
                    "kind": "number",
                    "text": t(
                        "About how many days did you wait for your last appointment?",
                        "Mniej więcej ile dni czekałeś(-aś) na ostatnią wizytę?",
                        "Cam câte zile ați așteptat ultima programare?",
                        "كم يوماً تقريباً انتظرت آخر موعد لك؟",
                    ),
                    "hint": t(
                        "Write 0 if it was the same day.",
                        "Wpisz 0, jeśli tego samego dnia.",
                        "Scrieți 0 dacă a fost în aceeași zi.",
                        "اكتب 0 إذا كان في اليوم نفسه.",
                    ),
                    "settings": {"minimum": 0, "maximum": 365, "bands": [1, 3, 8, 15, 29]},
                },
            ],
        },
        {
            "key": "times",
            "title": t(
                "Evenings and weekends", "Wieczory i weekendy", "Seri și weekenduri", "الأمسيات وعطلة نهاية الأسبوع"
            ),
            "questions": [
                {
                    "key": "when",
                    "kind": "multiple_choice",
                    "text": t(
                        "Which of these times would you use?",
                        "Z których z tych godzin byś korzystał(a)?",
                        "Pe care dintre aceste ore le-ați folosi?",
                        "أي من هذه الأوقات ستستخدم؟",
                    ),
                    "options": [
                        option(
                            "early",
                            t(
                                "Weekdays before 8am",
                                "W dni robocze przed 8:00",
                                "În zilele lucrătoare înainte de ora 8",
                                "أيام الأسبوع قبل الثامنة صباحاً",
                            ),
                        ),
                        option(
                            "evening",
                            t(
                                "Weekdays after 6:30pm",
                                "W dni robocze po 18:30",
                                "În zilele lucrătoare după ora 18:30",
                                "أيام الأسبوع بعد السادسة والنصف مساءً",
                            ),
                        ),
                        option(
                            "saturday_am", t("Saturday mornings", "W sobotę rano", "Sâmbătă dimineața", "صباح السبت")
                        ),
                        option(
                            "saturday_pm",
                            t("Saturday afternoons", "W sobotę po południu", "Sâmbătă după-amiaza", "بعد ظهر السبت"),
                        ),
                        option("sunday", t("Sundays", "W niedzielę", "Duminica", "الأحد")),
                        option("other", t("Another time", "O innej porze", "La altă oră", "وقت آخر"), other=True),
                        option(
                            "none",
                            t("None of these", "Z żadnych", "Niciuna dintre acestea", "لا شيء مما سبق"),
                            exclusive=True,
                        ),
                    ],
                },
                {
                    "key": "latest",
                    "kind": "time",
                    "text": t(
                        "What is the latest time you would come in the evening?",
                        "O której najpóźniej przyszedłbyś (przyszłabyś) wieczorem?",
                        "Care este cea mai târzie oră la care ați veni seara?",
                        "ما آخر وقت يمكنك الحضور فيه مساءً؟",
                    ),
                },
            ],
        },
        {
            "key": "place",
            "title": t("Where, and what you think", "Gdzie i co o tym myślisz", "Unde și ce credeți", "المكان ورأيك"),
            "questions": [
                {
                    "key": "travel",
                    "kind": "single_choice",
                    "show": WOULD_USE,
                    "text": t(
                        "How would you travel to an evening or weekend appointment?",
                        "Jak dojeżdżał(a)byś na wizytę wieczorem lub w weekend?",
                        "Cum ați ajunge la o programare seara sau în weekend?",
                        "كيف ستذهب إلى موعد مسائي أو في عطلة نهاية الأسبوع؟",
                    ),
                    "options": [
                        option(
                            "walk",
                            t(
                                "On foot or by wheelchair",
                                "Pieszo lub na wózku",
                                "Pe jos sau cu scaunul rulant",
                                "سيراً أو على كرسي متحرك",
                            ),
                        ),
                        option("cycle", t("By bicycle", "Rowerem", "Cu bicicleta", "بالدراجة")),
                        option(
                            "bus",
                            t(
                                "By bus or train",
                                "Autobusem lub pociągiem",
                                "Cu autobuzul sau trenul",
                                "بالحافلة أو القطار",
                            ),
                        ),
                        option("car", t("By car", "Samochodem", "Cu mașina", "بالسيارة")),
                        option(
                            "lift",
                            t(
                                "Somebody would have to take me",
                                "Ktoś musiałby mnie zawieźć",
                                "Ar trebui să mă ducă cineva",
                                "يحتاج شخص ما أن يوصلني",
                            ),
                        ),
                        option("other", t("Another way", "Inaczej", "Altfel", "بطريقة أخرى"), other=True),
                    ],
                },
                {
                    "key": "support",
                    "kind": "rating",
                    "text": t(
                        "How far do you support or oppose sharing these appointments between the four surgeries?",
                        "W jakim stopniu popierasz lub nie popierasz wspólnych wizyt w czterech przychodniach?",
                        "În ce măsură sprijiniți sau nu sprijiniți împărțirea acestor programări între cele patru cabinete?",
                        "إلى أي مدى تؤيد أو تعارض تقاسم هذه المواعيد بين العيادات الأربع؟",
                    ),
                    "options": [
                        option(
                            "strongly_support",
                            t("Strongly support", "Zdecydowanie popieram", "Sprijin cu tărie", "أؤيد بشدة"),
                        ),
                        option("support", t("Support", "Popieram", "Sprijin", "أؤيد")),
                        option(
                            "neither",
                            t(
                                "Neither support nor oppose",
                                "Ani popieram, ani nie popieram",
                                "Nici nu sprijin, nici nu mă opun",
                                "لا أؤيد ولا أعارض",
                            ),
                        ),
                        option("oppose", t("Oppose", "Nie popieram", "Mă opun", "أعارض")),
                        option(
                            "strongly_oppose",
                            t("Strongly oppose", "Zdecydowanie nie popieram", "Mă opun cu tărie", "أعارض بشدة"),
                        ),
                        DONT_KNOW,
                    ],
                },
                {
                    "key": "why",
                    "kind": "long_text",
                    "text": t(
                        "Why do you say that?", "Dlaczego tak uważasz?", "De ce spuneți asta?", "لماذا تقول ذلك؟"
                    ),
                    "settings": {"longest": 2000},
                },
            ],
        },
        {
            "key": "more",
            "title": t("Anything else", "Coś jeszcze", "Altceva", "أي شيء آخر"),
            "questions": [
                {
                    "key": "worries",
                    "kind": "multiple_choice",
                    "show": OPPOSED,
                    "text": t(
                        "What worries you about the idea?",
                        "Co Cię niepokoi w tym pomyśle?",
                        "Ce vă îngrijorează la această idee?",
                        "ما الذي يقلقك في هذه الفكرة؟",
                    ),
                    "options": [
                        option(
                            "distance",
                            t("Having to go further", "Dalszy dojazd", "Drumul mai lung", "الذهاب إلى مكان أبعد"),
                        ),
                        option(
                            "stranger",
                            t(
                                "Seeing someone who does not know me",
                                "Wizyta u kogoś, kto mnie nie zna",
                                "Să fiu văzut de cineva care nu mă cunoaște",
                                "أن يراني شخص لا يعرفني",
                            ),
                        ),
                        option(
                            "records",
                            t(
                                "Who can see my record",
                                "Kto widzi moją dokumentację",
                                "Cine îmi poate vedea fișa",
                                "من يمكنه رؤية سجلي",
                            ),
                        ),
                        option(
                            "daytime",
                            t(
                                "Fewer appointments in the daytime",
                                "Mniej wizyt w ciągu dnia",
                                "Mai puține programări în timpul zilei",
                                "مواعيد أقل في النهار",
                            ),
                        ),
                        option("other", t("Something else", "Coś innego", "Altceva", "شيء آخر"), other=True),
                    ],
                },
                {
                    "key": "one_thing",
                    "kind": "short_text",
                    "text": t(
                        "If you could change one thing about your surgery, what would it be?",
                        "Gdybyś mógł (mogła) zmienić jedną rzecz w swojej przychodni, co by to było?",
                        "Dacă ați putea schimba un singur lucru la cabinet, care ar fi acela?",
                        "لو أمكنك تغيير شيء واحد في عيادتك فما هو؟",
                    ),
                },
                {
                    "key": "missed",
                    "kind": "long_text",
                    "text": t(
                        "Is there anything we have missed?",
                        "Czy coś pominęliśmy?",
                        "Am omis ceva?",
                        "هل فاتنا شيء؟",
                    ),
                    "settings": {"longest": 2000},
                },
            ],
        },
    ],
}
