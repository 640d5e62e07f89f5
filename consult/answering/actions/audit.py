"""Whether the anonymity promise holds on the machine that is really there; a sentence for each breach."""

from __future__ import annotations

import logging
import runpy
import stat
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection, Engine, Inspector
from sqlalchemy.orm import Session

from consult.answering.models import Audit
from consult.answering.promise import ANSWERS, DAYS, MAY_POINT_AT, PEOPLE, SHARED
from consult.config import ROOT, Settings

#: Settings of a PostgreSQL server that must have one of these values, and what they would write down otherwise.
SERVER: dict[str, tuple[frozenset[str], str]] = {
    "log_statement": (frozenset({"none", "ddl"}), "it writes statements, which carry tokens and answers, into the log"),
    "log_min_duration_statement": (frozenset({"-1"}), "it writes slow statements with their values into the log"),
    "log_min_duration_sample": (frozenset({"-1"}), "it writes a sample of statements with their values into the log"),
    "log_transaction_sample_rate": (frozenset({"0"}), "it writes a sample of transactions into the log"),
    "log_duration": (frozenset({"off"}), "it writes when each statement ran into the log"),
    "log_parameter_max_length_on_error": (frozenset({"0"}), "it writes the values of a failed statement into the log"),
    "log_error_verbosity": (frozenset({"terse"}), "a failed insert writes “Failing row contains …” into the log"),
    "track_commit_timestamp": (frozenset({"off"}), "it keeps the time of every commit"),
    "archive_mode": (frozenset({"off"}), "it keeps old WAL, from which deleted rows and their order can be read"),
    "wal_level": (frozenset({"replica", "minimal"}), "logical decoding tells the order of every row"),
    "wal_keep_size": (frozenset({"0"}), "it keeps old WAL, from which deleted rows and their order can be read"),
    "log_replication_commands": (frozenset({"off"}), "it is for copying every change elsewhere"),
    "debug_print_plan": (frozenset({"off"}), "plans in the log show values"),
    "debug_print_parse": (frozenset({"off"}), "parse trees in the log show values"),
    "debug_print_rewritten": (frozenset({"off"}), "rewritten queries in the log show values"),
}
#: Extensions that write statements or their values down.
TELLING = ("auto_explain", "pgaudit", "pg_stat_monitor")
PRELOADED = ("shared_preload_libraries", "session_preload_libraries", "local_preload_libraries")


def anonymity(engine: Engine, settings: Settings, config: Mapping[str, Any]) -> list[str]:
    """Every breach found, as a sentence; none is what we promise."""
    with engine.connect() as connection:
        found = [*schema(inspect(connection)), *hidden_order(connection)]
        found += server(connection) if engine.dialect.name == "postgresql" else embedded(connection)
    return [*found, *key_files(settings), *logs(engine, config)]


def noted(session: Session, breaches: list[str], *, day: date) -> None:
    """Keep when it was done and what it found: the privacy page tells it."""
    session.merge(Audit(id=1, done_on=day, breaches=breaches))
    session.flush()


def last(session: Session) -> Audit | None:
    """The last one; None before the first."""
    return session.get(Audit, 1)


def schema(inspector: Inspector) -> Iterator[str]:
    """Columns, clocks and foreign keys of the tables that are really there."""
    tables = set(inspector.get_table_names())
    for missing in sorted(ANSWERS.keys() - tables):
        yield f"The table {missing} is missing: run “consult db upgrade”."
    present = sorted(ANSWERS.keys() & tables)
    people = {column["name"] for table in sorted(PEOPLE & tables) for column in inspector.get_columns(table)} - SHARED
    for table in present:
        for column in inspector.get_columns(table):
            yield from _column(table, column, people)
    for table in sorted(tables):
        for key in inspector.get_foreign_keys(table):
            yield from _foreign_key(table, key)
    yield from _paths(inspector, tables)


def _column(table: str, column: Mapping[str, Any], people: set[str]) -> Iterator[str]:
    name, kind = column["name"], str(column["type"]).upper()
    if name not in ANSWERS[table]:
        yield f"{table}.{name} is not among the columns that answers may have."
    if name in people:
        yield f"{table}.{name} is also a column of a table about people: the two could be joined."
    if "TIME" in kind or "INTERVAL" in kind:
        yield f"{table}.{name} is a clock ({kind}): answers know no more than a day."
    elif "DATE" in kind and (table, name) not in DAYS:
        yield f"{table}.{name} is a date that answers need not have."
    if column.get("identity") or "nextval" in str(column.get("default") or ""):
        yield f"{table}.{name} counts rows in the order they came."
    elif column.get("default") is not None:
        yield f"{table}.{name} is filled in by the database: answers hold only what we put there."


def _foreign_key(table: str, key: Mapping[str, Any]) -> Iterator[str]:
    target, names = key["referred_table"], ", ".join(key["constrained_columns"])
    if table in ANSWERS and target not in MAY_POINT_AT:
        yield f"{table}.{names} points at {target}: answers point only at each other and at what was asked."
    if table in PEOPLE and target in ANSWERS:
        yield f"{table}.{names} points at {target}: nothing about people may point at answers."
    if target in ("responses", "comments") and not key.get("options", {}).get("deferrable"):
        yield f"{table}.{names} must be deferrable, or {target} cannot be written anew after closing."


def _paths(inspector: Inspector, tables: set[str]) -> Iterator[str]:
    """No table leads to both a person and an answer below the consultation."""
    towards = {
        table: {key["referred_table"] for key in inspector.get_foreign_keys(table)} - {table} for table in tables
    }
    asked = MAY_POINT_AT - ANSWERS.keys()
    rows = {"responses", "comments", "personal_answers", "ballots", "drafts", "counted", "spent"}
    for table in sorted(tables - ANSWERS.keys()):
        reached: set[str] = set()
        ahead = [table]
        while ahead:
            for target in towards.get(ahead.pop(), set()) - reached - asked:
                reached.add(target)
                ahead.append(target)
        known = reached & {"subscribers", "contacts", "invitations", "event_registrations", "submissions", "enquiries"}
        if reached & rows and known:
            yield f"{table} leads both to {', '.join(sorted(reached & rows))} and to {', '.join(sorted(known))}."


def hidden_order(connection: Connection) -> Iterator[str]:
    """What would number rows in the order they came, and triggers that could copy them."""
    if connection.dialect.name == "postgresql":
        for table, trigger in connection.execute(
            text(
                "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal"
            )
        ):
            if table in ANSWERS:
                yield f"The trigger {trigger} acts on {table}: nothing may copy answers elsewhere."
        for (publication,) in connection.execute(text("SELECT pubname FROM pg_publication")):
            yield f"The publication {publication} tells the order of rows to others."
        for (slot,) in connection.execute(
            text("SELECT slot_name FROM pg_replication_slots WHERE slot_type = 'logical'")
        ):
            yield f"The logical replication slot {slot} keeps the order of every row."
        return
    wanted = text("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')")
    for kind, name, table, made in connection.execute(wanted):
        if table not in ANSWERS:
            continue
        if kind == "trigger":
            yield f"The trigger {name} acts on {table}: nothing may copy answers elsewhere."
        elif "AUTOINCREMENT" in made.upper():
            yield f"{table} counts its rows with AUTOINCREMENT."
        elif "WITHOUT ROWID" not in made.upper() and not _own_rowid(connection, table):
            yield f"{table} has a hidden rowid, which counts rows in the order they came."


def _own_rowid(connection: Connection, table: str) -> bool:
    """Whether the primary key is the rowid: a single column of the type named INTEGER."""
    keys = [row for row in connection.execute(text(f"PRAGMA table_info({table})")) if row.pk]
    return len(keys) == 1 and str(keys[0].type).upper() == "INTEGER"


def server(connection: Connection) -> Iterator[str]:
    """Settings of the database server that write answers, tokens or times down."""
    current = {row.name: row.setting for row in connection.execute(text("SELECT name, setting FROM pg_settings"))}
    for name, (allowed, why) in SERVER.items():
        if name in current and current[name] not in allowed:
            yield f"PostgreSQL’s {name} is {current[name]}: {why}. It should be {' or '.join(sorted(allowed))}."
    for name in PRELOADED:
        for telling in TELLING:
            if telling in current.get(name, ""):
                yield f"PostgreSQL loads {telling} ({name}): it writes statements with their values down."


def embedded(connection: Connection) -> Iterator[str]:
    """Settings and file of the embedded database."""
    for pragma, wanted, why in (
        ("secure_delete", 1, "deleted rows stay readable in the file"),
        ("journal_mode", "wal", "a rollback journal keeps pages elsewhere"),
        ("synchronous", 2, "a sent answer may be lost in a power cut"),
    ):
        value = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
        if value != wanted:
            yield f"SQLite’s {pragma} is {value}, not {wanted}: {why}."
    file = connection.engine.url.database
    if file and Path(file).exists() and Path(file).stat().st_mode & stat.S_IWOTH:
        yield f"{file} can be changed by everybody on this machine."


def key_files(settings: Settings) -> Iterator[str]:
    """The box keys: for the settling job alone, and not where uploads or backups take them along."""
    folder = settings.box_keys
    if folder == settings.files or settings.files in folder.parents:
        yield f"The box keys lie in {folder}, among the uploaded files."
    if not folder.is_dir():
        return
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield f"The folder of box keys, {folder}, is open to others: its mode should be 0700."
    for file in sorted(folder.iterdir()):
        if stat.S_IMODE(file.stat().st_mode) & 0o177:
            yield f"The box key {file.name} is open to others: its mode should be 0600."


def logs(engine: Engine, config: Mapping[str, Any]) -> Iterator[str]:
    """What our own processes would write down."""
    if not engine.hide_parameters:
        yield "SQLAlchemy puts values into its error messages (hide_parameters is off)."
    if engine.echo or config.get("SQLALCHEMY_ECHO") or config.get("SQLALCHEMY_RECORD_QUERIES"):
        yield "SQLAlchemy writes statements down (echo is on)."
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "psycopg"):
        if logging.getLogger(name).isEnabledFor(logging.INFO):
            yield f"The logger {name} writes statements down: its level should be WARNING."
    if logging.getLogger("werkzeug").isEnabledFor(logging.INFO):
        yield "The development server writes addresses and paths down."
    chosen = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    if chosen.get("accesslog"):
        yield "gunicorn’s access log is on: it writes addresses and the paths of invitations down."
