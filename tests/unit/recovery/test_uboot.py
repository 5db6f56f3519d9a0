# SPDX-License-Identifier: Apache-2.0
"""A real U-Boot in QEMU is rescued by our DHCP and TFTP; what it writes to its disk is compared byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes import uboot
from fakes.rescue_stand import OURS, Running, free_ports
from fakes.routers import image_bytes
from fakes.uboot import LEASE, MAC, UBoot
from firstlight.recovery import news
from firstlight.recovery.errors import NobodyAsked, RescueStalled
from firstlight.recovery.plan import Plan, Ports

pytestmark = pytest.mark.skipif(bool(uboot.why_not()), reason=uboot.why_not() or "it can run")


def plan(image: Path, **more: object) -> Plan:
    what: dict[str, object] = {"mac": MAC, "lease": LEASE, "netmask": "255.0.0.0", "everybody": OURS, "seconds": 30, "linger_s": 0.3} | more
    return Plan(ip=OURS, file=image, names=("rescue.bin",), ports=Ports(*free_ports()), **what)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [1 << 20, pytest.param(40 << 20, marks=pytest.mark.long)])
def test_u_boot_fetches_and_writes_our_image(tmp_path: Path, size: int) -> None:
    image = tmp_path / "rescue.bin"
    image.write_bytes(image_bytes(size=size))
    rescue = plan(image)
    with UBoot(tmp_path, dhcp=rescue.ports.dhcp, tftp=rescue.ports.tftp, disk_bytes=64 << 20) as machine:
        running = Running(rescue)
        assert running.ready.wait(5)
        said = machine.run("dhcp", 60)
        assert f"Bytes transferred = {image.stat().st_size}" in said, said
        assert running.wait().size == image.stat().st_size
        blocks = -(-image.stat().st_size // 512)
        assert "blocks written: OK" in machine.run(f"virtio write $loadaddr 0 {blocks:x}")
    assert machine.disk.read_bytes()[: image.stat().st_size] == image.read_bytes()
    assert running.of(news.Asked)[0].vendor.startswith("U-Boot")


@pytest.mark.long
def test_u_boot_behind_another_number_gets_no_byte(tmp_path: Path) -> None:
    image = tmp_path / "rescue.bin"
    image.write_bytes(image_bytes(size=1 << 20))
    rescue = plan(image, mac="02:0f:1a:00:9a:2e", seconds=5)
    with UBoot(tmp_path, dhcp=rescue.ports.dhcp, tftp=rescue.ports.tftp) as machine:
        running = Running(rescue)
        machine.type("dhcp")
        with pytest.raises(NobodyAsked) as caught:
            running.wait()
    assert MAC in str(caught.value.facts["others"])
    assert not running.of(news.FileAsked)


@pytest.mark.long
def test_u_boot_loses_its_cable_and_fetches_again_from_the_start(tmp_path: Path) -> None:
    image = tmp_path / "rescue.bin"
    image.write_bytes(image_bytes(size=8 << 20))
    rescue = plan(image, stall_s=2)
    with UBoot(tmp_path, dhcp=rescue.ports.dhcp, tftp=rescue.ports.tftp) as machine:
        running = Running(rescue)
        machine.type("dhcp")
        while not any(e.done > 2 << 20 for e in running.of(news.Sent)):
            running.work.wait(0.02)
        machine.wire.is_cut = True
        with pytest.raises(RescueStalled):
            running.wait()
        machine.wire.is_cut = False
        again = Running(rescue)
        assert again.ready.wait(5)
        machine.type("\x03")
        machine.type('echo here""again')
        machine.expect("hereagain", 30)
        machine.expect("=> ", 10)
        assert f"Bytes transferred = {image.stat().st_size}" in machine.run("dhcp", 60)
        assert again.wait().size == image.stat().st_size
