"""A questionnaire with every way to choose, for journeys: a long list, random orders, pictures, limits."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

_TOWNS = (
    "Beaminster|Blandford Forum|Bournemouth|Bridport|Charmouth|Chickerell|Christchurch|Corfe Castle|Crossways|"
    "Dorchester|Ferndown|Gillingham|Lyme Regis|Lytchett Matravers|Poole|Portland|Shaftesbury|Sherborne|Stalbridge|"
    "Sturminster Newton|Swanage|Upton|Verwood|Wareham|Weymouth|Wimborne Minster"
)
TOWNS = _TOWNS.split("|")


def painted(colour: str) -> bytes:
    """A small picture of a seat."""
    picture = Image.new("RGB", (640, 400), "#e8edee")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((80, 200, 560, 270), 20, colour)
    pen.rectangle((110, 60, 530, 150), colour)
    for left in (110, 490):
        pen.rectangle((left, 260, left + 40, 380), "#212b32")
    written = io.BytesIO()
    picture.save(written, format="PNG")
    return written.getvalue()


def words(english: str, arabic: str) -> dict[str, str]:
    """Both languages of this questionnaire."""
    return {"en": english, "ar": arabic}


def options(*pairs: tuple[str, str], **more: Any) -> list[dict[str, Any]]:
    """Options keyed by their first English word."""
    made = []
    for english, arabic in pairs:
        key = english.split()[0].lower()
        made.append({"key": key, "label": words(english, arabic), **more.get(key, {})})
    return made


def definition(pictures: Path) -> dict[str, Any]:
    """The questionnaire; its pictures are put into `pictures`."""
    pictures.mkdir(parents=True, exist_ok=True)
    shown = {}
    for key, colour in (("blue", "#005eb8"), ("red", "#d5281b")):
        content = painted(colour)
        shown[key] = hashlib.sha256(content).hexdigest()
        (pictures / shown[key]).write_bytes(content)
    picture = {
        "blue": {
            "picture": {"file": shown["blue"], "alt": words("It is long and has a high back", "طويل وله ظهر عال")}
        },
        "red": {"picture": {"file": shown["red"], "alt": words("It is short, without arms", "قصير بلا ذراعين")}},
    }
    towns = [{"key": f"town{number}", "label": words(town, f"{town} – بلدة")} for number, town in enumerate(TOWNS, 1)]
    elsewhere = {"key": "elsewhere", "label": words("Somewhere else", "مكان آخر"), "other": True}
    return {
        "consult": 1,
        "language": "en",
        "languages": ["en", "ar"],
        "title": words("Waiting rooms", "غرف الانتظار"),
        "pages": [
            {
                "key": "where",
                "title": words("Where you live", "مكان سكنك"),
                "text": words(
                    "We ask **only** what we need:\n\n- the town\n- how you travel\n\nRead [how we use this]"
                    "(https://www.example.org/use).",
                    "نسأل **فقط** عما نحتاج إليه:\n\n- البلدة\n- طريقة التنقل\n\nاقرأ [كيف نستخدم ذلك](https://www.example.org/use).",
                ),
                "questions": [
                    {
                        "key": "town",
                        "kind": "single_choice",
                        "text": words("Which town do you live **nearest** to?", "ما **أقرب** بلدة إليك؟"),
                        "hint": words("Choose the _nearest_ one.", "اختر _الأقرب_."),
                        "settings": {"appearance": "type_ahead"},
                        "options": [*towns, elsewhere],
                    },
                    {
                        "key": "how",
                        "kind": "single_choice",
                        "text": words("How do you travel?", "كيف تتنقل؟"),
                        "settings": {"order": "random"},
                        "options": options(
                            ("Bus", "الحافلة"),
                            ("Car", "السيارة"),
                            ("Train", "القطار"),
                            ("Bicycle", "الدراجة"),
                            ("Foot", "سيرا على الأقدام"),
                            ("Never travel", "لا أتنقل أبدا"),
                            ("Another way", "بطريقة أخرى"),
                            never={"last": True},
                            another={"other": True},
                        ),
                    },
                    {
                        "key": "matters",
                        "kind": "multiple_choice",
                        "text": words("What matters most?", "ما الأهم؟"),
                        "settings": {"most": 2, "order": "random"},
                        "options": options(
                            ("Price", "السعر"),
                            ("Time", "الوقت"),
                            ("Comfort", "الراحة"),
                            ("Safety", "الأمان"),
                            ("None of these", "لا شيء من هذه"),
                            none={"exclusive": True},
                        ),
                    },
                ],
            },
            {
                "key": "seats",
                "questions": [
                    {
                        "key": "seat",
                        "kind": "single_choice",
                        "text": words("Which seat is better?", "أي مقعد أفضل؟"),
                        "options": options(
                            ("Blue **bench**", "المقعد **الأزرق**"),
                            ("Red chair", "الكرسي الأحمر"),
                            ("Neither", "لا هذا ولا ذاك"),
                            **picture,
                        ),
                    }
                ],
            },
        ],
    }


def write(path: Path, pictures: Path) -> Path:
    """The definition as a file."""
    path.write_text(json.dumps(definition(pictures), ensure_ascii=False), "utf-8")
    return path
