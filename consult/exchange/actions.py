"""What staff do with a questionnaire that comes from a file: bring it in, and accept what was lost."""

from __future__ import annotations

import copy
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from consult.accounts.actions.log import record
from consult.consultations import actions
from consult.consultations.actions import pictures
from consult.consultations.models import Consultation
from consult.domain.errors import NotNow
from consult.exchange.losses import CHANGED, Imported, Loss
from consult.exchange.models import Import
from consult.extensions import db

if TYPE_CHECKING:
    from consult.accounts.models import Account

LONGEST_FILE = 200


def bring_in(
    consultation: Consultation, *, imported: Imported, filename: str, folder: Path, by: Account | None, now: datetime
) -> Import:
    """Make it the draft's questionnaire and keep the loss report beside it; pictures go into the `folder` of files."""
    definition = copy.deepcopy(imported.definition)
    problems = pictures.taken_in(definition, imported.files, pictures.folder_of(folder))
    actions.save_definition(consultation, definition=definition, by=by, now=now)
    brought = Import(
        consultation=consultation,
        file=filename[:LONGEST_FILE],
        questions=imported.questions,
        languages=list(imported.languages),
        losses=[
            *(loss.as_json() for loss in imported.losses),
            *(Loss(CHANGED, "pictures", None, "", "", problem).as_json() for problem in problems),
        ],
        imported_at=now,
        imported_by=by.id if by else None,
    )
    db.session.add(brought)
    db.session.flush()
    record(by, "import_questionnaire", consultation, now=now, note=filename[:100])
    return brought


def accept(brought: Import, *, by: Account | None, now: datetime) -> None:
    """Agree that what could not be brought in does no harm; refused where there is nothing left to accept."""
    if not brought.waits:
        raise NotNow("Somebody has accepted this already, or nothing was lost.")
    brought.accepted_at, brought.accepted_by = now, by.id if by else None
    count = sum(loss["severity"] != "note" for loss in brought.losses)
    record(by, "accept_losses", brought.consultation, now=now, note=f"{count} from {brought.file}"[:100])
