"""Pages for those who write, translate, try out and comment on a consultation before it opens."""

from __future__ import annotations

from flask import Blueprint, Flask

blueprint = Blueprint("studio", __name__)


def register(app: Flask) -> None:
    """Add this room's pages."""
    app.register_blueprint(blueprint)
