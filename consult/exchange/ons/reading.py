"""What the readers of one ONS file share: its words with placeholders, its codes, what became of it so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from consult.exchange.assembly import Asked, Assembly, Words
from consult.exchange.conditions import Unsupported
from consult.exchange.losses import LOST, NOTE, Losses
from consult.exchange.phrases import Phrases
from consult.exchange.structure import Thing, shown, text_of

#: {first_name}, in words that list their placeholders.
PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w{0,200})\}")
#: Where values come from, as people would say it.
SOURCES = {
    "metadata": "what the sender knows of each person",
    "response_metadata": "how somebody answers",
    "list": "a list of people that grows while it is answered",
    "calculated_summary": "a sum that is worked out",
    "progress": "how far somebody has come",
    "location": "a list of people that grows while it is answered",
    "supplementary_data": "what the sender knows of each person",
}


@dataclass
class Reading:
    """One file while it is read."""

    assembly: Assembly
    losses: Losses
    language: str
    #: codes of answers, by the answers' identifiers
    codes: dict[str, str] = field(default_factory=dict)
    #: names used while the file is read, for blocks whose own say nothing
    numbered: int = 0

    def asked(self, identifier: str) -> Asked:
        """The question of an answer; raises Unsupported."""
        return self.assembly.place(identifier)

    def marked(self, value: Any, thing: Thing, name: str) -> str:
        """A text of the file in our markup: plain, HTML, or with placeholders."""
        text, places = value, {}
        if isinstance(value, dict):
            text = value.get("text")
            if "text_plural" in value and isinstance(value["text_plural"], dict):
                forms = value["text_plural"].get("forms")
                text = forms.get("other") if isinstance(forms, dict) else None
            listed = value.get("placeholders")
            for one in listed if isinstance(listed, list) else ():
                if isinstance(one, dict) and isinstance(one.get("placeholder"), str):
                    places[one["placeholder"]] = one
        if not isinstance(text, str):
            if value not in (None, "", [], {}):
                done = "These should be words and are not, so they are left out."
                thing.lose(LOST, name, done, said=shown(value))
            return ""
        token = PLACEHOLDER if places else NOTHING
        phrases = Phrases(token, lambda said: self._placed(places, said))
        return phrases.block({self.language: text}, thing, name).get(self.language, "")

    def _placed(self, places: dict[str, Any], name: str) -> Asked:
        """The earlier answer that a placeholder stands for; raises Unsupported."""
        place = places.get(name, {})
        value = place.get("value")
        if not isinstance(value, dict):
            raise Unsupported(
                f"“{name}”, which is worked out" if "transforms" in place else f"“{name}”, which is not in the file"
            )
        source, identifier = value.get("source"), text_of(value.get("identifier"))
        if source != "answers":
            raise Unsupported(f"“{name}”, which is {SOURCES.get(text_of(source), 'not in the file')}")
        return self.asked(identifier)

    def line(self, thing: Thing, name: str) -> Words:
        """One line of words."""
        text = " ".join(self.marked(thing.raw(name), thing, name).split())
        return {self.language: text} if text else {}

    def blocks(self, thing: Thing, *names: str) -> Words:
        """Paragraphs and lists of several properties under each other."""
        found = [part for name in names for part in self._parts(thing.raw(name), thing, name)]
        text = "\n\n".join(part for part in found if part)
        return {self.language: text} if text else {}

    def _parts(self, value: Any, thing: Thing, name: str, depth: int = 0) -> Iterator[str]:
        """Texts as the file nests them: lists, contents, titles, descriptions, lists of lines."""
        if value in (None, "", [], {}):
            return
        if depth > 8:
            thing.lose(LOST, name, "Words this deep are left out.", said=shown(value))
        elif isinstance(value, list):
            for one in value:
                yield from self._parts(one, thing, name, depth + 1)
        elif isinstance(value, dict) and not {"text", "text_plural"} & set(value):
            for inner, one in value.items():
                if inner in ("title", "show_guidance") and one:
                    yield f"**{' '.join(self.marked(one, thing, name).replace('**', '').split())}**"
                elif inner == "list" and isinstance(one, list):
                    yield "\n".join(f"- {' '.join(self.marked(line, thing, name).split())}" for line in one if line)
                elif inner in ("contents", "description", "guidance", "instruction"):
                    yield from self._parts(one, thing, name, depth + 1)
                else:
                    thing.lose(
                        NOTE,
                        name,
                        "This is not known here and not kept.",
                        said=f"{inner}: {shown(one)}",
                        together=f"{inner} {shown(one)}",
                    )
        else:
            yield self.marked(value, thing, name)

    def key(self, identifier: str, otherwise: str) -> str:
        """A key for a question: its code, else what its block is called, unless that is only a number for machines."""
        code = self.codes.get(identifier) or otherwise
        if re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", code):
            self.numbered += 1
            code = f"q{self.numbered}"
        return self.assembly.keys.key(code)

    def finish(self, thing: Thing) -> None:
        """Report what nobody read of a thing."""
        for name, value in thing.unread():
            said = shown(value)
            if name not in ("id", "type"):
                thing.lose(NOTE, name, "This is not known here and not kept.", said=said, together=f"{name} {said}")


NOTHING = re.compile(r"(?!)")
