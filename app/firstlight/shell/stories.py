# SPDX-License-Identifier: Apache-2.0
"""The builds of each device, told from the runs of this PC."""

from __future__ import annotations

from firstlight.guides.news import news_of
from firstlight.guides.state import RunState
from firstlight.guides.ui.deed_words import device_name
from firstlight.honour.ui.device_card import DeviceStory, Ending, Installed
from firstlight_contract.honour import ActivityKind


def stories(runs: tuple[RunState, ...]) -> tuple[DeviceStory, ...]:
    """One story a device, newest first; runs that put no build anywhere tell nothing."""
    found: dict[str, list[Installed]] = {}
    names: dict[str, tuple[str, str]] = {}
    for state in runs:
        if state.device is None:
            continue
        for news in news_of(state):
            if news.kind is not ActivityKind.BUILD_INSTALLED:
                continue
            serial = state.device.serial
            seconds = int(news.facts.get("seconds", "0") or 0)
            found.setdefault(serial, []).append(Installed(news.facts["build"], news.at, seconds, Ending.DONE))
            names.setdefault(serial, (device_name(state), state.device.tail))
    return tuple(DeviceStory(names[serial][0], names[serial][1], "device-mobile", tuple(builds)) for serial, builds in found.items())
