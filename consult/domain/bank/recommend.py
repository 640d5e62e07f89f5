"""How likely somebody is to recommend a service, from 0 to 10."""

from __future__ import annotations

from consult.domain.bank.entries import Entry, words

RECOMMEND = Entry(
    "recommend",
    "1",
    "How likely people are to recommend a service, on the scale that other organisations use. Where the NHS asks for "
    "the Friends and Family Test, this does not stand in for it.",
    "The common question from 0 to 10 (F. Reichheld, 2003), in words of ours and with “don’t know” outside the scale.",
    {
        "kind": "rating",
        "text": words(
            "How likely are you to recommend our service to friends or family?",
            pl="Jak bardzo prawdopodobne jest, że polecą Państwo naszą placówkę znajomym lub rodzinie?",
            ar="ما مدى احتمال أن توصي بخدمتنا لأصدقائك أو عائلتك؟",
            ro="Cât de probabil este să recomandați serviciul nostru prietenilor sau familiei?",
            cy="Pa mor debygol ydych chi o argymell ein gwasanaeth i ffrindiau neu deulu?",
            ur="اس بات کا کتنا امکان ہے کہ آپ اپنے دوستوں یا خاندان کو ہماری سروس کی سفارش کریں گے؟",
        ),
        "options": [
            {
                "key": "dont_know",
                "label": words(
                    "Don’t know", pl="Nie wiem", ar="لا أعرف", ro="Nu știu", cy="Ddim yn gwybod", ur="معلوم نہیں"
                ),
                "unknown": True,
            }
        ],
        "settings": {
            "points": 11,
            "first": 0,
            "low": words(
                "Not at all likely",
                pl="Wcale nieprawdopodobne",
                ar="غير محتمل على الإطلاق",
                ro="Deloc probabil",
                cy="Ddim yn debygol o gwbl",
                ur="بالکل امکان نہیں",
            ),
            "high": words(
                "Extremely likely",
                pl="Niezwykle prawdopodobne",
                ar="محتمل للغاية",
                ro="Extrem de probabil",
                cy="Hynod debygol",
                ur="انتہائی امکان ہے",
            ),
        },
    },
    checked=(),
)
