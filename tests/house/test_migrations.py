"""A migrated database is what the models say, constraint by constraint."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect

from consult import commands, create_app
from consult.commands.database import head
from consult.config import ROOT
from consult.extensions import db
from tests.conftest import settings_for


def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "migrations"))


def differences() -> list[Any]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return list(compare_metadata(context, db.metadata))


def test_models_equal_migrations(database):
    assert differences() == []


def test_a_difference_would_be_seen(database):
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_staff_events_verb")
        connection.exec_driver_sql("ALTER TABLE accounts ADD COLUMN nickname VARCHAR(20)")
    assert len(differences()) == 2


def test_every_check_of_the_models_stands_in_the_database_and_no_other(database):
    kept = inspect(db.engine)
    for name, table in db.metadata.tables.items():
        said = {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}
        assert {one["name"] for one in kept.get_check_constraints(name)} == said, name


def test_every_constraint_has_a_name_so_that_sqlite_can_migrate_it():
    constraints = [one for table in db.metadata.tables.values() for one in table.constraints]
    unnamed = [f"{one.table}: {one}" for one in constraints if not one.name]
    assert not unnamed


def test_the_head_is_pinned_and_there_is_one():
    assert scripts().get_heads() == [head()]


def test_migrations_stand_in_one_row_by_their_numbers():
    numbers = [script.revision for script in scripts().walk_revisions()][::-1]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    files = sorted(Path(script.path).name[:4] for script in scripts().walk_revisions())
    assert files == numbers


def test_the_command_line_makes_the_tables_of_a_new_site(tmp_path, monkeypatch):
    app = create_app(settings_for(tmp_path))
    monkeypatch.setattr(commands, "create_app", lambda: app)
    for _twice in range(2):
        done = app.test_cli_runner().invoke(commands.command_line(), ["db", "upgrade"])
        assert done.exit_code == 0 and head() in done.output, done.output
    with app.app_context():
        assert differences() == []
        db.engine.dispose()


def test_an_empty_database_goes_up_down_and_up_again(tmp_path):
    app = create_app(settings_for(tmp_path))
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        upgrade()
        assert differences() == []
        assert current_app.extensions["migrate"]
        db.session.remove()  # type: ignore[attr-defined]
        db.engine.dispose()
