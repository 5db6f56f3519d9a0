# SPDX-License-Identifier: Apache-2.0
"""Writing a 1 GiB image, read back, beside decompression alone, dd + cmp, bmaptool and etcher-sdk: by turns, medians, goals.

usage: python tests/bench/image.py [--rounds 5] [--folder DIR] [--etcher DIR] [--kinds raw,xz,zst,gz,bmap]
The image: 256 MiB random, 256 MiB text, 512 MiB holes, interleaved. The card: a file of that size full of old bytes, so that every byte has
to be written, as on a card; what it holds is compared with the image after every run. Ours is `firstlight image write` as testers start
it: the command and its writer.

How it is measured: all programs of a kind run once a round, another one first each time; a ratio is the median of the rounds' ratios. Of
each program's whole tree: wall clock; processor time, by the kernel's account; peak memory, as the sum of what each process has to itself
plus its share of what is shared (PSS), and as the plain sum of resident sizes, which counts shared pages several times; bytes that came
from and went to the medium, by the kernel's account. `others`: processors that anybody else kept busy meanwhile; above 0.2 the wall clock
says little, and the processor time is the better witness.

"Decompression alone" is the same file to nowhere with one thread, as the file is one block: by our own unpacker in a Python of its own
(same decoder, same start), and by `xz -dc`, which is the stricter of both. dd and cmp read and write past the cache (direct), as ours
does: both really ask the medium. etcher-sdk's own verification reads what the cache still holds, as `from medium` shows.
`--etcher`: a folder with etcher-sdk in node_modules (npm install etcher-sdk with overrides {"unbzip2-stream": "1.4.3"}, as it names that
one by a git address, and install scripts allowed for its native modules). Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

MIB = 1 << 20
SIZE = 1024 * MIB
SETTLE_S = 4.0
UNPACK = (
    "import sys; from pathlib import Path; from firstlight.base.work import Work; from firstlight.imaging.packed import packing, unpacked\n"
    "p = Path(sys.argv[1])\n"
    "room = memoryview(bytearray(2 << 20))\n"
    "with unpacked(p, packing(p), Work()) as s:\n"
    "    while s.read_into(room): pass\n"
)
OURS = "ours, read back"


@dataclass(frozen=True)
class Run:
    """What one program took: seconds, processor seconds; MB at its peak; MiB from and to the medium; processors busy with others."""

    wall: float
    cpu: float
    pss: float = 0
    rss: float = 0
    came: float = 0
    went: float = 0
    others: float = 0


@dataclass(frozen=True)
class Goal:
    """At most `most` times the other program, by the wall clock."""

    other: str
    most: float


GOALS = {
    "raw": (Goal("dd + cmp", 1.1),),
    "xz": (Goal("our unpacker alone", 1.1), Goal("xz -dc alone", 1.1), Goal("etcher-sdk + verify", 0.65)),
}
MOST_MB = 80


def make(folder: Path) -> dict[str, Path]:
    """The image and its packings; kept between calls."""
    raw = folder / "image.raw"
    if not raw.exists():
        noise = random.Random(7)
        words = ["".join(noise.choices("abcdefghijklmnopqrstuvwxyz", k=noise.randint(2, 9))) for _ in range(4000)]
        with raw.open("wb") as file:
            for _ in range(64):
                file.write(noise.randbytes(4 * MIB))
                text = bytearray()
                while len(text) < 4 * MIB:
                    text += (" ".join(noise.choices(words, k=2000)) + "\n").encode()
                file.write(text[: 4 * MIB])
                file.seek(8 * MIB, 1)
            file.truncate(SIZE)
    found = {"raw": raw}
    for kind, command in (("xz", "xz -6 -T1 -c"), ("zst", "zstd -q -3 -c"), ("gz", "gzip -c")):
        path = folder / f"image.{kind}"
        if not path.exists():
            with path.open("wb") as out:
                subprocess.run([*command.split(), str(raw)], stdout=out, check=True)
        found[kind] = path
    bmap = folder / "image.bmap"
    if not bmap.exists():
        subprocess.run(["bmaptool", "create", str(raw), "-o", str(bmap)], check=True, stderr=subprocess.DEVNULL)
    return found | {"bmap": bmap}


class Peak:
    """Looks at a process and its children twice a second, as long as it lives, and once early.

    A look walks their page tables with a lock that the process itself needs; ten looks a second took a twentieth of a processor and made
    whoever has two processes four per cent slower. The resident peak is missed by no look: the kernel keeps it.
    """

    def __init__(self, pid: int) -> None:
        self.pss = 0
        self.cpu: dict[int, float] = {}
        self._rss: dict[int, int] = {}
        self._process = psutil.Process(pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    @property
    def rss(self) -> int:
        """Bytes: the sum of each process's own peak, though they need not have come at the same time."""
        return sum(self._rss.values())

    def _look(self) -> None:
        wait = 0.25
        while not self._over.wait(wait):
            wait, pss = 0.5, 0
            with contextlib.suppress(psutil.Error):
                for one in (self._process, *self._process.children(recursive=True)):
                    with contextlib.suppress(psutil.Error, OSError, IndexError):
                        pss += _field(one.pid, "smaps_rollup", "Pss:")
                        self._rss[one.pid] = _field(one.pid, "status", "VmHWM:")
                        times = one.cpu_times()
                        self.cpu[one.pid] = times.user + times.system
            self.pss = max(self.pss, pss)

    def stop(self) -> None:
        """No more looking."""
        self._over.set()
        self._thread.join()


def _field(pid: int, file: str, name: str) -> int:
    """Bytes that the kernel tells of a process; IndexError when it has ended."""
    lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    return int(next(iter(line for line in lines if line.startswith(name)), "").split()[1]) * 1024


def busy() -> float:
    """Seconds that this machine's processors worked since it started."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0) - getattr(times, "guest", 0) - getattr(times, "guest_nice", 0))


def measure(command: list[str], env: dict[str, str]) -> Run:
    """Run to the end."""
    with tempfile.TemporaryFile() as said:
        worked, began = busy(), time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, env=env)
        peak = Peak(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        worked = busy() - worked
        process.returncode = os.waitstatus_to_exitcode(status)
        peak.stop()
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)[:200]} failed: {said.read().decode('utf-8', 'replace')[-600:]}")
    # A child that nobody waited for is not in the kernel's account of its parent, but was seen.
    cpu = max(used.ru_utime + used.ru_stime, sum(peak.cpu.values()))
    blocks = 512 / MIB
    return Run(wall, cpu, peak.pss / 1e6, peak.rss / 1e6, used.ru_inblock * blocks, used.ru_oublock * blocks, max(worked - cpu, 0) / wall)


class Bench:
    """One folder, one card, one set of programs."""

    def __init__(self, folder: Path, etcher: Path | None) -> None:
        self.folder, self.etcher = folder, etcher
        self.image = make(folder)
        self.card = folder / "card.bin"
        app = str(Path(__file__).resolve().parents[2] / "app")
        self.env = os.environ | {"PYTHONPATH": app, "FIRSTLIGHT_HOME": str(folder / "home")}

    def fill(self, junk: bytes) -> None:
        """The card is full of something else, and nothing of it is in the cache."""
        fd = os.open(self.card, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            for at in range(0, SIZE, len(junk)):
                os.pwrite(fd, junk, at)
            os.ftruncate(fd, SIZE)
            os.fsync(fd)
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(fd)

    def once(self, command: list[str], *, writes: bool) -> Run:
        """One run; a program that writes is held to what the card has afterwards (outside of the measured time).

        A disk below, or the host of a virtual one, may still store what the card was filled with after it said that it had: whoever came
        first paid for that with up to a tenth of its time, so everybody waits for it.
        """
        if writes:
            # A map's writers leave alone what it does not name: that must be empty before, to be equal after.
            self.fill(bytes(4 * MIB) if any("bmap" in word for word in command) else os.urandom(4 * MIB))
        time.sleep(SETTLE_S)
        run = measure(command, self.env)
        if writes and subprocess.run(["cmp", "-s", str(self.card), str(self.image["raw"])], check=False).returncode:
            raise SystemExit(f"{command} wrote something else")
        return run

    def ours(self, kind: str, *, bmap: bool = False) -> list[str]:
        """`firstlight image write`."""
        command = [sys.executable, "-m", "firstlight", "image", "write", str(self.image[kind]), f"file:{self.card}", "--json"]
        return [*command, "--bmap", str(self.image["bmap"])] if bmap else command

    def programs(self, kind: str) -> dict[str, list[str]]:
        """Who is measured for a kind; ours first."""
        image, card = self.image["raw" if kind == "bmap" else kind], self.card
        if kind == "bmap":
            ours = {f"ours, {k} + map, medium checked": self.ours(k, bmap=True) for k in ("raw", "xz")}
            copy = ["bmaptool", "-q", "copy", "--bmap", str(self.image["bmap"])]
            return ours | {f"bmaptool, {k} + map, no read-back": [*copy, str(self.image[k]), str(card)] for k in ("raw", "xz")}
        found = {OURS: self.ours(kind)}
        unpack = {"raw": f"cat {image}", "xz": f"xz -dc {image}", "zst": f"zstd -dcq {image}", "gz": f"gzip -dc {image}"}[kind]
        if kind != "raw":
            found["our unpacker alone"] = [sys.executable, "-c", UNPACK, str(image)]
            found[f"{unpack.rpartition(' ')[0]} alone"] = ["sh", "-c", f"{unpack} > /dev/null"]
        source = f"dd if={image}" if kind == "raw" else f"{unpack} | dd iflag=fullblock"
        write = f"{source} of={card} bs=4M oflag=direct conv=notrunc,fsync status=none"
        found["dd + cmp"] = ["bash", "-ec", f"{write}; dd if={card} bs=4M iflag=direct status=none | cmp - <({unpack})"]
        if self.etcher and kind != "zst":
            script = str(Path(__file__).with_name("image_etcher.cjs"))
            found["etcher-sdk + verify"] = ["node", script, str(self.etcher), str(image), str(card)]
        return found

    def kind(self, kind: str, rounds: int) -> bool:
        """All programs of a kind by turns; prints them, and whether each goal was reached."""
        programs = self.programs(kind)
        names = list(programs)
        runs: dict[str, list[Run]] = {name: [] for name in names}
        for turn in range(rounds):
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                runs[name].append(self.once(programs[name], writes="alone" not in name))
        for name in names:
            # Of a map there are two of ours, and two to hold them against.
            ours = next(n for n in names if n.startswith("ours") and (kind != "bmap" or f" {name.split()[1]} " in f" {n} "))
            _row(kind, name, runs[name], None if name == ours else runs[ours])
        return _goals(kind, runs)


def _row(kind: str, name: str, runs: list[Run], ours: list[Run] | None) -> None:
    def mid(of: Callable[[Run], float]) -> float:
        return statistics.median(of(r) for r in runs)

    ratios = "| | |"
    if ours:
        wall, cpu = _ratio(ours, runs, lambda r: r.wall), _ratio(ours, runs, lambda r: r.cpu)
        ratios = f"| {wall:.2f} | {cpu:.2f} |"
    memory = f"{max(r.pss for r in runs):.0f} / {max(r.rss for r in runs):.0f}"
    moved = f"{mid(lambda r: r.came):.0f} / {mid(lambda r: r.went):.0f}"
    print(
        f"| .{kind} | {name} | {mid(lambda r: r.wall):.2f} | {mid(lambda r: r.cpu):.2f} | {memory} | {moved} "
        f"| {mid(lambda r: r.others):.1f} {ratios}",
        flush=True,
    )


def _ratio(ours: list[Run], theirs: list[Run], of: Callable[[Run], float]) -> float:
    return statistics.median(of(a) / max(of(b), 0.01) for a, b in zip(ours, theirs, strict=True))


def _goals(kind: str, runs: dict[str, list[Run]]) -> bool:
    """Prints each goal of a kind; whether all were reached."""
    is_met = True
    for goal in GOALS.get(kind, ()):
        if goal.other not in runs:
            continue
        wall, cpu = (_ratio(runs[OURS], runs[goal.other], of) for of in (lambda r: r.wall, lambda r: r.cpu))
        is_met = is_met and wall <= goal.most
        verdict = "met" if wall <= goal.most else "MISSED"
        print(f"  goal .{kind}: at most {goal.most} x {goal.other}: {wall:.2f} by wall clock (processor {cpu:.2f}): {verdict}", flush=True)
    if OURS in runs:
        most = max(r.rss for r in runs[OURS])
        is_met = is_met and most <= MOST_MB
        print(f"  goal .{kind}: at most {MOST_MB} MB: {most:.0f}: {'met' if most <= MOST_MB else 'MISSED'}", flush=True)
    return is_met


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--etcher", type=Path, default=None)
    parser.add_argument("--kinds", default="raw,xz,zst,gz,bmap")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder, args.etcher)
        print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, {args.rounds} rounds")
        print("| image | program | wall s | cpu s | MB, PSS / RSS | MiB from / to medium | others | ours / it, wall | cpu |")
        print("|--|--|--|--|--|--|--|--|--|", flush=True)
        kinds = [k for k in args.kinds.split(",") if k != "bmap" or shutil.which("bmaptool")]
        met = [bench.kind(kind, args.rounds) for kind in kinds]
        bench.card.unlink(missing_ok=True)
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
