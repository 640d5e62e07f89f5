"""What the site says about its organisation until an administrator writes it down.

The numbers hold everywhere in England: 999, NHS 111 and its option 2 for mental health, Samaritans, Shout, Childline.
The words are in every language of the site, because they stand where answering begins; no speaker has checked them yet.
"""

from __future__ import annotations

from typing import Any

NAME = {"en": "Consult"}
LOGO_TEXT = ""
GROUP_KIND = {
    "en": "local group of GP practices",
    "cy": "grŵp lleol o feddygfeydd",
    "pl": "lokalna grupa przychodni lekarzy rodzinnych",
    "ro": "grup local de cabinete de medicină de familie",
    "ar": "مجموعة محلية من عيادات الأطباء العامين",
    "ur": "جی پی پریکٹسز کا مقامی گروپ",
}
EMERGENCY_NUMBERS: list[dict[str, str]] = [
    {
        "en": "If someone’s life is at risk: call 999 or go to A&E",
        "cy": "Os yw bywyd rhywun mewn perygl: ffoniwch 999 neu ewch i’r adran achosion brys",
        "pl": "Jeśli czyjeś życie jest zagrożone: zadzwoń pod numer 999 lub jedź na oddział ratunkowy (A&E)",
        "ro": "Dacă viața cuiva este în pericol: sunați la 999 sau mergeți la urgențe (A&E)",
        "ar": "إذا كانت حياة شخص ما في خطر: اتصل بالرقم 999 أو اذهب إلى قسم الطوارئ",
        "ur": "اگر کسی کی جان خطرے میں ہو: 999 پر کال کریں یا ایمرجنسی (A&E) جائیں",
    },
    {
        "en": "If you need medical help now and it is not an emergency: call 111",
        "cy": "Os oes angen cymorth meddygol arnoch nawr ac nad yw’n argyfwng: ffoniwch 111",
        "pl": "Jeśli potrzebujesz pilnej pomocy medycznej, ale życie nie jest zagrożone: zadzwoń pod numer 111",
        "ro": "Dacă aveți nevoie acum de ajutor medical, dar nu este o urgență: sunați la 111",
        "ar": "إذا كنت بحاجة إلى مساعدة طبية الآن ولم تكن حالة طارئة: اتصل بالرقم 111",
        "ur": "اگر آپ کو ابھی طبی مدد چاہیے اور یہ ہنگامی صورت نہیں ہے: 111 پر کال کریں",
    },
    {
        "en": "If you or someone else is in a mental health crisis: call 111 and choose option 2",
        "cy": "Os ydych chi neu rywun arall mewn argyfwng iechyd meddwl: ffoniwch 111 a dewiswch opsiwn 2",
        "pl": "W kryzysie psychicznym, Twoim lub innej osoby: zadzwoń pod numer 111 i wybierz opcję 2",
        "ro": "Într-o criză de sănătate mintală, a dumneavoastră sau a altcuiva: sunați la 111 și alegeți opțiunea 2",
        "ar": "إذا كنت أنت أو شخص آخر في أزمة نفسية: اتصل بالرقم 111 واختر الخيار 2",
        "ur": "اگر آپ یا کوئی اور ذہنی صحت کے بحران میں ہو: 111 پر کال کریں اور آپشن 2 منتخب کریں",
    },
]
SUPPORT_LINES: list[dict[str, str]] = [
    {
        "en": "Samaritans, to talk to someone at any time: call 116 123",
        "cy": "Y Samariaid, i siarad â rhywun unrhyw bryd: ffoniwch 116 123",
        "pl": "Samaritans, rozmowa o każdej porze: zadzwoń pod numer 116 123",
        "ro": "Samaritans, pentru a vorbi cu cineva la orice oră: sunați la 116 123",
        "ar": "Samaritans، للتحدث إلى شخص ما في أي وقت: اتصل بالرقم 116 123",
        "ur": "Samaritans، کسی بھی وقت کسی سے بات کرنے کے لیے: 116 123 پر کال کریں",
    },
    {
        "en": "Shout, if you would rather text: send SHOUT to 85258",
        "cy": "Shout, os yw’n well gennych anfon neges destun: anfonwch SHOUT i 85258",
        "pl": "Shout, jeśli wolisz pisać: wyślij SMS o treści SHOUT na numer 85258",
        "ro": "Shout, dacă preferați mesajele: trimiteți SHOUT prin SMS la 85258",
        "ar": "Shout، إذا كنت تفضل الرسائل النصية: أرسل كلمة SHOUT إلى 85258",
        "ur": "Shout، اگر آپ ٹیکسٹ میسج کو ترجیح دیں: 85258 پر SHOUT لکھ کر بھیجیں",
    },
    {
        "en": "Childline, if you are under 19: call 0800 1111",
        "cy": "Childline, os ydych chi o dan 19 oed: ffoniwch 0800 1111",
        "pl": "Childline, jeśli masz mniej niż 19 lat: zadzwoń pod numer 0800 1111",
        "ro": "Childline, dacă aveți sub 19 ani: sunați la 0800 1111",
        "ar": "Childline، إذا كان عمرك أقل من 19 عامًا: اتصل بالرقم 0800 1111",
        "ur": "Childline، اگر آپ کی عمر 19 سال سے کم ہے: 0800 1111 پر کال کریں",
    },
]

#: The organisation's page as it begins.
STARTING: dict[str, Any] = {
    "name": NAME,
    "logo_text": LOGO_TEXT,
    "group_kind": GROUP_KIND,
    "contact_email": "",
    "contact_telephone": "",
    "contact_address": "",
    "privacy_contact": {},
    "footer_links": [],
    "emergency_numbers": EMERGENCY_NUMBERS,
    "support_lines": SUPPORT_LINES,
    "languages": [],
}
