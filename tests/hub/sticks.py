# SPDX-License-Identifier: Apache-2.0
"""Bundles as a desktop writes them, and as somebody who means harm would."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import uuid
import zipfile
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass
class Stick:
    """One PC's bundle being made: `acts` are (kind, name, form), `blobs` contents; `manifest` overrides what is said of them."""

    subject: str
    acts: list[tuple[str, uuid.UUID, dict[str, Any]]] = field(default_factory=list)
    blobs: list[bytes] = field(default_factory=list)
    pc: uuid.UUID = field(default_factory=uuid.uuid4)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    manifest: dict[str, Any] = field(default_factory=dict)
    compression: int = zipfile.ZIP_STORED

    @property
    def public_key(self) -> str:
        return base64.b64encode(self.key.public_key().public_bytes_raw()).decode()

    def zip(self, *, harm: dict[str, bytes] | None = None, sign_with: Ed25519PrivateKey | None = None) -> bytes:
        """The file; `harm` replaces members after everything was signed."""
        forms = [json.dumps(form).encode() for _kind, _name, form in self.acts]
        said = {
            "format": 1, "id": str(self.id), "hub": "http://127.0.0.1", "subject": self.subject, "pc": str(self.pc),
            "public_key": self.public_key, "made_at": "2026-11-20T21:14:00+01:00",
            "acts": [
                {"kind": kind, "subject": str(name), "file": n, "sha256": hashlib.sha256(forms[n]).hexdigest()}
                for n, (kind, name, _form) in enumerate(self.acts)
            ],
            "blobs": [
                {"sha256": hashlib.sha256(blob).hexdigest(), "size": len(blob), "name": "log.txt", "media": "text/plain"}
                for blob in self.blobs
            ],
        } | self.manifest  # fmt: skip
        manifest = json.dumps(said).encode()
        members = {"manifest.json": manifest, "manifest.sig": base64.b64encode((sign_with or self.key).sign(manifest))}
        members |= {f"acts/{n}.json": data for n, data in enumerate(forms)}
        members |= {f"blobs/{hashlib.sha256(blob).hexdigest()}": blob for blob in self.blobs}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", self.compression) as zipped:
            for name, data in (members | (harm or {})).items():
                zipped.writestr(name, data)
        return out.getvalue()
