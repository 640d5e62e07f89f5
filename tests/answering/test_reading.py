"""A page that only looks opens no transaction; one that saves has exactly one, and takes the write lock at once."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from consult.extensions import db
from tests.answering.factories import NOW, make_open
from tests.answering.test_answering import START, begin, hidden


@pytest.fixture
def answering(app, client, clock):
    clock.set(NOW)
    with app.app_context():
        make_open()
    return client, begin(client).request.path


@pytest.fixture
def seen(app):
    """Beginnings and ends of transactions, and whether the server began them by itself."""
    found = []
    with app.app_context():
        engine = db.engine

    def statement(_connection, cursor, text, *_rest):
        found.append(text.split("\n")[0])
        if engine.dialect.name == "postgresql" and not cursor.connection.autocommit:
            found.append("in a transaction")

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", lambda _connection: found.append("commit"))
    yield found
    event.remove(engine, "before_cursor_execute", statement)


def test_a_page_that_only_looks_opens_no_transaction(answering, seen):
    client, path = answering
    seen.clear()
    assert client.get(path).status_code == 200
    assert any(one.startswith("SELECT") for one in seen)
    assert not [one for one in seen if one.startswith("BEGIN") or one in ("commit", "in a transaction")]


def test_a_page_that_saves_has_one_transaction_and_commits_once(app, answering, seen):
    client, path = answering
    given = hidden(client.get(path)) | {"about--": "patient"}
    seen.clear()
    assert client.post(path, given).status_code == 303
    with app.app_context():
        embedded = db.engine.dialect.name == "sqlite"
    assert seen.count("commit") == 1
    assert [one for one in seen if one.startswith("BEGIN")] == (["BEGIN IMMEDIATE"] if embedded else [])


def test_connections_are_given_back(app, answering):
    client, path = answering
    with app.app_context():
        pool = db.engine.pool
    for _ in range(12):
        client.get(path)
        client.get(f"{START}/done")
    assert pool.checkedout() == 0
