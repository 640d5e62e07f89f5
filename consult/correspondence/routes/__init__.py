"""Ask for another format or language, and what staff do about it."""

from flask import Blueprint, Flask

blueprint = Blueprint("correspondence", __name__)


def register(app: Flask) -> None:
    """Add this room's pages."""
    from consult.accounts.work import add_place, add_work
    from consult.correspondence.routes import public, staff, work  # noqa: F401  their views belong to the blueprint

    add_work(work.next_steps)
    add_place("Other formats", "correspondence.format_requests", "see_format_requests", order=60)
    app.register_blueprint(blueprint)
