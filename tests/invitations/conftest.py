"""Staff who invite people to an open consultation, and what is posted."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import pytest

from consult.extensions import db
from consult.invitations import jobs
from consult.invitations.models import ContactList
from tests.accounts.factories import make_person, sign_in
from tests.answering.factories import NOW, make_open
from tests.engagement.factories import make_group

HEAD = "name,email,address,language,part of the list"


@dataclass
class Letterbox:
    """Keeps what was sent; what stands in `wrong` is raised for its address, or killed."""

    sent: list[dict[str, str]] = field(default_factory=list)
    wrong: dict[str, BaseException] = field(default_factory=dict)
    reference: str | None = None

    def send(self, *, to: str, subject: str, body: str) -> str | None:
        if to in self.wrong:
            raise self.wrong[to]
        self.sent.append({"to": to, "subject": subject, "body": body})
        return self.reference and f"{self.reference}-{to}"

    def to(self, address: str) -> list[str]:
        """The tokens of the links somebody was sent, in order."""
        return [
            line.rpartition("/i/")[2]
            for one in self.sent
            if one["to"] == address
            for line in one["body"].splitlines()
            if "/i/" in line and not line.endswith("/stop")
        ]


@pytest.fixture
def inbox(monkeypatch):
    """Instead of the post."""
    box = Letterbox()
    monkeypatch.setattr(jobs, "post_of", lambda _settings: box)
    jobs._resting.clear()
    jobs._asked.clear()
    return box


@pytest.fixture
def asked(database, clock):
    """An open consultation that people are invited to."""
    clock.set(NOW)
    return make_open(equality=False)


@pytest.fixture
def editor(app, asked):
    """An editor of its group, signed in."""
    return sign_in(app, make_person("editor", asked.group))


@pytest.fixture
def commissioner(app, asked):
    return sign_in(app, make_person("commissioner", asked.group))


@pytest.fixture
def stranger(app, asked):
    """An editor of another group."""
    return sign_in(app, make_person("editor", make_group("mid", "Mid Dorset")))


def people(count: int, *, part: str = "", begin: int = 0, post: str = "") -> str:
    """A list of so many people as a file."""
    rows = [f"Person {at},p{at}@example.org,{post},en,{part}" for at in range(begin, begin + count)]
    return "\n".join([HEAD, *rows])


def upload(client, content, *, name="Patients", adds_to="new", file="list.csv", slug="phones"):
    """Read a file on trial."""
    data = content.encode() if isinstance(content, str) else content
    return client.post(
        f"/staff/consultations/{slug}/invitations/lists",
        {"file": (io.BytesIO(data), file), "name": name, "adds_to": str(adds_to)},
    )


def kept(client, content, **named) -> ContactList:
    """Read it and keep it."""
    answer = upload(client, content, **named)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    again = client.post(f"{answer.location}/keep")
    assert again.status_code == 303, again.get_data(as_text=True)
    return db.session.get_one(ContactList, int(again.location.rpartition("/")[2]))
