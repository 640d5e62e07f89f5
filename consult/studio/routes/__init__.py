"""Pages for those who write, translate, try out and comment on a consultation before it opens."""

from __future__ import annotations

from flask import Blueprint, Flask

blueprint = Blueprint("studio", __name__)


def register(app: Flask) -> None:
    """Add this room's pages."""
    from consult.accounts.work import add_work
    from consult.studio.routes import remarks
    from consult.web.sections import add_section

    add_section("staff_consultation", remarks.to_remarks, order=6)
    add_section("review_consultation", remarks.to_remarks, order=6)
    add_work(remarks.next_steps)
    app.register_blueprint(blueprint)
