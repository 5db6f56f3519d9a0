# SPDX-License-Identifier: Apache-2.0
"""What guide commands need of a profile: library, devices, images and runs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from firstlight.base.work import Work
from firstlight.capture import photos
from firstlight.cli.core import Core
from firstlight.cli.router import routers
from firstlight.devices import tool
from firstlight.devices.address import Address
from firstlight.devices.inventory import Inventory
from firstlight.firmware.images import Images
from firstlight.guides.backends import phones
from firstlight.guides.document import read
from firstlight.guides.library import Library
from firstlight.guides.news import News
from firstlight.guides.reach import reach
from firstlight.guides.runs import Runs
from firstlight.guides.telling import tell
from firstlight.hublink import downloads
from firstlight_contract.feed import FeedKind, GuideFile, GuideView
from firstlight_contract.firmware import ImageFile, Release


class GuideBench:
    """Built for one command. `given`: addresses that the tester named; `files`: the folder of the guide's files."""

    def __init__(self, core: Core, *, given: tuple[Address, ...] = (), files: Path | None = None, beside: Path | None = None) -> None:
        self._core = core
        account = core.sessions.current()
        self.account_id = account.id if account else 0
        self.devices = Inventory(
            fastboot=lambda: tool.find("fastboot", core.settings.fastboot),
            adb=lambda: tool.find("adb", core.settings.adb),
            network=lambda: phones(given),
        )
        self.images = Images(core.paths.builds, self._download, core.signed.trust)
        self.library = Library(
            built_in=core.paths.resources / "guides",
            fetched=core.paths.guides,
            published=self._published,
            download=self._download,
            is_signed=core.signed.is_signed,
        )
        self.routers = routers(core)
        self.runs = Runs(
            root=core.paths.runs,
            devices=reach(
                self.devices,
                library=self.library,
                routers=self.routers,
                account=lambda: self.account_id,
                given=lambda: given,
                given_files=files,
                kept_files=core.paths.data / "way-back",
                is_offline=lambda: core.settings.work_offline,
                beside=beside,
            ),
            images=self.images,
            releases=lambda account_id: core.inbox.of(account_id, FeedKind.RELEASE, Release),
            keep_photo=self._keep_photo,
            tell=self._tell,
            events=core.events,
            now=lambda: datetime.now().astimezone(),
        )

    def named(self, path: Path) -> str:
        """The name of a guide in a file; GuideInvalid."""
        return read(path).id

    def close(self) -> None:
        """Let go of journals and lines."""
        self.runs.close()
        self.routers.close()

    def _published(self, account_id: int) -> tuple[GuideView, ...]:
        return self._core.signed.guides(account_id)

    def _download(self, account_id: int, file: ImageFile | GuideFile, target: Path, work: Work) -> None:
        client = self._core.sessions.client(account_id)
        downloads.fetch(client, sha256=file.sha256, size=file.size, target=target, work=work)

    def _keep_photo(self, source: Path | bytes, work: Work) -> str:
        return self._core.blobs.put(photos.clean(source), media="image/jpeg", work=work).sha256

    def _tell(self, news: News) -> None:
        tell(news, sessions=self._core.sessions, db=self._core.db, outbox=self._core.outbox)
