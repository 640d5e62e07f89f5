"""What a link of an invitation carries, what is kept of it, and how we know again who wants no invitations."""

from __future__ import annotations

import hashlib
import hmac
import secrets

#: Crockford's letters: none can be taken for another or for a digit, as a link on a letter is typed by hand.
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
#: 120 bits.
LENGTH = 24
AS_MEANT = str.maketrans("ilo", "110", " -–\t\n")


def new_token() -> str:
    """A fresh random token for a link; only the hash of it is kept."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def new_ticket() -> str:
    """What answering an invitation spends: random, and nothing to do with any of its links."""
    return secrets.token_hex(32)


def hash_of(token: str) -> str:
    """What is kept of a token, however it was typed: its SHA-256."""
    plain = token.lower().translate(AS_MEANT)
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def who(*, email: str, name: str, address: str, secret: str) -> str:
    """How we know somebody again without keeping their address: a keyed hash of the e-mail, or of name and address."""
    same = (email,) if email else (name, address)
    plain = "\n".join(" ".join(one.lower().split()) for one in same)
    return hmac.new(secret.encode(), f"wants no invitations\n{plain}".encode("utf-8", "replace"), "sha256").hexdigest()
