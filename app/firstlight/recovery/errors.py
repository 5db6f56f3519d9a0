# SPDX-License-Identifier: Apache-2.0
"""What can go wrong while a router is rescued over the cable.

RecoveryError
|- PortNeedsRights     this PC's system lets only an administrator listen at a port below 1024
|- PortTaken           another program of this PC listens there
|- AdapterGone         the chosen adapter is not there, is down, or has no address of this kind
|- OtherDhcpServer     somebody else hands out addresses on this cable: ours would fight with it
|- NobodyAsked         the time passed and no router asked for anything; `others`: MACs that were refused
|- RescueStalled       retryable; the router asked, took some and then said nothing more
|- RescueRefused       the router refused, with its words
|- RescueLoop          it takes the whole file again and again
|- WrongRouter         whoever answers at the router's address is not the expected one
`- ImageChanged        the file changed on this PC while it was sent
"""

from __future__ import annotations

from firstlight.base.errors import FirstlightError


class RecoveryError(FirstlightError):
    """Root of this room's errors."""

    code = "recovery"


class PortNeedsRights(RecoveryError):
    """Facts: `port`, `reason` linux, mac, windows."""

    code = "recovery.port_needs_rights"


class PortTaken(RecoveryError):
    """Facts: `port`."""

    code = "recovery.port_taken"
    retryable = True


class AdapterGone(RecoveryError):
    """Facts: `adapter`, `why`."""

    code = "recovery.adapter_gone"
    retryable = True


class OtherDhcpServer(RecoveryError):
    """Facts: `server`, its address."""

    code = "recovery.other_dhcp_server"


class NobodyAsked(RecoveryError):
    """Facts: `seconds`, `mac`, `others`; `reason` others when somebody else asked."""

    code = "recovery.nobody_asked"
    retryable = True


class RescueStalled(RecoveryError):
    """Facts: `seconds`, `name`, `percent`."""

    code = "recovery.stalled"
    retryable = True


class RescueRefused(RecoveryError):
    """Facts: `said`, `name`."""

    code = "recovery.refused"


class RescueLoop(RecoveryError):
    """Facts: `times`, `name`."""

    code = "recovery.loop"


class WrongRouter(RecoveryError):
    """Facts: `mac`, `got`."""

    code = "recovery.wrong_router"


class ImageChanged(RecoveryError):
    """Facts: `name`."""

    code = "recovery.image_changed"
    retryable = True
