"""Exactly once: a double press, two tabs, replayed and parallel sendings of one draft are one response."""

from __future__ import annotations

import threading
from urllib.parse import urlencode

from tests.soak.people import THANKED, Ledger, Respondent, counted, lost_or_double
from tests.soak.site import Site

#: Sendings of one draft at the same moment.
AT_ONCE = 100
#: Enough others for a group that can be counted.
OTHERS = 20


def run(site: Site, *, drafts: int) -> list[str]:
    """Send each of so many drafts a hundred times at once, then again after the page at the end."""
    site.prepare()
    site.serve()
    ledger, wrong, statuses = Ledger(), [], Ledger()
    for number in range(OTHERS):
        Respondent(site.port, number, ledger).send()
    receipts: list[set[str]] = []
    for number in range(drafts):
        respondent = Respondent(site.port, 1_000 + number, statuses)
        respondent.mark = f"mark{number:024}"
        action, form = respondent.reach_check()
        fields = urlencode(
            [(one.get("name"), one.get("value")) for one in form.all("input") if one.get("type") == "hidden"]
        )
        thanked: list[bool] = []
        barrier = threading.Barrier(AT_ONCE)

        def press(
            respondent: Respondent = respondent,
            action: str = action,
            fields: str = fields,
            thanked: list[bool] = thanked,
            barrier: threading.Barrier = barrier,
            number: int = number,
        ) -> None:
            again = Respondent(site.port, number, statuses)
            again.cookies = dict(respondent.cookies)
            barrier.wait()
            try:
                _path, page = again.ask("POST", action, fields)
                thanked.append(any(sign in page for sign in THANKED))
            except Exception as error:
                wrong.append(f"a press was answered with {type(error).__name__}: {error}")

        threads = [threading.Thread(target=press) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=300)
        if sum(thanked) != AT_ONCE:
            wrong.append(f"{AT_ONCE - sum(thanked)} of {AT_ONCE} presses were not thanked")
        ledger.note("thanked", respondent.mark)
        receipts.append({_receipt(respondent) for _again in range(3)})
        _back_and_again(respondent, action, fields, wrong)
    if any(len(one) != 1 for one in receipts):
        wrong.append("one draft had more than one receipt")
    found = counted(site)
    print(
        f"  {drafts} drafts, each sent {AT_ONCE} times at once and again after going back:",
        f"{sum(found.values())} in the export, {OTHERS} of them others",
    )
    print(f"  one press: {statuses.count()}")
    return [*wrong, *lost_or_double(ledger, found)]


def _receipt(respondent: Respondent) -> str:
    _path, page, status = respondent.once("GET", f"/consultations/{respondent.slug}/answer/done")
    return page.partition("<main")[2] if status == 200 else ""


def _back_and_again(respondent: Respondent, action: str, fields: str, wrong: list[str]) -> None:
    """The back button, a page of the questionnaire, and the send button once more."""
    for method, path, body in (
        ("GET", action, ""),
        ("GET", f"/consultations/{respondent.slug}/answer/p1", ""),
        ("POST", action, fields),
        ("POST", f"/consultations/{respondent.slug}/answer/p1", fields),
    ):
        _path, page, status = respondent.once(method, path, body)
        if status != 200 or not any(sign in page for sign in THANKED):
            wrong.append(f"after sending, {method} {path.rpartition('/')[2]} led elsewhere ({status})")
