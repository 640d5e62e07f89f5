"""Codes from an app as a second factor (RFC 6238), their key sealed in the database, and codes for when it is lost."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b32encode, urlsafe_b64encode
from datetime import datetime
from urllib.parse import quote

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from flask import current_app

DIGITS, SECONDS = 6, 30
#: A clock may be half a minute wrong either way.
STEPS_AROUND = (0, -1, 1)
KEY_BYTES = 20
RECOVERY_CODES = 10
#: Letters and digits that are not taken for one another.
CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


def new_key() -> bytes:
    """A key for somebody's app."""
    return secrets.token_bytes(KEY_BYTES)


def typed(key: bytes) -> str:
    """The key as somebody types it into an app, in groups of four."""
    text = b32encode(key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def address(key: bytes, *, email: str, issuer: str) -> str:
    """What the picture for the app says (otpauth://)."""
    name = quote(f"{issuer}:{email}")
    plain = typed(key).replace(" ", "")
    return f"otpauth://totp/{name}?secret={plain}&issuer={quote(issuer)}&digits={DIGITS}&period={SECONDS}"


def step_of(key: bytes, code: str, *, now: datetime, after: int | None) -> int | None:
    """The half minute for which this is the code; None where it is wrong, or not later than one that was used."""
    plain = "".join(one for one in code if one.isdigit())
    if len(plain) != DIGITS or len(code) > 20:
        return None
    # Authenticator apps know SHA-1 alone; it is no weakness in an HMAC of half a minute.
    codes = TOTP(key, DIGITS, SHA1(), SECONDS, enforce_key_length=False)  # noqa: S303
    current = int(now.timestamp()) // SECONDS
    found = None
    for around in STEPS_AROUND:
        step = current + around
        if hmac.compare_digest(codes.generate(step * SECONDS), plain.encode()) and (after is None or step > after):
            found = step
    return found


def seal(value: bytes) -> str:
    """As it is kept in the database: a copy of that alone opens nothing."""
    return _box().encrypt(value).decode()


def unseal(kept: str) -> bytes | None:
    """The inverse; None where the site's secret has changed."""
    try:
        return _box().decrypt(kept.encode())
    except InvalidToken:
        return None


def recovery_codes() -> list[str]:
    """Ten codes to be written down: three groups of five letters and digits each, 74 bits.

    With 49 bits whoever has a copy of the database finds them all from their hashes within a day.
    """
    return ["-".join("".join(secrets.choice(CLEAR) for _ in range(5)) for _ in range(3)) for _ in range(RECOVERY_CODES)]


def mark_of(secret: str) -> str:
    """The hash under which a random secret is kept."""
    return hashlib.sha256(f"consult accounts\0{secret.strip()}".encode()).hexdigest()


def _box() -> Fernet:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    key = HKDF(hashes.SHA256(), 32, salt=None, info=b"consult: second factors of staff").derive(secret)
    return Fernet(urlsafe_b64encode(key))
