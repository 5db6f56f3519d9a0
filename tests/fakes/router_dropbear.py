# SPDX-License-Identifier: Apache-2.0
"""A router made of the real thing: Debian's dropbear and busybox in a folder of their own, with OpenWrt's commands as shell scripts.

It stands beside the practice router in the same tests: what the client promises, it promises against dropbear too. As root it uses
chroot, else a user namespace in which an ordinary user may. `sysupgrade` kills dropbear in the middle of the sentence, as on a
router; a thread here is the power supply and starts it again.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path

DROPBEAR, KEYGEN, BUSYBOX, SHELL = (
    shutil.which(n, path="/usr/sbin:/usr/bin:/sbin:/bin") for n in ("dropbear", "dropbearkey", "busybox", "dash")
)
UID = 0 if os.geteuid() == 0 else 1000
_SCRIPTS = {
    "cat": 'echo "cat $*" >> /record\nexec /bin/busybox cat "$@"',
    "ubus": r"""echo "ubus $*" >> /record
board=$(/bin/busybox cat /tmp/sysinfo/board_name) build=$(/bin/busybox cat /rig/build)
printf '{"hostname":"OpenWrt","model":"Aurora R1","board_name":"%s","release":{"version":"%s","revision":"r%s"}}\n' $board $build $build""",
    "uci": 'echo "uci $*" >> /record\n/bin/busybox cat /rig/compat',
    "df": r"""printf 'Filesystem 1024-blocks Used Available Capacity Mounted on\ntmpfs 65536 0 %s 1%% /tmp\n' $(/bin/busybox cat /rig/free)
printf '/dev/ubi0_1 20480 1536 18944 8%% /overlay\n'""",
    "sysupgrade": r"""echo "sysupgrade $*" >> /record
keep=1 test=0
while :; do case "$1" in
  -b) /bin/busybox tar czf - -C / etc/config; exit $?;;
  -T) test=1; shift;;
  -n) keep=0; shift;;
  *) break;;
esac; done
board=$(/bin/busybox cat /tmp/sysinfo/board_name)
[ -f "$1" ] || { echo "Image file not found" >&2; exit 1; }
/bin/busybox tail -c 600 "$1" | /bin/busybox grep -q "\"$board\"" || { echo "Device $board not supported by this image" >&2; exit 1; }
[ $test = 1 ] && exit 0
echo "Commencing upgrade. Closing all shell sessions." >&2
/bin/busybox cp "$1" /rig/image
echo $keep > /rig/keep
/bin/busybox kill -9 $(/bin/busybox cat /run/dropbear.pid)
/bin/busybox kill -9 $PPID""",
    "logread": 'echo "Fri Nov 20 18:00:00 2026 user.notice system: up"',
}
_APPLETS = ("cat", "tar", "gzip", "sha256sum", "rm", "dmesg", "kill", "tail", "grep", "cp", "true", "sleep", "yes", "printf")


def why_not() -> str:
    """Why it cannot run here; "" when it can."""
    if not (DROPBEAR and KEYGEN and BUSYBOX and SHELL):
        return "dropbear or busybox is not installed"
    if UID == 0:
        return ""
    probe = subprocess.run([*_enter(Path("/")), "true"], capture_output=True, check=False)
    return "" if probe.returncode == 0 else "this system lets no user make a user namespace"


def _enter(root: Path) -> list[str]:
    if UID == 0:
        return ["chroot", str(root)]
    return ["unshare", "-U", f"--map-user={UID}", f"--map-group={UID}", "--keep-caps", "chroot", str(root)]


class DropbearRouter:
    """One router; use as a context manager. What happens after a flash: `outcome` new, rolled_back or brick."""

    def __init__(self, folder: Path, *, build: str = "26.46", board: str = "aurora,r1", boot_s: float = 0.2) -> None:
        self.root = folder / "root"
        self.outcome = "new"
        self._boot_s = boot_s
        self._boots = 0
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._power: threading.Thread | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._furnish(build, board)

    def _furnish(self, build: str, board: str) -> None:
        root = self.root
        for name in ("bin", "usr/bin", "usr/sbin", "tmp/sysinfo", "etc/dropbear", "etc/config", "root/.ssh", "run", "rig", "dev"):
            (root / name).mkdir(parents=True, exist_ok=True)
        for name in ("sys/class/net/br-lan", "proc/sys/kernel/random"):
            (root / name).mkdir(parents=True, exist_ok=True)
        assert DROPBEAR and BUSYBOX and SHELL
        # Busybox's own shell would take its built-in `df` and `cat` before the scripts; dash is the ash it was made from.
        for program, place in ((DROPBEAR, "usr/sbin/dropbear"), (BUSYBOX, "bin/busybox"), (SHELL, "bin/sh"), (SHELL, "bin/ash")):
            shutil.copy(program, root / place)
            for library in _libraries(program):
                target = root / library.lstrip("/")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(library, target)
        for applet in _APPLETS:
            (root / "bin" / applet).symlink_to("busybox")
        for name, text in _SCRIPTS.items():
            path = root / "usr/sbin" / name
            path.write_text(f"#!/bin/sh\n{text}\n")
            path.chmod(0o755)
        self._write("etc/passwd", f"root::{UID}:{UID}:root:/root:/bin/ash\n")
        self._write("etc/group", f"root:x:{UID}:\n")
        self._write("etc/shells", "/bin/ash\n")
        self._write("dev/null", "")
        self._write("etc/config/system", "config system\n\toption color 'dawn'\n")
        self._write("tmp/sysinfo/board_name", board)
        self._write("sys/class/net/br-lan/address", "02:0f:1a:00:9a:2f\n")
        self._write("rig/build", build)
        self._write("rig/compat", "1.0\n")
        self._write("rig/free", "65536")
        self._write("record", "")

    def _write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text)

    def set_password(self, password: str) -> None:
        """From the next log-in on."""
        hashed = subprocess.run(["openssl", "passwd", "-6", password], capture_output=True, text=True, check=True).stdout.strip()
        self._write("etc/passwd", f"root:{hashed}:{UID}:{UID}:root:/root:/bin/ash\n")

    def set_board(self, board: str) -> None:
        """Another model."""
        self._write("tmp/sysinfo/board_name", board)

    def set_compat(self, version: str) -> None:
        """Another layout."""
        self._write("rig/compat", version + "\n")

    def set_free(self, size: int) -> None:
        """Free bytes of /tmp, as it tells them."""
        self._write("rig/free", str(size // 1024))

    @property
    def address(self) -> str:
        """For `--device`."""
        return f"ssh:root@127.0.0.1:{self.port}"

    @property
    def record(self) -> list[str]:
        """Commands that ran."""
        return (self.root / "record").read_text().splitlines()

    @property
    def image_bytes(self) -> int:
        """Bytes that lie in its memory or were flashed."""
        places = [*self.root.glob("tmp/*.bin"), self.root / "rig/image"]
        return sum(p.stat().st_size for p in places if p.exists())

    @property
    def flashed(self) -> bytes:
        """What was flashed."""
        return (self.root / "rig/image").read_bytes()

    @property
    def build(self) -> str:
        """What it runs."""
        return (self.root / "rig/build").read_text().strip()

    def __enter__(self) -> DropbearRouter:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._kill()
        if self._power:
            self._power.join(5)

    def _start(self) -> None:
        key = self.root / "etc/dropbear/key"
        if not key.exists():
            subprocess.run([str(KEYGEN), "-t", "ecdsa", "-f", str(key)], capture_output=True, check=True)
        self._boots += 1
        self._write("proc/sys/kernel/random/boot_id", f"00000000-0000-4000-8000-{self._boots:012d}\n")
        command = [
            "/usr/sbin/dropbear",
            "-F",
            "-E",
            "-B",
            "-p",
            f"127.0.0.1:{self.port}",
            "-P",
            "/run/dropbear.pid",
            "-r",
            "/etc/dropbear/key",
        ]
        self._process = subprocess.Popen([*_enter(self.root), *command], stderr=subprocess.PIPE, start_new_session=True)
        assert self._process.stderr is not None
        # It says "Not backgrounding" when it listens.
        self._process.stderr.readline()
        self._process.stderr.close()
        self._power = threading.Thread(target=self._watch, args=(self._process,), daemon=True)
        self._power.start()

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """The power supply: when dropbear was killed by a flash, start again."""
        process.wait()
        if self._stopped.wait(self._boot_s) or self.outcome == "brick":
            return
        if self.outcome == "new" and (self.root / "rig/image").exists():
            tail = self.flashed[-600:].decode("latin-1")
            self._write("rig/build", tail.split('"version": "', 1)[1].split('"', 1)[0])
        if (self.root / "rig/keep").read_text().strip() == "0":
            (self.root / "etc/dropbear/key").unlink()
            self._write("etc/config/system", "config system\n")
        for path in self.root.glob("tmp/*.bin"):
            path.unlink()
        self._start()

    def _kill(self) -> None:
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _libraries(program: str) -> list[str]:
    out = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    return [word for line in out.splitlines() for word in line.split() if word.startswith("/")]
