# SPDX-License-Identifier: Apache-2.0
"""What options of commands take: addresses of devices, and amounts. What is none is wrong usage, told before anything is begun."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from firstlight.base.errors import BadInput
from firstlight.devices.address import Address, Way, parse
from firstlight.guides.recoveries import wanted

_WAY = re.compile(r"[A-Za-z]+:")


def device(text: str) -> Address:
    """KIND:ADDRESS, whole: also what only the recovery room reads of it."""
    try:
        address = parse(text)
        if address.way is Way.RECOVERY:
            wanted(address)
    except BadInput as error:
        raise argparse.ArgumentTypeError(f"{text}: {error.facts['why']}") from error
    return address


def device_or_phone(text: str) -> Address:
    """As `device`; a bare serial number is a phone's. A word and a colon is a kind, if a wrong one, and never a serial number."""
    return device(text if _WAY.match(text) else f"{Way.FASTBOOT}:{text}")


def amount(low: float, high: float) -> Callable[[str], float]:
    """A number from `low` to `high`."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"{text}: a number from {low:g} to {high:g} is wanted")
        return number

    return read
