# SPDX-License-Identifier: Apache-2.0
"""Cases 14-20: what networks do."""

from __future__ import annotations

import hashlib

import pytest

from fakes.fault_proxy import DOWN_503, PORTAL, PORTAL_REDIRECT, Fault, FaultProxy
from faults.cases.pc import Pc
from faults.hub_process import HubProcess, Tokens, said
from firstlight.base.events import Events
from firstlight.hublink.client import HubClient
from firstlight.hublink.reachability import Reachability
from firstlight.kit import sentences
from firstlight.reports.report import Local
from firstlight.sync.news import Sending

pytestmark = pytest.mark.long


@pytest.mark.parametrize("way", ["reset", "refuse", "dns", "no route"])
def test_case_14_without_a_way_to_the_hub_it_waits_and_says_why_in_plain_words(pc: Pc, proxy: FaultProxy, way: str) -> None:
    draft = pc.queue(f"case fourteen, {way}")
    addresses = {"dns": "http://hub.firstlight.invalid", "no route": "http://[100::1]:9"}
    if way in addresses:
        reach = Reachability(Events(), pc.clock)
        pc._clients[1] = HubClient(addresses[way], tokens=pc.tokens[1], reach=reach, language=lambda: "en", timeout_s=(1, 1))
        stopped = pc.send().stopped
        why = stopped[1] if stopped else pc.reports.row(1, draft.id).why
        assert why.facts["reason"] in {"dns": ("dns",), "no route": ("network", "timeout")}[way]
        pc._clients.clear()
    elif way == "refuse":
        with proxy.refusing():
            why = pc.send().stopped[1]
        assert why.facts["reason"] == "refused"
    else:
        pc.meets(Fault(reset=True), Fault(reset=True))
        pc.send()
        why = pc.reports.row(1, draft.id).why
        assert why.facts["reason"] == "reset"
    happened, safe, then = sentences.pick(sentences.table(), "hub.unreachable", why.facts)
    assert all((happened, safe, then))
    pc.send_all()
    assert pc.state(draft.id) == Local.DELIVERED


def test_case_15_a_hole_that_swallows_everything_is_given_up_in_time(pc: Pc) -> None:
    draft = pc.queue("case fifteen")
    pc.meets(Fault(mute=True))
    pc.send()
    row = pc.reports.row(1, draft.id)
    assert row is not None
    assert (row.why.facts["reason"], row.step.attempts, row.local) == ("timeout", 1, Local.QUEUED)
    pc.send_all()
    assert pc.at_hub(draft.id) is not None


def test_case_16_a_slow_line_shows_progress_adapts_its_pieces_and_never_begins_again(pc: Pc, proxy: FaultProxy) -> None:
    draft = pc.big(1 << 20)
    seen: list[int] = []
    pc.events.subscribe(Sending, lambda news: seen.append(news.done))
    pc.timeout_s = (5, 20)
    pc._clients.clear()
    proxy.always = Fault(delay_s=0.2)
    pc.meets(Fault(cut_up=300_000, delay_s=0.05), Fault(cut_up=300_000, delay_s=0.05))
    pc.send()
    proxy.always = Fault()
    pc.send_all()
    assert pc.state(draft.id) == Local.DELIVERED
    assert len(set(seen)) > 10, "the tester saw it move"
    assert proxy.bytes_up < 1.8 * (1 << 20), "the file was not begun again"


def test_case_17_a_bit_that_flips_on_its_way_is_noticed_and_the_file_sent_again(pc: Pc, hub: HubProcess, proxy: FaultProxy) -> None:
    draft = pc.big(1 << 20)
    [file] = draft.attachments
    pc.meets(Fault(flip_up=600_000))
    pc.send()
    pc.send_all()
    assert hashlib.sha256(hub.file(file.sha256).read_bytes()).hexdigest() == file.sha256
    assert proxy.bytes_up > 2 << 20
    assert pc.state(draft.id) == Local.DELIVERED


@pytest.mark.parametrize("reply", [PORTAL, PORTAL_REDIRECT], ids=["page", "redirect"])
def test_case_18_the_page_of_a_hotel_is_no_success_and_the_tester_is_told_to_log_in(pc: Pc, reply: bytes) -> None:
    draft = pc.queue("case eighteen", log=b"a log")
    pc.meets(Fault(reply=reply), Fault(reply=reply))
    error = pc.send().stopped[1]
    assert error.code == "hub.stranger"
    assert any("log" in part.lower() for part in sentences.pick(sentences.table(), error.code, error.facts))
    assert (pc.state(draft.id), pc.at_hub(draft.id)) == (Local.QUEUED, None)
    pc.send_all()
    assert pc.state(draft.id) == Local.DELIVERED


def test_case_19_a_hub_that_asks_for_rest_gets_it(pc: Pc, proxy: FaultProxy) -> None:
    draft = pc.queue("case nineteen")
    pc.meets(Fault(reply=DOWN_503))
    pc.send()
    pause = pc.sender.pause_s()
    assert pause is not None
    assert 7 <= pause <= 10
    pc.clock.pass_(1)
    before = proxy.connections
    pc.drain()
    assert proxy.connections == before, "it was left alone"
    pc.meets(Fault(reply=said(429, "too_many", headers="Retry-After: 3\r\n")))
    pc.send()
    pause = pc.sender.pause_s()
    assert pause is not None
    assert pause >= 3
    pc.send_all()
    assert pc.state(draft.id) == Local.DELIVERED


def test_case_19_a_day_of_errors_is_no_storm(pc: Pc, proxy: FaultProxy) -> None:
    drafts = [pc.queue(f"case nineteen, {n}") for n in range(5)]
    proxy.always = Fault(reply=said(500, "unavailable"))
    pc.hang_up()
    began, before = pc.clock.seconds, proxy.connections
    while pc.clock.seconds < began + 86_400:
        asked = proxy.connections
        pause = pc.sender.pause_s()
        assert pause is not None
        assert pause > 0
        pc.clock.pass_(max(1.0, pause))
        pc.drain()
        assert proxy.connections - asked <= 3, "a hot loop"
    assert proxy.connections - before < 2000
    proxy.always = Fault()
    pc.send_all()
    assert {pc.state(d.id) for d in drafts} == {Local.DELIVERED}


def test_case_20_an_expired_sign_in_is_renewed_once_and_goes_on(pc: Pc, hub: HubProcess) -> None:
    pc.tokens[1] = Tokens("not a token any more", renewed=hub.tokens["bob"])
    draft = pc.queue("case twenty", log=b"a log")
    assert pc.send().sent == 1
    assert pc.tokens[1].renewals == 1
    assert pc.state(draft.id) == Local.DELIVERED


def test_case_20_a_sign_in_that_is_over_stops_the_line_and_counts_nothing(pc: Pc, hub: HubProcess) -> None:
    pc.tokens[1] = Tokens("revoked")
    draft = pc.queue("case twenty, revoked")
    assert pc.send().stopped[1].code == "hub.session_expired"
    row = pc.reports.row(1, draft.id)
    assert row is not None
    assert (row.step.attempts, row.local) == (0, Local.QUEUED)
    pc.tokens[1].access = hub.tokens["bob"]
    pc.send_all()
    assert pc.state(draft.id) == Local.DELIVERED
