"""The pages that everybody who signs in shares, and those of administrators."""

from flask import Blueprint, Flask, request

from consult.accounts import access, queries, sign_in, work
from consult.web.locale import SOURCE, catalogues
from consult.web.page import frame

blueprint = Blueprint("accounts", __name__)


def register(app: Flask) -> None:
    """Bind signing in, add this room's pages, and say on every page whose site it is and who is signed in."""
    from consult.accounts.routes import (  # noqa: F401  their views belong to the blueprint
        accounts,
        administering,
        entering,
        leaving,
        letters,
        log,
        mine,
        organisation,
        own,
    )

    sign_in.register(app)
    work.add_work(administering.next_steps)
    app.register_blueprint(blueprint)
    frame["organisation"] = queries.organisation
    frame["languages"] = languages
    frame["me"] = access.current_account
    app.jinja_env.globals.update(menu=work.menu, may=access.may_i)
    work.add_place("My work", "accounts.my_work", "see_my_work", order=0)
    work.add_place("Accounts", "accounts.all_accounts", "manage_accounts", order=80)
    work.add_place("Organisation", "accounts.edit_organisation", "edit_organisation", order=85)
    work.add_place("Staff log", "accounts.staff_log", "see_staff_log", order=90)


def languages() -> tuple[str, ...]:
    """The languages a page can be read in: staff pages are English."""
    if sign_in.is_staff(request.path):
        return (SOURCE,)
    offered = queries.organisation().languages
    return tuple(language for language in catalogues() if not offered or language in offered or language == SOURCE)
