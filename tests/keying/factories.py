"""A batch of paper, the people around it, and what they type."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from consult.accounts.models import Account
from consult.consultations.models import Consultation
from consult.extensions import db
from consult.keying import queries
from consult.keying.actions import batches
from consult.keying.models import Batch
from tests.accounts.factories import StaffClient, make_person
from tests.answering.factories import NOW, make_open

#: One form, by the names of the inputs.
FORM = {"how": "2", "days": "3", "grid--r1": "1", "grid--r2": "2", "why": "Too long", "what": "1 2"}


@dataclass
class Office:
    """A consultation, its editor, keyers and commissioner."""

    consultation: Consultation
    editor: Account
    keyer: Account
    second: Account
    commissioner: Account
    batch: Batch = field(init=False)

    def count(self, received: int = 20, *, twice: bool = False, **more: Any) -> Batch:
        """A batch that arrives, with its keyers."""
        revision = queries.revisions(self.consultation)[0]
        given: dict[str, Any] = {"channel": "paper", "language": "en", "received_on": NOW.date(), "note": "", **more}
        self.batch = batches.make_batch(
            self.consultation, revision=revision, received=received, twice=twice, by=self.editor, now=NOW, **given
        )
        second = [self.second.id] if twice else []
        batches.choose_keyers(self.batch, first=[self.keyer.id], second=second, by=self.editor, now=NOW)
        db.session.commit()
        return self.batch


def make_office(**more: Any) -> Office:
    """The people of one consultation."""
    consultation = make_open(**more)
    group = consultation.group
    people = [
        make_person(role, group, name=f"{role} {at}")
        for at, role in enumerate(("editor", "keyer", "keyer", "commissioner"))
    ]
    office = Office(consultation, *people)
    db.session.commit()
    return office


def values_of(page: Any) -> dict[str, str]:
    """What stands in the first form of a page that keys: to be sent again."""
    (form,) = [one for one in page.all("form") if re.search(r"/(key|differences/\d+)$", one.get("action"))]
    found = {}
    for one in form.all("input", "textarea", "select"):
        if one.tag == "textarea":
            found[one.get("name")] = one.text
        elif one.tag == "select":
            chosen = [option for option in one.all("option") if "selected" in option.attributes]
            found[one.get("name")] = (chosen or one.all("option"))[0].get("value")
        elif one.get("type") != "radio" or "checked" in one.attributes:
            found[one.get("name")] = one.get("value")
    return found


def type_form(browser: StaffClient, batch: Batch, **typed: str) -> Any:
    """Open the next form, type, and press Enter; gives the answer to the press."""
    address = f"/staff/batches/{batch.id}/key"
    shown = values_of(browser.page(address))
    return browser.post(address, {**shown, **{name.replace("__", "--"): text for name, text in typed.items()}})
