"""What LimeSurvey says by itself where an author writes nothing: the answers of its fixed kinds, “other”, “comment”."""

from __future__ import annotations

from collections.abc import Iterable

SAID = {
    "other": {
        "en": "Other", "ar": "غير ذلك", "bg": "Друго", "ca": "Altres", "cs": "Jiné", "cy": "Arall", "da": "Andet",
        "de": "Sonstiges", "el": "Άλλο", "es": "Otro", "et": "Muu", "fa": "سایر", "fi": "Muu", "fr": "Autre",
        "he": "אחר", "hr": "Ostalo", "hu": "Egyéb", "it": "Altro", "lt": "Kita", "lv": "Cits", "nb": "Annet",
        "nl": "Anders", "pl": "Inne", "pt": "Outro", "ro": "Altceva", "ru": "Другое", "sk": "Iné", "sl": "Drugo",
        "so": "Kuwo kale", "sv": "Annat", "tr": "Diğer", "uk": "Інше", "ur": "دیگر", "zh": "其他",
    },
    "yes": {
        "en": "Yes", "ar": "نعم", "cy": "Ydw", "de": "Ja", "es": "Sí", "et": "Jah", "fr": "Oui", "it": "Sì", "nl": "Ja",
        "pl": "Tak", "pt": "Sim", "ro": "Da", "ru": "Да", "tr": "Evet", "uk": "Так", "ur": "ہاں",
    },
    "no": {
        "en": "No", "ar": "لا", "cy": "Na", "de": "Nein", "es": "No", "et": "Ei", "fr": "Non", "it": "No", "nl": "Nee",
        "pl": "Nie", "pt": "Não", "ro": "Nu", "ru": "Нет", "tr": "Hayır", "uk": "Ні", "ur": "نہیں",
    },
    "uncertain": {
        "en": "Uncertain", "ar": "غير متأكد", "cy": "Ansicr", "de": "Unsicher", "es": "No sé", "et": "Ei oska öelda",
        "fr": "Sans opinion", "it": "Non so", "nl": "Onzeker", "pl": "Nie wiem", "pt": "Não sei", "ro": "Nesigur",
        "ru": "Не уверен(а)", "tr": "Emin değilim", "uk": "Не впевнений(а)", "ur": "یقین نہیں",
    },
    "increase": {
        "en": "Increase", "ar": "زيادة", "cy": "Cynnydd", "de": "Zunahme", "es": "Aumenta", "et": "Kasvab",
        "fr": "Augmente", "it": "Aumenta", "nl": "Toename", "pl": "Wzrost", "pt": "Aumenta", "ro": "Creștere",
        "ru": "Больше", "tr": "Artış", "uk": "Більше", "ur": "اضافہ",
    },
    "same": {
        "en": "Same", "ar": "بدون تغيير", "cy": "Yr un fath", "de": "Gleich", "es": "Igual", "et": "Sama",
        "fr": "Pareil", "it": "Uguale", "nl": "Gelijk", "pl": "Bez zmian", "pt": "Igual", "ro": "La fel",
        "ru": "Так же", "tr": "Aynı",
        "uk": "Так само", "ur": "اتنا ہی",
    },
    "decrease": {
        "en": "Decrease", "ar": "نقصان", "cy": "Gostyngiad", "de": "Abnahme", "es": "Disminuye", "et": "Kahaneb",
        "fr": "Diminue", "it": "Diminuisce", "nl": "Afname", "pl": "Spadek", "pt": "Diminui", "ro": "Scădere",
        "ru": "Меньше", "tr": "Azalış", "uk": "Менше", "ur": "کمی",
    },
    "female": {
        "en": "Female", "ar": "أنثى", "cy": "Benyw", "de": "Weiblich", "es": "Mujer", "et": "Naine", "fr": "Féminin",
        "it": "Femmina", "nl": "Vrouw", "pl": "Kobieta", "pt": "Feminino", "ro": "Femeie", "ru": "Женский",
        "tr": "Kadın", "uk": "Жіноча", "ur": "خاتون",
    },
    "male": {
        "en": "Male", "ar": "ذكر", "cy": "Gwryw", "de": "Männlich", "es": "Hombre", "et": "Mees", "fr": "Masculin",
        "it": "Maschio", "nl": "Man", "pl": "Mężczyzna", "pt": "Masculino", "ro": "Bărbat", "ru": "Мужской",
        "tr": "Erkek", "uk": "Чоловіча", "ur": "مرد",
    },
    "comment": {
        "en": "Your comment", "ar": "تعليقك", "cy": "Eich sylw", "de": "Ihr Kommentar", "es": "Su comentario",
        "et": "Teie kommentaar", "fr": "Votre commentaire", "it": "Il suo commento", "nl": "Uw opmerking",
        "pl": "Twój komentarz", "pt": "O seu comentário", "ro": "Comentariul dumneavoastră", "ru": "Ваш комментарий",
        "tr": "Yorumunuz", "uk": "Ваш коментар", "ur": "آپ کا تبصرہ",
    },
}  # fmt: skip


def said(what: str, languages: Iterable[str]) -> dict[str, str]:
    """LimeSurvey’s own words for one thing, in those of the languages that they are known in; else in English."""
    known = SAID[what]
    found = {one: known.get(one) or known.get(one.split("-")[0], "") for one in languages}
    return {one: text for one, text in found.items() if text} or {"en": known["en"]}
