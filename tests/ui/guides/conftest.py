# SPDX-License-Identifier: Apache-2.0
"""A bench with a practice phone, real runs on the disk, the host of the window, and a dressed application."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import QSize

from fakes.bench_with_phone import GUIDES, make_bench
from fakes.window import Dressed
from firstlight.guides.library import Library
from firstlight.guides.ui import run_pages
from firstlight.guides.ui.guides_page import GuidesPage
from firstlight.guides.ui.run_host import RunHost

SLOW_CABLE = 6_000_000


class GuideDesk:
    """What the window wires together for guides."""

    def __init__(self, bench, dressed: Dressed) -> None:
        self.bench = bench
        self.dressed = dressed
        self.kit = dressed.kit
        self.host = self.new_host()
        self.opened = []

    def new_host(self) -> RunHost:
        host = RunHost(self.kit.jobs, self.bench.events, self.bench.runs, now=self.bench.now, practice=self.practice)
        host.setParent(self.dressed.look.jobs)
        return host

    def practice(self, serial: str):
        return self.bench.phone if serial == self.bench.phone.memory.serial else None

    def restart(self) -> None:
        """As after the end of the program: nothing in memory, everything from the disk."""
        self.bench.runs.close()
        self.bench.runs = self.bench.open_runs()
        self.host = self.new_host()

    def start(self, guide: str) -> str:
        return self.host.start(GUIDES / guide, 1)

    def page(self, run_id: str, *, size: QSize | None = None):
        page = run_pages.build(self.kit, host=self.host, run_id=run_id, photo_path=self.photo_path)
        self._show(page, size)
        return page

    def guides_page(self, *, is_online: bool | None = True, size: QSize | None = None) -> GuidesPage:
        library = Library(built_in=GUIDES, fetched=self.bench.root / "fetched")
        page = GuidesPage(
            self.kit, host=self.host, library=library, look=self.bench.inventory.devices, account_id=lambda: 1, is_online=lambda: is_online
        )
        self._show(page, size)
        page.shown()
        return page

    def _show(self, page, size: QSize | None) -> None:
        self.opened.append(page)
        page.resize(size or QSize(1124, 760))
        page.set_wide(page.width() >= 984)
        page.show()

    def photo_path(self, sha256: str) -> Path:
        return self.bench.root / "photos" / sha256

    def photo(self) -> Path:
        """A picture file as a tester drops it; kept by content like the window's."""
        source = self.bench.root / "mine.png"
        image = self.kit.icons.pixmap("house", "accent", 64).toImage()
        image.save(str(source))
        kept = self.photo_path(hashlib.sha256(source.read_bytes()).hexdigest())
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(source.read_bytes())
        return source

    def close(self) -> None:
        for page in self.opened:
            page.hide()
            page.deleteLater()
        self.dressed.close()
        self.bench.runs.close()
        self.bench.phone.stop()


@pytest.fixture
def desk(qapp, qtbot, tmp_path):
    bench = make_bench(tmp_path, with_program=False, bytes_per_s=0)
    desk = GuideDesk(bench, Dressed(qapp, bench.now))
    yield desk
    desk.close()
    qapp.processEvents()
