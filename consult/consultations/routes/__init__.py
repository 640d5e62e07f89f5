"""A consultation's pages: for everybody, and for those who write, check and change it."""

from flask import Blueprint, Flask

blueprint = Blueprint("consultations", __name__)


def register(app: Flask) -> None:
    """Add this room's pages, and its lists to the hub and to groups' pages."""
    from consult.accounts.actions import add_handing_over
    from consult.accounts.work import add_beginning, add_place, add_work
    from consult.consultations.actions import add_lacking
    from consult.consultations.routes import (  # noqa: F401  their views belong to the blueprint
        calendar,
        changing,
        checking,
        crossing,
        documents,
        pictures,
        public,
        questionnaire,
        reviewing,
        revising,
        site,
        ways,
        work,
        writing,
    )
    from consult.web.sections import add_section

    add_section("hub", public.open_now, order=10)
    add_section("hub", public.coming, order=20)
    add_section("hub", public.closed, order=30)
    add_section("group", public.asked_by_group, order=10)
    add_section("staff_consultation", crossing.to_choose, order=3)
    add_section("review_consultation", crossing.to_choose, order=3)
    add_work(work.next_steps)
    add_handing_over(work.handed_over)
    add_beginning("Begin a consultation", "consultations.new_consultation", "edit_consultation")
    add_place("Consultations", "consultations.staff_consultations", "see_consultation", order=20)
    add_place("Calendar", "consultations.calendar", "see_consultation", order=25)
    add_place("Elections", "consultations.elections", "edit_organisation", order=86)
    add_lacking(pictures.lacking)
    app.register_blueprint(blueprint)
