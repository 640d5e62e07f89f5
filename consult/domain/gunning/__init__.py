"""The check before publishing: whether a consultation is fair as the Gunning principles ask, and its questions sound.

The rules are data (`RULES`), each with a plain reason and where it comes from. What is found either stops the
consultation, or is answered in writing by its authors, or is only a hint. The four principles are those of R v Brent
London Borough Council, ex parte Gunning (1985), as R (Moseley) v Haringey [2014] UKSC 56 upheld them.
"""

from consult.domain.gunning.check import check
from consult.domain.gunning.plan import FORMATS, Plan
from consult.domain.gunning.rules import RULES, Finding, Level, Principle, Rule

__all__ = ["FORMATS", "RULES", "Finding", "Level", "Plan", "Principle", "Rule", "check"]
