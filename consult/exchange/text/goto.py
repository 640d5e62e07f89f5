"""“If no, go to question 7”: for whom, and where to."""

from __future__ import annotations

import re
from dataclasses import dataclass

GO = r"(?:go|skip|move|jump|proceed|continue|turn)(?:\s+(?:straight|directly|on|ahead))*\s+to"
TARGET = (
    r"(?:(?:question|qu?\.?|no\.?)\s*)?"
    r"(\d{1,3}|(?:the\s+)?(?:end|next\s+(?:section|page|question)|(?:section|part|page)\s+\w{1,3}))"
)
YOU_SAID = r"(?:you\s+(?:answered|said|ticked|chose|selected)\s+)?"
ANSWER = (
    rf"(?:if\s+{YOU_SAID}[“\"'‘]?(?P<answer>[^,:“”\"'’.?!]{{1,60}}?)[”\"'’]?"
    r"\s*[,:–—-]?\s*(?:please\s+)?(?:then\s+)?)"
)
ROUTE = re.compile(rf"[\s(\[→➔►>–—-]*(?:{ANSWER})?(?:please\s+)?{GO}\s+{TARGET}\s*[)\].]*", re.I)
ARROW = re.compile(r"\s*(?:→|➔|►|->|=>)\s*(?:question|q)\s*(?P<target>\d{1,3})\s*[)\].]*\s*$", re.I)
IF = re.compile(
    rf"^if\s+{YOU_SAID}[“\"'‘]?(?P<answer>yes|no|not|so|other|you did not|you did)[”\"'’]?\s*[,:;–—-]\s*(?P<rest>.+)$",
    re.I,
)


@dataclass(frozen=True)
class Route:
    """Where somebody goes on: the number of a question or words for a place, after an answer or in any case."""

    said: str
    answer: str
    target: str

    @property
    def number(self) -> int:
        """The number of the question, or 0 for another place."""
        return int(self.target) if self.target.isdigit() else 0

    def answers(self, label: str) -> bool:
        """Whether it is about this choice."""
        return bool(self.answer) and _same(self.answer, label)


def way_on(text: str) -> Route | None:
    """The route in a line, if there is one."""
    found = ROUTE.search(text)
    if found:
        return Route(found[0].strip(" ()[]"), (found["answer"] or "").strip(), found[found.lastindex or 0].strip())
    arrow = ARROW.search(text)
    return Route(arrow[0].strip(), "", arrow["target"]) if arrow else None


def without_route(text: str) -> str:
    """The line without it."""
    return ARROW.sub("", ROUTE.sub("", text)).strip(" ,;:–—-") if way_on(text) else text


def only_if(text: str) -> tuple[str, str] | None:
    """“If yes, why is that?”: the answer before, and the question."""
    found = IF.match(text)
    if not found:
        return None
    answer = {"so": "yes", "you did": "yes", "not": "no", "you did not": "no"}.get(
        found["answer"].lower(), found["answer"].lower()
    )
    rest = found["rest"].strip()
    return answer, rest[:1].upper() + rest[1:]


def same_answer(answer: str, label: str) -> bool:
    """Whether an answer in words is this choice."""
    return _same(answer, label)


def _same(one: str, other: str) -> bool:
    first, second = _bare(one), _bare(other)
    return first == second or (len(first) <= 3 and second.startswith(f"{first} "))


def _bare(text: str) -> str:
    return re.sub(r"[^\w\s]", "", text).casefold().strip()
