# SPDX-License-Identifier: Apache-2.0
"""Numbers that people read, such as the one behind FL-2291: each given once, also under many writers."""

from __future__ import annotations

from django.db.models import F

from firstlight_hub.base.models import Counter


def next_number(name: str, *, first: int) -> int:
    """The next number of `name`, inside the caller's transaction: the row stays locked until it commits."""
    if not Counter.objects.filter(name=name).update(value=F("value") + 1):
        Counter.objects.bulk_create([Counter(name=name, value=first - 1)], ignore_conflicts=True)
        Counter.objects.filter(name=name).update(value=F("value") + 1)
    return Counter.objects.values_list("value", flat=True).get(name=name)
