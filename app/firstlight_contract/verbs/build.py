# SPDX-License-Identifier: Apache-2.0
"""Verbs for the weekly build, whatever the device: `build.*`."""

from __future__ import annotations

from typing import Literal

from firstlight_contract.verbs.doc import CheckDoc, DeedDoc


class BuildGenuine(CheckDoc):
    """Check: every image has the size and SHA-256 that the hub listed, read from the disk now."""

    verb: Literal["build.genuine"]


class BuildBooted(CheckDoc):
    """Check: the device has started and names the build that was written."""

    verb: Literal["build.booted"]


class BuildFetch(DeedDoc):
    """Bring the images of the chosen build and of the one before it (the way back) to this PC, and compare their hashes."""

    verb: Literal["build.fetch"]


CHECKS: tuple[type[CheckDoc], ...] = (BuildGenuine, BuildBooted)
DEEDS: tuple[type[DeedDoc], ...] = (BuildFetch,)
