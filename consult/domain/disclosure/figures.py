"""What is published, frozen: the one thing every public page, file and feed draws its numbers from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consult.domain.findings import (
    HIDDEN,
    Bars,
    Cell,
    Excerpts,
    Finding,
    Grid,
    Hidden,
    Numbers,
    Ranks,
    Scale,
    Table,
    TooFew,
    Total,
)


@dataclass(frozen=True)
class Figures:
    """Released findings under a profile; `responses` is exact, and None (with no findings) when there are under ten."""

    responses: int | None
    profile: str
    findings: tuple[Finding, ...] = ()
    #: questions crossed with answers about equality: grids named `question&equality question`, a row for each group
    crossed: tuple[Finding, ...] = ()

    @cached_property
    def finding_by_question(self) -> dict[str, Finding]:
        """The findings by their question's key."""
        return {finding.question: finding for finding in self.findings}

    @cached_property
    def table_by_key(self) -> dict[str, Table]:
        """Every table that is shown."""
        return {table.key: table for finding in (*self.findings, *self.crossed) for table in finding.tables}

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, to be kept for good."""
        data: dict[str, Any] = {
            "responses": self.responses,
            "profile": self.profile,
            "findings": [to_json(finding) for finding in self.findings],
        }
        return data | ({"crossed": [to_json(grid) for grid in self.crossed]} if self.crossed else {})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Figures:
        """The inverse of `to_json`."""
        findings, crossed = (tuple(from_json(one) for one in data.get(name, ())) for name in ("findings", "crossed"))
        return cls(data["responses"], data["profile"], findings, crossed)


def to_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain JSON, for a release that never changes."""
    data: dict[str, Any] = {"shape": finding.shape, "question": finding.question}
    if isinstance(finding, TooFew):
        return data
    data["tables"] = [_table_json(table) for table in finding.tables]
    if isinstance(finding, Grid | Ranks) and finding.withheld:
        data["withheld"] = list(finding.withheld)
    if isinstance(finding, Scale) and finding.apart:
        data["apart"] = list(finding.apart)
    return data


def from_json(data: Mapping[str, Any]) -> Finding:
    """The inverse of `to_json`; raises ValueError or KeyError for anything else."""
    shape, question = data["shape"], data["question"]
    if shape == TooFew.shape:
        return TooFew(question)
    tables = tuple(_table(question, one) for one in data["tables"])
    build: dict[str, Callable[[], Finding]] = {
        "bars": lambda: Bars(tables[0]),
        "scale": lambda: Scale(tables[0], tuple(data.get("apart", ()))),
        "numbers": lambda: Numbers(tables[0]),
        "excerpts": lambda: Excerpts(tables[0]),
        "grid": lambda: Grid(question, tables, tuple(data.get("withheld", ()))),
        "ranks": lambda: Ranks(question, tables, tuple(data.get("withheld", ()))),
    }
    if shape not in build:
        raise ValueError(f"no such shape: {shape}")
    return build[shape]()


def _table_json(one: Table) -> dict[str, Any]:
    data: dict[str, Any] = {
        "part": one.part,
        "base": [one.base.count, one.base.about],
        "asked": one.asked,
        "cells": [_cell_json(cell) for cell in one.cells],
        "unticked": [_cell_json(cell) for cell in one.unticked],
        "exclusive": list(one.exclusive),
        "everyone": one.everyone,
        "complete": one.complete,
        "breakdown": one.breakdown,
    }
    return {name: value for name, value in data.items() if value not in ("", None, []) and value is not False}


def _cell_json(cell: Cell) -> list[Any]:
    return [cell.key, cell.count.value if isinstance(cell.count, Hidden) else cell.count, cell.nearest]


def _table(question: str, data: Mapping[str, Any]) -> Table:
    base, about = data["base"]
    return Table(
        question,
        tuple(_cell(cell) for cell in data["cells"]),
        Total(base, about),
        data.get("asked"),
        data.get("part", ""),
        tuple(_cell(cell) for cell in data.get("unticked", ())),
        tuple(data.get("exclusive", ())),
        data.get("everyone", False),
        data.get("complete", False),
        data.get("breakdown", False),
    )


def _cell(data: Sequence[Any]) -> Cell:
    key, count, nearest = data
    return Cell(key, HIDDEN if count == HIDDEN.value else int(count), nearest)
