"""People we write to: lists and invitations for staff; asking to be told, and not to be invited any more."""

from flask import Flask

from consult.invitations.routes.blueprint import blueprint


def register(app: Flask) -> None:
    """Bind the pages, and say what waits for staff."""
    from consult.accounts.work import add_work
    from consult.invitations.routes import letters, lists, sending, stopping, telling, work
    from consult.web.sections import add_section

    assert all((letters, lists, sending, stopping, telling))
    add_work(work.next_steps)
    add_section("staff_consultation", work.inviting, order=45)
    app.register_blueprint(blueprint)
