"""The respondent's way: begin, pages, check, send, equality, done, come back."""

from flask import Flask

from consult.answering.routes.blueprint import blueprint


def register(app: Flask) -> None:
    """Bind the pages."""
    from consult.answering.routes import begin, check, equality, more_time, pages, resume, tablet

    assert all((begin, check, equality, more_time, pages, resume, tablet))
    tablet.register(app)
    app.register_blueprint(blueprint)
