# SPDX-License-Identifier: Apache-2.0
"""The rescue against the practice router and strangers: each fault ends in its error, and strangers get nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.rescue_stand import LEASE, MAC, OURS, Running, ask, fixed, plan_for
from firstlight.base.errors import Cancelled
from firstlight.practice.faults import Faults
from firstlight.practice.recovery import PracticeRecovery
from firstlight.recovery import dhcp_packet, news
from firstlight.recovery import tftp_packet as tftp
from firstlight.recovery.adapters import adapters
from firstlight.recovery.errors import (
    AdapterGone,
    ImageChanged,
    NobodyAsked,
    OtherDhcpServer,
    PortTaken,
    RescueLoop,
    RescueRefused,
    RescueStalled,
)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[PracticeRecovery]:
    made = PracticeRecovery(tmp_path / "practice", boot_s=0.1, image_bytes=1 << 20)
    yield made
    made.stop()


def test_a_router_is_rescued_and_the_log_tells_it(practice: PracticeRecovery, image: Path) -> None:
    running = Running(plan_for(practice, image))
    practice.start()
    served = running.wait()
    assert (served.size, served.times) == (image.stat().st_size, 1)
    kinds = [type(e).__name__ for e in running.events if not isinstance(e, news.Sent)]
    assert kinds == ["Listening", "Asked", "Leased", "FileAsked", "Whole", "Stopped"]
    percents = [e.done for e in running.of(news.Sent)]
    assert percents == sorted(percents)
    practice._thread.join(5)
    practice.router._boot.join(5)
    assert practice.holds == image.read_bytes()
    assert practice.router.memory.build == "26.47"


def test_another_router_than_the_expected_gets_no_byte(practice: PracticeRecovery, image: Path) -> None:
    practice.faults = Faults(wrong_mac=True)
    practice.start()
    running = Running(plan_for(practice, image, seconds=1.5))
    with pytest.raises(NobodyAsked) as caught:
        running.wait()
    assert caught.value.facts["reason"] == "others"
    assert "02:0f:1a:00:66:66" in str(caught.value.facts["others"])
    assert practice.image_bytes == 0
    assert not running.of(news.Sent)


def test_who_asks_outside_is_refused_and_told_and_then_gets_what_is_offered(practice: PracticeRecovery, image: Path) -> None:
    practice.faults = Faults(asks_outside=True)
    running = Running(plan_for(practice, image))
    practice.start()
    running.wait()
    assert [(e.name, e.why) for e in running.of(news.Refused)] == [("../../etc/passwd", "outside")]
    assert "outside" in practice.said


@pytest.mark.parametrize("fault", [Faults(cable_out=30), Faults(stall=60)])
def test_a_cable_that_goes_is_told_and_another_try_ends_right(practice: PracticeRecovery, image: Path, fault: Faults) -> None:
    practice.faults = fault
    running = Running(plan_for(practice, image, stall_s=0.8))
    practice.start()
    with pytest.raises(RescueStalled) as caught:
        running.wait()
    assert 25 <= int(str(caught.value.facts["percent"])) <= 65
    practice.plug_in()
    assert Running(plan_for(practice, image)).wait().size == image.stat().st_size


def test_a_router_that_fetches_over_and_over_is_told_as_a_loop(practice: PracticeRecovery, image: Path) -> None:
    practice.faults = Faults(reboot_loop=True)
    running = Running(plan_for(practice, image, linger_s=3))
    practice.start()
    with pytest.raises(RescueLoop):
        running.wait()
    assert [e.times for e in running.of(news.Whole)] == [1, 2, 3]


def test_a_foreign_server_on_the_cable_stops_us_before_we_say_a_word(practice: PracticeRecovery, image: Path) -> None:
    plan = plan_for(practice, image)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as foreign:
        foreign.bind((OURS, plan.ports.dhcp))
        running = Running(plan, probe_s=5)
        data, sender = foreign.recvfrom(2048)
        asked = dhcp_packet.read(data)
        assert asked is not None
        answer = dhcp_packet.answer(
            asked, kind=dhcp_packet.Kind.OFFER, your_ip="127.0.0.9", netmask="255.0.0.0", server="127.0.0.77", file=""
        )
        foreign.sendto(answer, sender)
        with pytest.raises(OtherDhcpServer) as caught:
            running.wait()
    assert caught.value.facts["server"] == "127.0.0.77"
    assert not running.events


def test_a_router_that_chose_another_server_stops_us(practice: PracticeRecovery, image: Path) -> None:
    plan = plan_for(practice, image)
    running = Running(plan)
    assert running.ready.wait(5)
    ask((OURS, plan.ports.dhcp), dhcp_packet.question(xid=1, mac=MAC, kind=dhcp_packet.Kind.REQUEST, server="127.0.0.88"), seconds=0.1)
    with pytest.raises(OtherDhcpServer):
        running.wait()


def test_the_gates_are_asked_again_right_before_the_first_byte(practice: PracticeRecovery, image: Path) -> None:
    def closed() -> None:
        raise AdapterGone(adapter="test", why="the gate closed")

    running = Running(plan_for(practice, image), before=closed)
    practice.start()
    with pytest.raises(AdapterGone):
        running.wait()
    assert practice.image_bytes == 0


def test_who_has_no_lease_or_another_address_gets_nothing(practice: PracticeRecovery, image: Path) -> None:
    plan = plan_for(practice, image)
    running = Running(plan)
    assert running.ready.wait(5)
    for ip in (LEASE, "127.0.0.5"):
        assert ask((OURS, plan.ports.tftp), tftp.request(tftp.READ, "rescue.bin"), ip=ip)[:4] == b"\0\5\0\2"
    running.work.cancel()
    with pytest.raises(Cancelled):
        running.wait()
    assert [e.why for e in running.of(news.Refused)] == ["stranger", "stranger"]


ASKED_WRONGLY = {
    "write": (tftp.request(tftp.WRITE, "rescue.bin"), "write"),
    "another name": (tftp.request(tftp.READ, "passwd"), "not_offered"),
    "dots": (tftp.request(tftp.READ, "a/../../rescue.bin"), "outside"),
    "a drive": (tftp.request(tftp.READ, "C:\\rescue.bin"), "outside"),
    "text": (b"\0\1rescue.bin\0netascii\0", "mode"),
}


def test_wrong_requests_are_refused_each_with_its_reason(image: Path) -> None:
    plan = fixed(image, any_name=False)
    running = Running(plan)
    assert running.ready.wait(5)
    for packet, _ in ASKED_WRONGLY.values():
        assert ask((OURS, plan.ports.tftp), packet)[:2] == b"\0\5"
    for junk in (b"", b"\0", b"\xff" * 1500, b"\0\3\0\1data"):
        assert ask((OURS, plan.ports.tftp), junk, seconds=0.02) == b""
    running.work.cancel()
    with pytest.raises(Cancelled):
        running.wait()
    assert [e.why for e in running.of(news.Refused)] == [why for _, why in ASKED_WRONGLY.values()]


def test_a_flood_of_requests_fills_no_log(image: Path) -> None:
    plan = fixed(image)
    running = Running(plan)
    assert running.ready.wait(5)
    with ExitStack() as open_:
        sock = open_.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        sock.bind((LEASE, 0))
        sock.settimeout(5)
        for _ in range(300):
            sock.sendto(tftp.request(tftp.READ, "x" * 200), (OURS, plan.ports.tftp))
            sock.recv(600)
    running.work.cancel()
    with pytest.raises(Cancelled):
        running.wait()
    assert len(running.of(news.Refused)) == 200


def test_a_router_that_says_no_ends_the_rescue_with_its_words(image: Path) -> None:
    plan = fixed(image)
    running = Running(plan)
    assert running.ready.wait(5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((LEASE, 0))
        sock.settimeout(3)
        sock.sendto(tftp.request(tftp.READ, "rescue.bin"), (OURS, plan.ports.tftp))
        _, server = sock.recvfrom(600)
        sock.sendto(tftp.error(3, "no\x1b[2J room"), server)
    with pytest.raises(RescueRefused) as caught:
        running.wait()
    assert caught.value.facts["said"] == "no?[2J room"


def test_a_file_that_changes_meanwhile_is_never_told_as_sent(image: Path) -> None:
    plan = fixed(image)
    running = Running(plan)
    assert running.ready.wait(5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((LEASE, 0))
        sock.settimeout(3)
        sock.sendto(tftp.request(tftp.READ, "rescue.bin"), (OURS, plan.ports.tftp))
        _, server = sock.recvfrom(600)
        image.write_bytes(b"short")
        sock.sendto(tftp.ack(1), server)
        with pytest.raises(ImageChanged):
            running.wait()


def test_a_port_that_is_taken_is_told(image: Path) -> None:
    plan = fixed(image)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind((OURS, plan.ports.tftp))
        with pytest.raises(PortTaken):
            Running(plan).wait()


def test_an_adapter_that_is_not_there_is_told(image: Path) -> None:
    with pytest.raises(AdapterGone):
        Running(replace(fixed(image), ip="192.0.2.1")).wait()
    assert any(adapter.is_loopback and adapter.ip == OURS for adapter in adapters())
