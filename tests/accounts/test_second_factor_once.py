"""A code that two browsers give at the same moment."""

from __future__ import annotations

import threading
import time

from consult import clock as site_clock
from consult.accounts.routes import entering
from consult.extensions import db
from tests.accounts.factories import PASSWORD
from tests.accounts.test_second_factor import code_of, second, with_factor
from tests.accounts.test_signing_in import try_to
from tests.client import StrictClient


def test_a_code_given_twice_at_once_lets_one_of_them_in(app, database, clock, monkeypatch):
    _person, key, written = with_factor()
    asked = entering.second_factor.passes

    def slowly(*given, **named):
        right = asked(*given, **named)
        time.sleep(0.2)
        return right

    monkeypatch.setattr(entering.second_factor, "passes", slowly)
    for code in (code_of(key, site_clock.now()), written[0]):
        browsers, got = [StrictClient(app), StrictClient(app)], []
        for one in browsers:
            try_to(one, "eva@example.org", PASSWORD)
        db.session.remove()
        both = [
            threading.Thread(target=lambda one=one, code=code, got=got: got.append(second(one, code).status_code))
            for one in browsers
        ]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert sorted(got) == [303, 422]
