"""The schema that migrations really make keeps answers apart from people and clocks; what would break it is noticed."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text

from consult.answering import models, promise
from consult.answering.actions import audit
from consult.extensions import db

pytestmark = pytest.mark.fresh


def found() -> list[str]:
    """What the audit says about the schema that is there."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return [*audit.schema(inspect(connection)), *audit.hidden_order(connection)]


def test_the_migrated_schema_keeps_the_promise(database):
    assert found() == []


def test_every_table_of_answers_is_on_the_list(database):
    tables = {
        model.__tablename__
        for model in vars(models).values()
        if isinstance(model, type) and issubclass(model, db.Model) and hasattr(model, "__tablename__")
    }
    counts = {"tallies", "equality_counts", "released_crossings"}
    #: about the site
    site = {"audits"}
    #: of rooms above
    elsewhere = {"keyed_forms"}
    assert tables == (promise.ANSWERS.keys() | counts | site) - elsewhere


def test_a_ballot_has_five_columns():
    assert [column.name for column in models.Ballot.__table__.columns] == [
        "id",
        "generation",
        "receipt",
        "sealed",
        "equality",
    ]


def test_every_table_about_people_that_exists_is_on_the_list(database):
    with db.engine.connect() as connection:
        inspector = inspect(connection)
        for table in set(inspector.get_table_names()) - promise.ANSWERS.keys():
            columns = {column["name"] for column in inspector.get_columns(table)}
            if (
                columns & {"email", "telephone", "postcode", "password", "token_hash"}
                and "contact_email" not in columns
            ):
                assert table in promise.PEOPLE, f"{table} knows people: list it in consult/answering/promise.py"


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (["ALTER TABLE responses ADD COLUMN sent_at TIMESTAMP"], "clock"),
        (["ALTER TABLE ballots ADD COLUMN sent_on DATE"], "date"),
        (["ALTER TABLE responses ADD COLUMN number INTEGER DEFAULT 0"], "filled in by the database"),
        (["ALTER TABLE drafts ADD COLUMN address VARCHAR(40)"], "not among the columns"),
        (["ALTER TABLE comments ADD COLUMN email VARCHAR(254)"], "also a column of a table about people"),
        (["ALTER TABLE ballots ADD COLUMN account INTEGER REFERENCES accounts(id)"], "points at accounts"),
        (["ALTER TABLE subscribers ADD COLUMN response BIGINT REFERENCES responses(id)"], "points at responses"),
        (["ALTER TABLE subscribers ADD COLUMN box INTEGER REFERENCES boxes(consultation_id)"], "points at boxes"),
        (
            ["CREATE TABLE bridge (comment BIGINT REFERENCES comments(id), person BIGINT REFERENCES subscribers(id))"],
            "bridge leads both",
        ),
        (["CREATE TABLE code (comment BIGINT REFERENCES comments(id))"], "must be deferrable"),
    ],
)
def test_what_would_break_the_promise_is_noticed(database, statements, sentence):
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    assert any(sentence in one for one in found()), found()


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (["DROP TABLE counted", "CREATE TABLE counted (receipt BLOB PRIMARY KEY)"], "hidden rowid"),
        (["DROP TABLE counted", "CREATE TABLE counted (receipt INTEGER PRIMARY KEY AUTOINCREMENT)"], "AUTOINCREMENT"),
        (
            [
                "CREATE TABLE spy (at TEXT)",
                "CREATE TRIGGER spy AFTER INSERT ON ballots BEGIN INSERT INTO spy VALUES (datetime()); END",
            ],
            "trigger",
        ),
    ],
)
def test_hidden_order_in_the_embedded_database_is_noticed(database, statements, sentence):
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    assert any(sentence in one for one in found()), found()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (["ALTER TABLE responses ADD COLUMN number SERIAL"], "in the order they came"),
        (["ALTER TABLE responses ADD COLUMN number INTEGER GENERATED ALWAYS AS IDENTITY"], "in the order they came"),
        (
            [
                "CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER spy AFTER INSERT ON ballots FOR EACH ROW EXECUTE FUNCTION spy()",
            ],
            "trigger",
        ),
    ],
)
def test_hidden_order_on_postgresql_is_noticed(database, statements, sentence):
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    assert any(sentence in one for one in found()), found()
