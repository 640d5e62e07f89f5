"""The NHS Friends and Family Test with its two usual questions in writing (DOMAIN E1)."""

from __future__ import annotations

from consult.domain.bank.entries import Entry, words

VERSION = "2020-04"
SOURCE = (
    "NHS England, Friends and Family Test, wording since April 2020. It is not comparable with the wording before, and "
    "not meant to compare practices. Translations are ours."
)

FRIENDS_AND_FAMILY = Entry(
    "friends_and_family",
    VERSION,
    "The one question that every NHS service asks: whether people found it good or poor. Positive are “very good” and "
    "“good”, negative “poor” and “very poor”, both as a share of all answers with “don’t know”.",
    SOURCE,
    {
        "kind": "rating",
        "text": words(
            "Overall, how was your experience of our service?",
            pl="Ogólnie, jakie były Państwa doświadczenia z naszą placówką?",
            ar="بشكل عام، كيف كانت تجربتك مع خدمتنا؟",
            ro="Per ansamblu, cum a fost experiența dumneavoastră cu serviciul nostru?",
            cy="Ar y cyfan, sut oedd eich profiad o’n gwasanaeth?",
            ur="مجموعی طور پر، ہماری سروس کے ساتھ آپ کا تجربہ کیسا رہا؟",
        ),
        "options": [
            {
                "key": "very_good",
                "label": words(
                    "Very good", pl="Bardzo dobre", ar="جيدة جدًا", ro="Foarte bună", cy="Da iawn", ur="بہت اچھا"
                ),
                "score": 5,
            },
            {
                "key": "good",
                "label": words("Good", pl="Dobre", ar="جيدة", ro="Bună", cy="Da", ur="اچھا"),
                "score": 4,
            },
            {
                "key": "neither",
                "label": words(
                    "Neither good nor poor",
                    pl="Ani dobre, ani złe",
                    ar="ليست جيدة ولا سيئة",
                    ro="Nici bună, nici proastă",
                    cy="Ddim yn dda nac yn wael",
                    ur="نہ اچھا نہ برا",
                ),
                "score": 3,
            },
            {
                "key": "poor",
                "label": words("Poor", pl="Złe", ar="سيئة", ro="Proastă", cy="Gwael", ur="برا"),
                "score": 2,
            },
            {
                "key": "very_poor",
                "label": words(
                    "Very poor", pl="Bardzo złe", ar="سيئة جدًا", ro="Foarte proastă", cy="Gwael iawn", ur="بہت برا"
                ),
                "score": 1,
            },
            {
                "key": "dont_know",
                "label": words(
                    "Don’t know", pl="Nie wiem", ar="لا أعرف", ro="Nu știu", cy="Ddim yn gwybod", ur="معلوم نہیں"
                ),
                "unknown": True,
            },
        ],
    },
)

WHY = Entry(
    "friends_and_family_why",
    VERSION,
    "Why somebody answered the Friends and Family Test as they did: at least one question in writing goes with it.",
    SOURCE,
    {
        "kind": "long_text",
        "text": words(
            "Please can you tell us why you gave your answer?",
            pl="Prosimy powiedzieć nam, dlaczego wybrali Państwo tę odpowiedź.",
            ar="هل يمكنك من فضلك أن تخبرنا عن سبب إجابتك؟",
            ro="Ne puteți spune, vă rugăm, de ce ați dat acest răspuns?",
            cy="A allwch chi ddweud wrthym pam y rhoesoch chi’r ateb hwn?",
            ur="براہ کرم ہمیں بتائیں کہ آپ نے یہ جواب کیوں دیا؟",
        ),
    },
)

BETTER = Entry(
    "friends_and_family_better",
    VERSION,
    "What a service could change: the other question in writing that usually goes with the Friends and Family Test.",
    SOURCE,
    {
        "kind": "long_text",
        "text": words(
            "Please tell us about anything that we could have done better.",
            pl="Prosimy powiedzieć nam o wszystkim, co mogliśmy zrobić lepiej.",
            ar="يرجى إخبارنا بأي شيء كان بإمكاننا القيام به بشكل أفضل.",
            ro="Vă rugăm să ne spuneți ce am fi putut face mai bine.",
            cy="Dywedwch wrthym am unrhyw beth y gallem fod wedi’i wneud yn well.",
            ur="براہ کرم ہمیں کوئی بھی ایسی بات بتائیں جو ہم بہتر کر سکتے تھے۔",
        ),
    },
)
