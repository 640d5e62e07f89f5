"""A zip that plays a trick is refused before anything in it is believed."""

from __future__ import annotations

import io
import zipfile

import pytest

from consult.publications.pack import archive
from consult.publications.pack.archive import BadPack, pack, unpack


def zipped(*entries, **more):
    """A zip with these names and contents, as somebody else would pack it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", more.pop("how", zipfile.ZIP_STORED)) as opened:
        for name, content in entries:
            opened.writestr(name, content)
        opened.comment = more.pop("comment", b"")
    return written.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "name",
    ["../release.json", "/etc/passwd", "a\\b.txt", "C:file", ".hidden", "a/../b", "a//b", "x/", "a b"],
)
def test_names_that_lead_elsewhere_are_refused(name):
    with pytest.raises(BadPack, match=r"name|zip"):
        unpack(zipped(("manifest.json", b"{}"), (name, b"x")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_bombs_and_doubles_are_refused(monkeypatch):
    for content, told in (
        (zipped(("a.txt", b"1"), ("a.txt", b"2")), "twice"),
        (zipped(("a.txt", b"1"), ("A.txt", b"2")), "twice"),
        (zipped(("a.txt", bytes(100_000)), how=zipfile.ZIP_DEFLATED), "packed again"),
        (zipped(*((f"f{at}.txt", b"") for at in range(401))), "more in the zip"),
        (b"PK\x05\x06 no zip", "not a zip"),
        (b"", "not a zip"),
    ):
        with pytest.raises(BadPack, match=told):
            unpack(content)
    monkeypatch.setattr(archive, "MOST_BYTES", 300)
    with pytest.raises(BadPack, match="too large"):
        unpack(zipped(("a.txt", bytes(301))))


def test_a_name_with_a_zero_byte_and_a_size_that_is_not_true_are_refused():
    plain = zipped(("a0.txt", b"12345678"))
    with pytest.raises(BadPack, match=r"name|zip"):
        unpack(plain.replace(b"a0.txt", b"a\0.txt"))
    size = (8).to_bytes(4, "little") * 2
    assert plain.count(size) == 2
    for other in (7, 9, 2**32 - 1):
        with pytest.raises(BadPack):
            unpack(plain.replace(size, other.to_bytes(4, "little") * 2))


def test_a_pack_says_nothing_of_when_and_where_it_was_made():
    files = {"b.txt": b"2", "a.txt": b"1", "c/d-e.csv-metadata.json": b"3"}
    made = pack(files)
    assert made == pack(dict(reversed(files.items()))) and unpack(made) == files
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        entries = opened.infolist()
    assert [one.filename for one in entries] == sorted(files)
    assert {(one.date_time, one.create_system, one.external_attr, one.extra, one.comment) for one in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16, b"", b"")
    }
    with pytest.raises(ValueError, match="name of a file"):
        pack({"../a.txt": b""})
