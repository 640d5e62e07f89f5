"""Telling people that they are asked: share pages, posters, QR codes and the addresses that lead on."""

from flask import Blueprint, Flask

blueprint = Blueprint("promotion", __name__)


def register(app: Flask) -> None:
    """Add this room's pages, its link on consultations' pages, and its count of opens."""
    from consult.accounts.work import add_place, add_work
    from consult.promotion.routes import opens, public, staff, work
    from consult.web.sections import add_section

    opens.register(app)
    add_section("consultation", public.share_this, order=90)
    add_section("staff_consultation", staff.sharing, order=50)
    add_work(work.next_steps)
    add_place("Share", "promotion.staff_share_list", "see_share", order=55)
    app.register_blueprint(blueprint)
