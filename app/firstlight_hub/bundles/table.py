# SPDX-License-Identifier: Apache-2.0
"""What each kind of act in a bundle is given to: the same services as the endpoints', so that both ways know each other's repeats."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from firstlight_contract import community as wire
from firstlight_contract.devices import DevicePut
from firstlight_contract.honour import ActivityPut
from firstlight_contract.reports import CommentPut, ReportPut
from firstlight_contract.wire import Wire
from firstlight_hub.account.models import User
from firstlight_hub.community import services as community
from firstlight_hub.devices import services as devices
from firstlight_hub.guides.statistics import put_statistics
from firstlight_hub.honour import services as honour
from firstlight_hub.honour.claims import put_claim
from firstlight_hub.reports import services as reports

Take = Callable[[User, uuid.UUID, Any], tuple[Any, bool]]

TABLE: dict[str, tuple[type[Wire], Take]] = {
    "device": (DevicePut, devices.put),
    "report": (ReportPut, reports.put_report),
    "comment": (CommentPut, reports.put_comment),
    "activity": (ActivityPut, honour.put_activity),
    "vote": (wire.VotePut, community.put_vote),
    "experience": (wire.ExperiencePut, community.put_experience),
    "rsvp": (wire.RsvpPut, community.put_rsvp),
    "album": (wire.AlbumPut, community.put_album),
    "claim": (wire.ClaimPut, put_claim),
    "statistics": (wire.StatisticsPut, put_statistics),
}
"""Never a key of a PC: nobody may introduce a key by what it signed."""
