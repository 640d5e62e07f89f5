"""The blocks of an ONS file as pages: what each asks, and when its rules lead there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from consult.exchange.assembly import Asked, Part, Words
from consult.exchange.conditions import Broken, Unsupported, joined
from consult.exchange.jumps import Jumps, simpler, too_long, turned
from consult.exchange.losses import CHANGED, LOST, NOTE, Refused
from consult.exchange.ons.answers import listed, made_of
from consult.exchange.ons.reading import Reading
from consult.exchange.ons.when import meaning
from consult.exchange.structure import Thing, shown, text_of

QUESTIONS = ("Question", "ConfirmationQuestion", "ListCollectorDrivingQuestion", "UnrelatedQuestion", "")
WORDS = ("Interstitial", "Introduction")
#: Blocks that show what was answered; check your answers does that here.
SUMMARIES = (
    "Summary", "Confirmation", "SectionSummary", "QuestionnaireSummary", "CalculatedSummary", "GrandCalculatedSummary",
)  # fmt: skip
ENDS = ("End", "end")
Made = dict[str, Any] | bool


@dataclass
class Block:
    """A block, the section it stands in, and where that section ends."""

    thing: Thing
    group: str
    section: int
    end: int
    show: Made = True
    #: one of its conditions was not kept, so it is shown to more people
    open_to_all: bool = False
    #: the condition of its section
    within: dict[str, Any] | None = None


class Way:
    """Goes through the blocks in order, with the jumps that lead past some of them."""

    def __init__(self, reading: Reading, blocks: list[Block]) -> None:
        self.reading = reading
        self.blocks = blocks
        self.at = {block.thing.text("id"): number for number, block in enumerate(blocks)}
        self.groups: dict[str, int] = {}
        for number, block in enumerate(blocks):
            self.groups.setdefault(block.group, number)
        self.jumps = Jumps()
        self.section: Words = {}
        #: the questions of the block that is read
        self.here: list[Asked] = []

    def go_to(self, number: int, section: Words) -> None:
        """One block, and where it leads; `section` is the title of the section it stands in."""
        reading, block = self.reading, self.blocks[number]
        thing, self.section, self.here = block.thing, section, []
        kind = thing.text("type")
        reached = self._simpler(self.jumps.reached(number))
        if reached is False:
            said = thing.text("page_title") or thing.text("id")
            thing.lose(LOST, "routing_rules", "No way leads here, so it is left out.", said=said)
            thing.seen(*thing.data)
            return
        if isinstance(reached, dict) and too_long(reached):
            thing.lose(CHANGED, "routing_rules", "The ways that lead here are too many; it is shown to everyone.")
            reached, block.open_to_all = True, True
        skipped, lost = self.condition(thing, "skip_conditions", "It is")
        if skipped is True:
            thing.lose(LOST, "skip_conditions", "It is always skipped, so it is left out.")
            return
        show = joined("all", [reached, turned(skipped) if skipped is not None else True])
        block.show, block.open_to_all = show, block.open_to_all or lost
        whole = self._simpler(joined("all", [block.within or True, show]))
        condition = whole if isinstance(whole, dict) else None
        if kind in QUESTIONS:
            self._asks(thing, condition, block.open_to_all)
        elif kind in WORDS:
            _words(reading, thing, Part(section, show=condition))
        elif kind in SUMMARIES:
            done = "People see all their answers before they send them; summaries in between are not kept."
            thing.lose(NOTE, "type", done, said=thing.text("title") or thing.text("id"), together="summaries")
            thing.seen(*thing.data)
        else:
            _leave_out(reading, thing, kind)
        self._leads(number, block, condition)
        thing.seen("page_title", "id", "type")
        reading.finish(thing)

    def condition(self, thing: Thing, name: str, what: str) -> tuple[Made | None, bool]:
        """A condition of the file, None where there is none; and whether what it says was not kept."""
        value = thing.raw(name)
        if value in (None, "", [], {}):
            return None, False
        try:
            if name == "skip_conditions" and isinstance(value, list):
                return joined("any", [meaning(self.reading, one) for one in value]), False
            return meaning(self.reading, value), False
        except Unsupported as reason:
            thing.lose(CHANGED, name, f"{what} shown to everyone: its condition needs {reason}.")
            return None, True
        except Broken as reason:
            raise Refused(
                f"“{self.reading.assembly.filename}”, {thing.place}, {name}: the condition cannot be read: {reason}."
            ) from None

    def _leads(self, number: int, block: Block, condition: dict[str, Any] | None) -> None:
        """Where its rules lead, each with the opposite of those before it; one that is not kept ends them."""
        before: list[Made] = []
        for rule in block.thing.things("routing_rules"):
            inner = rule.thing("goto") if "goto" in rule else rule
            if inner is None:
                continue
            inner.place = block.thing.place
            target = self._target(inner, block, number)
            made, lost = self.condition(inner, "when", "What it leads past is")
            if lost:
                return
            if target is None:
                done = "This leads back, or nowhere; people go on to what follows."
                inner.lose(LOST, "routing_rules", done, said=shown(inner.data))
            else:
                self._jump(inner, number, target, made, before, condition)
            if made is None:
                return
            before.append(made)

    def _jump(
        self,
        rule: Thing,
        number: int,
        target: int,
        made: Made | None,
        before: list[Made],
        condition: dict[str, Any] | None,
    ) -> None:
        """Remember one jump, which only those take who were here."""
        if target == number + 1:
            return
        left = self._left(before) if made is None else None
        taken = left or joined("all", [True if made is None else made, *(turned(one) for one in before)])
        if not _answers(taken, {asked.key for asked in self.here}):
            needed = next((asked for asked in self.here if not asked.optional), None)
            reached: Made = True if condition is None else condition
            if needed is not None:
                reached = needed.test("answered")
            elif self.here and (condition is None or too_long(condition)):
                done = "Those who leave this out are asked what it leads past, too."
                rule.lose(CHANGED, "routing_rules", done, said=shown(rule.data))
                reached = self.here[0].test("answered")
            taken = joined("all", [reached, taken])
        self.jumps.add(self._simpler(taken), number, target)

    def _simpler(self, made: Made) -> Made:
        asked = self.reading.assembly.asked.values()
        return simpler(made, {one.key: one.options.values() for one in asked if one.kind == "single_choice"})

    def _left(self, before: list[Made]) -> Made | None:
        """The answers that no rule before took, where all of them ask for answers to the one question here."""
        asked = self.here[0] if len(self.here) == 1 else None
        if asked is None or asked.optional or asked.kind != "single_choice" or not before:
            return None
        gone: set[str] = set()
        for made in before:
            if not isinstance(made, dict) or made.get("when") != asked.key or made.get("is") != "any_of":
                return None
            gone |= set(made["of"])
        left = [key for key in asked.options.values() if key not in gone]
        return asked.test("any_of", left) if left else False

    def _target(self, rule: Thing, block: Block, number: int) -> int | None:
        name = next((name for name in ("block", "group", "section", "list_item") if name in rule), "")
        said = rule.text(name) if name else ""
        if name == "section":
            return block.end if said in ENDS or not said else None
        target = {"block": self.at, "group": self.groups}.get(name, {}).get(said)
        return target if target is not None and number < target <= block.end else None

    def _asks(self, thing: Thing, condition: dict[str, Any] | None, open_to_all: bool) -> None:
        question = thing.thing("question")
        if "question_variants" in thing:
            question = self._variant(thing, question)
        if question is None:
            thing.lose(LOST, "question", "This block has no question, so it is left out.", said=thing.text("id"))
            return
        question.place = thing.place
        answers = question.things("answers")
        if question.text("type") == "MutuallyExclusive":
            answers = self._exclusive(question, answers)
        self._page(thing, question, answers, condition, open_to_all)

    def _variant(self, thing: Thing, question: Thing | None) -> Thing | None:
        """The first of several ways of asking; the others are told."""
        variants = thing.things("question_variants")
        found = [inner for variant in variants if (inner := variant.thing("question")) is not None]
        for other in found[1:]:
            said = " ".join(self.reading.marked(other.raw("title"), thing, "question_variants").split())
            done = "It is asked in one way, the first of several that depend on earlier answers; not like this."
            thing.lose(CHANGED, "question_variants", done, said=said)
        return question or (found[0] if found else None)

    def _exclusive(self, question: Thing, answers: list[Thing]) -> list[Thing]:
        """Boxes to tick and the one that goes with none of them are one question."""
        first, *others = answers or [Thing({}, question.place, question.losses)]
        required = question.flag("mandatory")
        if first.data.get("type") != "Checkbox":
            if required:
                done = "Either answer will do in the file; here both may be left out."
                question.lose(CHANGED, "mandatory", done, said="true")
            return answers
        merged = dict(first.data)
        options = merged.get("options")
        merged["options"] = list(options) if isinstance(options, list) else []
        for other in others:
            more = other.data.get("options")
            if other.data.get("type") not in ("Checkbox", "Radio") or not isinstance(more, list):
                other.lose(LOST, "type", "This answer that excludes the others is left out.", said=shown(other.data))
                continue
            merged["options"] += [{**one, "exclusive": True} for one in more if isinstance(one, dict)]
            merged["also"] = [*merged.get("also", []), text_of(other.data.get("id"))]
        merged["mandatory"] = required or merged.get("mandatory")
        return [Thing(merged, question.place, question.losses)]

    def _page(
        self, thing: Thing, question: Thing, answers: list[Thing], condition: dict[str, Any] | None, open_to_all: bool
    ) -> None:
        reading = self.reading
        title = reading.line(question, "title")
        hint = reading.blocks(question, "description", "instruction", "guidance", "definitions")
        made = [(answer, one) for answer in answers if (one := self._answer(answer)) is not None]
        question.seen("id", "type", "mandatory")
        reading.finish(question)
        if not made:
            for said in (*title.values(), *hint.values()):
                thing.lose(LOST, "answers", "Nothing here can be asked, so its words are left out too.", said=said)
            return
        part = Part(self.section, show=condition)
        if len(made) > 1:
            plain = {language: text.replace("**", "") for language, text in title.items()}
            part = Part(plain, hint, condition)
        reading.assembly.turn(part)
        for answer, (found, keys) in made:
            label, under = reading.line(answer, "label"), reading.blocks(answer, "description", "guidance")
            if len(made) == 1:
                text, under = title or label, _under(title, label, hint, under)
            else:
                text = label or title
            found |= {"text": text or {reading.language: thing.text("id")}, "hint": under}
            found["key"] = reading.key(answer.text("id"), thing.text("id") if len(made) == 1 else answer.text("id"))
            found["required"] = self._needed(answer, open_to_all)
            names = self._names(answer, found, keys)
            answer.seen("q_code", "parent_id", "also", "width", "visible", "calculated", "voluntary", "placeholder")
            self._messages(answer, found)
            if thing.text("page_title") and thing.text("page_title") not in (title | label).values():
                found["note"] = {reading.language: thing.text("page_title")}
            reading.finish(answer)
            reading.assembly.add(found, names)
            self.here.append(next(iter(names.values())))

    def _answer(self, answer: Thing) -> tuple[dict[str, Any], dict[str, str]] | None:
        answer.place = f"answer “{answer.text('id')}”" if not answer.place.startswith("block") else answer.place
        found = made_of(self.reading, answer)
        if found is None:
            self.reading.assembly.dropped[answer.text("id")] = "not asked here"
            return None
        for option in found[0].get("options", ()):
            if found[0]["kind"] != "multiple_choice":
                option.pop("exclusive", None)
            elif option.get("unknown"):
                option["exclusive"] = True
        return found

    def _needed(self, answer: Thing, open_to_all: bool) -> bool:
        required = answer.flag("mandatory")
        if required and open_to_all:
            done = "Everybody is asked this now, so an answer is no longer required."
            answer.lose(CHANGED, "mandatory", done, said="true", together="open to all")
            return False
        return required

    def _names(self, answer: Thing, found: dict[str, Any], keys: dict[str, str]) -> dict[str, Asked]:
        asked = Asked(found["key"], found["kind"], keys, optional=not found["required"])
        also = [text_of(one) for one in answer.data.get("also", ())]
        return dict.fromkeys([answer.text("id"), *also], asked)

    def _messages(self, answer: Thing, found: dict[str, Any]) -> None:
        validation = answer.thing("validation")
        messages = validation.thing("messages") if validation is not None else None
        if messages is None:
            return
        for name in messages.data:
            said = " ".join(self.reading.marked(messages.raw(name), answer, "validation").split())
            if name.startswith("MANDATORY") and said:
                found["required_message"] = {self.reading.language: said}
            elif said:
                answer.lose(
                    NOTE, "validation", "The site has its own words for an answer that does not fit.", said=said
                )


def _answers(made: Made, keys: set[str]) -> bool:
    """Whether a condition can only hold for somebody who answered one of these questions."""
    if not isinstance(made, dict):
        return False
    if "all" in made:
        return any(_answers(part, keys) for part in made["all"])
    if "any" in made:
        return all(_answers(part, keys) for part in made["any"])
    return made.get("when") in keys and made.get("is") != "none_of" and not made.get("count")


def _under(title: Words, label: Words, *more: Words) -> Words:
    """What stands under a question with one answer: its paragraphs, and the box's own words where they say more."""
    parts = [next(iter(words.values())) for words in more if words]
    for language, text in label.items():
        if title and text.lower().strip(" .:?") not in title.get(language, "").lower():
            parts.append(text)
        return {language: "\n\n".join(parts)} if parts else {}
    language = next((language for words in (title, *more) for language in words), "en")
    return {language: "\n\n".join(parts)} if parts else {}


def _words(reading: Reading, thing: Thing, page: Part) -> None:
    """A page to read."""
    content = thing.thing("content")
    parts: list[Words] = []
    if content is not None:
        content.place = thing.place
        title = reading.line(content, "title")
        parts = [title, reading.blocks(content, "instruction", "contents", "description", "guidance")]
        reading.finish(content)
    parts.append(reading.blocks(thing, "primary_content", "description", "introduction"))
    texts = [next(iter(words.values())) for words in parts if words]
    if not texts:
        thing.lose(LOST, "content", "There are no words to read, so it is left out.", said=thing.text("id"))
        return
    said, rest = texts[0], "\n\n".join(texts[1:])
    reading.assembly.turn(page)
    made = {"key": reading.key("", thing.text("id")), "kind": "statement", "text": {reading.language: said}}
    note = thing.text("page_title")
    made["note"] = {reading.language: note} if note and note != said else {}
    reading.assembly.add({**made, "hint": {reading.language: rest} if rest else {}})


def _leave_out(reading: Reading, thing: Thing, kind: str) -> None:
    done = f"Blocks of the kind “{kind}” cannot be asked, so this is left out."
    if kind.startswith(("ListCollector", "PrimaryPerson", "Relationship")):
        done = "People or things that are listed one by one cannot be asked about, so this is left out."
    told = 0
    for question in _questions(thing.data):
        inner = Thing(question, thing.place, thing.losses)
        said = " ".join(reading.marked(inner.raw("title"), thing, "question").split())
        thing.lose(LOST, "type", done, said=said)
        told += 1
        for answer in inner.things("answers"):
            reading.assembly.dropped[answer.text("id")] = "not asked here"
            for option in listed(reading, answer)[0]:
                thing.lose(
                    LOST, "type", done, said=next(iter(option["label"].values())), together=f"{thing.place} options"
                )
    if not told:
        thing.lose(LOST, "type", done, said=thing.text("page_title") or thing.text("id"))
    thing.seen(*thing.data)


def _questions(data: Any, depth: int = 0) -> list[dict[str, Any]]:
    """Every question inside a block of blocks."""
    if depth > 12 or not isinstance(data, dict | list):
        return []
    found: list[dict[str, Any]] = []
    for name, value in data.items() if isinstance(data, dict) else enumerate(data):
        if name == "question" and isinstance(value, dict):
            found.append(value)
        else:
            found += _questions(value, depth + 1)
    return found
