# SPDX-License-Identifier: Apache-2.0
"""`practice router`, `practice recovery` and `router` in a terminal."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from fakes.routers import stand
from firstlight.cli.program import main
from firstlight.devices.address import parse


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize("device", ["router", "recovery"])
def test_a_practice_device_says_where_it_is_and_obeys(
    device: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("pull\nnonsense\nplug\nquit\n"))
    assert main(["practice", device, "--json", "--fault", "stall:40"]) == 0
    said = capsys.readouterr()
    told = [json.loads(line) for line in said.out.splitlines()]
    assert parse(told[0]["address"]).way == ("ssh" if device == "router" else "recovery")
    assert [t["is_plugged"] for t in told] == [True, False, True]
    assert "No such order" in said.err


@pytest.mark.parametrize(("device", "fault"), [("router", "locked"), ("recovery", "full-cache"), ("router", "stall:100")])
def test_a_fault_that_such_a_device_cannot_have_is_wrong_usage(device: str, fault: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["practice", device, "--fault", fault])
    assert caught.value.code == 2


def test_a_router_tells_its_facts_and_its_key_is_forgotten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with stand("practice", tmp_path) as at:
        where = at.device.address.removeprefix("ssh:")
        assert main(["router", "facts", where, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["board"], told["build"]) == ("aurora,r1", "26.46")
        # Another router at the same address: as after a reset.
        at.device.stop()
        (tmp_path / "router" / "host_key").unlink()
        at.device.start()
        assert main(["router", "facts", where]) == 1
        assert f"router forget root@{where.removeprefix('root@')}" in capsys.readouterr().err
        assert main(["router", "forget", where]) == 0
        assert main(["router", "facts", where]) == 0


def test_the_adapters_of_this_pc_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["router", "adapters", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert any(a["is_loopback"] and a["ip"] == "127.0.0.1" for a in told["adapters"])
    assert main(["router", "facts", "no address"]) == 1
