"""/health: 200 when the site can serve, and nothing else."""

from __future__ import annotations

from flask import Flask, Response, make_response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from consult.web.access import private


def register(app: Flask) -> None:
    """Add the address that watchers ask."""

    @app.get("/health")
    @private
    def health() -> Response:
        """Whether the database answers."""
        from consult.extensions import db

        try:
            db.session.execute(text("select 1"))
        except SQLAlchemyError:
            return make_response("", 503)
        return make_response("", 200)
