"""The promises of `make soak`, shortened: the same servers, kills, crowds and disks, for seconds instead of minutes."""

from __future__ import annotations

import os

import pytest

from tests.postgres import why_no_server
from tests.soak import closing, full, growing, killed, once, silence
from tests.soak.site import site

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

DATABASES = ["sqlite"]
if os.environ.get("CONSULT_TEST_DATABASES") == "both":
    DATABASES.append("postgres")


@pytest.fixture(params=DATABASES)
def machine(request, tmp_path):
    """A whole site with servers of its own."""
    with site(request.param) as made:
        if made is None:
            if os.environ.get("CONSULT_REQUIRE_POSTGRES"):
                pytest.fail(why_no_server())
            pytest.skip(why_no_server())
        yield made


def test_whoever_was_thanked_is_counted_once_whatever_is_killed(machine):
    assert killed.run(machine, seconds=15) == []


def test_a_hundred_sendings_of_one_draft_are_one_response(machine):
    assert once.run(machine, drafts=2) == []


def test_everybody_who_began_before_closing_can_send_and_nobody_sees_a_fault(machine):
    assert closing.run(machine, people=60, seconds=6) == []


def test_no_file_has_an_address_an_agent_a_code_or_a_sentence(machine):
    assert silence.run(machine, people=14) == []


@pytest.mark.parametrize("database", DATABASES)
def test_a_full_disk_is_said_and_loses_nothing(database):
    disk = full.small_disk()
    if disk is None:
        pytest.skip("a small disk cannot be made here: it takes the right to mount one")
    try:
        with site(database, parent=disk) as made:
            if made is None:
                pytest.skip(why_no_server())
            assert full.run(made, people=15) == []
    finally:
        full.give_back(disk)


def test_servers_do_not_go_on_growing(machine):
    if machine.server is not None:
        pytest.skip("the web processes are the same on both databases: tried on SQLite")
    assert growing.run(machine, seconds=8) == []
