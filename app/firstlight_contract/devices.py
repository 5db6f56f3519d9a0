# SPDX-License-Identifier: Apache-2.0
"""A tester's devices. A serial number never leaves the PC: the hub gets a hash keyed with the tester's subject."""

from __future__ import annotations

from firstlight_contract.endpoint import Endpoint
from firstlight_contract.wire import Id, Line, Slug, Wire


class DevicePut(Wire):
    """A device under the name (UUID) that the PC gave it."""

    programme: Slug
    model: Line
    nickname: str = ""
    serial_hash: str = ""
    build: str = ""


class DeviceView(Wire):
    """A device as the hub keeps it."""

    id: Id
    model: Line
    nickname: str
    build: str


PUT_DEVICE = Endpoint("PUT", "/devices/{id}", DeviceView, DevicePut)
