"""The key that packs are signed with: one file, made once, never in the database and never in a backup."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

KEY_BYTES = 32
#: A fingerprint as people copy it: with colons or spaces, in capitals or not.
FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class BadKey(RuntimeError):
    """A key file that cannot be used; the sentence says why."""


def signing_key(file: Path) -> Ed25519PrivateKey:
    """The key of this site, made on first use; of several who make it at once, all get the same. Raises BadKey."""
    if not file.exists():
        _make(file)
    try:
        return Ed25519PrivateKey.from_private_bytes(file.read_bytes())
    except (OSError, ValueError):
        raise BadKey(f"The key that packs are signed with cannot be read, or is damaged: {file.name}.") from None


def _make(file: Path) -> None:
    """Write a new key; when this returns, the file is whole and survives a crash."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, Ed25519PrivateKey.generate().private_bytes_raw())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        os.link(partial, file)
    except FileExistsError:
        pass  # somebody else was first: theirs is the key
    finally:
        partial.unlink()
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def pem(key: Ed25519PublicKey) -> bytes:
    """The public half as it is published."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public_key(written: bytes) -> Ed25519PublicKey:
    """The inverse of `pem`; raises BadKey."""
    try:
        key = load_pem_public_key(written)
    except ValueError:
        raise BadKey("This is not a public key.") from None
    if not isinstance(key, Ed25519PublicKey):
        raise BadKey("This is not a public key of the kind that packs are signed with (Ed25519).")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """What tells one key from another: SHA-256 of it as DER, 64 digits."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def typed_fingerprint(text: str) -> str | None:
    """A fingerprint as somebody typed it, or None when it is none."""
    digits = re.sub(r"[\s:]", "", text).lower()
    return digits if FINGERPRINT.fullmatch(digits) else None


def signed_by(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    """Whether this key signed this content."""
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True
