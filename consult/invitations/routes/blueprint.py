"""The room's blueprint, apart so that each file of routes can import it."""

from flask import Blueprint

blueprint = Blueprint("invitations", __name__)
