"""What somebody's words may be about."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of danger."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    CHILD_AT_RISK = "child_at_risk"
    DOMESTIC_ABUSE = "domestic_abuse"
    ABUSE = "abuse"
    NEGLECT = "neglect"
    THREAT = "threat"
    UNSAFE_CARE = "unsafe_care"
