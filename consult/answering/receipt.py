"""The receipt: made from the respondent's key, so that nothing has to be kept for it to be shown again."""

from __future__ import annotations

import hashlib
import hmac

#: Crockford's letters: none can be taken for another or for a digit.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
GROUP = 4
AS_MEANT = str.maketrans("ILO", "110", " -–\t\n")


def shown(key: bytes) -> str:
    """The receipt of the answers under this key: twenty letters in groups of four, a hundred bits."""
    made = int.from_bytes(hmac.new(key, b"consult receipt", hashlib.sha256).digest(), "big")
    letters = "".join(LETTERS[made >> 5 * at & 31] for at in range(LENGTH))
    return " ".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def kept(receipt: str) -> bytes:
    """A receipt, however typed, as the database keeps it: a hash."""
    plain = receipt.upper().translate(AS_MEANT)
    return hashlib.sha256(b"consult receipt " + plain.encode("utf-8", "replace")).digest()


def kept_of(key: bytes) -> bytes:
    """What the database keeps of the receipt of the answers under this key."""
    return kept(shown(key))
