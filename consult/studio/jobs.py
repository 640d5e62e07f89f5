"""What was answered on trial is deleted when its consultation opens."""

from __future__ import annotations

from flask import Flask

from consult import clock
from consult.jobs import add_sweep, saving
from consult.studio.actions.try_out import delete_trials


def register(app: Flask) -> None:
    """Let the worker run the sweep."""
    add_sweep("delete answers on trial", sweep_trials)


def sweep_trials() -> int:
    """Delete what is due; gives how many people's answers that were."""
    with saving():
        return delete_trials(clock.now())
