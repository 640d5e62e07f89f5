"""What the tables of the Office for National Statistics and NOMIS call a group, as an option of an equality question.

The labels are those of the Census 2021 and 2011 tables and of the mid-year estimates (DOMAIN H4, C2, C3). An answer is
one option, `IGNORED` for totals and people who did not answer, or None for something we have no option for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

#: Totals, "not answered", "does not apply": no group of people.
IGNORED = ""
#: A table of places or practices, for questions about where people live or are registered.
AREA = "area"
#: A table by age and sex together, for weighting: the keys of its counts are `16_24.female`.
BY_AGE_AND_SEX = "age_band&sex"

#: Our bands (`consult.domain.equality`), as their first and last years of age.
BANDS = (
    ("under_16", 0, 15),
    ("16_24", 16, 24),
    ("25_34", 25, 34),
    ("35_44", 35, 44),
    ("45_54", 45, 54),
    ("55_64", 55, 64),
    ("65_74", 65, 74),
    ("75_84", 75, 84),
    ("85_over", 85, 200),
)
OLDEST = 200
TOTALS = re.compile(
    r"(total|all)\b.*|persons|people|not answered|not stated|does not apply|all categories.*", re.IGNORECASE
)


@dataclass(frozen=True)
class Ages:
    """Years of age, the first and the last."""

    first: int
    last: int


def ages(label: str) -> Ages | None:
    """The years that a label speaks of: “Aged 5 to 9 years”, “Aged under 1 year”, “90+”; None for anything else."""
    text = re.sub(r"\s+", " ", label.strip().lower())
    text = re.sub(r"^(aged?|ages)[ _:]*", "", text).replace("_", " ")
    text = re.sub(r"\byears?\b|\bold\b", "", text).strip()
    for pattern, found in _AGES:
        match = re.fullmatch(pattern, text)
        if match:
            first, last = found(match)
            return Ages(first, last) if first <= last <= OLDEST else None
    return None


_AGES: tuple[tuple[str, Callable[[re.Match[str]], tuple[int, int]]], ...] = (
    (r"under (\d+)", lambda found: (0, int(found[1]) - 1)),
    (r"(\d+) *(?:and|or) (?:under|below|younger)", lambda found: (0, int(found[1]))),
    (r"(\d+) *(?:\+|plus|(?:and|or) (?:over|above|older))", lambda found: (int(found[1]), OLDEST)),
    (r"(\d+) *(?:to|-|–) *(\d+)", lambda found: (int(found[1]), int(found[2]))),
    (r"(\d+)", lambda found: (int(found[1]), int(found[1]))),
)


def band_of(years: Ages) -> str | None:
    """The band these ages lie in; None where they lie in two."""
    return next((key for key, first, last in BANDS if first <= years.first and years.last <= last), None)


def option_of(question: str, label: str) -> str | None:
    """The option of a question that a label means, `IGNORED`, or None."""
    text = re.sub(r"\s+", " ", label.strip())
    if question == "age_band":
        years = ages(text)
        if years is not None:
            return band_of(years)
        return IGNORED if TOTALS.fullmatch(text) else None
    for option, pattern in PATTERNS[question]:
        if re.fullmatch(pattern, text, re.IGNORECASE):
            return option
    return IGNORED if TOTALS.fullmatch(text) else None


#: For each question, what each option is called, the first that fits.
PATTERNS: dict[str, tuple[tuple[str, str], ...]] = {
    "sex": (("female", r"females?|women"), ("male", r"males?|men")),
    "ethnic_1": (
        ("mixed", r"mixed.*"),
        ("asian", r"asian.*"),
        ("black", r"black.*"),
        ("other", r"other ethnic group.*|other"),
        ("white", r"white.*"),
    ),
    "disability_2": (
        ("a_lot", r".*limited a lot.*"),
        ("a_little", r".*limited a little.*"),
        ("not_at_all", r".*has long.term.*not limited.*"),
        (IGNORED, r".*no long.term.*|.*day.to.day activities not limited.*"),
    ),
    "disability_1": (
        ("no", r".*no long.term.*"),
        ("yes", r".*limited a (lot|little).*|.*has long.term.*|disabled under the equality act.*"),
    ),
    "carer": (
        ("no", r"provides no unpaid care"),
        ("9_or_less", r".*\b9 hours or less\b.*|.*19 or less hours.*never"),
        ("10_19", r".*\b10 to 19 hours\b.*"),
        ("20_34", r".*\b20 to 34 hours\b.*"),
        ("35_49", r".*\b35 to 49 hours\b.*"),
        ("50_more", r".*\b50 or more hours\b.*"),
    ),
    "religion": (
        ("none", r"no religion"),
        ("christian", r"christian.*"),
        ("buddhist", r"buddhist"),
        ("hindu", r"hindu"),
        ("jewish", r"jewish"),
        ("muslim", r"muslim"),
        ("sikh", r"sikh"),
        ("other", r"(any )?other religions?"),
    ),
    "sexual_orientation": (
        ("straight", r"straight.*|heterosexual.*"),
        ("gay_lesbian", r"gay.*|lesbian.*"),
        ("bisexual", r"bisexual"),
        ("other", r"all other sexual orientations|other( sexual orientation)?|pansexual|asexual|queer"),
    ),
    "gender_identity": (
        ("yes", r"gender identity (is )?the same as sex registered at birth"),
        ("no", r"gender identity different from.*|trans (wo)?man|non-binary|all other gender identities"),
    ),
    "main_language": (
        ("english", r"english( \(.*\))?"),
        ("welsh", r"welsh.*"),
        ("polish", r".*polish"),
        ("romanian", r".*romanian"),
        ("arabic", r".*arabic"),
        ("urdu", r".*urdu"),
        ("bsl", r".*sign language.*"),
        ("other", r"(?!total|all ).+"),
    ),
}
#: In this order a table is tried; languages last, as any word may name another one.
QUESTIONS = ("age_band", *(key for key in PATTERNS if key != "main_language"), "main_language")
#: Words a heading or an indicator must have for a table of languages.
LANGUAGES = re.compile(r"language", re.IGNORECASE)
