# SPDX-License-Identifier: Apache-2.0
"""How often somebody may try something, kept in the database so that it holds for all workers together.

One row per key says when the bucket would be empty (GCRA): exact over any window, and one write per try.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from firstlight_contract.problem import Code
from firstlight_hub.account.models import Bucket
from firstlight_hub.base.problem import ProblemError


def caller(request: HttpRequest) -> str:
    """The caller's address: what our own proxies say when there are any, else the socket's."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def spend(what: str, who: str, *, times: int, seconds: int) -> None:
    """Count one try of `what` by `who`; ProblemError 429 with `Retry-After` when there were `times` in `seconds` already."""
    step, window = timedelta(seconds=seconds / times), timedelta(seconds=seconds)
    now = timezone.now()
    with transaction.atomic():
        bucket, _ = Bucket.objects.select_for_update().get_or_create(key=f"{what}|{who}"[:120], defaults={"until": now})
        until = max(bucket.until, now) + step
        too_soon = until - now - window
        if too_soon <= timedelta(milliseconds=1):
            bucket.until = until
            bucket.save(update_fields=["until"])
            return
    raise ProblemError(Code.TOO_MANY, 429, retry_after=max(1, math.ceil(too_soon.total_seconds())))


def forget_old() -> None:
    """Drop the buckets that are empty again."""
    Bucket.objects.filter(until__lt=timezone.now()).delete()


def on_ticked(sender: Any, **_facts: Any) -> None:
    """Receives base.signals.ticked."""
    forget_old()
