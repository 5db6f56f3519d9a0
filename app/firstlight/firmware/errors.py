# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with a build.

FirmwareError
|- Corrupt        an image is not what the hub listed: `name`, `expected`, `got`
|- ImageMissing   an image is not on this PC: `name`
|- NoBuild        the hub lists no build that fits: `device`
|- NotConfirmed   the phone runs another build than was written: `expected`, `got`
|- NotSigned      a file of a hub that signs is not signed: `name`
|- Untrusted      what is signed does not fit together, or not by the keys that it needs: `reason`, `what`
|- Expired        what is signed is over: `what`, `since`; `reason` "clock" when this PC's clock is probably wrong
|- NotKnown       nothing signed is on this PC yet, and the hub was not asked: `hub`
|- TrustBusy      another Firstlight is asking the same hub right now: `hub`
|- OlderBuild     older than what runs, and not signed for going back: `version`, `running`
`- StepNeeded     may not be written over what runs: `version`, `running`, `min_from`
"""

from __future__ import annotations

from firstlight.base.errors import FirstlightError


class FirmwareError(FirstlightError):
    """Root of this room's errors."""

    code = "firmware"


class Corrupt(FirmwareError):
    """Facts: `name`, `expected` and `got` (SHA-256, or sizes)."""

    code = "firmware.corrupt"
    retryable = True


class ImageMissing(FirmwareError):
    """Facts: `name`."""

    code = "firmware.image_missing"
    retryable = True


class NoBuild(FirmwareError):
    """Facts: `device`."""

    code = "firmware.no_build"


class NotConfirmed(FirmwareError):
    """Facts: `expected`, `got` ("" when the phone did not tell)."""

    code = "firmware.not_confirmed"


class NotSigned(FirmwareError):
    """The maker signs what this hub offers, and this file is not among it. Facts: `name`."""

    code = "firmware.not_signed"


class Untrusted(FirmwareError):
    """Refused before a byte of it was used. Facts: `what` and `reason`:

    "signature"  not signed by the keys that it needs
    "rollback"   older than what this PC has seen
    "mixed"      parts that were not signed for each other; also a build that the hub lists otherwise than it was signed
    "endless"    longer than what was signed
    "damaged"    cannot be read
    "gone"       the hub offered signed metadata before and does so no more
    """

    code = "firmware.untrusted"

    def __init__(self, *, reason: str, what: str = "", hub: str = "") -> None:
        super().__init__(reason=reason, what=what, hub=hub)
        self.reason = reason


class Expired(FirmwareError):
    """Facts: `what`, `since` (a date, or ""), `reason` "" or "clock", `minutes` that this PC's clock and the hub's differ."""

    code = "firmware.expired"


class NotKnown(FirmwareError):
    """Facts: `hub`."""

    code = "firmware.not_known"


class TrustBusy(FirmwareError):
    """Facts: `hub`."""

    code = "firmware.trust_busy"
    retryable = True


class OlderBuild(FirmwareError):
    """Facts: `version`, `running`."""

    code = "firmware.older"


class StepNeeded(FirmwareError):
    """Facts: `version`, `running`, `min_from`."""

    code = "firmware.step_needed"
