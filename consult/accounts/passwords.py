"""Passwords: what a good one is, how it is kept, and whether this is it."""

from __future__ import annotations

import secrets
import unicodedata
from typing import Any

from flask_security.utils import hash_password as hashed
from flask_security.utils import verify_password

from consult.accounts.models import Account
from consult.domain.errors import Rejected

#: OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. Tests make it cheap.
ARGON2: dict[str, Any] = {"argon2__memory_cost": 19 * 1024, "argon2__time_cost": 2, "argon2__parallelism": 1}
SHORTEST = 12
LONGEST = 200
#: The password of every account of the demonstration.
DEMONSTRATION_PASSWORD = "dorset demonstration"  # noqa: S105  it is meant to be read, and never works on a live site
#: Letters and digits that are not taken for one another when read aloud.
CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


def hash_password(password: str) -> str:
    """The argon2 hash to keep."""
    return str(hashed(_composed(password)))


def is_password(account: Account | None, password: str) -> bool:
    """Whether it is their password; an unknown account takes as long to refuse as a known one."""
    if account is None:
        hashed(_composed(password))
        return False
    return bool(verify_password(_composed(password), account.password))


def check_password(password: str, *, email: str) -> None:
    """Refuse what is too short, too long or the address itself; length is what counts, so no signs are demanded."""
    if len(password) < SHORTEST:
        raise Rejected("new", f"Use {SHORTEST} characters or more, such as three words that do not belong together")
    if len(password) > LONGEST:
        raise Rejected("new", f"Use {LONGEST} characters or fewer")
    if password.strip().lower() == email or len(set(password)) < 4:
        raise Rejected("new", "This password is too easy to guess")


def invent_password() -> str:
    """Four groups of four letters and digits, 79 bits, to be read out once."""
    return "-".join("".join(secrets.choice(CLEAR) for _letter in range(4)) for _group in range(4))


def _composed(password: str) -> str:
    """The same password from every keyboard: é is one sign or two; argon2 knows no NUL."""
    return unicodedata.normalize("NFKC", password).replace("\x00", "")
