# SPDX-License-Identifier: Apache-2.0
"""Keys that sign: Ed25519 in PKCS#8 PEM files, encrypted when a passphrase is given; and the hub's one online key.

Offline keys are made and used on the release manager's PC. The online key signs snapshot and timestamp alone: it lies in the
hub's folder (mode 0600), named by its key id, so that the key that root names is found whatever happened half-way.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner, Key


class KeyUnusable(Exception):
    """A key file cannot be used; the words are for whoever typed its name."""


def new() -> CryptoSigner:
    """A fresh key, nowhere kept yet."""
    return CryptoSigner.generate_ed25519()


def write(signer: CryptoSigner, path: Path, passphrase: str = "") -> None:
    """Keep a key in a new file that its user alone may read; KeyUnusable when there is a file of that name."""
    kind: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        kind = serialization.BestAvailableEncryption(passphrase.encode())
    private = serialization.load_pem_private_key(signer.private_bytes, None)
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, kind)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeyUnusable(f"{path} is there already; keys are never written over.") from error
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())


def is_encrypted(path: Path) -> bool:
    """Whether the file needs a passphrase; KeyUnusable when it cannot be read."""
    return b"ENCRYPTED" in _bytes(path)[:64]


def read(path: Path, passphrase: str = "") -> CryptoSigner:
    """The key in a file; KeyUnusable when it is none, or the passphrase is wrong."""
    data = _bytes(path)
    try:
        private = serialization.load_pem_private_key(data, passphrase.encode() if passphrase else None)
    except (ValueError, TypeError) as error:
        raise KeyUnusable(f"{path} is no key, or the passphrase is wrong.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyUnusable(f"{path} holds no Ed25519 key.")
    return CryptoSigner(private)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64 * 1024)
    except OSError as error:
        raise KeyUnusable(f"{path} cannot be read: {error.strerror}.") from error


class OnlineKeys:
    """The hub's online keys below `folder`: the one that root names, and after `prepare` one that waits to be named."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self, in_use: str) -> Key:
        """Make the next online key; its public part. One that waits already is answered again, but never the one `in_use`.

        A key that root names may still stand as waiting, when the hub died behind its admission: if it was stolen since,
        answering it once more would hand the thief the next root.
        """
        waiting = self.folder / "next"
        known = waiting.read_text("ascii").strip() if waiting.is_file() else ""
        if known != in_use and (signer := self.find(known)):
            return signer.public_key
        signer = new()
        keyid = signer.public_key.keyid
        write(signer, self._path(keyid))
        waiting.write_text(keyid, "ascii")
        return signer.public_key

    def find(self, keyid: str) -> CryptoSigner | None:
        """The key of that id, if it lies here and is whole."""
        if not keyid.isalnum():
            return None
        try:
            signer = read(self._path(keyid))
        except KeyUnusable:
            return None
        return signer if signer.public_key.keyid == keyid else None

    def keep_only(self, keyid: str) -> None:
        """Remove the keys that root names no more."""
        for path in self.folder.glob("*.pem"):
            if path != self._path(keyid):
                path.unlink(missing_ok=True)
        (self.folder / "next").unlink(missing_ok=True)

    def _path(self, keyid: str) -> Path:
        return self.folder / f"{keyid}.pem"
