# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with a device or the program that talks to it.

DeviceError
|- ToolMissing      adb or fastboot is not on this PC
|- DeviceNotFound   nobody with this serial number answers
|- DeviceLost       retryable; it answered and then did not: cable, port, power
|- DeviceStalled    retryable; it holds the line and says nothing for longer than the call may take
|- DeviceRefused    it said no: `said` are its words
|  |- DeviceLocked      its bootloader takes no images
|  `- DeviceBatteryLow  it wants to be charged first
`- ToolFailed       the program ended in a way that we cannot read
"""

from __future__ import annotations

from firstlight.base.errors import FirstlightError


class DeviceError(FirstlightError):
    """Root of this room's errors. Fact `serial` or `address` says whom."""

    code = "device"


class ToolMissing(DeviceError):
    """Facts: `tool`."""

    code = "device.tool_missing"


class DeviceNotFound(DeviceError):
    """Facts: `serial`."""

    code = "device.not_found"
    retryable = True


class DeviceLost(DeviceError):
    """Facts: `address`, `why`."""

    code = "device.lost"
    retryable = True


class DeviceStalled(DeviceError):
    """Facts: `address`, `seconds`."""

    code = "device.stalled"
    retryable = True


class DeviceRefused(DeviceError):
    """Facts: `said`, `command`."""

    code = "device.refused"


class DeviceLocked(DeviceRefused):
    """As DeviceRefused."""

    code = "device.locked"


class DeviceBatteryLow(DeviceRefused):
    """As DeviceRefused."""

    code = "device.battery_low"


class ToolFailed(DeviceError):
    """Facts: `tool`, `exit`, `said`."""

    code = "device.tool_failed"


_LOCKED = ("lock state", "bootloader is locked", "device is locked", "command not allowed", "not allowed when locked")
_LOW = ("low power", "low battery", "battery charging", "battery is low")


def refusal(said: str, command: str) -> DeviceRefused:
    """The error for a bootloader's words of refusal; makers word the same two things in a dozen ways."""
    text = said.lower()
    if any(phrase in text for phrase in _LOCKED):
        return DeviceLocked(said=said, command=command)
    if any(phrase in text for phrase in _LOW):
        return DeviceBatteryLow(said=said, command=command)
    return DeviceRefused(said=said, command=command)
