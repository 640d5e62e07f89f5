"""Ask for another format, ask a question, send a formal submission, and what staff do about it."""

from flask import Blueprint, Flask

blueprint = Blueprint("correspondence", __name__)


def register(app: Flask) -> None:
    """Add this room's pages."""
    from consult.accounts.work import add_place, add_work
    from consult.correspondence.routes import (  # noqa: F401  their views belong to the blueprint
        asking,
        enquiries,
        public,
        staff,
        submissions,
        submitting,
        work,
    )
    from consult.web.sections import add_section

    add_work(work.next_steps)
    add_place("Other formats", "correspondence.format_requests", "see_format_requests", order=60)
    add_place("Questions", "correspondence.enquiries", "see_enquiries", order=61)
    add_place("Formal submissions", "correspondence.submissions", "see_submissions", order=62)
    add_section("consultation", submitting.formal, order=50)
    add_section("staff_consultation", submissions.recorded, order=40)
    add_section("consultation", asking.asked_and_answered, order=60)
    app.register_blueprint(blueprint)
