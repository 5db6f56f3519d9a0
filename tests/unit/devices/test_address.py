# SPDX-License-Identifier: Apache-2.0
"""Addresses of devices: what may be written, and that nothing of it can turn into an option of a program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.base.errors import BadInput
from firstlight.devices.address import Way, parse
from firstlight.devices.device import Kind

GOOD = {
    "fastboot:tcp:127.0.0.1:5554": ("tcp:127.0.0.1:5554", "127.0.0.1", 5554),
    "fastboot:tcp:phone.lan": ("tcp:phone.lan:5554", "phone.lan", 5554),
    "fastboot:tcp:[::1]:9": ("tcp:[::1]:9", "::1", 9),
    "tcp:127.0.0.1:5554": ("tcp:127.0.0.1:5554", "127.0.0.1", 5554),
    "fastboot:ABC4F7C": ("ABC4F7C", "", 0),
    "adb:127.0.0.1:5555": ("127.0.0.1:5555", "127.0.0.1", 5555),
    "adb:ABC4F7C": ("ABC4F7C", "", 0),
    "ssh:192.168.1.1": ("root@192.168.1.1:22", "192.168.1.1", 22),
    "ssh:tester@router.lan:2222": ("tester@router.lan:2222", "router.lan", 2222),
    "recovery:eth1": ("eth1", "", 0),
    "card:/dev/sdb": ("/dev/sdb", "", 0),
    "card:file:/tmp/card.img": ("file:/tmp/card.img", "", 0),
    "card:\\\\.\\PhysicalDrive2": ("\\\\.\\PhysicalDrive2", "", 0),
}


@pytest.mark.parametrize("text", GOOD)
def test_an_address_says_where(text: str) -> None:
    address = parse(text)
    assert (address.where, address.host, address.port) == GOOD[text]
    assert parse(str(address)) == address


def test_each_way_leads_to_a_kind() -> None:
    assert {parse(t).kind for t in GOOD} == set(Kind)
    assert parse("card:file:/x").is_file
    assert parse("ssh:host").user == "root"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "phone",
        "usb:1",
        "fastboot:",
        "fastboot:tcp:-oProxy:1",
        "fastboot:tcp:host:0",
        "fastboot:tcp:host:99999",
        "fastboot:-w",
        "adb:-P",
        "adb:a b",
        "ssh:-oProxyCommand=x",
        "ssh:a@-b",
        "ssh:host:70000",
        "recovery:../../etc",
        "recovery:-x",
        "card:sdb",
        "card:file:card.img",
        "card:/dev/sdb\n",
        "ssh:" + "h" * 5000,
    ],
)
def test_what_is_no_address_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse(text)
    assert refused.value.facts["why"]


@given(st.text(max_size=60), st.sampled_from([*Way, "tcp"]))
def test_no_text_becomes_an_option(rest: str, way: str) -> None:
    try:
        address = parse(f"{way}:{rest}")
    except BadInput:
        return
    assert not address.where.startswith("-")
    assert not address.host.startswith("-")
    assert address.where.isprintable()
