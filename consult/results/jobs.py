"""The sweep that copies counted answers into columns once everything is counted."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from consult.answering.models import Box
from consult.consultations.models import Consultation
from consult.extensions import db
from consult.jobs import add_sweep
from consult.results import copying


def register(app: Flask) -> None:
    """Let the worker run the sweep."""
    add_sweep("columns of results", copy_what_is_due)


def copy_what_is_due() -> int:
    """Copy every consultation whose count is complete and not copied yet; gives how many were."""
    db.session.rollback()
    counted = select(Consultation).join(Box, Box.consultation_id == Consultation.id).where(Box.stage == "closed")
    copied = 0
    for consultation in db.session.scalars(counted).all():
        if copying.due(consultation):
            copying.copy(consultation)
            copied += 1
    db.session.rollback()
    return copied
