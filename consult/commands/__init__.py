"""The `consult` command line: one file for each group of commands, found by its presence."""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module

import click
from flask.cli import FlaskGroup

from consult import create_app
from consult.config import BadSettings
from consult.domain.errors import ConsultError


def command_line() -> click.Group:
    """The whole command line; every file in this folder adds its commands with `register(cli)`."""
    cli = FlaskGroup(
        name="consult",
        create_app=create_app,
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
        set_debug_flag=False,
        help="Consult: consultations answered anonymously and answered back.",
    )
    cli._loaded_plugin_commands = True  # else the `db` of Flask-Migrate takes the place of ours
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}").register(cli)
    return cli


def main() -> None:
    """Run it; refusals are one sentence on standard error and exit status 1."""
    try:
        command_line()(prog_name="consult", standalone_mode=True)
    except (ConsultError, BadSettings) as refusal:
        print(str(refusal), file=sys.stderr)
        sys.exit(1)
