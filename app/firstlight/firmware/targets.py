# SPDX-License-Identifier: Apache-2.0
"""Files that a guide names by their signed path (`target:`), for one account: brought from its hub, and checked again before each use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from firstlight.base.work import Work
from firstlight.firmware.errors import NotKnown, Untrusted

if TYPE_CHECKING:
    from firstlight.firmware.offline import Signed
    from firstlight.firmware.trust import Trust


@dataclass(frozen=True)
class SignedFiles:
    """`devices` are the models that the guide is for, `running` tells the build that the device runs ("" unknown): a file that was signed
    for another device, or may not follow that build, is refused.
    """

    trust: Trust | None
    devices: tuple[str, ...] = ()
    running: Callable[[], str] = str

    @property
    def is_possible(self) -> bool:
        """Whether anything signed is known here at all."""
        return self.trust is not None and self.trust.pin is not None

    def bring(self, target: str, place: Path, work: Work) -> None:
        """Fetch it to `place`, whole and hashed; NotSigned, NotKnown, Untrusted, OlderBuild, StepNeeded, HubError."""
        trust = self._trust()
        signed = trust.target(target, work)
        self._fits(signed)
        trust.bring(signed, place, work)

    def check(self, target: str, file: Path, work: Work) -> None:
        """Read it and compare with what was signed, by what lies on this PC; also Corrupt, ImageMissing."""
        self._fits(self._trust().check_offline(file, target, work))

    def _trust(self) -> Trust:
        if self.trust is None:
            raise NotKnown(hub="")
        return self.trust

    def _fits(self, signed: Signed) -> None:
        from firstlight.firmware.offline import may_follow  # noqa: PLC0415  # heavy: pydantic

        if signed.device and self.devices and signed.device not in self.devices:
            raise Untrusted(reason="mixed", what=signed.path)
        if signed.device:
            may_follow(signed, self.running())
