"""A running site with the demonstration, and browsers to walk through it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from consult.config import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def missing() -> str:
    """Why journeys cannot be walked here; empty when they can."""
    if not chromium():
        return "Chromium is not installed (Debian: apt-get install chromium)"
    return "" if AXE.exists() else "axe-core is not installed (make install)"


def chromium() -> str | None:
    """The browser of the machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session", autouse=True)
def walkable() -> None:
    """Skip where there is no browser, and fail where one is demanded."""
    why = missing()
    if why and os.environ.get("CONSULT_REQUIRE_BROWSER"):
        pytest.fail(why)
    if why:
        pytest.skip(why)


class Site:
    """A site that runs, with its folder and its command line."""

    def __init__(self, address: str, environ: dict[str, str]) -> None:
        self.address = address
        self.environ = environ

    def consult(self, *arguments: str) -> str:
        """Run a command beside the server."""
        done = subprocess.run(
            [sys.executable, "-m", "consult", *arguments],
            env=self.environ,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, walkable: None) -> Iterator[Site]:
    """gunicorn with the demonstration on a free port."""
    folder = tmp_path_factory.mktemp("journeys")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {
        **os.environ,
        "CONSULT_INSTANCE": str(folder / "instance"),
        "CONSULT_RATE_LIMITS": "off",
        "CONSULT_ENV": "development",
        "WEB_CONCURRENCY": "2",
    }
    running = Site(f"http://127.0.0.1:{port}", environ)
    running.consult("db", "upgrade")
    running.consult("demo")
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "wsgi:app"],
        env=environ,
        cwd=ROOT,
        stdout=log,
        stderr=log,
    )
    try:
        for _ in range(120):
            try:
                with urllib.request.urlopen(f"{running.address}/health", timeout=2):
                    break
            except OSError:
                assert server.poll() is None, (folder / "server.log").read_text()
                time.sleep(0.25)
        yield running
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def chrome(site: Site) -> Iterator[Any]:
    """One browser for the session; each journey gets its own profile."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


class Walker:
    """Somebody at a browser: goes to pages, reads them, and checks each with axe."""

    def __init__(self, site: Site, context: Any) -> None:
        self.site = site
        self.context = context
        self.page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.strangers: list[str] = []
        self.page.on("request", self._note)

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self.site.address, "data:")):
            self.strangers.append(request.url)

    def goes_to(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.site.address + path)

    def presses(self, name: str, role: str = "button") -> None:
        """Press the button (or follow the link) with these words."""
        self.page.get_by_role(role, name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def is_on(self, name: str) -> None:
        """The page that names itself so."""
        self.page.wait_for_selector(f'main[data-page="{name}"]')

    @property
    def page_name(self) -> str:
        """What the page calls itself."""
        return str(self.page.locator("main").get_attribute("data-page"))

    def sees(self, text: str) -> None:
        """The page says this."""
        assert text in self.page.locator("body").inner_text(), f"{self.page.url} does not say {text!r}"

    def finds_it_accessible(self) -> None:
        """axe at WCAG 2.2 AA without exclusion, and what axe cannot see."""
        self.page.evaluate(AXE.read_text("utf-8") + "; undefined")
        found = self.page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
        problems = [
            f"{one['id']}: {one['help']}: {node['html'][:160]} ({json.dumps(node.get('any', [])[:1])[:200]})"
            for one in found["violations"]
            for node in one["nodes"]
        ]
        assert not problems, f"{self.page.url}: {problems}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"
        small = self.page.evaluate(
            """() => [...document.querySelectorAll('main button, main .nhsuk-button, header a, footer a')]
            .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5)
            .map(one => one.textContent.trim() + ' ' + one.getBoundingClientRect().height)"""
        )
        assert not small, f"{self.page.url}: targets under 44 px: {small}"
        links = self.page.evaluate(
            """() => { const seen = {}; for (const a of document.querySelectorAll('main a[href]')) {
            const words = a.textContent.trim().replace(/\\s+/g, ' '); (seen[words] ||= new Set()).add(a.href); }
            return Object.entries(seen).filter(([, to]) => to.size > 1).map(([words]) => words); }"""
        )
        assert not links, f"{self.page.url}: links with the same words to different pages: {links}"
        assert not self.strangers, f"asked third parties: {self.strangers}"

    def answers_the_page(self, *, seed: int = 0) -> None:
        """Choose the option numbered `seed` in every group, and write in every box."""
        page = self.page
        for fieldset in page.locator("main fieldset:has(input[type=radio])").all():
            radios = fieldset.locator("input[type=radio]")
            if fieldset.locator("fieldset").count() == 0 and radios.count():
                radios.nth(seed % radios.count()).check(force=True)
        for fieldset in page.locator("main fieldset:has(input[type=checkbox])").all():
            boxes = fieldset.locator("input[type=checkbox]:not([data-checkbox-exclusive])")
            if boxes.count():
                boxes.nth(seed % boxes.count()).check(force=True)
        for box in page.locator("main textarea:visible").all():
            box.fill("It is hard to get there by bus.")
        for box in page.locator("main input[type=text]:visible").all():
            name = box.get_attribute("name") or ""
            numbers = {"day": "5", "month": "3", "year": "2026", "hour": "19", "minute": "30"}
            ending = name.rpartition("--")[2]
            numeric = box.get_attribute("inputmode") in ("numeric", "decimal")
            box.fill(numbers.get(ending, "4" if numeric else "More time"))


@pytest.fixture
def someone(site: Site, chrome: Any) -> Iterator[Any]:
    """Makes people at browsers: `someone(width=320, javascript=False)`."""
    contexts = []

    def arrive(*, width: int = 1100, javascript: bool = True, scripts: bool = True) -> Walker:
        context = chrome.new_context(viewport={"width": width, "height": 900}, java_script_enabled=javascript)
        if not scripts:
            # JavaScript off as far as we can tell, while axe still runs.
            context.route("**/*.js", lambda route: route.abort())
        contexts.append(context)
        return Walker(site, context)

    yield arrive
    for context in contexts:
        context.close()
