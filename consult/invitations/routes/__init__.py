"""People we write to: asking to be told, and asking not to be invited any more."""

from flask import Flask

from consult.invitations.routes.blueprint import blueprint


def register(app: Flask) -> None:
    """Bind the pages."""
    from consult.invitations.routes import stopping, telling

    assert all((stopping, telling))
    app.register_blueprint(blueprint)
