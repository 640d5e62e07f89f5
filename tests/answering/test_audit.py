"""`consult audit anonymity` passes on a good machine and has a sentence for each thing that breaks the promise."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.cli import ScriptInfo
from sqlalchemy import create_engine, text

from consult.answering import jobs
from consult.answering.actions import audit
from consult.commands import command_line
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.answering.crowd import make_crowd
from tests.answering.factories import NOW


@pytest.fixture
def quiet(request, database, database_kind):
    """A server that is set as it should be."""
    if database_kind == "postgres":
        name = db.engine.url.database
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f'ALTER DATABASE "{name}" SET log_error_verbosity = terse'))
        db.engine.dispose()


def breaches(app) -> list[str]:
    """What the audit finds."""
    return audit.anonymity(db.engine, app.config["CONSULT"], app.config)


def test_a_good_machine_passes(quiet, app):
    crowd = make_crowd()
    crowd.send(25)
    crowd.sweep()
    assert breaches(app) == []
    done = app.test_cli_runner().invoke(command_line(), ["audit", "anonymity"], obj=ScriptInfo(create_app=lambda: app))
    assert done.exit_code == 0 and "holds" in done.output


def test_the_command_fails_with_a_sentence_for_each_breach(quiet, app):
    make_crowd().send(1)
    app.config["CONSULT"].box_keys.chmod(0o755)
    done = app.test_cli_runner().invoke(command_line(), ["audit", "anonymity"], obj=ScriptInfo(create_app=lambda: app))
    assert done.exit_code == 1
    assert done.output.count("\n") == 1 and "mode should be 0700" in done.output


def test_keys_that_others_can_read_are_found(quiet, app):
    make_crowd().send(1)
    folder = app.config["CONSULT"].box_keys
    next(folder.iterdir()).chmod(0o640)
    assert ["0600" in found for found in breaches(app)] == [True]
    settings = app.config["CONSULT"]
    app.config["CONSULT"] = replace(settings, files=folder.parent)
    assert any("among the uploaded files" in found for found in breaches(app))


def test_statements_in_logs_are_found(quiet, app, monkeypatch):
    logger = logging.getLogger("sqlalchemy.engine")
    before = logger.level
    logger.setLevel(logging.INFO)
    try:
        assert any("sqlalchemy.engine" in found for found in breaches(app))
    finally:
        logger.setLevel(before)
    loud = create_engine("sqlite://", echo=True)
    found = list(audit.logs(loud, app.config))
    assert any("hide_parameters" in one for one in found) and any("echo" in one for one in found)
    monkeypatch.setattr(audit.runpy, "run_path", lambda _path: {"accesslog": "-"})
    assert any("access log" in one for one in breaches(app))


@pytest.mark.sqlite
def test_an_embedded_database_that_remembers_is_found(database, app):
    for pragma, sentence in (("secure_delete=OFF", "secure_delete"), ("synchronous=OFF", "synchronous")):
        with db.engine.connect() as connection:
            connection.connection.dbapi_connection.execute(f"PRAGMA {pragma}")
            found = list(audit.embedded(connection))
            assert len(found) == 1 and sentence in found[0]
            connection.invalidate()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_statement", "all"),
        ("log_min_duration_statement", "0"),
        ("log_min_duration_sample", "5"),
        ("log_transaction_sample_rate", "0.5"),
        ("log_duration", "on"),
        ("log_parameter_max_length_on_error", "100"),
        ("log_error_verbosity", "verbose"),
        ("debug_print_plan", "on"),
        ("session_preload_libraries", "auto_explain"),
    ],
)
def test_a_server_that_writes_answers_down_is_named(quiet, app, name, value):
    with db.engine.connect() as connection:
        if name == "session_preload_libraries":
            connection.execute(text(f'ALTER DATABASE "{db.engine.url.database}" SET {name} = {value}'))
            connection.commit()
            connection.invalidate()
    with db.engine.connect() as connection:
        if name != "session_preload_libraries":
            connection.execute(text(f"SET {name} = '{value}'"))
        found = list(audit.server(connection))
        assert len(found) == 1 and name in found[0]
        connection.execute(text("RESET ALL"))


@pytest.mark.postgres
def test_a_server_as_installed_is_named_for_telling_failing_rows(database, app):
    found = breaches(app)
    assert len(found) == 1 and "log_error_verbosity" in found[0]


@pytest.mark.postgres
def test_replication_that_tells_the_order_of_rows_is_found(quiet, app):
    with db.engine.connect() as connection:
        connection.execute(text("CREATE PUBLICATION everything FOR ALL TABLES"))
        assert any("publication" in found for found in audit.hidden_order(connection))
        connection.rollback()


def test_the_privacy_page_says_when_it_was_last_done_and_what_it_found(quiet, app, client, clock):
    clock.set(NOW)
    assert "It has not run yet." in client.page("/privacy").text
    jobs.audit_daily()
    assert "it found nothing wrong" in client.page("/privacy").text
    app.config["CONSULT"].box_keys.mkdir(mode=0o755, exist_ok=True)
    app.config["CONSULT"].box_keys.chmod(0o755)
    jobs.audit_daily()
    assert "it found nothing wrong" in client.page("/privacy").text, "once a day is enough"
    clock.set(NOW + timedelta(days=1))
    jobs.audit_daily()
    page = client.page("/privacy").text
    assert "something that has to be mended" in page and "0700" not in page, "what is wrong is for staff"


def test_administrators_read_what_it_found_and_nobody_else(quiet, app, client):
    make_crowd().send(1)
    app.config["CONSULT"].box_keys.chmod(0o755)
    jobs.audit_daily()
    administrator, editor = make_person("administrator"), make_person("editor")
    db.session.commit()
    browser = sign_in(app, administrator)
    assert "mode should be 0700" in browser.page("/staff/anonymity").text
    assert "The check of anonymity found 1 thing to mend" in browser.page("/staff/").text
    browser = sign_in(app, editor)
    assert browser.get("/staff/anonymity").status_code == 403
    assert "check of anonymity" not in browser.page("/staff/").text


def test_the_command_keeps_its_result(quiet, app):
    make_crowd().send(1)
    app.test_cli_runner().invoke(command_line(), ["audit", "anonymity"], obj=ScriptInfo(create_app=lambda: app))
    assert audit.last(db.session).breaches == []
    app.config["CONSULT"].box_keys.chmod(0o755)
    app.test_cli_runner().invoke(command_line(), ["audit", "anonymity"], obj=ScriptInfo(create_app=lambda: app))
    db.session.rollback()
    assert len(audit.last(db.session).breaches) == 1
