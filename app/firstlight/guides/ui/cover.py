# SPDX-License-Identifier: Apache-2.0
"""The picture that stands for a guide: its own cover, else one of its kind."""

from __future__ import annotations

from pathlib import Path

from firstlight.guides.document import picture
from firstlight.guides.state import RunState
from firstlight.kit.kit import Kit
from firstlight_contract.guides import GuideKind

_OF_KIND = {GuideKind.FLASH: "cover-phone-flash", GuideKind.RECOVER: "cover-router-rescue", GuideKind.IMAGE: "cover-sd-card"}


def cover_of(kit: Kit, state: RunState) -> Path:
    """The cover of a run's guide."""
    own = picture(state.folder, state.guide.cover) if state.guide.cover else None
    return own or kit.resources / "images" / "covers" / f"{_OF_KIND.get(state.guide.kind, 'cover-build-kit')}.svg"
