# SPDX-License-Identifier: Apache-2.0
"""A bundle carries what waits, cannot be changed on its way, and saving it changes nothing."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from fakes.desk import SECRET, Desk
from fakes.hub import FakeHub
from firstlight.base.errors import BadInput
from firstlight.base.work import Work
from firstlight.reports.report import Local
from firstlight.sync import usb
from firstlight.sync.entry import OpKind
from firstlight.sync.errors import BundleInvalid, NothingWaits
from firstlight.sync.usb import Bundles


@pytest.fixture
def bundles(desk: Desk) -> Bundles:
    return Bundles(desk.db, desk.blobs, desk.outbox, desk.clock)


def test_what_waits_is_saved_and_still_waits(desk: Desk, bundles: Bundles, hub: FakeHub, tmp_path: Path) -> None:
    draft = desk.queue("in the basement", picture=b"raw", log=b"x " + SECRET + b" y")
    saved = bundles.save(1, tmp_path / "stick", Work())
    assert saved.acts == 1
    [path] = saved.paths
    manifest = usb.read(path, Work())
    assert [(act.kind, str(act.subject)) for act in manifest.acts] == [("report", draft.id)]
    assert len(manifest.blobs) == 2
    assert SECRET not in path.read_bytes(), "only what was redacted leaves"
    assert desk.reports.get(draft.id).state == Local.QUEUED
    assert desk.drain_after().sent == 1
    assert list(hub.reports) == [draft.id]
    with pytest.raises(NothingWaits):
        bundles.save(1, tmp_path / "stick", Work())


def test_the_same_acts_saved_again_are_the_same_bundle(desk: Desk, bundles: Bundles, tmp_path: Path) -> None:
    desk.queue()
    first = usb.read(bundles.save(1, tmp_path / "a", Work()).paths[0], Work())
    desk.restart()
    again = Bundles(desk.db, desk.blobs, desk.outbox, desk.clock).save(1, tmp_path / "b", Work())
    assert usb.read(again.paths[0], Work()).id == first.id


@pytest.mark.parametrize("harm", ["act", "blob", "manifest", "compressed", "cut", "text", "locked"])
def test_a_bundle_that_was_changed_is_found_out(desk: Desk, bundles: Bundles, tmp_path: Path, harm: str) -> None:
    desk.queue(log=b"a log of some length " * 20)
    [path] = bundles.save(1, tmp_path, Work()).paths
    changed = tmp_path / "changed"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED if harm == "compressed" else 0) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if harm == "manifest" and entry.filename == "manifest.json":
                data = data.replace(b'"anna"', b'"bob!"')
            if entry.filename.startswith(f"{harm}s/"):
                data = data[:-1] + bytes([data[-1] ^ 1])
            new.writestr(entry.filename, data)
    if harm == "cut":
        changed.write_bytes(path.read_bytes()[:-100])
    if harm == "text":
        changed.write_text("no bundle at all")
    if harm == "locked":
        data = bytearray(path.read_bytes())
        data[data.index(b"PK\x01\x02") + 8] |= 1  # says that its first member wants a password
        changed.write_bytes(data)
    with pytest.raises(BundleInvalid):
        bundles.take_in(1, changed, Work())
    shutil.copy(path, tmp_path / "copy")
    assert bundles.take_in(1, tmp_path / "copy", Work()).is_own


def test_a_stick_that_refuses_is_named(desk: Desk, bundles: Bundles, tmp_path: Path) -> None:
    desk.queue()
    (tmp_path / "file").touch()
    for act in (lambda: bundles.save(1, tmp_path / "file", Work()), lambda: bundles.take_in(1, tmp_path / "nowhere", Work())):
        with pytest.raises(BadInput) as caught:
            act()
        assert str(caught.value.facts["path"]).startswith(str(tmp_path))


def test_a_bundle_for_another_hub_is_not_taken(desk: Desk, bundles: Bundles, tmp_path: Path) -> None:
    desk.queue()
    [path] = bundles.save(1, tmp_path, Work()).paths
    with desk.db.write() as tx:
        tx.execute("UPDATE account SET hub = 'http://another' WHERE id = 2")
    with pytest.raises(BundleInvalid, match="http://hub"):
        bundles.take_in(2, path, Work())


def test_a_large_line_becomes_several_bundles_of_whole_reports(
    desk: Desk, bundles: Bundles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usb, "MOST_BYTES", 50_000)
    drafts = [desk.queue(f"report {n}", log=b"%d " % n * 15_000) for n in range(4)]
    paths = bundles.save(1, tmp_path, Work()).paths
    assert len(paths) == len({path.name for path in paths}) > 1
    manifests = [usb.read(path, Work()) for path in paths]
    assert sorted(str(act.subject) for m in manifests for act in m.acts) == sorted(d.id for d in drafts)
    assert all(m.blobs for m in manifests)


def test_this_pcs_key_is_told_the_hub_once_and_is_the_one_that_signs(desk: Desk, bundles: Bundles, hub: FakeHub, tmp_path: Path) -> None:
    desk.queue()
    bundles.introduce(1)
    bundles.introduce(1)
    [path] = bundles.save(1, tmp_path, Work()).paths
    manifest = usb.read(path, Work())
    desk.drain_after()
    assert hub.pcs == {str(manifest.pc): ("anna", manifest.public_key)}
    with desk.db.read() as tx:
        kept = desk.outbox.find(tx, 1, OpKind.PC, str(manifest.pc))
    assert kept is not None


def test_bringing_it_is_an_act_that_survives_and_its_file_goes_afterwards(
    desk: Desk, bundles: Bundles, hub: FakeHub, tmp_path: Path
) -> None:
    desk.queue("anna's", log=b"z" * 1000)
    [path] = bundles.save(1, tmp_path, Work()).paths
    carried = bundles.take_in(2, path, Work())
    assert (carried.subject, carried.is_own) == ("anna", False)
    path.unlink()
    desk.restart()
    desk.signed_in = {2: "bob"}
    desk.drain()
    assert list(hub.bundles) == [carried.id]
    with desk.db.read() as tx:
        assert not tx.execute("SELECT 1 FROM op_blob n JOIN op ON op.seq = n.seq WHERE op.kind = 'bundle'").fetchall()
