"""Which questions can be crossed with answers about equality: closed ones with one list of options."""

from __future__ import annotations

from consult.domain.crossing import Axis
from consult.domain.findings import Bars, Scale
from consult.domain.questionnaire import Questionnaire
from consult.questions import kind


def axes(questionnaire: Questionnaire) -> tuple[Axis, ...]:
    """The closed questions, in their order, with what is counted of each; those about who somebody is are not."""
    found = []
    for question in questionnaire.questions:
        asked = kind(question.kind)
        finding = None if not asked.asks or question.personal else asked.finding(question, {}, everyone=True)
        if isinstance(finding, Bars | Scale) and finding.cells:
            table = finding.table
            several = isinstance(finding, Bars) and finding.several
            found.append(
                Axis(question.key, tuple(cell.key for cell in table.cells), several, table.exclusive if several else ())
            )
    return tuple(found)
