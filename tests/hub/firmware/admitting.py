# SPDX-License-Identifier: Apache-2.0
"""What the tests of the admissions share: a build's note, a refusal that leaves nothing behind, a role as it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tuf.api.metadata import Metadata

from firstlight_contract.problem import Problem
from firstlight_contract.signing import BuildNote
from firstlight_hub.base.models import FeedItem
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.firmware import repository
from firstlight_hub.firmware.models import SignedMetadata, SignedTarget


def note(**other: Any) -> BuildNote:
    """What a manager says of the build."""
    known = {
        "programme": "aurora",
        "device": "a1",
        "version": "26.47",
        "week": "2026-W47",
        "guide": "a1-weekly",
        "changes": ("fixed: it froze",),
    }
    return BuildNote(**(known | other))


def refused(act: Callable[[], object], status: int) -> Problem:
    """It is refused with that status and leaves nothing behind."""
    before = (SignedMetadata.objects.count(), SignedTarget.objects.count(), FeedItem.objects.count())
    with pytest.raises(ProblemError) as error:
        act()
    assert error.value.problem.status == status, error.value.problem
    assert (SignedMetadata.objects.count(), SignedTarget.objects.count(), FeedItem.objects.count()) == before
    return error.value.problem


def payload(role: str) -> Any:
    """What stands in a role at the hub."""
    return Metadata.from_bytes(repository.content(role) or b"").signed
