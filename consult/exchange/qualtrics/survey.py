"""Walks a Qualtrics survey from block to block and lays its questions out on pages."""

from __future__ import annotations

from typing import Any

from consult.exchange.assembly import Asked, Part, Words
from consult.exchange.conditions import Unsupported, joined
from consult.exchange.jumps import Jumps, Made, simpler, too_long, turned
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.qualtrics import flow as flows
from consult.exchange.qualtrics.grids import grids
from consult.exchange.qualtrics.logic import located, meaning
from consult.exchange.qualtrics.options import told
from consult.exchange.qualtrics.questions import (
    KINDS,
    NOT_ASKED,
    TYPES_NOT_ASKED,
    leave_out,
    required,
    settings_of,
    words_of,
)
from consult.exchange.qualtrics.reading import INTERNAL, Reading, step_into
from consult.exchange.structure import Thing, shown, text_of

BLOCK_INTERNAL = ("Type", "SubType", "Description", "ID", "BlockElements")


class Survey:
    """Every question that the flow comes to, in order."""

    def __init__(
        self, reading: Reading, questions: dict[str, Thing], blocks: dict[str, Thing], stops: list[flows.Stop]
    ) -> None:
        self.reading = reading
        self.questions = questions
        self.blocks = blocks
        self.stops = stops
        self.met: set[str] = set()
        self.blocks_met: set[str] = set()
        self.jumps = Jumps()
        #: where each question stands in the flow, and where each block ends
        self.at: dict[str, int] = {}
        self.ends: dict[str, int] = {}
        #: conditions of ends of the survey, after which nothing is come to
        self.ended: list[Made] = []
        self._place()

    def _place(self) -> None:
        number = 0
        for stop in self.stops:
            if stop.block is None:
                continue
            for element in self._elements(self.blocks[stop.block]):
                if text_of(element.get("Type")) == "Question":
                    name = text_of(element.get("QuestionID"))
                    self.at.setdefault(name, number)
                    self.reading.assembly.names.add(name)
                    number += 1
            self.ends[stop.block] = number
        self.end = number

    def _elements(self, block: Thing) -> list[dict[str, Any]]:
        return [one for one in block.values("BlockElements") if isinstance(one, dict)]

    def ask(self) -> None:
        """Every block."""
        for stop in self.stops:
            made, lost = flows.condition(self.reading, stop.logic, meaning)
            if stop.block is None:
                self._ends(stop, made, lost)
                continue
            self._block(stop.block, self.blocks[stop.block], made, lost)

    def _ends(self, stop: flows.Stop, made: Made, lost: bool) -> None:
        if lost:
            return
        if made is True:
            done = "The survey ends here for everyone; what follows is asked all the same."
            self.reading.losses.add(CHANGED, sheet="flow", column="EndSurvey", done=done)
            return
        self.ended.append(made)

    def _block(self, name: str, block: Thing, within: Made, lost: bool) -> None:
        self.blocks_met.add(name)
        self._rules(block)
        self.reading.assembly.turn(Part())
        for element in self._elements(block):
            kind = text_of(element.get("Type"))
            if kind == "Page Break":
                self.reading.assembly.turn(Part())
            elif kind == "Question":
                self._question(name, text_of(element.get("QuestionID")), element, within, lost)
            else:
                done = "This is not known here and not kept."
                block.lose(NOTE, "BlockElements", done, said=shown(element))
        block.seen(*BLOCK_INTERNAL)
        self.reading.finish(block)

    def _rules(self, block: Thing) -> None:
        options = block.raw("Options")
        if not isinstance(options, dict):
            return
        if text_of(options.get("Looping")) not in ("", "None") or options.get("LoopingOptions"):
            done = "A block that is asked again and again is asked once."
            block.lose(CHANGED, "Looping", done, said=shown(options.get("LoopingOptions") or options.get("Looping")))
        if text_of(options.get("RandomizeQuestions")) not in ("", "false", "None"):
            done = "The questions of a block stand in the file's order for everyone."
            block.lose(CHANGED, "RandomizeQuestions", done, said=shown(options["RandomizeQuestions"]))
        known = {"Looping", "LoopingOptions", "RandomizeQuestions", "BlockLocking", "BlockVisibility", "Randomization"}
        for name, value in options.items():
            if name not in known and value not in (None, "", "false", False, [], {}):
                block.lose(NOTE, "Options", "This is not known here and not kept.", said=f"{name}: {shown(value)}")

    def _question(self, block: str, name: str, element: dict[str, Any], within: Made, lost: bool) -> None:
        thing = self.questions.get(name)
        if thing is None:
            self.blocks[block].lose(LOST, "BlockElements", "This question is not in the file.", said=name)
            return
        if name in self.met:
            thing.lose(CHANGED, "QuestionID", "It stands in several blocks; it is asked once.", said=name)
            return
        self.met.add(name)
        shown_when, missing = self._shown(thing)
        reached = joined("all", [within, self.jumps.reached(self.at[name]), *map(turned, self.ended), shown_when])
        reached = self._simpler(reached)
        if reached is False:
            for said in words_of(self.reading, thing):
                thing.lose(
                    LOST, "DisplayLogic", "Nobody comes to this by the survey's logic, so it is left out.", said=said
                )
            self.reading.assembly.dropped[name] = "never asked"
            return
        if isinstance(reached, dict) and too_long(reached):
            thing.lose(CHANGED, "SkipLogic", "The ways that lead here are too many; it is shown to everyone.")
            reached, missing = True, True
        if reached is True:
            self.reading.seen_by_all.add(name)
        condition = reached if isinstance(reached, dict) else None
        self._asked(name, thing, condition, open_to_all=lost or missing)
        self._skips(block, name, thing, element, condition)

    def _simpler(self, made: Made) -> Made:
        asked = self.reading.assembly.asked.values()
        single = {one.key: one.options.values() for one in asked if one.kind == "single_choice" and one.row is None}
        return simpler(made, single)

    def _shown(self, thing: Thing) -> tuple[Made, bool]:
        """What its display logic says, and whether that was not kept."""
        kept: list[Made] = []
        for name in ("DisplayLogic", "InPageDisplayLogic"):
            logic = thing.raw(name)
            if not logic:
                continue
            try:
                kept.append(meaning(self.reading, logic))
            except Unsupported as reason:
                thing.lose(CHANGED, name, f"It is shown to everyone: its condition needs {reason}.", said=told(logic))
                return True, True
        return joined("all", kept), False

    def _asked(self, name: str, thing: Thing, condition: dict[str, Any] | None, *, open_to_all: bool) -> None:
        reading = self.reading
        kind, selector = thing.text("QuestionType"), thing.text("Selector")
        why = NOT_ASKED.get((kind, selector)) or TYPES_NOT_ASKED.get(kind)
        if kind == "DB" and selector not in ("GRB",):
            self._statement(name, thing, condition)
        elif kind == "DB":
            leave_out(reading, thing, "The picture lies elsewhere and is not fetched; it is left out.")
        elif kind in ("Matrix", "SBS"):
            self._grids(name, thing, condition, open_to_all=open_to_all)
        elif why or kind not in KINDS:
            reading.assembly.dropped[name] = "not asked here"
            leave_out(reading, thing, why or f"Questions of the type “{kind}” are not known here; it is left out.")
        else:
            self._one(name, thing, kind, condition, open_to_all=open_to_all)
        self._checked(thing)
        reading.finish(thing, *INTERNAL, "Randomization")

    def _words(self, thing: Thing) -> tuple[Words, Words]:
        text, hint = self.reading.question_words(thing)
        return text or {self.reading.language: thing.text("DataExportTag") or thing.text("QuestionID")}, hint

    def _needed(self, thing: Thing, *, open_to_all: bool) -> bool:
        needed = required(thing)
        if needed and open_to_all:
            done = "Everybody is asked this now, so an answer is no longer required."
            thing.lose(CHANGED, "Validation", done, said="ForceResponse: ON")
            return False
        return needed

    def _one(self, name: str, thing: Thing, kind: str, condition: dict[str, Any] | None, *, open_to_all: bool) -> None:
        reading = self.reading
        text, hint = self._words(thing)
        made, numbers = KINDS[kind](reading, thing)
        if not made.get("options", True) or not made.get("rows", True):
            reading.assembly.dropped[name] = "left out"
            leave_out(reading, thing, "There is nothing to choose from, so the question is left out.")
            return
        key = reading.assembly.keys.key(thing.text("DataExportTag") or name)
        alone = made.pop("alone", {})
        made |= {"key": key, "text": text, "hint": _under(hint, alone, text), "show": condition}
        made |= {"required": self._needed(thing, open_to_all=open_to_all), "note": self._note(name)}
        names = {name: Asked(key, made["kind"], {} if "rows" in made else numbers, optional=not made["required"])}
        if "rows" in made or alone:
            row_kind = {"matrix_numbers": "number", "matrix_text": "short_text"}.get(made["kind"], str(made["kind"]))
            for number, row in numbers.items():
                names[f"{name}/{number}"] = Asked(key, row_kind, row=row if "rows" in made else None)
        if alone:
            names[name] = Asked(key, made["kind"], optional=not made["required"])
        reading.assembly.add(made, names)

    def _grids(self, name: str, thing: Thing, condition: dict[str, Any] | None, *, open_to_all: bool) -> None:
        reading = self.reading
        text, hint = self._words(thing)
        found = grids(reading, thing)
        thing.seen("Choices", "Answers", "AdditionalQuestions")
        if not found:
            reading.assembly.dropped[name] = "left out"
            return
        for grid, more, label, names in found:
            key = reading.assembly.keys.key(f"{thing.text('DataExportTag') or name}{more}")
            words = _with(text, label) if label else text
            whole = {**grid, "key": key, "text": words, "hint": hint, "show": condition, "note": self._note(name)}
            if open_to_all:
                whole["rows"] = [{part: one for part, one in row.items() if part != "required"} for row in grid["rows"]]
            known = {
                said: Asked(key, asked.kind, asked.options, row=asked.row)
                for said, asked in names.items()
                if said not in reading.assembly.asked
            }
            if name not in reading.assembly.asked:
                known[name] = Asked(key, grid["kind"])
            reading.assembly.add(whole, known)
            hint = {}

    def _statement(self, name: str, thing: Thing, condition: dict[str, Any] | None) -> None:
        text = self.reading.block(thing, "QuestionText")
        self.reading.assembly.dropped[name] = "only there to be read"
        if not text:
            thing.lose(LOST, "QuestionText", "There are no words to read, so it is left out.", said=name)
            return
        key = self.reading.assembly.keys.key(thing.text("DataExportTag") or name)
        made = {"key": key, "kind": "statement", "text": text, "show": condition, "note": self._note(name)}
        self.reading.assembly.add(made)

    def _note(self, name: str) -> Words:
        notes = self.reading.notes.get(name)
        return {self.reading.language: "\n\n".join(notes)} if notes else {}

    def _checked(self, thing: Thing) -> None:
        """Report rules for good answers that are not kept."""
        said = settings_of(thing)
        custom = said.get("CustomValidation")
        if text_of(said.get("Type")) == "CustomValidation" and isinstance(custom, dict):
            done = "Answers are not checked by this rule."
            thing.lose(CHANGED, "Validation", done, said=told(custom.get("Logic")))
            message = step_into(custom.get("Message"), "description")
            if text_of(message):
                thing.lose(NOTE, "Validation", "The message of a rule that is not kept.", said=text_of(message))

    def _skips(
        self, block: str, name: str, thing: Thing, element: dict[str, Any], condition: dict[str, Any] | None
    ) -> None:
        """What its answers let people past; each rule counts where those before it did not."""
        rules = element.get("SkipLogic")
        before: list[Made] = []
        for rule in rules if isinstance(rules, list) else []:
            if not isinstance(rule, dict):
                continue
            said = told({"LogicType": "", "Description": rule.get("Description")})
            target = self._target(block, name, text_of(rule.get("SkipToDestination")))
            locator, operator = (
                text_of(rule.get("Locator") or rule.get("ChoiceLocator")),
                text_of(rule.get("Condition")),
            )
            try:
                made = located(self.reading, locator, operator, rule.get("RightOperand"))
            except Unsupported as reason:
                thing.lose(
                    CHANGED, "SkipLogic", f"Nobody is led past anything here: the rule needs {reason}.", said=said
                )
                return
            if target is None:
                thing.lose(LOST, "SkipLogic", "This leads back, or nowhere; people go on to what follows.", said=said)
                continue
            taken = joined("all", [made, *map(turned, before)])
            if not _only_answered(made) and condition is not None:
                taken = joined("all", [condition, taken])
            taken = self._simpler(taken)
            if taken is False:
                done = "A rule before this one takes everybody whom it would lead on."
                thing.lose(NOTE, "SkipLogic", done, said=said)
            self.jumps.add(taken, self.at[name], target)
            before.append(made)

    def _target(self, block: str, name: str, destination: str) -> int | None:
        here = self.at[name]
        if destination == "ENDOFBLOCK":
            return self.ends[block]
        if destination in ("ENDOFSURVEY", "ENDOFSURVEYREDIRECT") or destination.startswith("ES_"):
            return self.end
        target = self.at.get(destination)
        return target if target is not None and target > here else None


def _only_answered(made: Made) -> bool:
    """Whether it can only hold for somebody who answered."""
    return isinstance(made, dict) and made.get("is") in (
        "any_of",
        "all_of",
        "answered",
        "above",
        "at_least",
        "below",
        "at_most",
    )


def _with(text: Words, label: Words) -> Words:
    """A question's words with those of one column."""
    found: Words = {}
    for language in {**text, **label}:
        above, below = (
            text.get(language) or next(iter(text.values())),
            label.get(language) or next(iter(label.values())),
        )
        found[language] = f"{above.rstrip(' :')}: {below}" if above != below else above
    return found


def _under(hint: Words, alone: Words, text: Words) -> Words:
    """The words of the only bar of a slider stand under the question, unless it says them already."""
    found = dict(hint)
    for language, said in alone.items():
        if said.lower() not in text.get(language, "").lower():
            found[language] = "\n\n".join(part for part in (hint.get(language), said) if part)
    return found
