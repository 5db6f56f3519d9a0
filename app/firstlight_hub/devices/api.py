# SPDX-License-Identifier: Apache-2.0
"""The endpoints of firstlight_contract.devices."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from firstlight_contract.devices import PUT_DEVICE, DevicePut, DeviceView
from firstlight_hub.account.auth import bearer
from firstlight_hub.devices import services

router = Router(auth=bearer, tags=["devices"])


@router.put(PUT_DEVICE.path, response={200: DeviceView, 201: DeviceView})
def put_device(request: HttpRequest, id: uuid.UUID, device: DevicePut) -> Any:
    """201 when it is new, 200 when it was known."""
    kept, is_new = services.put(request.auth, id, device)
    return Status(201 if is_new else 200, services.view(kept))
