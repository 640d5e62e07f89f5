"""The come-back number: sixteen digits and a check digit, the same in every language, shown once and kept nowhere.

It is stretched by scrypt into a look-up id, which is kept beside the draft, and a key that wraps the respondent's own.
A copy of the database and the settings opens no draft: 10^16 numbers at 32 MB and a tenth of a second each.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from consult.answering import seal

DIGITS = 16
GROUP = 4
COST, BLOCK, LANES = 2**15, 8, 1
SALT = b"consult come-back number 1"
#: Damm's quasigroup of order 10: finds every wrong digit and every swap of neighbours.
DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


@dataclass(frozen=True)
class Stretched:
    """What a number becomes: where to look, and what to unwrap with."""

    look_up: bytes
    key: bytes


def new_number(key: bytes) -> tuple[str, bytes, bytes]:
    """A fresh number for the holder of `key`: as shown, its look-up id, and the wrapped key."""
    digits = "".join(str(secrets.randbelow(10)) for _ in range(DIGITS))
    number = digits + str(check_digit(digits))
    stretched = _stretch(number)
    return grouped(number), stretched.look_up, seal.seal_bytes(stretched.key, key)


def tidy(text: str) -> str | None:
    """The digits somebody typed, with any spaces, dashes or keyboard's digits; None when they cannot be a number."""
    digits = "".join(str(int(letter)) for letter in text if letter.isdecimal())
    others = {letter for letter in text if not letter.isdecimal() and not letter.isspace()}
    if len(digits) != DIGITS + 1 or others - set("-–—.‎‏⁦⁧⁨⁩"):
        return None
    return digits if check_digit(digits) == 0 else None


def stretch(text: str) -> Stretched | None:
    """What a typed number becomes; None when a digit is wrong. Slow on purpose."""
    number = tidy(text)
    return None if number is None else _stretch(number)


def unwrap(stretched: Stretched, wrapped: bytes) -> bytes | None:
    """The respondent's key; None when the number does not fit."""
    try:
        return seal.open_bytes(stretched.key, wrapped)
    except seal.DoesNotOpen:
        return None


def grouped(number: str) -> str:
    """In groups of four, as shown."""
    return " ".join(number[at : at + GROUP] for at in range(0, len(number), GROUP))


def check_digit(digits: str) -> int:
    """The digit to add; of a whole number it is 0."""
    interim = 0
    for digit in digits:
        interim = DAMM[interim][int(digit)]
    return interim


def _stretch(number: str) -> Stretched:
    made = hashlib.scrypt(
        number.encode(), salt=SALT, n=COST, r=BLOCK, p=LANES, maxmem=2 * 128 * COST * BLOCK, dklen=2 * seal.KEY_BYTES
    )
    return Stretched(made[: seal.KEY_BYTES], made[seal.KEY_BYTES :])
