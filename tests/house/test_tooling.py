"""The tools keep their promises: pinned parts, a look without third parties, two commands for a newcomer."""

from __future__ import annotations

import gzip
import json
import logging
import re
import runpy
import shutil
import subprocess
import tomllib
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult.config import ROOT
from consult.web import assets

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")
#: A first visit is to cost at most 60 kB, of which a page of HTML may be 15 kB (DESIGN 13).
FIRST_VISIT_WITHOUT_HTML = 45_000


@pytest.fixture
def browser() -> FlaskClient:
    """A site of nothing but built files."""
    app = Flask("bare", static_folder=None)
    assets.register(app)
    return app.test_client()


@pytest.mark.parametrize("lock", LOCKS)
def test_each_python_part_is_pinned_with_hashes_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = [one for one in re.split(r"\n(?=\S)", text.strip()) if not one.startswith("#")]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry
    assert "//" not in text
    assert not re.search(r"^--?\w*index", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-node"])
def test_what_is_asked_for_is_what_is_locked(name: str) -> None:
    asked = re.findall(r"^([a-z][\w-]*)", (ROOT / f"{name}.in").read_text(), re.MULTILINE)
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / f"{name}.txt").read_text(), re.MULTILINE))
    assert asked
    assert set(asked) <= locked


def test_npm_parts_are_exact_and_name_no_host() -> None:
    asked = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text())
    for name, version in asked.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    for name, part in lock["packages"].items():
        assert "resolved" not in part, name
        assert not name or part["integrity"], name


def test_styles_ask_only_for_files_beside_them() -> None:
    for name in ("nhsuk.css", "nhsuk.rtl.css", "consult.css"):
        sheet = _built(name).decode()
        assert "//" not in sheet, name
        assert "@import" not in sheet
        assert "@font-face" not in sheet
        for address in re.findall(r"url\(([^)]*)\)", sheet):
            assert (assets.BUILT / address.strip("\"'")).is_file(), address


def test_scripts_import_built_names_that_are_there() -> None:
    script = _built("consult.js").decode()
    imported = re.findall(r'from "\./([^"]+)"', script)
    assert imported == [assets.asset("nhsuk.js").rpartition("/")[2]]
    assert b"sourceMappingURL" not in _built("nhsuk.js")


@pytest.mark.parametrize("suffix", ["br", "gz"])
@pytest.mark.parametrize("sheet", ["nhsuk.css", "nhsuk.rtl.css"])
def test_a_first_visit_stays_light(suffix: str, sheet: str) -> None:
    names = (sheet, "consult.css", "consult.js", "nhsuk.js", "icon.svg")
    weight = sum((assets.BUILT / f"{_name(name)}.{suffix}").stat().st_size for name in names)
    assert weight < FIRST_VISIT_WITHOUT_HTML


def test_the_mirrored_sheet_is_mirrored() -> None:
    assert _built("nhsuk.css") != _built("nhsuk.rtl.css")
    assert re.search(rb"th,td{[^}]*text-align:left", _built("nhsuk.css"))
    assert re.search(rb"th,td{[^}]*text-align:right", _built("nhsuk.rtl.css"))


def test_every_component_that_a_page_draws_has_its_styles() -> None:
    kept = set(re.findall(r"components/([a-z-]+)\"", (assets.OWN / "nhsuk.scss").read_text()))
    drawn: dict[str, Path] = {}
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "consult").rglob("*.py")]:
        for name in re.findall(r"(?:nhsuk|Component)\(\s*\"([a-z-]+)\"", path.read_text("utf-8")):
            drawn[name] = path
    ours = {path.stem for path in (ROOT / "templates" / "components").glob("*.html")}
    known = {path.name for path in (assets.FRONTEND / "components").iterdir() if (path / "_index.scss").is_file()}
    assert {"button", "radios"} <= set(drawn)
    for name, path in drawn.items():
        assert name in kept or name in ours or name not in known, f"{path}: nhsuk.scss lacks the styles of {name}"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1, br;q=0", "gzip"),
        ("identity", None),
        ("", None),
        ("br;q=0, gzip;q=0", None),
    ],
)
def test_a_built_file_comes_compressed_as_asked_and_may_be_kept(
    browser: FlaskClient, accepted: str, encoding: str | None
) -> None:
    response = browser.get(assets.asset("nhsuk.css"), headers={"Accept-Encoding": accepted})
    assert response.status_code == 200
    assert response.headers.get("Content-Encoding") == encoding
    body = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](response.data)
    assert body == _built("nhsuk.css")
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("consult.js", "text/javascript; charset=utf-8"), ("icon.svg", "image/svg+xml"), ("consult.css", "text/css")],
)
def test_each_built_file_says_what_it_is(browser: FlaskClient, name: str, content_type: str) -> None:
    assert browser.get(assets.asset(name)).headers["Content-Type"].startswith(content_type)


def test_head_of_a_built_file_tells_its_length_without_sending_it(browser: FlaskClient) -> None:
    response = browser.head(assets.asset("consult.css"))
    assert response.status_code == 200
    assert response.data == b""
    assert int(response.headers["Content-Length"]) == len(_built("consult.css"))


def test_a_page_from_before_an_update_still_gets_its_look_but_does_not_keep_it(browser: FlaskClient) -> None:
    response = browser.get("/static/vendor/nhsuk.rtl.000000000000.css")
    assert response.status_code == 200
    assert response.data == _built("nhsuk.rtl.css")
    assert response.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "path",
    [
        "/static/vendor/manifest.json",
        "/static/vendor/",
        "/static/vendor/../consult.css",
        "/static/vendor/%2e%2e/%2e%2e/config.py",
        "/static/vendor//etc/passwd",
        "/static/vendor/secret.000000000000.css",
        "/static/consult.css",
        "/static/vendor/consult.css",
    ],
)
def test_nothing_but_built_files_is_served(browser: FlaskClient, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_a_built_file_cannot_be_posted_to(browser: FlaskClient) -> None:
    assert browser.post(assets.asset("consult.css")).status_code == 404


def test_asking_for_a_file_that_was_never_written_says_so() -> None:
    with pytest.raises(assets.NotBuilt, match=r"nowhere\.css"):
        assets.asset("nowhere.css")


def test_building_again_changes_nothing() -> None:
    assets.build(report=lambda _line: None)
    before = {path.name: path.stat().st_mtime_ns for path in assets.BUILT.iterdir()}
    assert assets.build(report=lambda _line: None) is False
    assert before == {path.name: path.stat().st_mtime_ns for path in assets.BUILT.iterdir()}


def test_a_file_is_renamed_when_a_file_that_it_names_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "BUILT", tmp_path)
    before = assets.Naming({"a.css": b'a { background: url("b.svg") }', "b.svg": b"<svg/>"}).write()
    after = assets.Naming({"a.css": b'a { background: url("b.svg") }', "b.svg": b"<svg></svg>"}).write()
    assert before["a.css"] != after["a.css"]
    assert after["b.svg"].encode() in (tmp_path / after["a.css"]).read_bytes()
    with pytest.raises(assets.NotBuilt, match=r"b\.svg"):
        assets.Naming({"a.css": b"a { background: url(b.svg) }"}).write()


def test_bare_make_says_each_target_with_a_sentence() -> None:
    said = _make()
    targets = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[0].split()
    assert {"install", "run", "test", "check", "bench", "soak"} <= set(targets)
    for target in targets:
        assert re.search(rf"^  make {target} +[A-Z].*\.$", said, re.MULTILINE), target


def test_make_names_the_debian_package_where_python_cannot_make_environments(tmp_path: Path) -> None:
    said = _make_with_python(tmp_path, 'case "$2" in *ensurepip*) exit 1;; esac\nexit 0')
    assert said.count("\n") <= 2
    assert "apt-get install python3-venv" in said


def test_make_says_which_python_it_needs(tmp_path: Path) -> None:
    assert "Python 3.11 or later" in _make_with_python(tmp_path, "exit 1")


def test_each_rule_about_imports_is_a_sentence() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert len(contracts) >= 4
    for contract in contracts:
        assert re.fullmatch(r"[A-Z].{20,}\.", contract["name"]), contract["id"]


def test_ci_demands_browser_and_database_and_runs_what_everybody_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)
    assert "CONSULT_REQUIRE_BROWSER=1" in script
    assert "CONSULT_REQUIRE_POSTGRES=1" in script
    assert "CONSULT_REQUIRE_PROGRAMS=1" in script
    assert script.rstrip().endswith("make test")


def test_gunicorn_says_nothing_about_visitors(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("CONSULT_TRUSTED_PROXIES", raising=False)
    monkeypatch.setenv("WEB_CONCURRENCY", "7")
    chosen = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert chosen["accesslog"] is None
    assert chosen["workers"] == 7
    assert chosen["forwarded_allow_ips"] == ""
    logger = chosen["logger_class"].__new__(chosen["logger_class"])
    logger.error_log = logging.getLogger("gunicorn.discreet")
    with caplog.at_level(logging.DEBUG):
        logger.warning("Invalid request from ip=192.0.2.7: Invalid HTTP request line: 'GET /i/token'")
        try:
            raise ValueError("what somebody typed")
        except ValueError:
            logger.exception("Error handling request %s %s", "GET", "/i/token")
        logger.warning("Ignoring %s", "a stale file")
    assert "192.0.2.7" not in caplog.text
    assert "token" not in caplog.text
    assert "typed" not in caplog.text
    assert "ValueError" in caplog.text
    assert "Ignoring a stale file" in caplog.text


def _name(name: str) -> str:
    return assets.asset(name).rpartition("/")[2]


def _built(name: str) -> bytes:
    return (assets.BUILT / _name(name)).read_bytes()


def _make(*arguments: str, cwd: Path = ROOT) -> str:
    ran = subprocess.run(["make", *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr


def _make_with_python(folder: Path, script: str) -> str:
    shutil.copy(ROOT / "Makefile", folder)
    python = folder / "python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    return _make("--no-print-directory", "--silent", "install", f"PYTHON={python}", cwd=folder)
