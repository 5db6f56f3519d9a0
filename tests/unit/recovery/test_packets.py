# SPDX-License-Identifier: Apache-2.0
"""DHCP and TFTP packets: what we write we read, and no bytes of a stranger do harm."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from firstlight.recovery import dhcp_packet
from firstlight.recovery import tftp_packet as tftp
from firstlight.recovery.dhcp_packet import Kind
from firstlight.recovery.sending import MOST_BLOCK, Agreed

MAC = "02:0f:1a:00:9a:2e"
IPS = st.ip_addresses(v=4).map(str).filter(lambda ip: ip != "0.0.0.0")


@given(st.integers(0, 2**32 - 1), IPS, IPS, st.sampled_from([Kind.OFFER, Kind.ACK]))
def test_an_answer_says_what_was_meant(xid: int, ours: str, theirs: str, kind: Kind) -> None:
    asked = dhcp_packet.read(dhcp_packet.question(xid=xid, mac=MAC))
    assert asked is not None
    assert (asked.kind, asked.mac, asked.xid, asked.is_answer) == (Kind.DISCOVER, MAC, xid, False)
    told = dhcp_packet.read(dhcp_packet.answer(asked, kind=kind, your_ip=theirs, netmask="255.255.255.0", server=ours, file="recovery.bin"))
    assert told is not None
    assert (told.is_answer, told.kind, told.xid, told.mac) == (True, kind, xid, MAC)
    assert (told.your_ip, told.next_server, told.server, told.file) == (theirs, ours, ours, "recovery.bin")


def test_plain_bootp_is_understood_and_answered_as_such() -> None:
    asked = dhcp_packet.read(dhcp_packet.question(xid=7, mac=MAC, kind=Kind.BOOTP))
    assert asked is not None
    assert asked.kind is Kind.BOOTP
    told = dhcp_packet.read(
        dhcp_packet.answer(asked, kind=Kind.BOOTP, your_ip="192.168.1.1", netmask="255.255.255.0", server="192.168.1.2", file="x")
    )
    assert told is not None
    assert (told.kind, told.your_ip, told.file) == (Kind.BOOTP, "192.168.1.1", "x")


@given(st.binary(max_size=700))
@example(dhcp_packet.question(xid=1, mac=MAC)[:240] + b"\xff" * 3)
@example(dhcp_packet.question(xid=1, mac=MAC)[:239] + b"\x35")
def test_no_bytes_upset_the_reader_of_dhcp(data: bytes) -> None:
    told = dhcp_packet.read(data)
    assert told is None or len(told.mac) == 17


@given(st.binary(max_size=300))
def test_options_of_a_stranger_are_bounded(options: bytes) -> None:
    told = dhcp_packet.read(dhcp_packet.question(xid=1, mac=MAC)[:240] + options)
    assert told is not None
    assert len(told.file) <= 128
    assert (told.file + told.vendor).isprintable()


@given(st.binary(max_size=1200))
@example(b"\0\1" + b"a\0octet\0" + b"blksize\0" + b"9" * 900 + b"\0")
@example(b"\0\1\0octet\0")
def test_no_bytes_upset_the_readers_of_tftp(data: bytes) -> None:
    asked = tftp.read_request(data)
    if asked is not None:
        assert asked.name
        assert (asked.name + asked.mode).isprintable()
        agreed = Agreed.of(asked, 1000)
        assert tftp.LEAST_BLOCK <= agreed.block <= MOST_BLOCK
        assert 1 <= agreed.resend_s <= 10
    told = tftp.read(data)
    assert told is None or told.text.isprintable()


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60), st.integers(8, 65464))
def test_a_request_says_what_was_meant(name: str, block: int) -> None:
    asked = tftp.read_request(tftp.request(tftp.READ, name, {"blksize": block, "tsize": 0}))
    assert asked is not None
    assert (asked.name, asked.mode, asked.is_write) == (name, "octet", False)
    agreed = Agreed.of(asked, 12345)
    assert agreed.told == {"blksize": min(block, MOST_BLOCK), "tsize": 12345}


def test_block_numbers_start_over_with_zero() -> None:
    assert tftp.data_packet(65536, b"")[2:4] == b"\0\0"
    assert tftp.data_packet(65537, b"")[2:4] == b"\0\1"
