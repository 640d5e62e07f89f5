"""The way in for everybody, and the pages on which staff keep groups right."""

from flask import Blueprint, Flask

blueprint = Blueprint("engagement", __name__)


def register(app: Flask) -> None:
    """Add this room's pages."""
    from consult.accounts.work import add_place, tell_groups
    from consult.engagement.routes import public, staff

    add_place("Groups", "engagement.staff_groups", "see_group", order=10)
    tell_groups(staff.group_names)
    app.jinja_env.globals.update(share_picture=public.share_picture)
    app.register_blueprint(blueprint)
