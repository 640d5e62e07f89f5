"""Files put into a folder, as the command line does: released tables, or rows that nobody else may read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from consult.consultations.models import Consultation
from consult.domain.errors import Rejected
from consult.publications import downloads
from consult.publications.downloads import csvw, released
from consult.publications.downloads.tables import Table, comments, responses
from consult.results import sheets

#: Readable to whoever runs the command alone.
PRIVATE = 0o600


def write_released(data: Mapping[str, Any], form: str, output: Path, *, publisher: str) -> int:
    """Write the released tables, and beside CSV their description; gives how many figures there are."""
    if form in downloads.RELEASED:
        output.write_bytes(downloads.RELEASED[form](data, author=publisher))
    else:
        downloads.ROWS[form].write_rows(released.table(data), output)
    if form == "csv":
        described = csvw.released(data, file=output.name, publisher=publisher, titles=released.headings)
        described_in(output).write_text(sheets.json_text(described))
    return len(data["cells"])


def write_rows(consultation: Consultation, form: str, output: Path, *, least: int) -> tuple[int, int, Path]:
    """Write the responses, and the comments in a file of their own; gives both numbers and where the comments are.

    What was begun and could not be finished is removed. Raises Rejected where the format cannot hold so many.
    """
    apart = output.with_name(f"{output.stem}-comments{output.suffix}")
    said = comments(consultation)
    most = downloads.ROWS[form].most_rows
    rows = responses(consultation, least=least)
    if most is not None and max(rows.count, said.count) > most:
        raise Rejected("format", f"A spreadsheet holds {most:,} rows at most: choose csv or json.")
    try:
        for table, place in ((rows, output), (said, apart)):
            _write(table, form, place)
    except BaseException:
        for place in (output, apart, described_in(output), described_in(apart)):
            place.unlink(missing_ok=True)
        raise
    return rows.count, said.count, apart


def described_in(output: Path) -> Path:
    """Where the description of a CSV file is looked for."""
    return output.with_name(output.name + csvw.SUFFIX)


def _write(table: Table, form: str, output: Path) -> None:
    output.touch()
    output.chmod(PRIVATE)
    downloads.ROWS[form].write_rows(table, output)
    if form == "csv":
        described_in(output).write_text(sheets.json_text(csvw.of_rows(table, file=output.name)))
