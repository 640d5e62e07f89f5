"""What catches machines troubles nobody: not eyes, not a keyboard, not a screen reader, not a slow telephone."""

from __future__ import annotations

import pytest

from consult.answering.actions import flood
from consult.web.assets import asset
from tests.journeys.test_respondent import CONSULTATION, submit


def on_check(walker, prefix: str = "") -> None:
    """Begin and go to check-your-answers at once."""
    walker.goes_to(f"{prefix}{CONSULTATION}/answer")
    submit(walker)
    walker.page.locator("main form button[name=finish]").click()
    walker.is_on("check")


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_the_field_that_stays_empty_is_met_by_nobody(someone, prefix):
    walker = someone(width=320)
    on_check(walker, prefix)
    walker.finds_it_accessible()
    field = walker.page.locator(f"input[name={flood.TRAP_FIELD}]")
    box = field.bounding_box()
    assert walker.page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.name", [box["x"], box["y"]]) is None
    assert field.locator("xpath=ancestor::*[@aria-hidden='true']").count() == 1
    met = []
    walker.page.locator("body").focus()
    for _ in range(60):
        walker.page.keyboard.press("Tab")
        met.append(walker.page.evaluate("document.activeElement.name || document.activeElement.tagName"))
    assert flood.TRAP_FIELD not in met and "BUTTON" in met
    submit(walker)
    walker.is_on("equality_gate")


@pytest.mark.browser
def test_a_browser_does_the_work_while_the_page_is_read(someone):
    walker = someone()
    on_check(walker)
    token = walker.page.locator("input[name=token]").first.get_attribute("value")
    # As the page is drawn where work is wanted.
    walker.page.evaluate(
        """([name, token, bits, script]) => {
        const field = Object.assign(document.createElement("input"), {type: "hidden", name});
        Object.assign(field.dataset, {proofOf: token, bits});
        document.querySelector("main form").append(field);
        document.body.append(Object.assign(document.createElement("script"), {type: "module", src: script}));
        }""",
        [flood.PROOF_FIELD, token, flood.PROOF_BITS, asset("proof.js")],
    )
    found = ""
    for _ in range(200):
        found = walker.page.locator(f"input[name={flood.PROOF_FIELD}]").input_value()
        if found:
            break
        walker.page.wait_for_timeout(50)
    assert flood.proves(token, found)
    submit(walker)
    walker.is_on("equality_gate")
