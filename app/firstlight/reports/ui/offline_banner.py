# SPDX-License-Identifier: Apache-2.0
"""Says since when there is no network, that nothing is lost, and offers to try now."""

from __future__ import annotations

from datetime import UTC, datetime

from firstlight.hublink.reachability import Reachability
from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Banner
from firstlight.kit.kit import Kit


class OfflineBanner(Banner):
    """Hidden while the hub answers. `try_button` is hidden when the tester chose to work offline, `stick_button` while nothing waits."""

    def __init__(self, kit: Kit, reachability: Reachability) -> None:
        self.try_button = Button(kit, "", size="small")
        self.stick_button = Button(kit, "", kind="ghost", size="small")
        super().__init__(kit, "warn", "", icon="cloud-slash", actions=(self.try_button, self.stick_button))
        self._kit = kit
        self._reachability = reachability
        self.try_button.setText(self.tr("Try now"))
        self.stick_button.setText(self.tr("Save to a USB stick"))
        self.hide()

    def set_waiting(self, acts: int) -> None:
        """How much waits for the hub."""
        self.stick_button.setHidden(not acts)

    def refresh(self) -> None:
        """Show or hide, by what the last request saw."""
        is_offline = self._reachability.is_online is False
        self.setHidden(not is_offline)
        if not is_offline:
            return
        since = figures.moment(datetime.fromtimestamp(self._reachability.since, UTC), self._kit.now().date(), self._kit.language)
        is_chosen = self._reachability.forced_offline
        if is_chosen:
            bold = self.tr("You work offline since {time}.").format(time=since)
            text = self.tr("Everything below is kept on this PC. It goes out, in this order, once you go online again in Settings.")
        else:
            bold = self.tr("You are offline since {time}.").format(time=since)
            text = self.tr(
                "Nothing is lost: everything below is kept on this PC and goes out by itself, in this order, when the network is back."
            )
        self.try_button.setHidden(is_chosen)
        self.set_text(text, bold)
