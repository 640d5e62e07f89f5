"""`consult backup` and `consult restore`: everything but what would break the promise.

A copy of the database's own files would keep drafts, the box and the order in which rows arrived. This one is written
row by row in the order of the keys, which are random where answers are, and leaves out drafts, the box and its keys:
docs/reliability.md says what that costs.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy import Table, func, insert, select, text

from consult import clock
from consult.accounts.actions.log import record
from consult.commands.database import head
from consult.config import Settings
from consult.domain import lifecycle
from consult.extensions import db
from consult.jobs import saving

#: What waits to be counted and what opens it: a backup that had them could be opened with a stolen key.
LEFT_OUT = frozenset({"drafts", "generations", "ballots", "closing_arrays", "spent", "alembic_version"})
#: Columns that point at what is left out, emptied: the worker makes a new key for every open box.
EMPTIED = {("boxes", "generation_id")}
#: Forms on paper whose answers wait for a second person: they are keyed again.
UNSETTLED = {"keyed_forms": ("stage", ("once", "differs"))}
CHUNK = 1_000
FORM = 1


class BadBackup(click.ClickException):
    """A file that cannot be restored here, and why."""


def register(cli: click.Group) -> None:
    """Add the commands."""

    @cli.command("backup")
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    def backup(file: Path) -> None:
        """Write everything but drafts, the box and its keys into FILE, a zip that only you can read."""
        rows, files = write(db.session, file, current_app.config["CONSULT"])
        with saving():
            record(None, "make_backup", "everything", now=clock.now(), note=f"{rows} rows, {files} files")
        click.echo(f"{rows} rows and {files} uploaded files are in {file}. Answers that wait to be counted are not.")

    @cli.command("restore")
    @click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
    def restore(file: Path) -> None:
        """Fill an empty database (after `consult db upgrade`) with a backup."""
        rows, files = read(db.session, file, current_app.config["CONSULT"])
        click.echo(f"{rows} rows and {files} uploaded files are back. The worker opens new boxes for what is open.")


def kept_tables() -> list[Table]:
    """The tables of a backup, those that others point at first."""
    return [table for table in db.metadata.sorted_tables if table.name not in LEFT_OUT]


def write(session: Any, file: Path, settings: Settings) -> tuple[int, int]:
    """Write the backup as of one moment; gives how many rows and uploaded files are in it."""
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    counts: dict[str, int] = {}
    sums: dict[str, str] = {}
    partial = file.with_name(f".{file.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(descriptor, 0o600)
    with os.fdopen(descriptor, "wb") as opened, zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in kept_tables():
            digest, counts[table.name] = hashlib.sha256(), 0
            with archive.open(_entry(f"tables/{table.name}.jsonl"), "w", force_zip64=True) as entry:
                for line in _lines(session, table):
                    entry.write(line)
                    digest.update(line)
                    counts[table.name] += 1
            sums[table.name] = digest.hexdigest()
        files = sorted(one for one in settings.files.rglob("*") if one.is_file()) if settings.files.is_dir() else []
        for one in files:
            archive.writestr(_entry(f"files/{one.relative_to(settings.files).as_posix()}"), one.read_bytes())
        manifest = {
            "consult": FORM,
            "migration": head(),
            "made_on": lifecycle.day_of(clock.now()).isoformat(),
            "rows": counts,
            "sha256": sums,
        }
        archive.writestr(_entry("manifest.json"), json.dumps(manifest, indent=1))
    session.rollback()
    partial.replace(file)
    return sum(counts.values()), len(files)


def read(session: Any, file: Path, settings: Settings) -> tuple[int, int]:
    """Put a backup into an empty database, all of it or nothing; gives how many rows and files came back."""
    try:
        archive = zipfile.ZipFile(file)
        manifest = json.loads(archive.read("manifest.json"))
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise BadBackup(f"{file} is not a backup of this program.") from None
    with archive:
        if manifest.get("consult") != FORM or manifest.get("migration") != head():
            raise BadBackup(
                f"The backup was made at migration {manifest.get('migration')}, and this program is at {head()}: "
                "restore it with the version that made it, then upgrade."
            )
        with saving():
            _refuse_filled(session)
            rows = sum(_fill(session, archive, table, manifest) for table in kept_tables())
            _go_on_counting(session)
        return rows, _files(archive, settings)


def _entry(name: str) -> zipfile.ZipInfo:
    """A place in the archive without a time of day."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return entry


def _lines(session: Any, table: Table) -> Iterator[bytes]:
    """The rows of a table in the order of its key, one line of JSON each."""
    names = [column.name for column in table.columns]
    empty = {at for at, name in enumerate(names) if (table.name, name) in EMPTIED}
    wanted = select(*table.columns).order_by(*table.primary_key.columns)
    if table.name in UNSETTLED:
        column, values_left_out = UNSETTLED[table.name]
        wanted = wanted.where(table.c[column].not_in(values_left_out))
    for row in session.execute(wanted.execution_options(yield_per=CHUNK)):
        values = [None if at in empty else _packed(value) for at, value in enumerate(row)]
        yield json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False).encode() + b"\n"


def _packed(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return {"json": value} if isinstance(value, dict | list) else value


def _unpacked(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, inside),) = value.items()
    readers: dict[str, Any] = {
        "bytes": b64decode,
        "moment": datetime.fromisoformat,
        "day": date.fromisoformat,
        "json": lambda one: one,
    }
    return readers[kind](inside)


def _refuse_filled(session: Any) -> None:
    """Only into an empty database: two sites cannot be mixed."""
    for table in kept_tables():
        if session.execute(select(func.count()).select_from(table)).scalar():
            raise BadBackup(f"The database is not empty: {table.name} has rows. Restore into a new one.")


def _fill(session: Any, archive: zipfile.ZipFile, table: Table, manifest: dict[str, Any]) -> int:
    digest, count = hashlib.sha256(), 0
    chunk: list[dict[str, Any]] = []
    try:
        with archive.open(f"tables/{table.name}.jsonl") as entry:
            for line in entry:
                digest.update(line)
                chunk.append({name: _unpacked(value) for name, value in json.loads(line).items()})
                count += 1
                if len(chunk) == CHUNK:
                    session.execute(insert(table), chunk)
                    chunk.clear()
    except (KeyError, ValueError, zipfile.BadZipFile):
        raise BadBackup(f"The backup is damaged: {table.name} cannot be read.") from None
    if digest.hexdigest() != manifest["sha256"].get(table.name) or count != manifest["rows"].get(table.name):
        raise BadBackup(f"The backup is damaged: {table.name} is not what was written.")
    if chunk:
        session.execute(insert(table), chunk)
    return count


def _go_on_counting(session: Any) -> None:
    """Let PostgreSQL's own numbers go on after the largest that came back."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in kept_tables():
        for column in table.primary_key.columns:
            sequence = session.execute(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
            ).scalar()
            if sequence:
                largest = session.execute(select(func.max(column))).scalar()
                if largest is not None:
                    session.execute(text("SELECT setval(:sequence, :value)"), {"sequence": sequence, "value": largest})


def _files(archive: zipfile.ZipFile, settings: Settings) -> int:
    count = 0
    for name in archive.namelist():
        if name.startswith("files/") and not name.endswith("/"):
            target = (settings.files / name.removeprefix("files/")).resolve()
            if not target.is_relative_to(settings.files.resolve()):
                raise BadBackup("The backup names a file outside the folder of files.")
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                target.write_bytes(archive.read(name))
            count += 1
    return count
