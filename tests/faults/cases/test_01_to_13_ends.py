# SPDX-License-Identifier: Apache-2.0
"""Cases 1-13: the program or the power ends, at every place where something could be half done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from fakes.fault_proxy import Fault, FaultProxy
from faults.cases.pc import Pc, dies
from faults.hub_process import HubProcess
from faults.test_kill_anywhere import ForgetfulDisk
from firstlight.base.work import Work
from firstlight.reports.report import Local
from firstlight.store.sweep import sweep

pytestmark = pytest.mark.long
LOG = b"the fan stops after fourteen minutes\n" * 20_000


def write(folder: Path, hub: HubProcess, proxy: FaultProxy, **more: object) -> Callable[[], None]:
    """A tester who writes one report with a log and puts it in the outbox."""

    def act() -> None:
        Pc(folder, hub, proxy, **more).queue("Fan stops", log=LOG)  # type: ignore[arg-type]

    return act


def tmp_files(pc: Pc) -> list[Path]:
    return list((pc.folder / "blobs/tmp").glob("*"))


def titles(pc: Pc) -> list[str]:
    return [row.title for row in pc.reports.listing(1)]


@pytest.mark.parametrize(
    ("number", "point", "has_file", "is_queued"),
    [
        (1, "blob.tmp_made:1", False, False),
        (2, "blob.written:1", False, False),
        (3, "blob.synced:1", False, False),
        (4, "blob.renamed:1", False, False),
        (5, "report.queued:1", True, False),
        (6, "tx.before_commit:6", True, False),
        (7, "tx.committed:7", True, True),
    ],
    ids=lambda value: f"case_{value:02}" if isinstance(value, int) and not isinstance(value, bool) else "",
)
def test_case_01_to_07_killed_while_keeping_it_is_all_or_nothing(
    other_pc: Callable[..., Pc],
    tmp_path: Path,
    hub: HubProcess,
    proxy: FaultProxy,
    number: int,
    point: str,
    has_file: bool,
    is_queued: bool,
) -> None:
    del number
    label = point.partition(":")[0]
    at = point
    if label.startswith("tx."):
        # The transaction of queueing is the last one: count how many there are, and die in it.
        trace = tmp_path / "trace"
        dies_nowhere = tmp_path / "whole"
        assert not _traced(write(dies_nowhere, hub, proxy), trace)
        at = f"{label}:{trace.read_text().split().count(label)}"
    assert dies(write(tmp_path / "pc", hub, proxy), at)
    pc = other_pc("pc")
    sweep(pc.db, pc.blobs, Work())
    assert tmp_files(pc) == []
    assert titles(pc) == ["Fan stops"], "the words were there from the first letter"
    report = pc.reports.get(pc.reports.listing(1)[0].id)
    assert bool(report.attachments) == has_file
    assert report.state == (Local.QUEUED if is_queued else Local.DRAFT)
    for attachment in report.attachments:
        pc.blobs.verify(attachment.sha256, Work())
    pc.send()
    pc.send_all()
    assert (pc.at_hub(report.id) is not None) == is_queued, "what was promised is sent, and nothing else"


def _traced(act: Callable[[], None], trace: Path) -> bool:
    from firstlight.store import points

    def traced() -> None:
        points.arm("", str(trace))
        act()

    return dies(traced, "")


@pytest.mark.parametrize(("number", "point"), [(8, "send.before:1"), (9, "send.moved:14")], ids=["case_08", "case_09"])
def test_case_08_09_killed_around_a_chunk_it_goes_on_where_the_hub_stands(
    other_pc: Callable[..., Pc], tmp_path: Path, hub: HubProcess, proxy: FaultProxy, number: int, point: str
) -> None:
    folder = tmp_path / "pc"

    def act() -> None:
        pc = Pc(folder, hub, proxy)
        pc.big(3 << 20, f"case {number}")
        pc.send()

    assert dies(act, point)
    before = proxy.bytes_up
    pc = other_pc("pc")
    pc.send()
    [row] = pc.reports.listing(1)
    kept = pc.at_hub(row.id)
    assert kept is not None
    assert hashlib.sha256(hub.file(kept["files"][0][0]).read_bytes()).hexdigest() == kept["files"][0][0]
    assert proxy.bytes_up - before < (3.1 if number == 8 else 2.9) * (1 << 20)


def test_case_10_killed_between_the_answer_and_our_commit_makes_one_report(
    other_pc: Callable[..., Pc], tmp_path: Path, hub: HubProcess, proxy: FaultProxy
) -> None:
    def act() -> None:
        pc = Pc(tmp_path / "pc", hub, proxy)
        pc.queue("case ten")
        pc.send()

    assert dies(act, "send.answered:1")
    assert [r["title"] for r in hub.reports().values()].count("case ten") == 1
    pc = other_pc("pc")
    [row] = pc.reports.listing(1)
    number = hub.reports()[row.id]["number"]
    pc.send()
    assert pc.state(row.id) == Local.DELIVERED
    kept = hub.reports()[row.id]
    assert (kept["rev"], kept["number"]) == (1, number)
    assert [r["title"] for r in hub.reports().values()].count("case ten") == 1


@pytest.mark.parametrize("keeps_names", [True, False])
def test_case_11_a_power_cut_between_rename_and_folder_sync_leaves_no_row_without_its_file(
    other_pc: Callable[..., Pc], tmp_path: Path, hub: HubProcess, proxy: FaultProxy, keeps_names: bool
) -> None:
    disk = ForgetfulDisk(tmp_path / "disk.log")
    assert dies(write(tmp_path / "pc", hub, proxy, disk=disk), "blob.renamed:1")
    disk.cut(keeps_names=keeps_names)
    pc = other_pc("pc")
    with pc.db.read() as tx:
        for row in tx.execute("SELECT sha256 FROM blob"):
            pc.blobs.verify(row["sha256"], Work())
        assert not tx.execute("SELECT 1 FROM attachment").fetchall()
    assert titles(pc) == ["Fan stops"]


def test_case_12_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_doubled(pc: Pc, hub: HubProcess) -> None:
    draft = pc.queue("case twelve")
    pc.meets(Fault(cut_down=0))
    assert pc.send().sent == 0
    first = pc.at_hub(draft.id)
    assert first is not None, "it had arrived"
    pc.send_all()
    assert pc.state(draft.id) == Local.DELIVERED
    assert pc.at_hub(draft.id) == first
    assert len(hub.rows("SELECT 1 FROM hub_base_feeditem WHERE key = ?", draft.id)) == 1


def test_case_13_an_upload_cut_in_its_body_goes_on_at_the_hubs_offset(pc: Pc, hub: HubProcess, proxy: FaultProxy) -> None:
    draft = pc.big(4 << 20)
    [file] = draft.attachments
    pc.meets(Fault(cut_up=(1 << 20) + 700))
    pc.send()
    pc.send_all()
    kept = pc.at_hub(draft.id)
    assert kept is not None
    assert kept["files"][0][0] == file.sha256
    assert hub.file(file.sha256).read_bytes() == pc.blobs.path(file.sha256).read_bytes()
    assert proxy.bytes_up < 6 << 20
