"""What is next for somebody with batches of paper."""

from __future__ import annotations

from datetime import date, datetime

from flask import url_for

from consult.accounts.models import Account
from consult.accounts.permissions import may
from consult.accounts.work import Step
from consult.domain.lifecycle import day_of
from consult.keying import queries
from consult.keying.models import Batch


def next_steps(account: Account, _now: datetime) -> list[Step]:
    """The next form of every batch somebody keys; for editors what is to be decided, and what can be closed."""
    steps = []
    for batch in queries.batches_to_key(account):
        entry = queries.entry_of(batch, account) or 1
        form = queries.next_number(batch, entry)
        if form is not None and queries.summed(batch).lacking:
            title = f"Key batch {batch.number} of “{_title(batch)}”: form {form} of {batch.received}"
            steps.append(Step(_due(batch), title, url_for("keying.key_form", number=batch.id), "You", "keying"))
    for batch in queries.open_batches():
        mine = queries.entry_of(batch, account) is not None and may(account, "key_forms", batch)
        if not mine and not may(account, "enter_responses", batch):
            continue
        summed = queries.summed(batch)
        name = f"batch {batch.number} of “{_title(batch)}”"
        if summed.differing:
            title = f"Decide what {summed.differing} {'form says' if summed.differing == 1 else 'forms say'} in {name}"
            steps.append(
                Step(_due(batch), title, url_for("keying.differences_of_batch", number=batch.id), "You", "keying")
            )
        elif summed.adds_up and may(account, "enter_responses", batch):
            steps.append(Step(_due(batch), f"Close {name}", url_for("keying.batch", number=batch.id), "You", "keying"))
        elif not batch.keyers and may(account, "enter_responses", batch):
            title = f"Choose who keys {name}"
            steps.append(Step(_due(batch), title, url_for("keying.batch", number=batch.id), "You", "keying"))
    return steps


def _title(batch: Batch) -> str:
    return batch.consultation.wording("title").to("en").plain


def _due(batch: Batch) -> date | None:
    closes = batch.consultation.closes_at
    return day_of(closes) if closes else None
