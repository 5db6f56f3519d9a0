# SPDX-License-Identifier: Apache-2.0
"""A bundle as a stranger's file: bounded, nothing in it is unpacked, and no byte is believed before its hash fits the signed manifest."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from firstlight_contract import bundles as wire
from firstlight_contract.problem import Code
from firstlight_contract.uploads import MAX_BYTES
from firstlight_hub.base.problem import ProblemError

CHUNK = 1 << 20
_LOCKED = 1
"""The flag of a member that wants a password."""


class Opened:
    """A bundle whose manifest is signed by the key in it; whose key that is, is for the caller to find out."""

    def __init__(self, zipped: zipfile.ZipFile, manifest: wire.Manifest) -> None:
        self._zipped = zipped
        self.manifest = manifest

    def act(self, act: wire.BundledAct) -> bytes:
        """The form of an act; ProblemError 422 when it is not what the manifest says."""
        data = _member(self._zipped, f"acts/{act.file}.json", wire.MOST_ACT_BYTES)
        if hashlib.sha256(data).hexdigest() != act.sha256:
            raise _invalid("an act was changed")
        return data

    def blob(self, blob: wire.BundledBlob) -> Iterator[bytes]:
        """The bytes of a file, piece by piece; ProblemError 422 at their end when they are not what the manifest says."""
        digest, size = hashlib.sha256(), 0
        with self._zipped.open(f"blobs/{blob.sha256}") as file:
            while piece := file.read(CHUNK):
                size += len(piece)
                if size > blob.size:
                    break
                digest.update(piece)
                yield piece
        if size != blob.size or digest.hexdigest() != blob.sha256:
            raise _invalid("a file was changed")


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """The bundle at `path`; ProblemError 422 when it is none. Faults met while it is read are refusals too."""
    try:
        with zipfile.ZipFile(path) as zipped:
            if any(entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & _LOCKED for entry in zipped.infolist()):
                raise _invalid("a member is compressed or locked")
            said = _member(zipped, wire.MANIFEST, wire.MOST_MANIFEST_BYTES)
            manifest = wire.Manifest.model_validate_json(said)
            if any(blob.size > MAX_BYTES for blob in manifest.blobs):
                raise ProblemError(Code.TOO_LARGE, 413, limit=MAX_BYTES)
            signature = base64.b64decode(_member(zipped, wire.SIGNATURE, 200), validate=True)
            Ed25519PublicKey.from_public_bytes(base64.b64decode(manifest.public_key)).verify(signature, said)
            yield Opened(zipped, manifest)
    except InvalidSignature as error:
        raise _invalid("it was changed after it was signed") from error
    except (zipfile.BadZipFile, ValidationError, KeyError, ValueError, EOFError, NotImplementedError) as error:
        raise _invalid("it is no bundle") from error


def _member(zipped: zipfile.ZipFile, name: str, most: int) -> bytes:
    with zipped.open(name) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise _invalid(f"{name} is too large")
    return data


def _invalid(why: str) -> ProblemError:
    return ProblemError(Code.INVALID, 422, title=why, fields=("bundle",))
