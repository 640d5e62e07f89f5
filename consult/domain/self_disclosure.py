"""What somebody may have written about themselves or a named person without meaning to: pointed out, never blocked.

Rules and their origins are DOMAIN G4's: NHS numbers by Modulus 11 and context, telephone numbers by the public metadata
of the telephone numbering plans, postcodes by their form. Rather one hint too many than one too few: a person decides.
Nothing found is kept anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers


class Kind(StrEnum):
    """What a piece of text looks like."""

    NHS_NUMBER = "nhs_number"
    TELEPHONE = "telephone"
    EMAIL = "email"
    POSTCODE = "postcode"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    NAME = "name"


@dataclass(frozen=True)
class Found:
    """One piece: `text[start:end]`."""

    kind: Kind
    start: int
    end: int


#: Longer texts are looked through only so far.
LONGEST = 20_000
#: Telephone numbers with their area have at least so many.
LEAST_DIGITS = 9
TEN_DIGITS = re.compile(r"(?<![\d.])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d.])")
NHS_SAID = re.compile(
    r"(?:nhs|hospital|patient|ghic|numer(?:u|em)? nhs|rhif (?:y )?gig|num[aă]r(?:ul)? nhs|رقم|این ایچ ایس|نمبر)"
    r"[^\d\n]{0,25}$",
    re.I,
)
EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.I)
POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?|GIR) ?\d[ABD-HJLNP-UW-Z]{2}\b", re.I)
STREETS = (
    "street|st|road|rd|lane|ln|avenue|ave|close|drive|way|terrace|gardens|crescent|court|square|hill|row|mews|walk|"
    "grove|place|park|rise|green|view|heol|ffordd|stryd|ulica|ul|strada|str|شارع"
)
ADDRESS = re.compile(
    rf"(?:\b(?:flat|unit|apartment|no\.?) ?)?\b\d{{1,4}}[a-z]?,? (?:[A-Z][\w'’-]+ ){{1,3}}(?:{STREETS})\b", re.I
)
MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sty|lut|kwi|maj|cze|lip|sie|wrz|paź|lis|gru|ian|mai|iun|iul|noi"
)
DATE = re.compile(
    rf"\b(?:\d{{1,2}}[./ -]\d{{1,2}}[./ -](?:19|20)?\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS})\w* (?:19|20)\d{{2}}"
    r"|(?:19|20)\d{2}-\d{2}-\d{2})\b",
    re.I,
)
BORN = re.compile(
    r"\b(?:born|birth|birthday|dob|d\.o\.b|urodz\w+|n[aă]scut\w*|geni|ganwyd|ganed)\b|ولد|مواليد|الميلاد|پیدائش|پیدا",
    re.I,
)
#: How far before or after a date the word about a birth may stand.
NEAR = 40
CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽŁŚŻŹĆŃȘȚ][\w'’-]+"
TITLED = re.compile(
    rf"\b(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Doctor|Nurse|Sister|Matron|Midwife|Receptionist|Pharmacist|Paramedic|"
    rf"Pan|Pani|Doktor|Pielęgniarka|Doctorul|Doamna|Domnul|Asistenta|Meddyg|Nyrs)\.? +)((?:{CAPITAL} ?){{1,3}})"
)
STAFF_ROLE = re.compile(
    rf"\b(?:doctor|gp|nurse|receptionist|pharmacist|physio|midwife|manager|paramedic|therapist|carer)"
    rf"(?: (?:is |was |there |here )?(?:called|named))? +({CAPITAL}(?: {CAPITAL})?)"
)
OWN_NAME = re.compile(
    r"\b(?:my name is|i am called|nazywam się|mam na imię|mă numesc|numele meu este|fy enw i yw)[ :]+"
    rf"((?:{CAPITAL} ?){{1,3}})",
    re.I,
)
OWN_NAME_ARABIC = re.compile(r"(?:اسمي|انا اسمي|میرا نام)\s+(\S+(?:\s\S+)?)")
TITLED_ARABIC = re.compile(r"(?:الدكتورة?|دكتورة?|(?<!\w)د\.|ڈاکٹر|نرس|الممرضة?)\s+(\S+)")
NOT_NAMES = re.compile(
    r"(?:who|that|which|and|or|but|the|an?|was|is|were|on|at|in|for|to|of|my|our|their|they|s?he|it|we|i|when|if|so|not|"
    r"there|here|very|never|always|said|told|could|would|should|did|does|has|had)",
    re.I,
)


def find(text: str, *, staff: Iterable[str] = ()) -> list[Found]:
    """Every piece that looks like something that tells who somebody is, in order, without overlaps.

    `staff` are names of people who work for the organisation, in any case.
    """
    text = text[:LONGEST]
    plain = _digits(text)
    found = [*_numbers(plain), *_patterns(plain), *_names(text), *_staff(text, staff)]
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -(one.end - one.start))):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def modulus_11(digits: str) -> bool:
    """Whether ten digits are an NHS number: weights 10 to 2, the check digit is 11 less the remainder, 11 as 0."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    check = 11 - total % 11
    return check != 10 and check % 11 == int(digits[9])


def _digits(text: str) -> str:
    """Digits of any script as 0 to 9, every other character as it was: places stay the same."""
    return "".join(str(unicodedata.digit(one)) if one.isdigit() and not one.isascii() else one for one in text)


def _numbers(text: str) -> Iterator[Found]:
    nhs = []
    for match in TEN_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        said = NHS_SAID.search(text[max(0, match.start() - 40) : match.start()])
        # 9 in 100 random numbers pass the check: alone it counts only where it is written as NHS numbers are.
        grouped = len(match.group()) == 12
        if said or (modulus_11(digits) and (grouped or not digits.startswith("0"))):
            nhs.append(Found(Kind.NHS_NUMBER, match.start(), match.end()))
    yield from nhs
    if sum(one.isdigit() for one in text) < 7:
        return
    # Possible rather than valid: numbers given out for films and not yet in use are somebody's all the same.
    for number in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.POSSIBLE):
        whole = sum(one.isdigit() for one in number.raw_string) >= LEAST_DIGITS and number.raw_string[0] in "0+("
        if whole and not any(number.start < one.end and one.start < number.end for one in nhs):
            yield Found(Kind.TELEPHONE, number.start, number.end)


def _patterns(text: str) -> Iterator[Found]:
    for kind, pattern in ((Kind.EMAIL, EMAIL), (Kind.POSTCODE, POSTCODE), (Kind.ADDRESS, ADDRESS)):
        for match in pattern.finditer(text):
            yield Found(kind, match.start(), match.end())
    for match in DATE.finditer(text):
        around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        if BORN.search(around):
            yield Found(Kind.BIRTH_DATE, match.start(), match.end())


def _names(text: str) -> Iterator[Found]:
    for pattern in (TITLED, STAFF_ROLE, OWN_NAME, OWN_NAME_ARABIC, TITLED_ARABIC):
        for match in pattern.finditer(text):
            name = match.group(1).strip()
            if name and not NOT_NAMES.fullmatch(name.split()[0]) and (name[0].isupper() or not name[0].isascii()):
                yield Found(Kind.NAME, match.start(), match.start(1) + len(name))


def _staff(text: str, staff: Iterable[str]) -> Iterator[Found]:
    names = [re.escape(name) for name in staff if len(name) > 3]
    if names:
        for match in re.finditer(rf"\b(?:{'|'.join(names)})\b", text, re.I):
            yield Found(Kind.NAME, match.start(), match.end())
