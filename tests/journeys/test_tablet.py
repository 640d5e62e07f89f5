"""A shared tablet in a browser: quiet times, finishing, and what the next person could find."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from consult.config import ROOT
from tests.journeys.conftest import Site, Walker
from tests.journeys.test_respondent import CONSULTATION, submit

SECRET = "Nobody should read this afterwards"
#: Everything a page could keep, but for the mark of the tablet.
LEFT = """async () => ({
  local: localStorage.length, session: sessionStorage.length, caches: (await caches.keys()).length,
  databases: (await indexedDB.databases()).length, cookies: document.cookie, state: history.state,
})"""


@pytest.fixture(scope="module")
def quick(site):
    """The same site, with two quiet seconds instead of sixty."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**site.environ, "CONSULT_TABLET_QUIET": "2", "WEB_CONCURRENCY": "1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "wsgi:app"],
        env=environ,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    running = Site(f"http://127.0.0.1:{port}", environ)
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{running.address}/health", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None
                time.sleep(0.25)
        yield running
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def somebody(quick, chrome):
    """People at tablets, whose pages wait for `quick` or for the ordinary time."""
    contexts = []

    def arrive(at, *, width=800, javascript=True):
        context = chrome.new_context(viewport={"width": width, "height": 1000}, java_script_enabled=javascript)
        contexts.append(context)
        return Walker(at, context)

    yield arrive
    for context in contexts:
        context.close()


def becomes_a_tablet(walker, prefix=""):
    walker.goes_to(f"{prefix}{CONSULTATION}/tablet")
    submit(walker)
    walker.is_on("tablet_start")


def begins(walker, language="en"):
    walker.page.locator(f"main form button[lang={language}]").click()
    walker.is_on("question_page")


def writes(walker):
    """Type something into the last page of questions."""
    walker.goes_to(f"{CONSULTATION}/answer/more")
    walker.page.locator("#one_thing").fill(SECRET)


def nothing_is_left(walker):
    names = {cookie["name"] for cookie in walker.context.cookies()}
    assert names == {"tablet"}, names
    left = walker.page.evaluate(LEFT)
    assert (left["local"], left["session"], left["caches"], left["databases"]) == (0, 0, 0, 0)
    assert left["cookies"] == "tablet=evening-and-weekend-appointments"
    assert SECRET not in json.dumps(left) + walker.page.content()


def going_back_finds_nothing(walker):
    for _ in range(6):
        walker.page.go_back()
        if walker.page.url == "about:blank":
            return
        walker.page.wait_for_load_state()
        if walker.page_name == "tablet_mode":
            return
        assert walker.page_name == "tablet_start", walker.page.url
        assert SECRET not in walker.page.content()


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width"), [("en", 800), ("ar", 320)])
def test_somebody_finishes_and_the_next_finds_nothing(somebody, site, language, width):
    walker = somebody(site, width=width)
    prefix = "" if language == "en" else f"/{language}"
    walker.goes_to(f"{prefix}{CONSULTATION}/tablet")
    walker.finds_it_accessible()
    becomes_a_tablet(walker, prefix)
    walker.finds_it_accessible()
    begins(walker, language)
    walker.finds_it_accessible()
    walker.page.locator("input[type=radio]").first.check(force=True)
    walker.page.locator("button[name=finish]").click()
    walker.is_on("check")
    walker.finds_it_accessible()
    submit(walker)
    walker.is_on("equality_gate")
    walker.page.locator("input[value=no]").check(force=True)
    submit(walker)
    walker.is_on("tablet_thanks")
    walker.finds_it_accessible()
    walker.page.locator("main a.nhsuk-button").click()
    walker.is_on("tablet_start")
    nothing_is_left(walker)
    going_back_finds_nothing(walker)


@pytest.mark.browser
def test_a_quiet_tablet_asks_and_any_touch_carries_on(somebody, quick):
    walker = somebody(quick)
    becomes_a_tablet(walker)
    begins(walker)
    writes(walker)
    for carry_on in (lambda: walker.page.keyboard.press("Shift"), lambda: walker.page.mouse.click(5, 5)):
        walker.page.wait_for_selector("#still[open]", timeout=6000)
        carry_on()
        walker.page.wait_for_selector("#still[open]", state="hidden", timeout=1000)
    assert walker.page.locator("#one_thing").input_value() == SECRET


@pytest.mark.browser
def test_a_quiet_tablet_wipes_itself_and_going_back_finds_nothing(somebody, quick):
    walker = somebody(quick, width=320)
    becomes_a_tablet(walker)
    begins(walker)
    writes(walker)
    walker.page.wait_for_selector("#still[open]", timeout=6000)
    assert walker.page.evaluate("document.activeElement.closest('#still') !== null")
    walker.is_on("tablet_start")
    nothing_is_left(walker)
    going_back_finds_nothing(walker)


@pytest.mark.browser
def test_the_warning_is_accessible(somebody, site):
    walker = somebody(site, width=320)
    becomes_a_tablet(walker)
    begins(walker)
    walker.page.evaluate("document.getElementById('still').showModal()")
    walker.finds_it_accessible()
    walker.goes_to(f"/tablet/still?of={CONSULTATION.rpartition('/')[2]}&at=you")
    walker.finds_it_accessible()
    walker.goes_to("/tablet/leave")
    walker.finds_it_accessible()


@pytest.mark.browser
def test_without_javascript_the_warning_wipes_by_itself(somebody, quick):
    walker = somebody(quick, javascript=False)
    becomes_a_tablet(walker)
    begins(walker)
    walker.page.locator("input[type=radio]").first.check()
    submit(walker)
    walker.is_on("question_page")
    # The page sends itself to the warning; we do not wait for it twice.
    walker.goes_to(f"/tablet/still?of={CONSULTATION.rpartition('/')[2]}&at=you")
    walker.presses("Carry on")
    assert walker.page.locator("input[type=radio]").first.is_checked()
    walker.goes_to(f"/tablet/still?of={CONSULTATION.rpartition('/')[2]}&at=you")
    walker.is_on("tablet_start")
    assert {cookie["name"] for cookie in walker.context.cookies()} == {"tablet"}
    walker.goes_to(f"{CONSULTATION}/answer/you")
    walker.is_on("tablet_start")


@pytest.mark.browser
def test_the_thanks_go_by_themselves_without_javascript(somebody, quick):
    walker = somebody(quick, javascript=False)
    becomes_a_tablet(walker)
    begins(walker)
    walker.page.locator("button[name=finish]").click()
    walker.is_on("check")
    submit(walker)
    walker.is_on("equality_gate")
    walker.page.locator("input[value=no]").check()
    submit(walker)
    walker.is_on("tablet_start")
    walker.page.go_back()
    walker.is_on("tablet_start")
