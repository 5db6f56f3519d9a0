# SPDX-License-Identifier: Apache-2.0
"""The endpoints of firstlight_contract.honour."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from firstlight_contract.community import PUT_CLAIM, ClaimPut, ClaimView
from firstlight_contract.honour import PUT_ACTIVITY, ActivityKind, ActivityPut, ActivityView
from firstlight_hub.account.auth import bearer
from firstlight_hub.honour import claimed, claims, services

router = Router(auth=bearer, tags=["honour"])


@router.put(PUT_ACTIVITY.path, response={200: ActivityView, 201: ActivityView})
def put_activity(request: HttpRequest, id: uuid.UUID, activity: ActivityPut) -> Any:
    """201 when it is new, 200 when it was known."""
    event, is_new = services.put_activity(request.auth, id, activity)
    return Status(201 if is_new else 200, ActivityView(id=event.pk, kind=ActivityKind(event.kind), at=event.at))


@router.put(PUT_CLAIM.path, response={200: ClaimView, 201: ClaimView})
def put_claim(request: HttpRequest, id: uuid.UUID, claim: ClaimPut) -> Any:
    """201 when it is new, 200 when it was known."""
    kept, is_new = claims.put_claim(request.auth, id, claim)
    return Status(201 if is_new else 200, claimed.view(kept))
