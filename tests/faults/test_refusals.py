# SPDX-License-Identifier: Apache-2.0
"""No byte is sent when a gate refuses: one table of refusal x way x moment, told by each device's own record.

Moments: `gate` it is so when the checks are asked, `between` it becomes so after the last check and before the first byte. A pair that is
not in `CELLS` has no such fact: a card has no bootloader that could be locked. What guides of builds do beside this stands in
`test_flash_gates.py` and `test_flash_signed.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from fakes.bench_with_phone import HAS_FASTBOOT
from fakes.own_adb import HAS_ADB, own_adb
from fakes.refusal_ways import WAYS, PhoneWay, SideloadWay, Way
from fakes.router_dropbear import why_not
from fakes.routers import image_bytes
from firstlight.devices.adb import Adb
from firstlight.guides.errors import ActionFailed, GateClosed, WhichDevice

PHONES = ("fastboot", "fastboot-program")
CELLS: dict[str, tuple[str, ...]] = {
    "wrong product": (*PHONES, "sideload", "ssh", "ssh-dropbear", "rescue", "card"),
    "wrong board": (*PHONES, "sideload"),
    "image of another board": ("ssh", "ssh-dropbear"),
    "locked": PHONES,
    "low battery": (*PHONES, "sideload"),
    "older index": PHONES,
    "older build": ("fastboot", "sideload", "ssh", "ssh-dropbear"),
    "unsigned": tuple(WAYS),
    "too small": ("card",),
    "look-alike": tuple(WAYS),
}
ALWAYS = {("unsigned", "ssh"), ("look-alike", "sideload"), ("look-alike", "ssh"), ("wrong board", "sideload"), ("too small", "card")}
"""In the everyday suite; the whole table is a long run."""
AT_ONCE_ALONE = ("older build", "image of another board")
"""A file and its signature do not change by themselves; another file in its place is refused by its hash."""


def cells() -> list[object]:
    made = []
    for refusal, ways in CELLS.items():
        for way in ways:
            for moment in ("gate", "between"):
                if moment == "between" and refusal in AT_ONCE_ALONE:
                    continue
                marks = () if (refusal, way) in ALWAYS and moment == "between" else (pytest.mark.long,)
                made.append(pytest.param(refusal, way, moment, id=f"{refusal} x {way} x {moment}", marks=marks))
    return made


@pytest.fixture(scope="session")
def adb_of_refusals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adb | None]:
    if not HAS_ADB:
        yield None
        return
    with own_adb(tmp_path_factory.mktemp("adb")) as adb:
        yield adb


@pytest.fixture
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    name = request.node.callspec.params["named"]
    if name == "ssh-dropbear" and why_not():
        pytest.skip(why_not())
    if name == "fastboot-program" and not HAS_FASTBOOT:
        pytest.skip("Debian's fastboot is not installed: apt install fastboot")
    kind = WAYS[name]
    if issubclass(kind, SideloadWay):
        adb = request.getfixturevalue("adb_of_refusals")
        if adb is None:
            pytest.skip("Debian's adb is not installed: apt install adb")
        kind = type("Sideload", (kind,), {"adb": adb})
    made = kind(tmp_path / "way")
    yield made
    made.close()


def refuse(way: Way, refusal: str, player: object) -> None:
    """Make it so."""
    if refusal == "unsigned":
        way.withdraw()
    elif refusal == "look-alike":
        player.tell_apart(is_right=False)  # type: ignore[attr-defined]
    else:
        way.facts()[refusal]()


@pytest.mark.parametrize(("refusal", "named", "moment"), cells())
def test_no_byte_is_sent(way: Way, refusal: str, named: str, moment: str) -> None:
    if refusal == "image of another board":
        way.data = image_bytes(board="aurora,r2")
        way.put(way.data)
    way.publish("26.40" if refusal == "older build" else "26.47")
    player = way.ready(has_twin=refusal == "look-alike")
    if moment == "between":
        if refusal == "look-alike":
            player.tell_apart(is_right=True)
        way.when_the_gates_have_passed(player, lambda: refuse(way, refusal, player))
    elif refusal == "look-alike":
        pass  # nobody has said which it is
    elif refusal not in AT_ONCE_ALONE:
        refuse(way, refusal, player)
    with pytest.raises((GateClosed, ActionFailed)) as refused:
        player.run("write", way.work)
    assert way.sent() == 0, str(refused.value)
    assert player.state.step("write").mark != "done"


@pytest.mark.long
@pytest.mark.parametrize("named", WAYS)
def test_without_a_refusal_bytes_are_sent(way: Way, named: str) -> None:
    """What the table shows means something only when the same guide sends otherwise."""
    way.publish()
    player = way.ready(has_twin=True)
    player.tell_apart(is_right=True)
    with suppress(ActionFailed):
        player.run("write", way.work)
    assert way.sent() > 0, f"{named} sends nothing at all"


TWINS = [pytest.param(name, marks=() if name in ("sideload", "rescue") else pytest.mark.long) for name in WAYS]


@pytest.mark.parametrize("named", TWINS)
def test_of_two_that_look_the_same_none_gets_a_byte_before_one_is_chosen(way: Way, named: str) -> None:
    way.publish()
    way.twin()  # type: ignore[attr-defined]
    player = way.start()
    with pytest.raises(ActionFailed) as refused:
        player.run("find", way.work)
    assert isinstance(refused.value.__cause__, WhichDevice)
    serials = str(refused.value.facts["serials"]).split(", ")
    assert len(set(serials)) == 2
    assert way.sent() == 0
    if isinstance(way, PhoneWay):
        player.bind("PRACTICE-4F7C", way.work)
        player.run("find", way.work)
        player.agree("write", "4F7C")
        with suppress(ActionFailed):
            player.run("write", way.work)
        assert way.others[0].image_bytes == 0
        assert way.phone.image_bytes > 0
