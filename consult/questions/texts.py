"""What the kinds with written answers share."""

from __future__ import annotations

from consult.domain.answers import Value, Values
from consult.domain.questionnaire import Question
from consult.domain.wording import direction
from consult.questions.base import MAIN, N_, Data, Locale

INVENTED = (
    "The staff were kind but I waited a long time on the telephone.",
    "I would like to be able to book ahead for the same doctor.",
    "Parking is hard and the bus stops running at six.",
    "Thank you for asking. Please keep the branch surgery open.",
    "It works well for me as it is.",
)


def longest(question: Question, default: int) -> int:
    """How many characters may be written."""
    try:
        return max(1, min(20_000, int(question.settings.get("longest") or default)))
    except (TypeError, ValueError):
        return default


def written(data: Data) -> str:
    """The text without white space around it."""
    texts = data.get(MAIN, ())
    return texts[0].strip() if texts else ""


def too_long(question: Question, data: Data, locale: Locale, most: int) -> dict[str, str]:
    """The message for too much text, saying by how much."""
    over = len(written(data)) - most
    if over <= 0:
        return {}
    return {
        MAIN: locale.say(
            N_("Shorten your answer to %(most)s characters or fewer: it has %(over)s too many"), most=most, over=over
        )
    }


def left_to_right(text: str, locale: Locale) -> str:
    """A number or address that reads the same way in every language: “07700 900123” would be turned round in Arabic."""
    return f"\u2066{text}\u2069" if direction(locale.language) == "rtl" else text


def text_values(data: Data) -> Values:
    """The text as one atom."""
    text = written(data)
    return (Value(text=text),) if text else ()
