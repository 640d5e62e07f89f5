"""How typed numbers and months are read: in the digits, signs and names of our interface languages."""

from __future__ import annotations

import re
import unicodedata

#: Arabic-Indic and Extended Arabic-Indic digits and signs, as typed on Arabic and Urdu keyboards; and minus signs.
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬،−–", "01234567890123456789.,,--")
#: Spaces between thousands, and marks of direction, which nobody sees that they type.
UNSEEN = re.compile(r"[\s\u00a0\u202f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069'’]")

WHOLE = re.compile(r"[+-]?\d{1,15}")
DECIMAL = re.compile(r"[+-]?(\d{1,15}([.,]\d{0,10})?|[.,]\d{1,10})")
#: Thousands between commas, then perhaps a point; or between points, then a comma.
COMMAS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3}){1,4}(\.\d{0,10})?")
POINTS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3}){1,4},\d{0,10}|[+-]?[1-9]\d{0,2}(\.\d{3}){2,4}")
#: A thousand and a bit in English, one and a bit in Polish.
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")


def digits(text: str) -> str:
    """The same in digits and signs of ours, without spaces."""
    return UNSEEN.sub("", text).translate(DIGITS)


def parse(text: str, *, decimal: bool) -> int | float | None:
    """What was typed as a number, or None; where a comma may mean two things it is not guessed."""
    compact = digits(text)
    if WHOLE.fullmatch(compact):
        return int(compact)
    if not decimal:
        return int(compact.replace(",", "")) if COMMAS.fullmatch(compact) and "." not in compact else None
    if AMBIGUOUS.fullmatch(compact):
        return None
    if COMMAS.fullmatch(compact):
        return float(compact.replace(",", ""))
    if POINTS.fullmatch(compact):
        return float(compact.replace(".", "").replace(",", "."))
    return float(compact.replace(",", ".")) if DECIMAL.fullmatch(compact) else None


#: How the names of months begin in our languages, folded as `month` folds them.
MONTHS = {
    1: "jan sty ian ion ينا جنو",
    2: "feb lut chw فبر فرو",
    3: "mar maw مار",
    4: "apr kwi ebr ابر اپر",
    5: "may maj mai ماي مئی",
    6: "jun cze iun meh يون جون",
    7: "jul lip iul gor يول جول",
    8: "aug sie aws اغس اگس",
    9: "sep wrz med سبت ستم",
    10: "oct paz hyd اكت اکت",
    11: "nov lis noi tac نوف نوم",
    12: "dec gru rha ديس دسم",
}


def _folded(text: str) -> str:
    """Its first three letters, small and without what stands above and below them."""
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if one.isalpha())[:3]


_MONTH = {_folded(name): number for number, names in MONTHS.items() for name in names.split()}


def month(text: str) -> int:
    """A month by its number or its name; raises ValueError."""
    return _MONTH.get(_folded(text)) or whole(text, 2)


def whole(text: str, longest: int) -> int:
    """A whole number of at most so many digits; raises ValueError."""
    if not (text.isascii() and text.isdigit() and len(text) <= longest):
        raise ValueError(text)
    return int(text)
