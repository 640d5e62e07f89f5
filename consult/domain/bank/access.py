"""Getting to a GP practice: questions of our own on the subjects that the GP Patient Survey asks about (DOMAIN E)."""

from __future__ import annotations

from consult.domain.bank.entries import Entry, words

VERSION = "2026-11"
SOURCE = "Our own words, on a subject of the GP Patient Survey, with whose figures they cannot be compared."

CONTACT = Entry(
    "contact_practice",
    VERSION,
    "How easy or hard people find it to reach their practice.",
    SOURCE,
    {
        "kind": "rating",
        "text": words(
            "How easy is it to get in touch with your GP practice?",
            pl="Jak łatwo jest skontaktować się z Państwa przychodnią?",
            ar="ما مدى سهولة التواصل مع عيادة طبيبك العام؟",
            ro="Cât de ușor este să luați legătura cu cabinetul medicului de familie?",
            cy="Pa mor hawdd yw cysylltu â’ch meddygfa?",
            ur="اپنی جی پی پریکٹس سے رابطہ کرنا کتنا آسان ہے؟",
        ),
        "options": [
            {
                "key": "very_easy",
                "label": words(
                    "Very easy", pl="Bardzo łatwo", ar="سهل جدًا", ro="Foarte ușor", cy="Hawdd iawn", ur="بہت آسان"
                ),
            },
            {"key": "easy", "label": words("Easy", pl="Łatwo", ar="سهل", ro="Ușor", cy="Hawdd", ur="آسان")},
            {"key": "hard", "label": words("Hard", pl="Trudno", ar="صعب", ro="Greu", cy="Anodd", ur="مشکل")},
            {
                "key": "very_hard",
                "label": words(
                    "Very hard", pl="Bardzo trudno", ar="صعب جدًا", ro="Foarte greu", cy="Anodd iawn", ur="بہت مشکل"
                ),
            },
            {
                "key": "not_tried",
                "label": words(
                    "I have not tried",
                    pl="Nie próbowałem / nie próbowałam",
                    ar="لم أحاول",
                    ro="Nu am încercat",
                    cy="Nid wyf wedi ceisio",
                    ur="میں نے کوشش نہیں کی",
                ),
                "unknown": True,
            },
        ],
    },
)

WAYS = Entry(
    "ways_of_contact",
    VERSION,
    "Which ways of reaching a practice people use.",
    SOURCE,
    {
        "kind": "multiple_choice",
        "text": words(
            "How have you tried to get in touch in the last six months?",
            pl="W jaki sposób próbowali się Państwo skontaktować w ciągu ostatnich sześciu miesięcy?",
            ar="كيف حاولت التواصل خلال الأشهر الستة الماضية؟",
            ro="Cum ați încercat să luați legătura în ultimele șase luni?",
            cy="Sut ydych chi wedi ceisio cysylltu yn y chwe mis diwethaf?",
            ur="پچھلے چھ مہینوں میں آپ نے رابطے کی کوشش کیسے کی؟",
        ),
        "options": [
            {
                "key": "telephone",
                "label": words(
                    "By telephone", pl="Telefonicznie", ar="بالهاتف", ro="Prin telefon", cy="Dros y ffôn", ur="فون پر"
                ),
            },
            {
                "key": "online",
                "label": words(
                    "Online or with an app",
                    pl="Przez internet lub aplikację",
                    ar="عبر الإنترنت أو تطبيق",
                    ro="Online sau cu o aplicație",
                    cy="Ar-lein neu gydag ap",
                    ur="آن لائن یا ایپ سے",
                ),
            },
            {
                "key": "in_person",
                "label": words(
                    "In person", pl="Osobiście", ar="شخصيًا", ro="Personal", cy="Wyneb yn wyneb", ur="خود جا کر"
                ),
            },
            {
                "key": "somebody_else",
                "label": words(
                    "Somebody did it for me",
                    pl="Ktoś zrobił to za mnie",
                    ar="قام شخص آخر بذلك عني",
                    ro="Altcineva a făcut-o pentru mine",
                    cy="Gwnaeth rhywun arall hynny drosof",
                    ur="کسی اور نے میرے لیے کیا",
                ),
            },
            {
                "key": "none",
                "label": words(
                    "I have not tried",
                    pl="Nie próbowałem / nie próbowałam",
                    ar="لم أحاول",
                    ro="Nu am încercat",
                    cy="Nid wyf wedi ceisio",
                    ur="میں نے کوشش نہیں کی",
                ),
                "exclusive": True,
            },
        ],
    },
)

WAIT = Entry(
    "wait_for_appointment",
    VERSION,
    "What people think of how long they waited for an appointment.",
    SOURCE,
    {
        "kind": "single_choice",
        "text": words(
            "How do you feel about how long you waited for your last appointment?",
            pl="Co sądzą Państwo o czasie oczekiwania na ostatnią wizytę?",
            ar="ما رأيك في مدة انتظارك لموعدك الأخير؟",
            ro="Ce părere aveți despre cât ați așteptat ultima programare?",
            cy="Sut ydych chi’n teimlo am ba mor hir y buoch yn aros am eich apwyntiad diwethaf?",
            ur="آپ نے پچھلی اپائنٹمنٹ کے لیے جتنا انتظار کیا اس کے بارے میں کیا خیال ہے؟",
        ),
        "options": [
            {
                "key": "about_right",
                "label": words(
                    "It was about right",
                    pl="Był odpowiedni",
                    ar="كانت مناسبة",
                    ro="A fost potrivit",
                    cy="Roedd yn iawn",
                    ur="مناسب تھا",
                ),
            },
            {
                "key": "a_bit_long",
                "label": words(
                    "It was a bit too long",
                    pl="Był trochę za długi",
                    ar="كانت طويلة قليلًا",
                    ro="A fost puțin prea lung",
                    cy="Roedd ychydig yn rhy hir",
                    ur="کچھ زیادہ تھا",
                ),
            },
            {
                "key": "much_too_long",
                "label": words(
                    "It was much too long",
                    pl="Był o wiele za długi",
                    ar="كانت طويلة جدًا",
                    ro="A fost mult prea lung",
                    cy="Roedd yn rhy hir o lawer",
                    ur="بہت زیادہ تھا",
                ),
            },
            {
                "key": "no_appointment",
                "label": words(
                    "I have had no appointment",
                    pl="Nie miałem / nie miałam wizyty",
                    ar="لم يكن لدي موعد",
                    ro="Nu am avut nicio programare",
                    cy="Nid wyf wedi cael apwyntiad",
                    ur="میری کوئی اپائنٹمنٹ نہیں ہوئی",
                ),
                "unknown": True,
            },
        ],
    },
)
