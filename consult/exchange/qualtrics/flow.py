"""The flow of a Qualtrics survey: its blocks in the order that people come to them, and what lets them past some."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from consult.exchange.conditions import Unsupported, joined
from consult.exchange.jumps import Made
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.qualtrics.options import told
from consult.exchange.qualtrics.reading import Reading
from consult.exchange.structure import Thing, shown, text_of

DEEPEST = 20
#: Parts of a flow that ask nothing, with what becomes of them.
NOT_KEPT = {
    "EmbeddedData": (LOST, "What a survey notes down by itself is not kept."),
    "WebService": (LOST, "Nothing is asked of other services while people answer."),
    "Authenticator": (LOST, "Nobody signs in to answer, and nobody is recognised."),
    "QuotaCheck": (LOST, "Nobody is turned away because enough have answered."),
    "ReferenceSurvey": (LOST, "A survey within a survey is not kept."),
    "SupplementalData": (LOST, "Data from elsewhere are not kept."),
    "TableOfContents": (CHANGED, "People go from page to page; there is no list of parts to choose from."),
    "Conjoint": (LOST, "Choices between made-up offers cannot be asked."),
}


@dataclass
class Stop:
    """A block in the flow, with the logic around it; or an end of the survey for some (`block` is then None)."""

    block: str | None
    logic: tuple[Any, ...] = ()


@dataclass
class Flow:
    """Reads the flow into stops."""

    reading: Reading
    blocks: dict[str, Thing]
    stops: list[Stop] = field(default_factory=list)
    _met: set[str] = field(default_factory=set)

    def read(self, flow: Thing) -> None:
        """Every stop of a flow, in order."""
        self._walk(flow, (), 0)

    def _walk(self, flow: Thing, logic: tuple[Any, ...], depth: int) -> None:
        if depth > DEEPEST:
            flow.lose(LOST, "Flow", "A flow this deep is left out.")
            return
        for part in flow.things("Flow"):
            kind = part.text("Type")
            part.place = f"flow {part.text('FlowID')}".strip()
            if kind in ("Block", "Standard", "Default"):
                self._block(part, logic)
            elif kind == "Branch":
                self._branch(part, logic, depth)
            elif kind in ("BlockRandomizer", "Randomizer", "Group"):
                self._several(part, kind, logic, depth)
            elif kind == "EndSurvey":
                self.stops.append(Stop(None, logic))
                options = part.raw("Options")
                if options:
                    done = "The page after sending is the site's own."
                    part.lose(NOTE, "Options", done, said=shown(options))
            else:
                self._left_out(part, kind, logic, depth)
            part.seen("Type", "ID", "FlowID", "Autofill", "EndingType", "Flow", "Properties", "Description")
            self.reading.finish(part)

    def _block(self, part: Thing, logic: tuple[Any, ...]) -> None:
        block = part.text("ID")
        if block not in self.blocks:
            part.lose(LOST, "ID", "This block is not in the file.", said=block)
        elif block in self._met:
            part.lose(
                CHANGED, "ID", "This block is asked more than once in the flow; here it is asked once.", said=block
            )
        else:
            self._met.add(block)
            self.stops.append(Stop(block, logic))

    def _branch(self, part: Thing, logic: tuple[Any, ...], depth: int) -> None:
        branch = part.raw("BranchLogic")
        if "Flow" not in part:
            part.lose(NOTE, "BranchLogic", "Nothing stands in this branch.", said=told(branch))
            return
        self._walk(part, (*logic, (part, branch)), depth + 1)

    def _several(self, part: Thing, kind: str, logic: tuple[Any, ...], depth: int) -> None:
        inside = part.data.get("Flow")
        count = len(inside) if isinstance(inside, list) else 0
        subset = part.raw("SubSet")
        part.seen("EvenPresentation")
        if kind != "Group":
            done = "The parts of this stand in the file's order for everyone."
            if text_of(subset) and text_of(subset) != str(count):
                done = "Everyone comes to all the parts of this, in the file's order, not to some of them by chance."
            part.lose(CHANGED, "Type", done, said=f"{kind}: {text_of(subset)} of {count}")
        self._walk(part, logic, depth + 1)

    def _left_out(self, part: Thing, kind: str, logic: tuple[Any, ...], depth: int) -> None:
        severity, done = NOT_KEPT.get(kind, (LOST, f"“{kind}” in a flow is not known here and not kept."))
        told_one = False
        for one in part.data.get("EmbeddedData", ()) if isinstance(part.data.get("EmbeddedData"), list) else ():
            if isinstance(one, dict):
                value = text_of(one.get("Value"))
                said = f"{text_of(one.get('Field'))}{f' = {value}' if value else ''}"
                part.lose(severity, "EmbeddedData", done, said=said)
                told_one = True
        if not told_one:
            rest = {name: value for name, value in part.data.items() if name not in ("Type", "FlowID", "Flow")}
            part.lose(severity, "Type", done, said=text_of(rest.get("URL")) or (shown(rest) if rest else kind))
        part.seen(*part.data)
        if isinstance(part.data.get("Flow"), list):
            self._walk(Thing({"Flow": part.data["Flow"]}, part.place, part.losses), logic, depth + 1)


def condition(reading: Reading, logic: tuple[Any, ...], meaning: Any) -> tuple[Made, bool]:
    """When a stop is come to; and whether a part of that was not kept."""
    kept: list[Made] = []
    lost = False
    for part, branch in logic:
        try:
            kept.append(meaning(reading, branch))
        except Unsupported as reason:
            lost = True
            done = f"What stands in this branch is shown to everyone: its condition needs {reason}."
            part.lose(CHANGED, "BranchLogic", done, said=told(branch), together=f"{part.place} branch")
    return joined("all", kept), lost
