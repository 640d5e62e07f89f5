"""The private keys of boxes: files of the settling job, never in the database and never in a backup."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from consult.answering.seal import KEY_BYTES


class KeyLost(RuntimeError):
    """The key file of a generation is not there: what was sealed to it cannot be opened on this machine."""


def make(folder: Path, generation: int) -> bytes:
    """Write a new private key and give its public half; when this returns, the file survives a crash."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = X25519PrivateKey.generate()
    descriptor = os.open(place(folder, generation), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, private.private_bytes_raw())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    _fsync_folder(folder)
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def load(folder: Path, generation: int) -> X25519PrivateKey:
    """The private key; raises KeyLost."""
    try:
        return X25519PrivateKey.from_private_bytes(place(folder, generation).read_bytes())
    except (FileNotFoundError, ValueError):
        raise KeyLost(f"The box key {place(folder, generation).name} is missing or damaged.") from None


def destroy(folder: Path, generation: int) -> None:
    """Overwrite and remove a key; one that is gone already is no error."""
    file = place(folder, generation)
    try:
        with file.open("r+b") as opened:
            opened.write(secrets.token_bytes(KEY_BYTES))
            opened.flush()
            os.fsync(opened.fileno())
        file.unlink()
    except FileNotFoundError:
        return
    _fsync_folder(folder)


def place(folder: Path, generation: int) -> Path:
    """Where the key of a generation lies."""
    return folder / f"{generation:016x}.key"


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
