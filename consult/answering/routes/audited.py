"""What the last check of the promise found: in a sentence for everybody, in full for whoever runs the site."""

from __future__ import annotations

from datetime import datetime

from flask import Response, url_for
from flask_babel import gettext as _

from consult.accounts.access import authorise, signed_in
from consult.accounts.models import Account
from consult.accounts.permissions import may
from consult.accounts.work import Step
from consult.answering.actions import audit
from consult.answering.routes.blueprint import blueprint
from consult.extensions import db
from consult.web.locale import say_date
from consult.web.page import page
from consult.web.sections import Section


@blueprint.get("/staff/anonymity")
@signed_in
def last_audit() -> Response:
    """A sentence for each breach."""
    authorise("see_audit")
    return page(audit=audit.last(db.session))


def checked(_subject: None, _now: datetime) -> Section:
    """On the privacy page."""
    last = audit.last(db.session)
    if last is None:
        said = _("A program checks every day that our computer keeps to this. It has not run yet.")
    elif last.breaches:
        said = _(
            "A program checks every day that our computer keeps to this. On %(date)s it found something that has to be "
            "mended. Whoever runs this site has been told.",
            date=say_date(last.done_on),
        )
    else:
        said = _(
            "A program checks every day that our computer keeps to this. On %(date)s it found nothing wrong.",
            date=say_date(last.done_on),
        )
    return Section(_("How we check this"), [], empty=said)


def to_mend(account: Account, _now: datetime) -> list[Step]:
    """For administrators, when the last check found something."""
    last = audit.last(db.session) if may(account, "see_audit") else None
    if last is None or not last.breaches:
        return []
    count = len(last.breaches)
    things = "1 thing" if count == 1 else f"{count} things"
    title = f"The check of anonymity found {things} to mend"
    return [Step(last.done_on, title, url_for("answering.last_audit"), "You", "audit", first=True)]
