# SPDX-License-Identifier: Apache-2.0
"""A desktop that has seen an honest hub once, for the tests of what a hostile one may try then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fakes.signed_hub import HostileHub, Maker
from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.firmware.trust import Trust
from firstlight_contract.signing import METADATA_PATH

IMAGE = b"image of the week" * 1000
PATH = "a1/26.47-boot.img"
STAMP = METADATA_PATH + "timestamp.json"


class Bench:
    """An honest hub that a desktop has seen once, and then whatever the test makes of it."""

    def __init__(self, hub: HostileHub, maker: Maker, folder: Path) -> None:
        self.hub, self.maker, self.folder = hub, maker, folder
        self.trust = self.new_trust()
        self.update()

    def new_trust(self, deadline_s: float = 5.0) -> Trust:
        client = self.hub.client()
        return Trust(self.folder, lambda: client, deadline_s=deadline_s)

    def update(self) -> None:
        self.hub.content = self.maker.served()

    def kept(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted((self.folder / "metadata").rglob("*.json")) if not path.is_symlink()}

    def refuses(self, kind: type[FirstlightError], reason: str = "", *, path: str = PATH, trust: Trust | None = None) -> None:
        """Asked once: the fault, and what was known stands."""
        before = self.trust.signed(PATH)
        with pytest.raises(kind) as refused:
            (trust or self.trust).target(path, Work())
        if reason:
            assert refused.value.facts["reason"] == reason
        after = self.trust.signed(PATH)
        assert (after.sha256, after.key, after.facts) == (before.sha256, before.key, before.facts)

    def recovers(self) -> None:
        """The honest hub is followed again."""
        self.hub.lies.clear()
        self.maker.sign_online()
        self.update()
        assert self.trust.target(PATH, Work()).length == len(IMAGE)


@contextmanager
def attacked(folder: Path) -> Iterator[Bench]:
    """A hub that serves one signed image, asked once."""
    maker = Maker()
    maker.publish(PATH, IMAGE, partition="boot")
    with HostileHub(maker.served()) as hub:
        made = Bench(hub, maker, folder / "trust")
        assert made.trust.target(PATH, Work()).version == "26.47"
        yield made
