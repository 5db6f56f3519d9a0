# SPDX-License-Identifier: Apache-2.0
"""The feed's page, read more tolerantly than the contract writes it: kinds are plain words."""

from __future__ import annotations

from typing import Any

from firstlight_contract.endpoint import Endpoint
from firstlight_contract.feed import SYNC
from firstlight_contract.wire import Count, Line, When, Wire


class AnyItem(Wire):
    """A FeedItem of whatever kind."""

    seq: Count
    kind: Line
    key: Line
    at: When
    deleted: bool = False
    body: dict[str, Any]


class AnyPage(Wire):
    """A FeedPage of such items."""

    items: tuple[AnyItem, ...]
    cursor: str
    more: bool
    left: Count = 0


ANY_KIND = Endpoint(SYNC.method, SYNC.path, AnyPage)
