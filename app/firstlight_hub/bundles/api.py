# SPDX-License-Identifier: Apache-2.0
"""The endpoints of firstlight_contract.bundles."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from firstlight_contract.bundles import PUT_BUNDLE, PUT_PC, BundlePut, BundleView, PcPut, PcView
from firstlight_hub.account.auth import bearer
from firstlight_hub.bundles import services

router = Router(auth=bearer, tags=["bundles"])


@router.put(PUT_PC.path, response={200: PcView, 201: PcView})
def put_pc(request: HttpRequest, id: uuid.UUID, pc: PcPut) -> Any:
    """201 when it is new, 200 when it was known."""
    kept, is_new = services.introduce(request.auth, id, pc)
    return Status(201 if is_new else 200, PcView(id=kept.pk, added_at=kept.added_at))


@router.put(PUT_BUNDLE.path, response={200: BundleView, 201: BundleView})
def put_bundle(request: HttpRequest, id: uuid.UUID, bundle: BundlePut) -> Any:
    """201 when it was never brought before, 200 when it was."""
    view, is_first = services.put_bundle(request.auth, id, bundle)
    return Status(201 if is_first else 200, view)
