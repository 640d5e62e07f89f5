"""What can be said of English words by looking at them: hints for authors, never a verdict on meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

#: The most words a sentence should have (DOMAIN H1; GOV.UK says 25 for prose).
LONGEST_SENTENCE = 20
#: The school year whose pupils should be able to read it: nine- to eleven-year-olds read at year 6.
READING_AGE_YEARS = 8.0
#: Shorter texts say nothing about how hard they are to read.
ENOUGH_WORDS = 60

_SETTLED = re.compile(
    r"\b(?:(?:has|have) (?:already )?been (?:decided|agreed|approved)|we have decided|"
    r"(?:will|is going to|are going to|is to) (?:close|be closed|move|be moved|merge|be merged|end|be replaced))\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\b(?:(?:do|would) you (?:not )?agree that|"
    r"(?:don[’']t|wouldn[’']t|isn[’']t|aren[’']t|won[’']t) (?:you|it|this|they)|"
    r"surely|obviously|of course|as you (?:may )?know|most people (?:think|agree|believe)|how much better|"
    r"(?:support|welcome|favour|want) (?:our |these |this |the )?"
    r"(?:improve|improving|improved|better|modern|exciting|vital)\w*)",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|\w+n[’']t|never|nobody|nothing|cannot)\b", re.IGNORECASE)
_HARMLESS_NOT = re.compile(
    r"\b(?:why not|if not|or not|whether or not|do not know|don[’']t know|prefer not)\b", re.IGNORECASE
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|everyone|everybody|nobody|completely|entirely|all the time)\b", re.IGNORECASE
)
_YEARS = re.compile(
    r"\b(?:last|past|previous) (?:few|several|\d+|two|three|four|five|ten) years\b|"
    r"\b(?:last|past|previous) (?:1[3-9]|[2-9]\d|eighteen) months\b",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"\b(?:how (?:satisfied|happy|easy|difficult|good|poor|useful|helpful|clear|important|likely|safe)|"
    r"(?:do|would) you (?:support|agree|oppose|like|prefer|use))\b",
    re.IGNORECASE,
)
#: “and” that joins one thing: pairs that belong together.
_ONE_THING = re.compile(
    r"\b(?:between \S+ and|you and (?:your|the)|terms and conditions|evenings? and weekends?|days? and times?|"
    r"black and white|health and (?:social )?care|mental and physical|friends and family|men and women|"
    r"accident and emergency|yes and no|patients? and carers?|doctors? and nurses?|and so on)\b",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"\b(?:commission(?:ing|ed|ers?)|pathways?|stakeholders?|service users?|primary care networks?|utilis\w+|"
    r"multi-?disciplinary|co-?production|co-?design|outcomes framework|footprint|transformation|triage|"
    r"signpost\w*|wraparound|step-?down|out-?of-?area|locality|localities|domiciliary|ambulatory|elective)\b",
    re.IGNORECASE,
)
_SHORT_FORM = re.compile(r"\b[A-Z]{2,6}s?\b")
#: Short forms that everybody knows, or that are easier than their long ones.
#: Plain words that forms like to shout.
SHOUTED = frozenset(
    re.findall(
        r"[A-Z]+",
        """
        A ALL AN AND ANY ARE AS AT BE BUT BY CHECK DAY DO DOES FIRST FOR FORM FROM HAS HAVE HOW IF IN IS IT LAST MAIN MM
        DD MORE MOST NEW NO NONE NOT NOTE NOW OF ON ONE ONLY OR OTHER OUR OUT PER SELF THAT THE THEN THIS TO TWO US USE
        WAS WE WERE WHAT WHEN WHO WHY WITH YES YOU YOUR YYYY
        """,
    )
)
KNOWN = frozenset(
    {"NHS", "GP", "GPS", "UK", "TV", "PDF", "ID", "QR", "OK", "AM", "PM", "HIV", "BBC", "CV", "FAQ", "SMS"}
)
_NAMES_A_PERSON = re.compile(
    r"\b(?:your (?:full |first |last )?name|"
    r"e-?mail(?: address)?|(?:tele)?phone number|mobile number|home address|your address|full postcode|nhs number|"
    r"date of birth|national insurance)\b",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"\b(?:good|excellent|satisfied|easy|agree|support|likely|happy|better|well|important|useful|helpful)\b"
)
_BAD = re.compile(
    r"\b(?:bad|poor|terrible|dissatisfied|difficult|hard|disagree|oppose|unlikely|unhappy|worse|badly|unimportant|"
    r"useless|unhelpful|not (?:very |at all |so )?(?:good|satisfied|easy|likely|happy|well|important|useful|helpful))\b"
)
_NEITHER = re.compile(r"\b(?:neither|nor|fair|average|no difference|about the same|mixed)\b")
_UNKNOWN = re.compile(
    r"don[’']t know|do not know|not sure|not applicable|does not apply|prefer not|no opinion|can[’']t say|none of",
    re.IGNORECASE,
)
_BAND = re.compile(
    r"^(?:(?:under|less than|up to) (\d+)|(\d+) ?(?:to|–|-|—) ?(\d+)|(\d+) ?(?:\+|or (?:over|more|older)|and over))\b"
)


def settled(text: str) -> str:
    """The words of a text that take the outcome for decided, or nothing."""
    return _first(_SETTLED, text)


def leading(text: str) -> str:
    """The words that suggest an answer, or nothing."""
    return _first(_LEADING, text)


def negative(text: str) -> str:
    """The “not” of a question, or nothing."""
    return _first(_NOT, _HARMLESS_NOT.sub("", text))


def absolute(text: str) -> str:
    """“Always”, “never” and the like, or nothing."""
    return _first(_ABSOLUTE, text)


def recall(text: str) -> str:
    """A time longer than a year that people are to remember, or nothing."""
    return _first(_YEARS, text)


def two_things(text: str) -> bool:
    """Whether one answer is asked for about two things."""
    if re.search(r"\band/or\b", text, re.IGNORECASE):
        return True
    asked = next((one for one in re.split(r"(?<=[.!?:])\s+", text) if one.endswith("?")), text)
    return bool(_JUDGED.search(asked)) and " and " in _ONE_THING.sub("", asked)


def of_the_trade(text: str, *, explained: str = "") -> list[str]:
    """Words of the trade and short forms that `explained` does not tell the meaning of."""
    found = [one.group() for one in _TRADE.finditer(text)]
    for one in _SHORT_FORM.finditer(text):
        short = one.group()
        if short.upper() not in KNOWN | SHOUTED and short.rstrip("s") not in KNOWN and f"({short})" not in explained:
            found.append(short)
    return list(dict.fromkeys(found))


def names_a_person(text: str) -> str:
    """What a text asks for that names somebody, or nothing."""
    return _first(_NAMES_A_PERSON, text)


def is_good(label: str) -> bool:
    """Whether an answer is on the good side of a scale: good, satisfied, easy, in support."""
    return bool(_GOOD.search(label.lower())) and not _BAD.search(label.lower())


def is_unknown(label: str) -> bool:
    """Whether an answer says that somebody does not know, or that it does not apply."""
    return bool(_UNKNOWN.search(label))


def agrees(label: str) -> bool:
    """Whether an answer is one of agreeing or disagreeing."""
    return bool(re.search(r"\b(?:dis)?agree\b", label, re.IGNORECASE))


def lopsided(labels: list[str]) -> tuple[int, int] | None:
    """How many answers of a scale are good and how many bad, where these differ; None for a balanced or no scale."""
    good = bad = 0
    for label in labels:
        low = label.lower()
        if _NEITHER.search(low) or _UNKNOWN.search(label):
            continue
        if _BAD.search(low):
            bad += 1
        elif _GOOD.search(low):
            good += 1
    if not good or not bad or good + bad < 3 or good == bad:
        return None
    return good, bad


_OFTEN = re.compile(r"\b(?:always|often|sometimes|rarely|never|every|once|daily|weekly|monthly)\b", re.IGNORECASE)


def in_order(labels: list[str]) -> bool:
    """Whether answers have an order of their own: numbers, how good, how much, how often. English words are known."""
    ranked = [label for label in labels if not _UNKNOWN.search(label)]
    numbers = sum(bool(re.search(r"\d", label)) for label in ranked)
    often = sum(bool(_OFTEN.search(label)) for label in ranked)
    good = sum(bool(_GOOD.search(label.lower())) for label in ranked)
    bad = sum(bool(_BAD.search(label.lower())) for label in ranked)
    return numbers * 2 > len(ranked) or often > 1 or (good > 0 and bad > 0)


def broken_bands(labels: list[str]) -> str:
    """Where ranges of numbers overlap or leave a gap, in words; nothing where they follow each other."""
    ranges: list[tuple[int, int | None, str]] = []
    for label in labels:
        found = _BAND.match(label.strip().lower())
        if found is None:
            continue
        under, first, last, over = found.groups()
        if under is not None:
            top = int(under) if label.strip().lower().startswith("up to") else int(under) - 1
            ranges.append((0, top, label))
        elif over is not None:
            ranges.append((int(over), None, label))
        else:
            ranges.append((int(first), int(last), label))
    if len(ranges) < 3:
        return ""
    for (_first_one, last_one, label), (next_one, _last, following) in pairwise(ranges):
        if last_one is None or next_one <= last_one:
            return f"“{label}” and “{following}” overlap."
        if next_one > last_one + 1:
            return f"Between “{label}” and “{following}” there is a gap."
    return ""


def sentences(text: str) -> Iterator[list[str]]:
    """The sentences of a text as words; each line is one at least."""
    for line in text.splitlines():
        for sentence in re.split(r"(?<=[.!?])\s+", line):
            words = re.findall(r"[\w’'-]+", sentence)
            if words:
                yield words


def years_to_read(text: str) -> float | None:
    """The years of school somebody needs for it (Flesch–Kincaid); None where there are too few words to tell."""
    found = list(sentences(text))
    words = [word for sentence in found for word in sentence]
    if len(words) < ENOUGH_WORDS:
        return None
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _syllables(word: str) -> int:
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    return max(1, groups)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""
