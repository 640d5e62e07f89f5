"""Sealing: drafts with their holder's key, ballots to the public key of the box. What it hides includes the length.

A ballot is sealed by X25519 with a key made for it alone, HKDF-SHA-256 and ChaCha20-Poly1305;
whoever seals cannot open.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

#: Sealed answers have one of these sizes, above the last a multiple of it: an unpadded length linked 99 % of ballots.
SIZES = (4 * 1024, 16 * 1024, 64 * 1024)
#: Equality answers have one size, whether given or not.
EQUALITY_SIZES = (1024,)
BALLOT = b"consult ballot 1"
EQUALITY = b"consult equality 1"
CLOSING = b"consult closing array 1"
KEY_BYTES = 32
NONCE_BYTES = 12
LENGTH_BYTES = 4
#: Each ballot has a key of its own, so that its nonce need not differ.
NO_NONCE = bytes(NONCE_BYTES)


class DoesNotOpen(ValueError):
    """Something sealed does not fit the key, or is damaged."""


def new_key() -> bytes:
    """A respondent's key: 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def seal_draft(key: bytes, payload: dict[str, Any]) -> bytes:
    """A draft, sealed and padded; a fresh nonce each time."""
    return seal_bytes(derived(key, b"draft"), padded(written(payload), SIZES))


def open_draft(key: bytes, sealed: bytes) -> dict[str, Any]:
    """The inverse; raises DoesNotOpen."""
    return read(unpadded(open_bytes(derived(key, b"draft"), sealed)))


def seal_ballot(public_key: bytes, payload: dict[str, Any]) -> bytes:
    """Labels and answers, sealed to the box."""
    return seal_to(public_key, padded(written(payload), SIZES), BALLOT)


def open_ballot(private_key: X25519PrivateKey, sealed: bytes) -> dict[str, Any]:
    """The inverse; raises DoesNotOpen."""
    return read(unpadded(open_with(private_key, sealed, BALLOT)))


def seal_equality(public_key: bytes, answers: dict[str, str] | None) -> bytes:
    """Equality answers, or that there are none (None), sealed to the box: one looks like the other."""
    return seal_to(public_key, padded(written(answers or {}), EQUALITY_SIZES), EQUALITY)


def open_equality(private_key: X25519PrivateKey, sealed: bytes) -> dict[str, str]:
    """The inverse; raises DoesNotOpen."""
    return read(unpadded(open_with(private_key, sealed, EQUALITY)))


def seal_array(public_key: bytes, array: bytes) -> bytes:
    """The closing array, sealed to its own key: as long as the array and 48 bytes, whatever is counted in it."""
    return seal_to(public_key, array, CLOSING)


def open_array(private_key: X25519PrivateKey, sealed: bytes) -> bytes:
    """The inverse; raises DoesNotOpen."""
    return open_with(private_key, sealed, CLOSING)


def derived(key: bytes, purpose: bytes) -> bytes:
    """A key for one purpose, from which neither the other ones nor the first can be had."""
    return hmac.new(key, b"consult " + purpose, hashlib.sha256).digest()


def written(payload: dict[str, Any]) -> bytes:
    """As bytes."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def read(data: bytes) -> dict[str, Any]:
    """As written."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


def padded(data: bytes, sizes: tuple[int, ...]) -> bytes:
    """The data with its length in front, filled up to the next size."""
    needed = LENGTH_BYTES + len(data)
    size = next((size for size in sizes if needed <= size), -(-needed // sizes[-1]) * sizes[-1])
    return (len(data).to_bytes(LENGTH_BYTES, "big") + data).ljust(size, b"\0")


def unpadded(data: bytes) -> bytes:
    """The data alone."""
    return data[LENGTH_BYTES : LENGTH_BYTES + int.from_bytes(data[:LENGTH_BYTES], "big")]


def seal_bytes(key: bytes, data: bytes) -> bytes:
    """Sealed with a shared key under a random nonce, which stands in front."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, data, None)


def open_bytes(key: bytes, sealed: bytes) -> bytes:
    """The inverse; raises DoesNotOpen."""
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None


def seal_to(public_key: bytes, data: bytes, purpose: bytes) -> bytes:
    """Sealed to a public key; in front stands the public half of a key made for this once."""
    own = X25519PrivateKey.generate()
    ours = own.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    shared = own.exchange(X25519PublicKey.from_public_bytes(public_key))
    return ours + ChaCha20Poly1305(stretched(shared, ours + public_key, purpose)).encrypt(NO_NONCE, data, None)


def open_with(private_key: X25519PrivateKey, sealed: bytes, purpose: bytes) -> bytes:
    """The inverse; raises DoesNotOpen."""
    theirs = sealed[:KEY_BYTES]
    public_key = private_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    try:
        shared = private_key.exchange(X25519PublicKey.from_public_bytes(theirs))
        key = stretched(shared, theirs + public_key, purpose)
        return ChaCha20Poly1305(key).decrypt(NO_NONCE, sealed[KEY_BYTES:], None)
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None


def stretched(shared: bytes, salt: bytes, purpose: bytes) -> bytes:
    """The sealing key out of an agreed secret."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(shared)
