# SPDX-License-Identifier: Apache-2.0
"""A real cable: two network namespaces with a pair of virtual adapters between them, real ports, real broadcasts, real ARP.

real_cable.py FOLDER SCENARIO      run by `unshare -rn`, so that it needs no root; prints one JSON object

On the PC's end stands our rescue; on the router's end busybox's DHCP client, TFTP client and DHCP server, none of them ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "app"), str(Path(__file__).resolve().parents[1])]

from firstlight.base.errors import FirstlightError  # noqa: E402
from firstlight.base.work import Work  # noqa: E402
from firstlight.recovery import news  # noqa: E402
from firstlight.recovery.plan import Plan  # noqa: E402
from firstlight.recovery.probe import PROBE_S  # noqa: E402
from firstlight.recovery.rescue import Rescue  # noqa: E402

PC, ROUTER, MAC = "192.168.1.2", "192.168.1.1", "02:0f:1a:00:9a:2e"
_LEASED = """#!/bin/sh
[ "$1" = bound ] && ip addr add $ip/24 dev $interface && echo "$siaddr $boot_file" > $OUT
exit 0
"""
_FOREIGN = "start 192.168.1.50\nend 192.168.1.60\ninterface dev0\nlease_file {folder}/leases\n"


def run(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload, no-any-return]


class Cable:
    """Both ends, up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._inner = subprocess.Popen(["unshare", "-n", "sh", "-c", "echo; exec sleep 60"], stdout=subprocess.PIPE)
        assert self._inner.stdout
        self._inner.stdout.readline()
        pid = str(self._inner.pid)
        self._enter = ("nsenter", "-t", pid, "-n")
        for line in (
            "ip link set lo up",
            f"ip link add pc0 type veth peer name dev0 address {MAC} netns {pid}",
            f"ip addr add {PC}/24 dev pc0",
            "ip link set pc0 up",
        ):
            subprocess.run(line.split(), check=True)
        self.inside("ip", "link", "set", "dev0", "up")

    def inside(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A program at the router's end."""
        return run(*self._enter, *words, timeout=20)

    def start_inside(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*self._enter, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def close(self) -> None:
        self._inner.kill()
        self._inner.wait()


def rescue(cable: Cable, *, probe_s: float = 0.3, **more: object) -> tuple[threading.Thread, dict[str, object]]:
    """Ours, in a thread; what came of it is in the dictionary."""
    what = {"mac": MAC, "lease": ROUTER, "seconds": 8, "linger_s": 0.3} | more
    plan = Plan(ip=PC, file=cable.folder / "rescue.bin", names=("rescue.bin",), **what)  # type: ignore[arg-type]
    told: dict[str, object] = {"events": []}
    ready = threading.Event()

    def tell(event: news.Event) -> None:
        told["events"].append(type(event).__name__)  # type: ignore[attr-defined]
        if isinstance(event, news.Refused):
            told["refused"] = event.why
        if isinstance(event, news.Listening):
            ready.set()

    def work() -> None:
        try:
            told["size"] = Rescue(plan, tell=tell, probe_s=probe_s).run(Work()).size
        except FirstlightError as error:
            told.update(code=error.code, facts={k: str(v) for k, v in error.facts.items()})
            ready.set()

    thread = threading.Thread(target=work)
    thread.start()
    ready.wait(10)
    return thread, told


def lease(cable: Cable) -> str:
    """Ask for an address as a router would; what was told."""
    script = cable.folder / "leased"
    script.write_text(_LEASED.replace("$OUT", str(cable.folder / "told")))
    script.chmod(0o755)
    cable.inside("busybox", "udhcpc", "-i", "dev0", "-n", "-q", "-t", "5", "-T", "1", "-O", "bootfile", "-s", str(script))
    path = cable.folder / "told"
    return path.read_text().strip() if path.exists() else ""


def main(folder: Path, scenario: str) -> None:
    cable = Cable(folder)
    try:
        print(json.dumps(SCENARIOS[scenario](cable)))
    finally:
        cable.close()


def _rescued(cable: Cable) -> dict[str, object]:
    thread, told = rescue(cable)
    told["lease"] = lease(cable)
    cable.inside("busybox", "tftp", "-g", "-b", "1468", "-r", "rescue.bin", "-l", str(cable.folder / "fetched"), PC)
    thread.join()
    return told


def _foreign(cable: Cable) -> dict[str, object]:
    cable.inside("ip", "addr", "add", "192.168.1.9/24", "dev", "dev0")
    conf = cable.folder / "foreign.conf"
    conf.write_text(_FOREIGN.format(folder=cable.folder))
    (cable.folder / "leases").touch()
    server = cable.start_inside("busybox", "udhcpd", "-f", str(conf))
    try:
        thread, told = rescue(cable, probe_s=PROBE_S)
        thread.join()
    finally:
        server.kill()
        server.wait()
    return told


def _stranger(cable: Cable) -> dict[str, object]:
    """A router with an address of its own, and another number than the one on the label."""
    cable.inside("ip", "addr", "add", f"{ROUTER}/24", "dev", "dev0")
    thread, told = rescue(cable, mac="02:0f:1a:00:00:01", lease="", router_ip=ROUTER, seconds=2)
    cable.inside("ping", "-c", "1", PC)
    got = cable.inside("busybox", "tftp", "-g", "-r", "rescue.bin", "-l", str(cable.folder / "fetched"), PC)
    told["client"] = got.returncode
    thread.join()
    return told


SCENARIOS = {"rescued": _rescued, "foreign": _foreign, "stranger": _stranger}

if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
