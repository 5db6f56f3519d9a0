# SPDX-License-Identifier: Apache-2.0
"""Every JSON endpoint, once; tests/contract compares this list with what the hub serves."""

from __future__ import annotations

from typing import Any

from firstlight_contract import account, bundles, community, devices, feed, honour, reports
from firstlight_contract.endpoint import Endpoint

ALL: tuple[Endpoint[Any], ...] = (
    account.ME,
    account.CODE,
    account.JOIN,
    devices.PUT_DEVICE,
    reports.PUT_REPORT,
    reports.GET_REPORT,
    reports.PUT_COMMENT,
    honour.PUT_ACTIVITY,
    community.PUT_VOTE,
    community.PUT_EXPERIENCE,
    community.PUT_RSVP,
    community.PUT_ALBUM,
    community.PUT_CLAIM,
    community.PUT_STATISTICS,
    bundles.PUT_PC,
    bundles.PUT_BUNDLE,
    feed.SYNC,
)
