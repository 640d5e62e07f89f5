"""What staff do with results, by what they do: publish them, and say whom they are compared with."""

from consult.results.actions.populations import choose_population, keep_benchmarks, remove_benchmarks
from consult.results.actions.publishing import (
    LONGEST_PASSED_ON,
    OUTCOMES,
    OVER,
    PASSED_ON,
    decide_set_aside,
    decide_urgent,
    digest,
    leave_urgent,
    mark_told,
    new_round,
    publish,
    why_not_yet,
)

__all__ = [
    "LONGEST_PASSED_ON",
    "OUTCOMES",
    "OVER",
    "PASSED_ON",
    "choose_population",
    "decide_set_aside",
    "decide_urgent",
    "digest",
    "keep_benchmarks",
    "leave_urgent",
    "mark_told",
    "new_round",
    "publish",
    "remove_benchmarks",
    "why_not_yet",
]
