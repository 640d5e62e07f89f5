"""Whether every part of a questionnaire can be reached, and how long the ways through it are.

Approval looks at this before anybody answers. The questionnaire becomes a set of statements about which answers may
stand together, and a solver is asked of each condition whether it can ever be true and ever be false. What the solver
cannot know (the words of a text) it takes as possible, so that a finding is never a false alarm.
"""

from consult.domain.reach.check import Finding, Report, check
from consult.domain.reach.lengths import Length, Lengths

__all__ = ["Finding", "Length", "Lengths", "Report", "check"]
