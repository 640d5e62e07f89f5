"""The people of these tests, and a consultation they are about."""

from __future__ import annotations

import pytest
from flask.cli import ScriptInfo

from consult.commands import command_line
from tests.accounts.factories import make_person
from tests.engagement.factories import make_group
from tests.results.factories import AFTER, make_answered


@pytest.fixture
def commissioner(database):
    """Publishes for the consultation's group."""
    return make_person("commissioner", make_group("group-phones"))


@pytest.fixture
def editor(database):
    """Writes for the consultation's group."""
    return make_person("editor", make_group("group-phones"))


@pytest.fixture
def stranger(database):
    """A commissioner of another group."""
    return make_person("commissioner", make_group("elsewhere", "Elsewhere"))


@pytest.fixture
def answered(app, database, clock):
    """Closed, with 73 responses."""
    clock.set(AFTER)
    return make_answered(app)


@pytest.fixture
def consult(app):
    """The command line."""

    def run(*arguments):
        return app.test_cli_runner().invoke(
            command_line(), [str(one) for one in arguments], obj=ScriptInfo(create_app=lambda: app)
        )

    return run
