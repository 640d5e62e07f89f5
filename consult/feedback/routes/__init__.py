"""You Said, We Did: for everybody, and for those who write, check and publish it."""

from flask import Blueprint, Flask

blueprint = Blueprint("feedback", __name__)


def register(app: Flask) -> None:
    """Add this room's pages, and its lists to the hub, to groups' and to consultations' pages."""
    from consult.accounts.work import add_place, add_work
    from consult.consultations.news import add_source
    from consult.feedback.routes import public, reviewing, rows, themes, work  # noqa: F401  their views belong to the blueprint
    from consult.web.sections import add_section

    add_section("hub", public.answered_lately, order=40)
    add_section("group", public.answered_by_group, order=40)
    add_section("consultation", public.answered, order=10)
    add_section("staff_consultation", themes.answering_back, order=40)
    add_source(public.news)
    add_work(work.next_steps)
    add_place("You Said, We Did", "feedback.staff_feedback_list", "see_results", order=50)
    app.register_blueprint(blueprint)
