"""Transactions: a POST marked `@saves` commits once, and only for a good answer; a GET never does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, g, make_response, request
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from consult.extensions import db
from consult.storage import reader, writing

View = TypeVar("View", bound=Callable[..., Any])


def saves(view: View) -> View:
    """Commit when the view answers with less than 400, else roll back."""

    @wraps(view)
    def saved(*arguments: Any, **named: Any) -> Any:
        try:
            response = make_response(view(*arguments, **named))
        except BaseException:
            give_up()
            raise
        if response.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return response

    saved.saves = True  # type: ignore[attr-defined]
    return saved  # type: ignore[return-value]


def reading() -> Connection:
    """What a request that answers one person runs its plain statements on.

    One that saves has its transaction; one that only looks has none: each of its few statements stands alone, and the
    database is spared a beginning and an end.
    """
    if "writing" in g:
        return db.session.connection()
    if "reading" not in g:
        g.reading = reader(db.engine).connect()
    found: Connection = g.reading
    return found


def give_up() -> None:
    """Take back what was begun; where the database is gone, its connection is thrown away instead."""
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session().invalidate()


def register(app: Flask) -> None:
    """Take the write lock at the start of a saving request, before its first read."""

    @app.before_request
    def begin_writing() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if request.method == "POST" and getattr(view, "saves", False):
            g.writing = ExitStack()
            g.writing.enter_context(writing())

    @app.teardown_appcontext
    def let_go(_error: BaseException | None) -> None:
        # Before Flask-SQLAlchemy's own: a database that went away meanwhile must not spoil a page that is ready.
        if db.session.registry.has() and db.session().in_transaction():
            give_up()
        connection = g.pop("reading", None)
        if connection is not None:
            try:
                connection.close()
            except SQLAlchemyError:
                connection.invalidate()

    @app.teardown_request
    def end_writing(_error: BaseException | None) -> None:
        stack = g.pop("writing", None)
        if stack is not None:
            stack.close()
