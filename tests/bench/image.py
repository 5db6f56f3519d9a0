# SPDX-License-Identifier: Apache-2.0
"""Writing a 1 GiB image, read back, beside dd + cmp, bmaptool and etcher-sdk: in pairs, by turns, medians.

usage: python tests/bench/image.py [--rounds 5] [--folder DIR] [--etcher DIR] [--kinds raw,xz,zst,gz,bmap]
The image: 256 MiB random, 256 MiB text, 512 MiB holes, interleaved. Each program is one process tree: wall clock, processor time and
peak memory of the tree (shared pages counted once), and the largest process in it. Ours is `firstlight image write` as testers start
it: the command and its writer. Goals: .xz with read-back at most 1.1 x of decompression alone (our unpacker to nowhere, and xz), 0.65 x
of etcher-sdk with its verify, 80 MB. `--etcher`: a folder with etcher-sdk in node_modules (npm install etcher-sdk with overrides
{"unbzip2-stream": "1.4.3"}, as it names that one by a git address, and install scripts allowed for its native modules). dd compares from
the page cache; ours reads the medium.
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
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

MIB = 1 << 20
UNPACK = (
    "import sys; from pathlib import Path; from firstlight.base.work import Work; from firstlight.imaging.packed import packing, unpacked\n"
    "p = Path(sys.argv[1])\n"
    "with unpacked(p, packing(p), Work()) as s:\n"
    "    while s.read(4 << 20): pass\n"
)


@dataclass(frozen=True)
class Run:
    """What one program took: seconds, processor seconds and MiB of its whole tree."""

    wall: float
    cpu: float
    mib: float
    largest: float
    """The largest single process of it, shared pages counted whole."""


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
            file.truncate(1024 * MIB)
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


def measure(command: list[str], env: dict[str, str]) -> Run:
    """Run to the end; peak memory is the largest sum over the tree that was seen, some 20 times a second."""
    began = time.perf_counter()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env)
    peak, largest, cpu = 0, 0, {}
    while process.poll() is None:
        total = 0
        with contextlib.suppress(psutil.Error):
            for one in (process, *process.children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    memory = one.memory_full_info()
                    total, largest = total + memory.pss, max(largest, memory.rss)
                    times = one.cpu_times()
                    cpu[one.pid] = times.user + times.system
        peak = max(peak, total)
        with contextlib.suppress(psutil.TimeoutExpired):
            process.wait(0.05)
    wall = time.perf_counter() - began
    assert process.stderr is not None
    said = process.stderr.read().decode("utf-8", "replace")
    if process.returncode:
        raise SystemExit(f"{' '.join(command)[:200]} failed: {said[-600:]}")
    return Run(wall, sum(cpu.values()), peak / MIB, largest / MIB)


class Bench:
    """One folder, one set of programs."""

    def __init__(self, folder: Path, etcher: Path | None, rounds: int) -> None:
        self.folder, self.etcher, self.rounds = folder, etcher, rounds
        self.image = make(folder)
        self.target = folder / "target.bin"
        app = str(Path(__file__).resolve().parents[2] / "app")
        self.env = os.environ | {"PYTHONPATH": app, "FIRSTLIGHT_HOME": str(folder / "home")}

    def ours(self, kind: str, *, bmap: bool = False) -> Callable[[], Run]:
        """`firstlight image write`."""
        command = [sys.executable, "-m", "firstlight", "image", "write", str(self.image[kind]), f"file:{self.target}", "--json"]
        return self.run([*command, "--bmap", str(self.image["bmap"])] if bmap else command)

    def shell(self, text: str) -> Callable[[], Run]:
        """A pipe of the system's programs."""
        return self.run(["sh", "-c", text])

    def run(self, command: list[str], *, checked: bool = True) -> Callable[[], Run]:
        """A program that writes the target, which is then compared (outside of the measured time)."""

        def once() -> Run:
            self.target.unlink(missing_ok=True)
            os.sync()
            run = measure(command, self.env)
            if checked and subprocess.run(["cmp", "-s", str(self.target), str(self.image["raw"])], check=False).returncode:
                raise SystemExit(f"{command} wrote something else")
            return run

        return once

    def pair(self, name: str, ours: Callable[[], Run], other: str, theirs: Callable[[], Run]) -> None:
        """Both by turns; prints medians and the medians of the ratios of each turn."""
        rows = [(ours(), theirs()) for _ in range(self.rounds)]
        a, b = [r[0] for r in rows], [r[1] for r in rows]
        wall = statistics.median(x.wall / y.wall for x, y in rows)
        cpu = statistics.median(x.cpu / max(y.cpu, 0.01) for x, y in rows)
        print(f"| {name} | {_mid(a)} | {other} | {_mid(b)} | {wall:.2f} | {cpu:.2f} |", flush=True)


def _mid(runs: list[Run]) -> str:
    wall, cpu = (statistics.median(getattr(r, key) for r in runs) for key in ("wall", "cpu"))
    return f"{wall:.1f} s, {cpu:.1f} cpu, {max(r.mib for r in runs):.0f} MiB (one process {max(r.largest for r in runs):.0f})"


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
        bench = Bench(folder, args.etcher, args.rounds)
        raw, xz, bmap, target = bench.image["raw"], bench.image["xz"], bench.image["bmap"], bench.target
        print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, {args.rounds} rounds")
        print("| ours | median, peak | beside | median, peak | wall | cpu |\n|--|--|--|--|--|--|")
        kinds = args.kinds.split(",")
        tail = f"of={target} bs=4M conv=fsync status=none"
        pipes = {
            "raw": f"dd if={raw} {tail} && cmp {raw} {target}",
            "xz": f"xz -dc {xz} | dd {tail} iflag=fullblock && xz -dc {xz} | cmp - {target}",
            "zst": f"zstd -dcq {bench.image['zst']} | dd {tail} iflag=fullblock && zstd -dcq {bench.image['zst']} | cmp - {target}",
            "gz": f"gzip -dc {bench.image['gz']} | dd {tail} iflag=fullblock && gzip -dc {bench.image['gz']} | cmp - {target}",
        }
        if "xz" in kinds:
            alone = bench.run([sys.executable, "-c", UNPACK, str(xz)], checked=False)
            bench.pair(".xz, read back", bench.ours("xz"), "our unpacker alone", alone)
            bench.pair(
                ".xz, read back", bench.ours("xz"), "xz -dc alone", bench.run(["sh", "-c", f"xz -dc {xz} > /dev/null"], checked=False)
            )
        for kind in ("raw", "xz", "zst", "gz"):
            if kind in kinds:
                bench.pair(f".{kind}, read back", bench.ours(kind), "dd + cmp", bench.shell(pipes[kind]))
                if args.etcher and kind != "zst":
                    script = str(Path(__file__).with_name("image_etcher.cjs"))
                    node = bench.run(["node", script, str(args.etcher), str(bench.image[kind]), str(target)])
                    bench.pair(f".{kind}, read back", bench.ours(kind), "etcher-sdk + verify", node)
        if "bmap" in kinds and shutil.which("bmaptool"):
            for kind in ("raw", "xz"):
                copy = ["bmaptool", "-q", "copy", "--bmap", str(bmap), str(bench.image[kind]), str(target)]
                bench.pair(f".{kind} + map, medium checked", bench.ours(kind, bmap=True), "bmaptool, no read-back", bench.run(copy))
        target.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
