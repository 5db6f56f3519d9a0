# SPDX-License-Identifier: Apache-2.0
"""What keeping and sending cost: `python tests/bench/outbox.py [--only NAME]`.

autosave    a draft's words and a picture with its marks kept, p50 and p95 (goal: 1 ms of processor for the words)
queue       putting a report with a 5 MB picture in the outbox (goal: 60 ms of processor)
list        10,000 entries beside 10: opening the store, a window of the list, scrolling through it, memory (goal: 1.3 x)
drain       1,000 small reports to a hub on this PC, beside as many bare `requests` PUTs of the same forms in turns (goal: 1.5 x)
upload      a file of 2 GiB to a hub on this PC: resident memory above idle (goal: 100 MB)
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT.parent / "app")]

import requests  # noqa: E402  the paths stand above

from fakes.desk import Desk  # noqa: E402
from fakes.fault_proxy import FaultProxy  # noqa: E402
from fakes.hub import FakeHub  # noqa: E402
from faults.cases.pc import Pc  # noqa: E402
from faults.hub_process import HubProcess  # noqa: E402
from firstlight.base.work import Work  # noqa: E402


def spent(act: Callable[[], object], times: int) -> dict[str, float]:
    """Milliseconds of clock (median, p95) and of processor (mean) of one `act`."""
    took = []
    gc.collect()
    cpu = time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - began))
    cpu = 1000 * (time.process_time() - cpu) / times
    return {"p50_ms": round(statistics.median(took), 3), "p95_ms": round(sorted(took)[int(times * 0.95)], 3), "cpu_ms": round(cpu, 3)}


def autosave(folder: Path) -> dict[str, Any]:
    desk = Desk(folder, FakeHub())
    draft = desk.write("Fan stops", picture=b"raw")
    marks = {"shapes": [{"kind": "arrow", "points": [[n, n], [n + 9, n]]} for n in range(60)]}
    count = iter(range(10_000))
    words = spent(lambda: desk.change(desk.reports.get(draft.id), text=f"The fan stops after {next(count)} minutes. " * 10), 400)
    picture = spent(lambda: desk.reports.set_annotations(draft.id, draft.attachments[0].pos, marks | {"n": next(count)}), 400)
    desk.db.close()
    return {"words": words, "marks of a picture": picture}


def queue(folder: Path) -> dict[str, Any]:
    """With the review before it, as the window does (what leaves is made and kept there), and all in one."""
    desk = Desk(folder, FakeHub())
    flat = [b"\x89PNG\r\n\x1a\n" + desk.rng.randbytes(5_000_000 - 8) for _ in range(24)]
    made = iter(flat)
    desk.reports._bundle._flatten = lambda _original, _marks: next(made)
    drafts = [desk.write(f"r{n}", picture=b"raw %d" % n) for n in range(24)]
    for draft in drafts[:12]:
        desk.reports.outgoing(draft.id, Work())
    first, second = iter(drafts[:12]), iter(drafts[12:])
    after = spent(lambda: desk.reports.queue(next(first).id, Work()), 12)
    whole = spent(lambda: desk.reports.queue(next(second).id, Work()), 12)
    desk.db.close()
    return {"after the review": after, "keeping the picture included": whole}


LIST = """
import json, resource, sys, time
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[3]]
from fakes.desk import Desk
from fakes.hub import FakeHub
def timed(act, times=20):
    took = []
    for _ in range(times):
        cpu = time.process_time(); act(); took.append(1000 * (time.process_time() - cpu))
    return sorted(took)[len(took) // 2]
began = time.process_time()
desk = Desk(Path(sys.argv[1]), FakeHub())
opened = 1000 * (time.process_time() - began)
total = desk.reports.counts(1).all
def scroll():
    for offset in range(0, total, 50):
        desk.reports.listing(1, limit=50, offset=offset)
window = len(desk.reports.listing(1, limit=50))
told = {"open_ms": opened, "window_ms_a_row": timed(lambda: desk.reports.listing(1, limit=50)) / window,
  "waiting_ms": timed(lambda: desk.outbox.waiting(1)), "counts_ms": timed(lambda: desk.reports.counts(1)),
  "due_ms": timed(lambda: desk.outbox.due(1, limit=20)), "scroll_ms_a_row": timed(scroll, 3) / total,
  "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "entries": total}
desk.db.close()
print(json.dumps(told))
"""


def entries(folder: Path) -> dict[str, Any]:
    from unit.reports.test_ten_thousand import fill

    found: dict[str, Any] = {}
    for count in (10, 10_000):
        home = folder / str(count)
        desk = Desk(home, FakeHub())
        fill(desk, count)
        desk.db.close()
        rounds = [
            json.loads(
                subprocess.run([sys.executable, "-c", LIST, str(home), *sys.path[:2]], check=True, capture_output=True, text=True).stdout
            )
            for _ in range(5)
        ]
        found[str(count)] = {key: round(statistics.median(r[key] for r in rounds), 3) for key in rounds[0]}
    ratio = {key: round(found["10000"][key] / found["10"][key], 2) for key in found["10"] if key != "entries"}
    return found | {"ratio": ratio}


def form(n: int) -> dict[str, Any]:
    """What a small report is on the wire."""
    return {
        "programme": "aurora", "rev": 1, "kind": "bug", "title": f"small report {n}", "text": "It stops.", "steps": "", "often": "unknown",
        "severity": "annoying", "device": None, "device_model": "", "build": "", "guide_step": "",
        "captured_at": datetime.now(UTC).isoformat(), "environment": {}, "attachments": [],
    }  # fmt: skip


def drain(folder: Path, count: int = 1000, rounds: int = 5) -> dict[str, Any]:
    """In turns, so that the machine's moods, and a hub that fills up, meet both."""
    ours: list[float] = []
    bare: list[float] = []
    part = count // rounds
    with HubProcess(folder / "hub", FIRSTLIGHT_HUB_REPORTS_PER_HOUR="1000000") as hub, FaultProxy(hub.url) as unused:
        pc = Pc(folder / "pc", hub, unused, timeout_s=(5, 60))
        pc._clients[1] = hub.client(pc.tokens[1], hub.url, (5, 60))
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {hub.tokens['dora']}"
        session.put(f"{hub.url}/api/v1/reports/{uuid.uuid4()}", json=form(-1), timeout=30).raise_for_status()
        pc.queue("warm")
        pc.send()
        for turn in range(rounds):
            drafts = [pc.queue(f"small report {turn} {n}", text="It stops.") for n in range(part)]
            pc.clock.pass_(11)
            began = time.perf_counter()
            assert pc.drain().sent == part
            ours.append(time.perf_counter() - began)
            assert len(drafts) == part
            began = time.perf_counter()
            for n in range(part):
                session.put(f"{hub.url}/api/v1/reports/{uuid.uuid4()}", json=form(n), timeout=30).raise_for_status()
            bare.append(time.perf_counter() - began)
        pc.close()
    return {
        "reports": part * rounds, "ours_s": round(sum(ours), 2), "bare_requests_s": round(sum(bare), 2),
        "ratio": round(sum(ours) / sum(bare), 2), "ratios of turns": [round(a / b, 2) for a, b in zip(ours, bare, strict=True)],
    }  # fmt: skip


UPLOAD = """
import hashlib, json, resource, sys, time
from pathlib import Path
sys.path[:0] = [sys.argv[4]]
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.hublink import uploads
from firstlight.hublink.client import HubClient
from firstlight.hublink.reachability import Reachability
class Token:
    def access_token(self, *, renew): return sys.argv[2]
client = HubClient(sys.argv[1], tokens=Token(), reach=Reachability(Events(), time.time), language=lambda: "en", timeout_s=(5, 120))
path = Path(sys.argv[3])
digest = hashlib.sha256()
with path.open("rb") as file:
    while piece := file.read(1 << 20): digest.update(piece)
def rss(): return next(int(l.split()[1]) for l in Path("/proc/self/status").read_text().splitlines() if l.startswith("VmHWM")) / 1024
idle = rss()
began, cpu = time.perf_counter(), time.process_time()
size = path.stat().st_size
uploads.upload(client, path=path, sha256=digest.hexdigest(), size=size, name="log.bin", media="application/octet-stream", work=Work())
print(json.dumps({"idle_mb": round(idle), "above_idle_mb": round(rss() - idle, 1), "seconds": round(time.perf_counter() - began, 1),
  "cpu_s": round(time.process_time() - cpu, 1)}))
"""


def upload(folder: Path) -> dict[str, Any]:
    big = folder / "big.bin"
    with big.open("wb") as file:
        file.write(b"\0big")
        file.truncate(2 << 30)
    with HubProcess(folder / "hub") as hub:
        command = [sys.executable, "-c", UPLOAD, hub.url, hub.tokens["bob"], str(big), sys.path[1]]
        told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        assert hub._child is not None
        status = Path(f"/proc/{hub._child.pid}/status").read_text()
        told["hub_peak_mb"] = round(next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024)
    return told


ALL: dict[str, Callable[[Path], dict[str, Any]]] = {"autosave": autosave, "queue": queue, "list": entries, "drain": drain, "upload": upload}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=list(ALL))
    chosen = parser.parse_args().only
    for name, measure in ALL.items():
        if chosen in (None, name):
            with tempfile.TemporaryDirectory() as folder:
                print(name, json.dumps(measure(Path(folder)), indent=1), flush=True)
    print("peak of this program:", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
