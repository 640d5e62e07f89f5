"""Trying a pack, with nothing but its bytes: signature, every file, and everything that is made from the release."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask

from consult.config import ROOT
from consult.publications.pack import archive, contents, signing
from consult.publications.pack.archive import BadPack
from consult.publications.pack.contents import MANIFEST, PUBLIC_KEY, RELEASE, SIGNATURE, TABLES
from consult.publications.pack.published import Published, software
from consult.results.export import HEADINGS
from consult.web import locale

#: What is said of a key that came with the pack.
NOT_WHO = (
    "That shows that nothing was changed since it was signed, and not who signed it: anybody can make a key. Compare "
    "the fingerprint with one that the organisation gives elsewhere, or give it with --key."
)
WHAT_FOR = (
    "A signature proves who published this and that nothing changed since. It does not prove that people were counted "
    "rightly."
)


@dataclass(frozen=True)
class Point:
    """Something that was tried, as a sentence, and whether it holds; `version`: another program may be all there is."""

    holds: bool
    sentence: str
    version: bool = False


@dataclass(frozen=True)
class Verdict:
    """What a pack says it is, and everything that was tried."""

    about: str
    points: tuple[Point, ...]

    @property
    def holds(self) -> bool:
        """Whether every point does."""
        return all(point.holds for point in self.points)

    @property
    def untold(self) -> bool:
        """Whether nothing is wrong but what this version of the program cannot make again."""
        return not self.holds and all(point.holds or point.version for point in self.points)


def verify(content: bytes, *, key: Ed25519PublicKey | str | None = None) -> Verdict:
    """Try a pack against a public key, a fingerprint, or the key in it; raises BadPack where nothing can be tried."""
    files = archive.unpack(content)
    for name in (MANIFEST, SIGNATURE):
        if name not in files:
            raise BadPack(f"There is no {name} in the zip, so it is not a pack, or not a whole one.")
    manifest = _read_manifest(files[MANIFEST])
    points = [
        _signed(files, key),
        *_whole(files, manifest["files"]),
        _packed(files, content),
        *_made_again(files, manifest),
    ]
    told = f"{manifest['consultation']}, release {manifest['release']}, published on {manifest['published_on']}"
    return Verdict(f"{told} by {manifest['publisher']}.", tuple(points))


def speaker() -> Flask:
    """An application that knows words and nothing else: no database, no settings, no pages."""
    app = Flask("consult", static_folder=None)
    app.config.update(BABEL_DEFAULT_LOCALE=locale.SOURCE, BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"))
    locale.register(app)
    return app


def _signed(files: Mapping[str, bytes], given: Ed25519PublicKey | str | None) -> Point:
    inside = _key_inside(files)
    if isinstance(given, Ed25519PublicKey):
        key = given
    elif inside is None:
        raise BadPack(f"There is no key in {PUBLIC_KEY}: give the key itself with --key.")
    else:
        key = inside
    found = signing.fingerprint(key)
    if isinstance(given, str) and found != given:
        return Point(False, f"The pack is not signed with the key you named: its key has the fingerprint {found}.")
    if not signing.signed_by(key, files[SIGNATURE], files[MANIFEST]):
        other = inside is not None and signing.fingerprint(inside) != found
        also = f" The key in the pack is another one: {signing.fingerprint(inside)}." if inside and other else ""
        return Point(
            False,
            f"The signature is not that of the key {found}: the manifest was changed, or another signed it.{also}",
        )
    if given is not None:
        return Point(True, f"The manifest is signed with the key that you gave, fingerprint {found}.")
    return Point(True, f"The manifest is signed with the key in the pack, fingerprint {found}. {NOT_WHO}")


def _key_inside(files: Mapping[str, bytes]) -> Ed25519PublicKey | None:
    try:
        return signing.public_key(files[PUBLIC_KEY])
    except (KeyError, signing.BadKey):
        return None


def _whole(files: Mapping[str, bytes], listed: Mapping[str, Any]) -> Iterator[Point]:
    """Nothing is missing, nothing was added, nothing was changed."""
    there = files.keys() - {MANIFEST, SIGNATURE}
    wrong = [Point(False, f"{name} is missing.") for name in sorted(listed.keys() - there)]
    wrong += [
        Point(False, f"{name} was added: the manifest does not have it.") for name in sorted(there - listed.keys())
    ]
    for name in sorted(there & listed.keys()):
        said = {"bytes": len(files[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
        if listed[name] != said:
            wrong.append(Point(False, f"{name} was changed: its SHA-256 is not that in the manifest."))
    if wrong:
        yield from wrong
    else:
        yield Point(True, f"All {len(listed)} files are there, no other is, and none was changed.")


def _packed(files: Mapping[str, bytes], content: bytes) -> Point:
    if archive.pack(files) == content:
        return Point(True, "The zip is as it was made: nothing stands before, between or after its files.")
    return Point(False, "The zip is not as it was made: something was added around its files, or it was packed again.")


def _made_again(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[Point]:
    """Everything that is made from the release, made again and compared byte for byte."""
    try:
        published = _read_release(files)
        with speaker().app_context():
            sources, made = contents.sources(published), contents.made(published)
    except Exception as trouble:  # whatever stands in a file of somebody else's making
        told = str(trouble) if isinstance(trouble, BadPack) else f"{RELEASE} cannot be read ({type(trouble).__name__})."
        yield Point(False, f"The tables cannot be made again: {told}")
        return
    same = _say_the_same(published, manifest) and sources[RELEASE] == files.get(RELEASE)
    yield Point(
        same,
        f"{RELEASE} is of the release that the manifest names, and holds nothing that a release does not have."
        if same
        else f"{RELEASE} is of another release than the manifest says, or holds more than a release does.",
    )
    tables = {name for name in made if name.startswith(TABLES)}
    yield _compared(files, made, tables, what="table", published=published)
    yield _compared(files, made, made.keys() - tables, what="document", published=published)


def _compared(
    files: Mapping[str, bytes], made: Mapping[str, bytes], names: Iterable[str], *, what: str, published: Published
) -> Point:
    names = sorted(names)
    other = [name for name in names if files.get(name) != made[name]]
    if not other:
        return Point(True, f"All {len(names)} {what}s, made again from {RELEASE}, are the same byte for byte.")
    said = f"{', '.join(other[:5])}{' …' if len(other) > 5 else ''}"
    told = f"{len(other)} of {len(names)} {what}s are others when they are made again from {RELEASE}: {said}."
    mine = software()
    version = dict(published.software) != mine
    if version:
        told += (
            f" The pack was made by {_program(published.software)} and this is {_program(mine)}: other words or "
            "another form may be why. Check with the version that made it."
        )
    if what == "table":
        same = all(_figures(files.get(name)) == _figures(made[name]) for name in other if name.endswith(".csv"))
        told += " The figures in them are the same." if same else " Their figures are not the same."
        version = version and same
    return Point(False, told, version)


def _program(made_by: Mapping[str, str]) -> str:
    return f"{made_by.get('name')} {made_by.get('version')} ({str(made_by.get('source_sha256'))[:12]})"


def _figures(table: bytes | None) -> list[tuple[str, ...]] | None:
    """A CSV table without its words."""
    if table is None:
        return None
    numbers = [at for at, name in enumerate(HEADINGS) if not name.endswith("_text")]
    rows = csv.reader(io.StringIO(table.decode(errors="replace"), newline=""))
    return [tuple(row[at] if at < len(row) else "" for at in numbers) for row in rows]


def _read_release(files: Mapping[str, bytes]) -> Published:
    data = _json(files[RELEASE])
    if not set(data["languages"]) <= set(locale.catalogues()):
        raise BadPack("it has languages that this version of the program does not know.")
    definitions = {
        number: _json(files[f"questionnaires/revision-{number}.json"])
        for number in (one["number"] for one in data["revisions"])
    }
    return Published.from_json(data, definitions)


def _say_the_same(published: Published, manifest: Mapping[str, Any]) -> bool:
    remade = json.loads(contents.manifest_of(published, {}))
    return all(manifest[name] == remade[name] for name in remade if name != "files")


def _read_manifest(written: bytes) -> dict[str, Any]:
    try:
        manifest = _json(written)
        listed = manifest["files"]
        good = manifest["pack"] == contents.FORM and isinstance(listed, dict)
        for name in ("consultation", "published_on", "publisher"):
            good = good and isinstance(manifest[name], str)
        good = good and type(manifest["release"]) is int and isinstance(manifest["software"], dict)
    except (LookupError, TypeError, ValueError, RecursionError):
        good = False
    if not good:
        raise BadPack(f"{MANIFEST} cannot be read, or is of a pack of another form.")
    return manifest


def _json(written: bytes) -> Any:
    """JSON in which no key stands twice, so that every reader reads the same."""
    return json.loads(written.decode(), object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
