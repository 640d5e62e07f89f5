"""What the site says about its organisation until an administrator writes it down.

The numbers hold everywhere in England: 999, NHS 111 and its option 2 for mental health, Relay UK, Samaritans, Shout,
Childline, the NSPCC, the National Domestic Abuse Helpline, the Ombudsman. Numbers of councils are added by hand.
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
    {
        "en": "If you cannot hear or speak on the phone: dial 18001 before the number (Relay UK)",
        "cy": "Os na allwch glywed neu siarad ar y ffôn: deialwch 18001 cyn y rhif (Relay UK)",
        "pl": "Jeśli nie słyszysz lub nie możesz mówić przez telefon: wybierz 18001 przed numerem (Relay UK)",
        "ro": "Dacă nu puteți auzi sau vorbi la telefon: formați 18001 înaintea numărului (Relay UK)",
        "ar": "إذا كنت لا تستطيع السمع أو الكلام عبر الهاتف: اطلب 18001 قبل الرقم (Relay UK)",
        "ur": "اگر آپ فون پر سن یا بول نہیں سکتے: نمبر سے پہلے 18001 ملائیں (Relay UK)",
    },
    {
        "en": "In an emergency in British Sign Language: the app or website 999 BSL (999bsl.co.uk)",
        "cy": "Mewn argyfwng yn Iaith Arwyddion Prydain: yr ap neu’r wefan 999 BSL (999bsl.co.uk)",
        "pl": "W nagłym wypadku w brytyjskim języku migowym: aplikacja lub strona 999 BSL (999bsl.co.uk)",
        "ro": "În caz de urgență, în limbajul semnelor britanic: aplicația sau site-ul 999 BSL (999bsl.co.uk)",
        "ar": "في حالة الطوارئ بلغة الإشارة البريطانية: تطبيق أو موقع 999 BSL (999bsl.co.uk)",
        "ur": "ہنگامی صورت میں برطانوی اشاروں کی زبان میں: ایپ یا ویب سائٹ 999 BSL (999bsl.co.uk)",
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
SAFEGUARDING_LINES: list[dict[str, str]] = [
    {
        "en": (
            "If you are worried about a child: tell the children’s services of your council, "
            "or call the NSPCC on 0808 800 5000"
        ),
        "cy": (
            "Os ydych yn poeni am blentyn: dywedwch wrth wasanaethau plant eich cyngor, neu "
            "ffoniwch yr NSPCC ar 0808 800 5000"
        ),
        "pl": (
            "Jeśli martwisz się o dziecko: powiadom służby ds. dzieci w swojej radzie lub "
            "zadzwoń do NSPCC pod numer 0808 800 5000"
        ),
        "ro": (
            "Dacă sunteți îngrijorat pentru un copil: anunțați serviciile pentru copii ale "
            "consiliului local sau sunați la NSPCC, 0808 800 5000"
        ),
        "ar": "إذا كنت قلقًا على طفل: أبلغ خدمات الأطفال في مجلسك المحلي، أو اتصل بـ NSPCC على الرقم 0808 800 5000",
        "ur": (
            "اگر آپ کسی بچے کے بارے میں فکر مند ہیں: اپنی کونسل کی چلڈرن سروسز کو بتائیں، یا "
            "NSPCC کو 0808 800 5000 پر کال کریں"
        ),
    },
    {
        "en": (
            "If you are worried that an adult is abused or neglected: tell the adult social care team of your council"
        ),
        "cy": (
            "Os ydych yn poeni bod oedolyn yn cael ei gam-drin neu ei esgeuluso: dywedwch "
            "wrth dîm gofal cymdeithasol oedolion eich cyngor"
        ),
        "pl": (
            "Jeśli obawiasz się, że ktoś dorosły jest krzywdzony lub zaniedbywany: powiadom "
            "zespół opieki społecznej dla dorosłych w swojej radzie"
        ),
        "ro": (
            "Dacă vă temeți că un adult este abuzat sau neglijat: anunțați echipa de "
            "asistență socială pentru adulți a consiliului local"
        ),
        "ar": (
            "إذا كنت تخشى أن شخصًا بالغًا يتعرض للإساءة أو الإهمال: أبلغ فريق الرعاية الاجتماعية للبالغين في مجلسك المحلي"
        ),
        "ur": (
            "اگر آپ کو خدشہ ہے کہ کسی بالغ کے ساتھ زیادتی یا غفلت ہو رہی ہے: اپنی کونسل کی "
            "ایڈلٹ سوشل کیئر ٹیم کو بتائیں"
        ),
    },
    {
        "en": (
            "If somebody at home hurts or frightens you: call the National Domestic Abuse Helpline on 0808 2000 247"
        ),
        "cy": (
            "Os oes rhywun gartref yn eich brifo neu’n eich dychryn: ffoniwch y Llinell "
            "Gymorth Cam-drin Domestig Genedlaethol ar 0808 2000 247"
        ),
        "pl": (
            "Jeśli ktoś w domu Cię krzywdzi lub zastrasza: zadzwoń na krajową linię pomocy "
            "ofiarom przemocy domowej, 0808 2000 247"
        ),
        "ro": (
            "Dacă cineva de acasă vă face rău sau vă sperie: sunați la linia națională "
            "pentru violență domestică, 0808 2000 247"
        ),
        "ar": "إذا كان شخص في البيت يؤذيك أو يخيفك: اتصل بخط المساعدة الوطني للعنف المنزلي على الرقم 0808 2000 247",
        "ur": (
            "اگر گھر میں کوئی آپ کو تکلیف دیتا یا ڈراتا ہے: قومی گھریلو تشدد ہیلپ لائن کو 0808 2000 247 پر کال کریں"
        ),
    },
]
COMPLAINT_LINES: list[dict[str, str]] = [
    {
        "en": "Tell the practice first: every GP practice has somebody who deals with complaints",
        "cy": "Dywedwch wrth y feddygfa yn gyntaf: mae gan bob meddygfa rywun sy’n delio â chwynion",
        "pl": "Najpierw powiedz o tym w przychodni: w każdej jest ktoś, kto zajmuje się skargami",
        "ro": "Spuneți mai întâi cabinetului: fiecare cabinet are pe cineva care se ocupă de plângeri",
        "ar": "أخبر العيادة أولاً: في كل عيادة شخص يتولى الشكاوى",
        "ur": "پہلے پریکٹس کو بتائیں: ہر جی پی پریکٹس میں کوئی شکایات دیکھنے والا ہوتا ہے",
    },
    {
        "en": "Or complain to the integrated care board (ICB), which pays for the service",
        "cy": "Neu cwynwch wrth y bwrdd gofal integredig (ICB), sy’n talu am y gwasanaeth",
        "pl": "Możesz też złożyć skargę do zintegrowanej rady opieki (ICB), która płaci za usługi",
        "ro": "Sau depuneți o plângere la consiliul de îngrijire integrată (ICB), care plătește serviciul",
        "ar": "أو قدم شكوى إلى مجلس الرعاية المتكاملة (ICB) الذي يمول الخدمة",
        "ur": "یا انٹیگریٹڈ کیئر بورڈ (ICB) سے شکایت کریں، جو سروس کی ادائیگی کرتا ہے",
    },
    {
        "en": "About a hospital: its Patient Advice and Liaison Service (PALS) can help",
        "cy": "Am ysbyty: gall ei Wasanaeth Cynghori a Chyswllt Cleifion (PALS) helpu",
        "pl": "W sprawie szpitala: pomoże jego biuro porad i kontaktu z pacjentami (PALS)",
        "ro": "Despre un spital: vă poate ajuta serviciul său de consiliere pentru pacienți (PALS)",
        "ar": "بشأن مستشفى: يمكن لخدمة نصح المرضى والتواصل معهم (PALS) فيه أن تساعدك",
        "ur": "ہسپتال کے بارے میں: اس کی پیشنٹ ایڈوائس اینڈ لیزن سروس (PALS) مدد کر سکتی ہے",
    },
    {
        "en": "If the answer does not satisfy you: the Parliamentary and Health Service Ombudsman, 0345 015 4033",
        "cy": "Os nad yw’r ateb yn eich bodloni: yr Ombwdsmon Seneddol a’r Gwasanaeth Iechyd, 0345 015 4033",
        "pl": (
            "Jeśli odpowiedź Cię nie zadowala: rzecznik praw (Parliamentary and Health "
            "Service Ombudsman), 0345 015 4033"
        ),
        "ro": (
            "Dacă răspunsul nu vă mulțumește: Ombudsmanul (Parliamentary and Health Service Ombudsman), 0345 015 4033"
        ),
        "ar": "إذا لم يرضك الرد: أمين المظالم للبرلمان والخدمة الصحية (Ombudsman)، 0345 015 4033",
        "ur": "اگر جواب سے آپ مطمئن نہ ہوں: پارلیمانی اور ہیلتھ سروس محتسب (Ombudsman)، 0345 015 4033",
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
    "safeguarding_lines": SAFEGUARDING_LINES,
    "complaint_lines": COMPLAINT_LINES,
    "languages": [],
}
