# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with a device or the program that talks to it.

DeviceError
|- ToolMissing      adb or fastboot is not on this PC
|- DeviceNotFound   nobody with this serial number answers
|- DeviceLost       retryable; it answered and then did not: cable, port, power
|- DeviceStalled    retryable; it holds the line and says nothing for longer than the call may take
|- DeviceUnauthorised   retryable; a started phone whose tester has not allowed this PC
|- DeviceNotBack    it was told to start and has not answered since
|- DeviceRefused    it said no: `said` are its words
|  |- DeviceLocked      its bootloader takes no images
|  |- UnlockForbidden   its owner has not allowed unlocking in the developer options
|  |- DeviceBatteryLow  it wants to be charged first
|  |- DeviceWrong       what is sent is for another model
|  |- DeviceNoRoom      no place for what is sent
|  |- DeviceDamaged     what is written does not stick
|  `- PackageRefused    its recovery did not install the package
|  `- DeviceBatteryLow  it wants to be charged first
|- ToolFailed       the program ended in a way that we cannot read
|- RouterNotFound, RouterLost, RouterStalled    the same three of a router on the network
|- HostKeyChanged   another router than before answers at the address, or it was reset
|- LoginRefused     the router lets nobody in with what the tester gave
|- NotARouter       whoever answers gives answers that no router of ours gives
|- RouterNoRoom     the image does not fit into the router's memory
|- UploadDamaged    what the router holds is not what was sent
|- ImageUnfit       the image is not for this router, or must not go onto it as it is (`reason`)
|- BackupDamaged    the router's settings did not arrive whole
`- RouterNotBack    after a flash: `reason` rolled_back, brick, still_booting, unchanged, other
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


class DeviceUnauthorised(DeviceError):
    """Facts: `address`; `reason` started: it was to come back, and has."""

    code = "device.unauthorised"
    retryable = True


class DeviceNotBack(DeviceError):
    """Facts: `serial`, `tail`, `seconds`; `reason` fell_back: it stands in its bootloader again, `fault` could not be started."""

    code = "device.not_back"
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


class UnlockForbidden(DeviceRefused):
    """As DeviceRefused."""

    code = "device.unlock_forbidden"


class DeviceWrong(DeviceRefused):
    """What is sent is for another device. As DeviceRefused."""

    code = "device.wrong"


class DeviceNoRoom(DeviceRefused):
    """As DeviceRefused."""

    code = "device.no_room"


class DeviceDamaged(DeviceRefused):
    """As DeviceRefused."""

    code = "device.damaged"


class PackageRefused(DeviceRefused):
    """As DeviceRefused."""

    code = "device.package_refused"


class ImageOdd(DeviceError):
    """Facts: `name`, `why`."""

    code = "device.image_odd"


class ToolFailed(DeviceError):
    """Facts: `tool`, `exit`, `said`."""

    code = "device.tool_failed"


_REFUSALS: tuple[tuple[type[DeviceRefused], tuple[str, ...]], ...] = (
    (UnlockForbidden, ("allow oem unlock", "unlock operation is not allowed", "enable unlocking", "enable oem unlock", "oem unlocking")),
    (
        DeviceLocked,
        (
            "lock state",
            "bootloader is locked",
            "device is locked",
            "command not allowed",
            "not allowed when locked",
            "not allowed in locked",
            "flashing is locked",
            "partition flashing is not allowed",
        ),
    ),
    (DeviceBatteryLow, ("low power", "low battery", "battery charging", "battery is low")),
    (DeviceNoRoom, ("no space left", "not enough space", "enospc", "insufficient space")),
    (DeviceDamaged, ("input/output error", "i/o error", "write error", "failed to write", "erase failed", "blk_", "emmc error")),
)


class RouterNotFound(DeviceNotFound):
    """Nobody answers at the address. Facts: `address`, `why`."""

    code = "device.router_not_found"


class RouterLost(DeviceLost):
    """Facts: `address`, `why`."""

    code = "device.router_lost"


class RouterStalled(DeviceStalled):
    """Facts: `address`, `seconds`."""

    code = "device.router_stalled"


class HostKeyChanged(DeviceError):
    """Facts: `address`, `kept` and `got` (fingerprints)."""

    code = "device.host_key_changed"


class LoginRefused(DeviceError):
    """Facts: `address`, `user`."""

    code = "device.login_refused"


class NotARouter(DeviceError):
    """Facts: `address`, `why`."""

    code = "device.not_a_router"


class RouterNoRoom(DeviceError):
    """Facts: `free`, `needed` in bytes, and in MB for the sentence."""

    code = "device.router_no_room"


class UploadDamaged(DeviceError):
    """Facts: `expected`, `got` (hashes), `said`. What arrived was deleted again."""

    code = "device.upload_damaged"
    retryable = True


class ImageUnfit(DeviceError):
    """Facts: `reason` board, compat_major, compat_minor, no_metadata, damaged, router_said; `board`, `wanted`, `said`."""

    code = "device.image_unfit"


class BackupDamaged(DeviceError):
    """Facts: `why`."""

    code = "device.backup_damaged"
    retryable = True


class RouterNotBack(DeviceError):
    """Facts: `reason` rolled_back, brick, still_booting, unchanged, other; `build`, `wanted`, `seconds`, `starts`."""

    code = "device.router_not_back"


_LOCKED = ("lock state", "bootloader is locked", "device is locked", "command not allowed", "not allowed when locked")
_LOW = ("low power", "low battery", "battery charging", "battery is low")


def refusal(said: str, command: str) -> DeviceRefused:
    """The error for a device's words of refusal; makers word the same few things in a dozen ways."""
    text = said.lower()
    for kind, phrases in _REFUSALS:
        if any(phrase in text for phrase in phrases):
            return kind(said=said[:300], command=command)
    return DeviceRefused(said=said[:300], command=command)


_UNAUTHORISED = ("unauthorized", "still authorizing", "authenticate")
_GONE = ("not found", "no devices", "offline", "protocol fault", "connection reset", "couldn't read", "closed", "broken pipe", "refused")


def adb_trouble(said: str, serial: str, command: str) -> DeviceError:
    """The error for adb's words: not allowed, gone, or refused."""
    text = said.lower()
    if any(phrase in text for phrase in _UNAUTHORISED):
        return DeviceUnauthorised(address=serial)
    if any(phrase in text for phrase in _GONE):
        return DeviceLost(address=serial, why=said.strip()[:200])
    return refusal(said.strip(), command)
