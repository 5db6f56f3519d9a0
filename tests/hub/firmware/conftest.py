# SPDX-License-Identifier: Apache-2.0
"""A release manager with all keys, and a hub whose repository they have begun: lines a1 and guides for Aurora, tools for everybody."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.utils import timezone
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import TargetFile

from firstlight_contract.signing import BuildNote, Facts, LineState, Submission
from firstlight_hub.base.shelf import files
from firstlight_hub.firmware import admission, keys, repository, signing
from hub.conftest import Cast

IMAGE = b"image of the week" * 400


class Manager:
    """Keys of everything but the hub's own; signs on their PC what `submit` brings."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.roots = [keys.new() for _ in range(3)]
        self.top = keys.new()
        self.lines = {name: keys.new() for name in ("a1", "guides", "tools")}

    def first(self) -> dict[str, bytes]:
        """The beginning of a repository."""
        online = repository.fresh_online()
        return signing.first(online=online, roots=self.roots, threshold=2, targets=self.top, lines=self.lines, now=timezone.now())

    def begin(self, metadata: dict[str, bytes] | None = None, *, is_local: bool = True) -> None:
        """Begin the repository."""
        owners = (
            LineState(name="a1", programme="aurora"),
            LineState(name="guides", programme="aurora"),
            LineState(name="tools", is_public=True),
        )
        self.submit(metadata or self.first(), is_local=is_local, lines=owners)

    def submit(
        self,
        metadata: dict[str, bytes],
        *,
        build: BuildNote | None = None,
        is_local: bool = False,
        lines: tuple[LineState, ...] = (),
        actor: Any = None,
    ) -> None:
        """Bring it to the hub."""
        form = Submission(metadata={role: data.decode() for role, data in metadata.items()}, build=build, lines=lines)
        admission.admit(form, actor=actor, now=timezone.now(), is_local=is_local)

    def file(self, path: str = "a1/26.47-boot.img", content: bytes = IMAGE, *, is_sent: bool = True, **facts: Any) -> TargetFile:
        """A file as a line lists it; its bytes are at the hub unless told otherwise."""
        if is_sent:
            files().put([content])
        known = Facts(**({"version": "26.47", "device": "a1", "partition": "boot"} | facts))
        return signing.target(path, sha256=hashlib.sha256(content).hexdigest(), size=len(content), facts=known)

    def line(self, *found: TargetFile, name: str = "a1", key: CryptoSigner | None = None) -> dict[str, bytes]:
        """The line with more files."""
        return {name: signing.with_files(repository.content(name) or b"", key or self.lines[name], found, timezone.now())}

    def online(self) -> CryptoSigner:
        """The hub's online key, as a thief has it."""
        found = repository.online_keys().find(repository.state().online_id)
        assert found is not None
        return found


@pytest.fixture
def unstarted(cast: Cast, tmp_path: Any, settings_data: None) -> Manager:
    """A manager before `keys init`."""
    return Manager(cast)


@pytest.fixture
def settings_data(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and files of the hub in a folder of this test: rows are taken back after it, files would stay."""
    from django.conf import settings

    monkeypatch.setattr(settings, "HUB_DATA", tmp_path / "hub")


@pytest.fixture
def manager(unstarted: Manager) -> Manager:
    """A manager whose hub signs."""
    unstarted.begin()
    return unstarted
