# SPDX-License-Identifier: Apache-2.0
"""Acts that travel by USB stick: a signed zip of the same forms that would be PUT, so that bringing it twice changes nothing.

A bundle is a zip whose members are stored, never compressed: `manifest.json` (a Manifest), `manifest.sig` (Ed25519 over its bytes),
`acts/N.json` (the request of an endpoint each) and `blobs/SHA256`. The manifest names every member by its hash. Whoever carries it
cannot change it; who wrote it is proven by a key that the tester's PC told the hub before, or by bringing it oneself.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from firstlight_contract.endpoint import Endpoint
from firstlight_contract.wire import Count, FileName, Id, Line, Sha256, Size, When, Wire

FORMAT = 1
ENDING = ".firstlight"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
MOST_ACTS = 5_000
MOST_MANIFEST_BYTES = 8 << 20
MOST_ACT_BYTES = 1 << 20

PublicKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{43}=$")]
"""32 bytes of Ed25519 in base64."""


class BundledAct(Wire):
    """One act: `kind` and `subject` as in the outbox, its form in `acts/{file}.json`."""

    kind: Line
    subject: Id
    file: Count
    sha256: Sha256


class BundledBlob(Wire):
    """One file, in `blobs/{sha256}`."""

    sha256: Sha256
    size: Size
    name: FileName
    media: Line


class Manifest(Wire):
    """What a bundle holds and whose it is: `subject` is the tester's name at the hub, `pc` the key's."""

    format: int = Field(ge=FORMAT, le=FORMAT)
    id: Id
    hub: Line
    subject: Line
    pc: Id
    public_key: PublicKey
    made_at: When
    acts: tuple[BundledAct, ...] = Field(max_length=MOST_ACTS)
    blobs: tuple[BundledBlob, ...] = Field(default=(), max_length=MOST_ACTS * 30)


class PcPut(Wire):
    """The key that a PC signs its bundles with."""

    public_key: PublicKey


class PcView(Wire):
    """A key as the hub keeps it."""

    id: Id
    added_at: When


class BundlePut(Wire):
    """A bundle whose bytes were uploaded before; the caller may be anybody of the hub."""

    sha256: Sha256


class BundleRefusal(Wire):
    """An act of a bundle that the hub did not take, and why (a problem's code)."""

    kind: Line
    subject: Id
    code: Line


class BundleView(Wire):
    """What became of a bundle: `acts` in it, `new` of them the hub learned now; the rest it knew, or refused."""

    id: Id
    acts: Count
    new: Count
    refused: tuple[BundleRefusal, ...] = ()


PUT_PC = Endpoint("PUT", "/pcs/{id}", PcView, PcPut)
PUT_BUNDLE = Endpoint("PUT", "/bundles/{id}", BundleView, BundlePut)
