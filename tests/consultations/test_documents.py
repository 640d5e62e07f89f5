"""Documents are known by what is inside them, and served so that they cannot do harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from consult.consultations import actions
from consult.consultations.actions import documents
from consult.domain.errors import Rejected
from tests.consultations.factories import NOW, make_draft


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


PDF = b"%PDF-1.7\n%..."
ODT = zipped(mimetype="application/vnd.oasis.opendocument.text")
DOCX = zipped(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
MACROS = zipped(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>", "word/vbaProject.bin": "x"})


@pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (ODT, "odt"), (DOCX, "docx")])
def test_the_three_kinds_are_known_by_their_content(content, kind):
    assert documents.sniff(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script>",
        b" %PDF-1.7",
        b"PK\x03\x04 but broken",
        zipped(**{"a.txt": "x"}),
        zipped(mimetype="application/epub+zip"),
        MACROS,
        b"%PDF" + b"x" * documents.LARGEST,
    ],
    ids=["empty", "program", "page", "late", "broken", "zip", "book", "macros", "large"],
)
def test_everything_else_is_refused_with_a_sentence(content):
    with pytest.raises(Rejected) as refused:
        documents.sniff(content)
    assert refused.value.field == "file" and len(refused.value.message) > 20


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "//example.org",
        "ftp://example.org",
        "https://",
        "http://[",
        "https://u:p@example.org",
        "https://a b",
    ],
)
def test_only_plain_web_addresses_are_links(database, editor, address):
    draft = make_draft(by=editor)
    with pytest.raises(Rejected):
        actions.add_link(draft, title={"en": "x"}, language="en", address=address, by=editor, now=NOW)
    assert draft.documents == []


def test_bytes_are_kept_once_under_their_own_name(tmp_path, database, editor):
    draft = make_draft(by=editor)
    for _ in range(2):
        kept = actions.add_file(
            draft, title={"en": "Plan"}, language="en", content=PDF, folder=tmp_path / "files", by=editor, now=NOW
        )
    assert [path.name for path in (tmp_path / "files").iterdir()] == [kept.sha256]
    assert (tmp_path / "files" / kept.sha256).read_bytes() == PDF and kept.size == len(PDF)


def test_a_refused_file_leaves_nothing_behind(tmp_path, database, editor):
    draft = make_draft(by=editor)
    with pytest.raises(Rejected):
        actions.add_file(draft, title={}, language="en", content=PDF, folder=tmp_path / "files", by=editor, now=NOW)
    assert not (tmp_path / "files").exists() and draft.documents == []
