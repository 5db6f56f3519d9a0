# SPDX-License-Identifier: Apache-2.0
"""Cases 21-29: what a hub refuses, loses, forgets; and edits at every moment."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from fakes.fault_proxy import Fault, FaultProxy
from faults.cases.pc import Pc
from faults.hub_process import HubProcess, run_hub_program, said
from firstlight.base.work import Work
from firstlight.kit import sentences
from firstlight.reports.report import Local
from firstlight.sync import usb
from firstlight.sync.news import Sending

pytestmark = pytest.mark.long


def test_case_21_removed_from_the_programme_it_needs_the_tester_who_can_save_it_to_a_file(
    other_pc: Callable[..., Pc], hub: HubProcess, tmp_path: Path
) -> None:
    pc = other_pc(who="carol")  # never a member: the hub says the same to somebody who was removed
    draft = pc.queue("case twenty-one", log=b"all of it is kept")
    pc.send()
    kept = pc.reports.get(draft.id)
    assert (kept.state, kept.why.facts["status"]) == (Local.NEEDS_YOU, 403)
    assert kept.attachments
    saved = pc.bundles.save(1, tmp_path / "stick", Work(), about=draft.id)
    [act] = usb.read(saved.paths[0], Work()).acts
    assert str(act.subject) == draft.id
    assert pc.at_hub(draft.id) is None


@pytest.mark.parametrize("gone", ["expired", "dropped"])
def test_case_22_an_upload_that_the_hub_let_go_begins_anew_under_its_name(pc: Pc, hub: HubProcess, gone: str) -> None:
    draft = pc.big(3 << 20)
    [file] = draft.attachments
    # A connection that was left idle may end before the upload takes the next one: three are cut, and together they carry no whole file.
    pc.meets(*(Fault(cut_up=700_000) for _try in range(3)), *(Fault(reset=True) for _try in range(12)))
    pc.send()
    assert hub.rows("SELECT 1 FROM hub_reports_upload WHERE name = ? AND stored_at IS NULL", file.sha256)
    if gone == "expired":
        hub.change("UPDATE hub_reports_upload SET expires_at = '2020-01-01 00:00:00' WHERE name = ?", file.sha256)
    else:
        hub.change("DELETE FROM hub_reports_upload WHERE name = ?", file.sha256)
    pc.proxy.faults.clear()
    pc.send_all()
    assert pc.state(draft.id) == Local.DELIVERED
    assert hub.file(file.sha256).stat().st_size == file.size


def test_case_23_an_upload_that_stands_elsewhere_goes_on_there(pc: Pc, hub: HubProcess) -> None:
    draft = pc.big(2 << 20)
    [file] = draft.attachments

    def somebody_else_wrote(news: Sending) -> None:
        """A zombie of an earlier connection brings its last bytes while ours are on their way."""
        if news.done and not pushed:
            pushed.append(True)
            [row] = hub.rows("SELECT id, user_id FROM hub_reports_upload WHERE name = ?", file.sha256)
            part = hub.data / "uploads" / str(row["user_id"]) / f"{row['id']}.part"
            part.write_bytes(pc.blobs.path(file.sha256).read_bytes()[: 1 << 20])

    pushed: list[bool] = []
    pc.meets(Fault(cut_up=400_000))
    stop = pc.events.subscribe(Sending, somebody_else_wrote)
    pc.send()
    stop()
    pc.send_all()
    assert hub.file(file.sha256).read_bytes() == pc.blobs.path(file.sha256).read_bytes()


def test_case_23_locked_is_later(pc: Pc) -> None:
    draft = pc.big(1 << 20)
    pc.meets(Fault(reply=said(423, "unavailable")), Fault(reply=said(423, "unavailable")))
    pc.send()
    row = pc.reports.row(1, draft.id)
    assert row is not None
    assert row.local == Local.QUEUED
    pc.send_all()
    assert pc.state(draft.id) == Local.DELIVERED


def test_case_24_a_file_that_is_too_large_is_named_with_the_limit_and_the_rest_goes(pc: Pc) -> None:
    small = pc.queue("small", log=b"a small log")
    large = pc.big(200_000, "large")
    reply = Fault(reply=said(413, "too_large", limit=100 << 20))
    original = pc.client(1).raw

    def raw(method: str, path: str, **more: object) -> object:
        if method == "POST" and more["headers"]["Upload-Length"] == "200000":  # type: ignore[index]
            pc.meets(reply)
        return original(method, path, **more)

    pc.client(1).raw = raw
    pc.send()
    kept = pc.reports.get(large.id)
    assert kept.state == Local.NEEDS_YOU
    assert (kept.why.facts["limit_mb"], kept.why.facts["name"]) == (100, "capture.bin")
    assert pc.state(small.id) == Local.DELIVERED


def test_case_25_a_form_that_changed_on_the_hub_needs_the_tester_and_names_the_field(pc: Pc) -> None:
    draft = pc.queue("case twenty-five")
    pc.meets(Fault(reply=said(422, "invalid", fields=["steps"])))
    pc.send()
    kept = pc.reports.get(draft.id)
    assert (kept.state, kept.why.facts["fields"]) == (Local.NEEDS_YOU, "steps")
    assert all(sentences.pick(sentences.table(), kept.why.code, kept.why.facts))
    pc.change(pc.reports.edit(draft.id), steps="Turn it on.")
    pc.reports.queue(draft.id, Work())
    pc.send()
    assert pc.state(draft.id) == Local.DELIVERED


def test_case_26_a_file_that_the_hub_lost_is_sent_again_and_the_report_follows(pc: Pc, hub: HubProcess) -> None:
    log = uuid.uuid4().bytes * 200
    first = pc.queue("first", log=log)
    pc.send()
    [(sha256, _name, _size)] = hub.reports()[first.id]["files"]
    hub.file(sha256).unlink()
    second = pc.queue("second, with the same log", log=log)
    pc.send()
    pc.send_all()
    assert pc.state(second.id) == Local.DELIVERED
    assert hub.file(sha256).is_file()


@pytest.mark.parametrize("how", ["noticed", "told"])
def test_case_27_a_hub_put_back_to_yesterday_gets_everything_again_once(tmp_path: Path, how: str) -> None:
    with HubProcess(tmp_path / "hub", FIRSTLIGHT_HUB_REPORTS_PER_HOUR="1000") as hub, FaultProxy(hub.url) as proxy:
        pc = Pc(tmp_path / "pc", hub, proxy)
        before = pc.queue("before the backup", log=b"a log of before")
        pc.send()
        pc.pull()
        hub.stop()
        backup = tmp_path / "backup"
        shutil.copytree(hub.data, backup)
        hub.start()
        pc.hang_up()
        after = pc.queue("after the backup", log=b"a log of after " * 1000)
        pc.send()
        pc.reports.answer(1, after.id, "a word of after")
        pc.send()
        pc.pull()
        hub.stop()
        # Put back as an admin does it: the database alone, or the whole folder and then the command that says so.
        if how == "noticed":
            for name in ("hub.sqlite3", "hub.sqlite3-wal", "hub.sqlite3-shm"):
                (hub.data / name).unlink(missing_ok=True)
            shutil.copy(backup / "hub.sqlite3", hub.data / "hub.sqlite3")
        else:
            shutil.rmtree(hub.data)
            shutil.copytree(backup, hub.data)
            run_hub_program(hub.data, "restored")
        hub.start()
        pc.hang_up()
        assert set(hub.reports()) == {before.id}
        assert pc.state(after.id) == Local.DELIVERED, "the PC cannot know yet"
        pc.pull()
        pc.send_all()
        assert set(hub.reports()) == {before.id, after.id}
        assert hub.comments() == ["a word of after"]
        sha256 = hub.reports()[after.id]["files"][0][0]
        assert hub.file(sha256).is_file()
        again = proxy.bytes_up
        pc.pull()
        pc.send_all()
        assert proxy.bytes_up - again < 5000, "it is said once"
        pc.close()


def test_case_28_of_a_thousand_reports_one_poisonous_one_is_set_aside_alone(pc: Pc, hub: HubProcess) -> None:
    drafts = [pc.queue(f"case twenty-eight, {n}") for n in range(1000)]
    poison = drafts[500].id
    with pc.db.write() as tx:
        tx.execute("UPDATE op SET payload = replace(payload, '\"aurora\"', '\"no slug\"') WHERE kind = 'report' AND subject = ?", (poison,))
    pc.timeout_s = (5, 30)
    pc._clients.clear()
    pc.send()
    known = hub.reports()
    assert sum(d.id in known for d in drafts) == 999
    assert [d.id for d in drafts if pc.state(d.id) == Local.NEEDS_YOU] == [poison]


def test_case_29_an_edit_while_it_waits_is_sent_alone(pc: Pc) -> None:
    draft = pc.queue("first words")
    pc.change(pc.reports.edit(draft.id), title="second words")
    assert pc.send().sent == 0, "it is held while it is open"
    pc.reports.queue(draft.id, Work())
    pc.send()
    assert pc.at_hub(draft.id)["title"] == "second words"


def test_case_29_an_edit_while_it_is_on_its_way_wins_as_the_next_revision(pc: Pc, hub: HubProcess) -> None:
    draft = pc.queue("first words")

    def edit(news: Sending) -> None:
        if news.op_kind == "report" and not edited:
            edited.append(True)
            pc.change(pc.reports.edit(draft.id), title="better words")
            pc.reports.queue(draft.id, Work())

    edited: list[bool] = []
    pc.events.subscribe(Sending, edit)
    pc.send()
    pc.send_all()
    kept = hub.reports()[draft.id]
    assert (kept["title"], kept["rev"]) == ("better words", 2)
    assert pc.state(draft.id) == Local.DELIVERED


def test_case_29_an_edit_after_delivery_is_a_revision_and_of_a_closed_report_an_answer(pc: Pc, hub: HubProcess) -> None:
    draft = pc.queue("first words")
    pc.send()
    pc.change(pc.reports.edit(draft.id), title="second words")
    pc.reports.queue(draft.id, Work())
    pc.send()
    assert (hub.reports()[draft.id]["title"], hub.reports()[draft.id]["rev"]) == ("second words", 2)
    hub.change("UPDATE hub_reports_report SET state = 'closed' WHERE id = ?", draft.id.replace("-", ""))
    pc.change(pc.reports.edit(draft.id), title="third words")
    pc.reports.queue(draft.id, Work())
    pc.send()
    assert pc.reports.get(draft.id).why.facts["reason"] == "conflict"
    pc.reports.as_answer(draft.id)
    pc.send()
    assert hub.reports()[draft.id]["title"] == "second words"
    assert any(text.startswith("third words") for text in hub.comments())
