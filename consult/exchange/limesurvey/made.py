"""What one question of LimeSurvey's becomes, while it is put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from consult.exchange.limesurvey.known import Known


@dataclass
class Made:
    """The questions so far, how equations name them, and which settings were used."""

    key: str
    text: dict[str, str]
    when: dict[str, Any] | None
    hint: dict[str, str] = field(default_factory=dict)
    needed: bool = False
    #: what numbers are counted in
    unit: dict[str, str] = field(default_factory=dict)
    questions: list[dict[str, Any]] = field(default_factory=list)
    #: by the key of each question: what its variables are, by what follows the code
    names: dict[str, dict[str, Known]] = field(default_factory=dict)
    #: the parts of the first question, for rules about its own answer
    itself: list[Known] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    #: rules about the answer that its settings say
    rules: list[dict[str, Any]] = field(default_factory=list)

    def under(self, words: dict[str, str]) -> None:
        """Put words under the question."""
        for language, text in words.items():
            before = self.hint.get(language, "")
            if text not in before:
                self.hint[language] = f"{before}\n\n{text}" if before else text

    def add(
        self, question: dict[str, Any], names: dict[str, Known], *, key: str = "", when: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """One question; the first has the words, the hint and the rules."""
        first = not self.questions
        key = key or self.key
        made: dict[str, Any] = {"key": key, "text": self.text, "show": self.when, "required": self.needed and first}
        if first:
            made["hint"] = self.hint
            self.itself = [replace(known, key=".", show=None) for known in names.values()]
        self.questions.append({**made, **question} | ({"show": when} if when else {}))
        self.names[key] = names
        return self.questions[-1]
