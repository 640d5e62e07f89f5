"""Ask for another format or language, and what staff do about it."""

from flask import Blueprint, Flask

blueprint = Blueprint("correspondence", __name__)


def register(app: Flask) -> None:
    """Add this room's pages."""
    from consult.correspondence.routes import public, staff  # noqa: F401  their views belong to the blueprint

    app.register_blueprint(blueprint)
