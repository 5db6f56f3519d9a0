# SPDX-License-Identifier: Apache-2.0
"""Addresses of routers in recovery: what a tester may write, and what is refused."""

from __future__ import annotations

import re
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firstlight.base.errors import BadInput
from firstlight.base.work import Work
from firstlight.devices.address import parse
from firstlight.devices.errors import DeviceNotFound
from firstlight.guides.recoveries import Recoveries, wanted
from firstlight.recovery.errors import AdapterGone

MAC = "02:0f:1a:00:9a:2e"


def test_an_address_says_adapter_router_and_ports() -> None:
    what = wanted(parse(f"recovery:eth0,mac={MAC},lease=192.168.1.1,dhcp=6767"))
    assert (what.where, what.mac, what.lease, what.router) == ("eth0", MAC, "192.168.1.1", "")
    assert (what.ports.dhcp, what.ports.client, what.ports.tftp) == (6767, 68, 69)
    assert wanted(parse("recovery:192.168.0.66,mac=02-0F-1A-00-9A-2E,router=192.168.0.86")).mac == MAC


@pytest.mark.parametrize(
    "text",
    [
        "eth0",
        "eth0,mac=",
        "eth0,mac=12",
        f"eth0,mac={MAC},door=1",
        f"eth0,mac={MAC},dhcp=0",
        f"eth0,mac={MAC},tftp=99999",
        f"eth0,mac={MAC},dhcp=x",
        f"eth0,mac={MAC},dhcp=000000080999999",
        f"eth0,mac={MAC},dhcp={'0' * 8}{'1' * 4400}",
    ],
)
def test_what_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        wanted(parse(f"recovery:{text}"))


_PARTS = st.one_of(
    st.just(f"mac={MAC}"),
    st.sampled_from(["mac=", "lease=192.168.1.1", "router=192.168.0.86", "door=1", "="]),
    st.builds("{}={}".format, st.sampled_from(["dhcp", "client", "tftp"]), st.one_of(st.integers(-1, 70_000), st.text(max_size=8))),
    st.text(max_size=20),
)


_ROUTERS = st.lists(_PARTS, max_size=2).map(lambda parts: [f"mac={MAC}", *parts])


@given(st.just("eth0") | st.text(max_size=20), st.lists(_PARTS, max_size=4) | _ROUTERS)
@example("eth0", [f"mac={MAC}", "dhcp=6767", "client=6868", "tftp=6969"])
@example("eth0", [f"mac={MAC}", "dhcp=65536"])
def test_whatever_is_written_the_answer_is_a_router_and_its_ports_or_a_refusal(where: str, parts: list[str]) -> None:
    try:
        what = wanted(parse(f"recovery:{','.join((where, *parts))}"))
    except BadInput:
        return
    assert re.fullmatch(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}", what.mac)
    assert all(0 < port < 65536 for port in astuple(what.ports))


def test_the_router_gets_the_first_address_that_is_free_and_practice_is_told_apart() -> None:
    recoveries = Recoveries()
    address = parse(f"recovery:127.0.0.1,mac={MAC}")
    device = recoveries.device(address, Work())
    assert device.is_practice
    assert device.tail == "9A2E"
    plan = recoveries.plan(address, Path("x"), ("x",))
    assert (plan.ip, plan.lease, plan.peer) == ("127.0.0.1", "127.0.0.2", "127.0.0.2")


def test_an_adapter_that_is_not_there_is_told() -> None:
    address = parse(f"recovery:nosuch0,mac={MAC}")
    with pytest.raises(DeviceNotFound):
        Recoveries().device(address, Work())
    with pytest.raises(AdapterGone):
        Recoveries().plan(address, Path("x"), ("x",))


@pytest.mark.parametrize("where", ["lease=300.1.1.1", "router=nowhere"])
def test_an_address_that_is_none_is_refused(where: str) -> None:
    with pytest.raises(BadInput):
        Recoveries().plan(parse(f"recovery:127.0.0.1,mac={MAC},{where}"), Path("x"), ("x",))
