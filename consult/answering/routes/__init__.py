"""The respondent's way: begin, pages, check, send, equality, done, come back."""

from flask import Flask

from consult.answering.routes.blueprint import blueprint


def register(app: Flask) -> None:
    """Bind the pages."""
    from consult.accounts.work import add_work
    from consult.answering.routes import audited, begin, check, equality, more_time, pages, resume, tablet
    from consult.web.sections import add_section

    assert all((begin, check, equality, more_time, pages, resume, tablet))
    tablet.register(app)
    add_section("privacy", audited.checked, order=10)
    add_work(audited.to_mend)
    app.register_blueprint(blueprint)
