# SPDX-License-Identifier: Apache-2.0
"""The endpoint of firstlight_contract.community that is about guides."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from firstlight_contract.community import PUT_STATISTICS, StatisticsPut, StatisticsView
from firstlight_hub.account.auth import bearer
from firstlight_hub.guides import statistics

router = Router(auth=bearer, tags=["guides"])


@router.put(PUT_STATISTICS.path, response={200: StatisticsView, 201: StatisticsView})
def put_statistics(request: HttpRequest, id: uuid.UUID, statistic: StatisticsPut) -> Any:
    """201 when it is new, 200 when it was known."""
    view, is_new = statistics.put_statistics(request.auth, id, statistic)
    return Status(201 if is_new else 200, view)
