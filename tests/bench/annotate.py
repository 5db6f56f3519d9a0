# SPDX-License-Identifier: Apache-2.0
"""The editor against its budgets, beside ksnip and flameshot, on one private X server in one run.

usage: python tests/bench/annotate.py [--moves 120] [--rounds 3] [--turns 1] [--only moves,canvas,flat,peers]
  moves    p95 of processor time for one step of a drag among 200 marks, at 4K and 8K, fitted and at 100 % (goals 4 ms; 8 ms for a mark
           half as large as the picture and for a live mosaic)
  canvas   4K picture from the screen to a canvas that can be drawn on (goal 150 ms), and memory with it open
  flat     marks burnt in and PNG written, processor time, in a worker thread (goal 500 ms CPU)
  peers    our editor, ksnip and flameshot over the same 4K and 8K screens, used by the same hands: start, moves, PNG, memory
Times are processor milliseconds unless they say otherwise: the wall clock of a busy machine says little. Needs Xvfb; peers by apt.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent / "app"), str(TESTS)]

from bench.editor_hands import private_screen  # noqa: E402  only once the path leads to the tests
from bench.editor_peers import bench_peers, p95  # noqa: E402
from bench.editor_scene import MARKS, document, picture  # noqa: E402

SIZES = {"4K": (3840, 2160, 2.0), "8K": (7680, 4320, 4.0)}
GOAL_MS, GOAL_LARGE_MS = 4.0, 8.0


def drag(app, editor, shape, moves: int) -> list[float]:
    """Processor milliseconds of each step: the mouse's event, the document, the list, what is painted."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent

    canvas, live = editor.canvas, editor.live
    live.select(shape.id)
    bounds = shape.bounds
    x, y = bounds.x + bounds.w / 2, bounds.y + bounds.h / 2
    canvas.hand._handles.follow(None, canvas._layers.sight, 1.0)
    canvas.hand.press(x, y, shape.id)
    app.processEvents()
    unit, times = canvas.devicePixelRatioF() / canvas.zoom, []
    for step in range(moves):
        place = QPointF(canvas.mapFromScene(x + (step % 40 * 7 - 140) * unit, y + (step % 30 * 5 - 70) * unit))
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        began = time.process_time()
        app.sendEvent(canvas.viewport(), event)
        app.processEvents()
        times.append((time.process_time() - began) * 1000)
    assert live.document.shape(shape.id) != shape, "the drag moved nothing"
    canvas._let_go()
    app.processEvents()
    return times


def bench_moves(app, kit, moves: int) -> None:
    """One line for each kind, size and zoom."""
    from firstlight.annotate.ui.editor import EditorPage

    for name, (width, height, scale) in SIZES.items():
        base = picture(width, height)
        made, large = document(width, height, scale)
        editor = EditorPage(kit, picture=base, document_json=made.to_json())
        editor.resize(1400, 900)
        editor.show()
        app.processEvents()
        for zoom in ("fitted", "100 %"):
            editor.canvas.fit() if zoom == "fitted" else editor.canvas.set_zoom(1.0)
            editor.canvas.centerOn(width * 0.45, height * 0.45)
            app.processEvents()
            middle = list(editor.document.shapes[90:101])  # in the middle of the pile, marks above and below
            for place, shapes in (("pile", middle), ("top", editor.document.shapes[-large:])):
                for shape in shapes:
                    times = drag(app, editor, editor.document.shape(shape.id), moves)
                    is_large = shape.bounds.w > width * 0.4 or shape.kind in ("mosaic", "magnifier", "spotlight")
                    goal = GOAL_LARGE_MS if is_large else GOAL_MS
                    told = f"{shape.kind}{' (half)' if shape.bounds.w > width * 0.4 else ''}"
                    sign = "met" if p95(times) <= goal else "OVER"
                    print(
                        f"move  {name} {zoom:7} {place:4} {told:18} p50 {statistics.median(times):6.2f}  p95 {p95(times):6.2f} ms"
                        f"  goal {goal:g}: {sign}"
                    )
                    editor.live.undo()
                    app.processEvents()
        print(f"memory {name} with {MARKS} marks open: {resident_mb(os.getpid()):.0f} MB")
        forget(app, editor)


def forget(app, editor) -> None:
    """As the window does; without its loop Qt keeps what is to be deleted."""
    from PySide6.QtCore import QEvent

    editor.hide()
    editor.deleteLater()
    app.processEvents()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def resident_mb(pid: int) -> float:
    """Resident memory of one process."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    except OSError:
        return 0.0


def bench_canvas(app, kit, rounds: int) -> None:
    """From the grab of a 4K screen to a canvas that was painted; and again from a file, as when a picture is opened later."""
    from firstlight.annotate.ui.editor import EditorPage
    from firstlight.capture.ui.screens import stills, together

    grabbed, from_file, walls = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shot.png"
        for at in range(rounds + 1):
            wall, began = time.perf_counter(), time.process_time()
            image = together(stills())
            editor = EditorPage(kit, picture=image)
            editor.resize(1180, 760)
            editor.show()
            app.processEvents()
            took, took_wall = (time.process_time() - began) * 1000, (time.perf_counter() - wall) * 1000
            if at:  # the first loads fonts and icons
                grabbed.append(took)
                walls.append(took_wall)
            forget(app, editor)
            if not path.exists():
                image.save(str(path), "PNG", 60)
            began = time.process_time()
            editor = EditorPage(kit, picture=path)
            editor.show()
            app.processEvents()
            if at:
                from_file.append((time.process_time() - began) * 1000)
            forget(app, editor)
    size = f"{image.width()} x {image.height()}"
    print(
        f"canvas {size}: screen to canvas {statistics.median(grabbed):.0f} ms CPU, {statistics.median(walls):.0f} ms wall"
        f" (goal 150: {'met' if statistics.median(walls) <= 150 else 'OVER'});"
        f" a kept picture to canvas {statistics.median(from_file):.0f} ms CPU; memory {resident_mb(os.getpid()):.0f} MB"
    )


def bench_flat(rounds: int) -> None:
    """In a worker thread, as the program does."""
    import threading

    from firstlight.annotate.ui.flatten import flatten

    with tempfile.TemporaryDirectory() as folder:
        for name, (width, height, scale) in SIZES.items():
            path = Path(folder) / f"{name}.png"
            picture(width, height).save(str(path), "PNG", 60)
            made, _ = document(width, height, scale)
            for marks, raw in (("20 marks", {**made.to_json(), "shapes": made.to_json()["shapes"][:20]}), ("200 marks", made.to_json())):
                times, size = [], 0

                def run(raw=raw, path=path, times=times) -> None:
                    nonlocal size
                    began = time.thread_time()
                    size = len(flatten(path, raw))
                    times.append((time.thread_time() - began) * 1000)

                for _ in range(rounds):
                    thread = threading.Thread(target=run)
                    thread.start()
                    thread.join()
                print(
                    f"flat  {name} {marks:9}: {statistics.median(times):5.0f} ms CPU, {size / 1e6:.1f} MB"
                    + (f" (goal 500: {'met' if statistics.median(times) <= 500 else 'OVER'})" if name == "4K" else "")
                )


def take_and_edit(out: str) -> None:
    """A program for the peers' turns: the screen into our editor over all of it; Ctrl+S writes what would leave."""
    import threading

    from PySide6.QtGui import QKeySequence, QShortcut
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    from fakes.window import Dressed
    from firstlight.annotate.ui.editor import EditorPage
    from firstlight.annotate.ui.flatten import flatten
    from firstlight.capture.ui.screens import stills, together

    image = together(stills())
    dressed = Dressed(app, lambda: datetime.now(UTC).astimezone())
    editor = EditorPage(dressed.kit, picture=image)
    kept = Path(out).with_suffix(".kept")

    def write() -> None:
        # As the program does: the capture was kept as a PNG when it was taken, the marks are burnt into that by a worker.
        raw = editor.live.kept()
        threading.Thread(target=lambda: Path(out).write_bytes(flatten(kept, raw))).start()

    QShortcut(QKeySequence("Ctrl+S"), editor, write)
    editor.setWindowTitle("Firstlight")
    editor.resize(app.primaryScreen().size())
    editor.show()
    editor.canvas.setFocus()
    image.save(str(kept), "PNG", 60)
    app.exec()
    dressed.close()


def show_ground() -> None:
    """A program for the peers' turns: the picture that they take, over the whole screen."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication, QLabel

    app = QApplication([])
    size = app.primaryScreen().size()
    ground = QLabel()
    ground.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.BypassWindowManagerHint)
    ground.setPixmap(QPixmap.fromImage(picture(size.width(), size.height())))
    ground.setGeometry(0, 0, size.width(), size.height())
    ground.show()
    ground.lower()
    QTimer.singleShot(300, lambda: print("ready", flush=True))
    app.exec()


def main() -> None:
    """Everything of ours on one private screen, then the peers on one of 4K and one of 8K."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--turns", type=int, default=1)
    parser.add_argument("--sizes", default="4K,8K", help="of the peers' screens")
    parser.add_argument("--only", default="moves,canvas,flat,peers")
    parser.add_argument("--take", default="", help=argparse.SUPPRESS)
    parser.add_argument("--ground", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--peers", default="", help=argparse.SUPPRESS)
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.take:
        take_and_edit(args.take)
    elif args.ground:
        show_ground()
    elif args.peers:
        bench_peers(dict(os.environ), *json.loads(args.peers))
    elif args.inner:
        inner(args)
    else:
        status = outer(args)
        if status:
            sys.exit(status)


def outer(args: argparse.Namespace) -> int:
    """Screens, and what runs on each."""
    only = args.only.split(",")
    status = 0
    if set(only) - {"peers"}:
        with private_screen(*SIZES["4K"][:2]) as env:
            status = subprocess.run([sys.executable, *sys.argv, "--inner"], env=env).returncode
    if "peers" in only:
        if shutil.which("dbus-run-session") is None:
            print("peers: flameshot needs a session bus, and dbus-run-session is not installed")
            return status
        for name in args.sizes.split(","):
            width, height, _ = SIZES[name]
            with private_screen(width, height) as env:
                told = json.dumps([name, width, height, args.turns, args.moves])
                command = ["dbus-run-session", "--", sys.executable, __file__, "--peers", told]
                status |= subprocess.run(command, env=env).returncode
    return status


def inner(args: argparse.Namespace) -> None:
    """On the screen."""
    from PySide6.QtWidgets import QApplication

    from fakes.window import Dressed

    app = QApplication([])
    dressed = Dressed(app, lambda: datetime.now(UTC).astimezone())
    only = args.only.split(",")
    print(json.dumps({"screen": app.primaryScreen().size().toTuple(), "platform": app.platformName(), "load": os.getloadavg()[0]}))
    if "canvas" in only:
        bench_canvas(app, dressed.kit, args.rounds)
    if "flat" in only:
        bench_flat(args.rounds)
    if "moves" in only:
        bench_moves(app, dressed.kit, args.moves)
    dressed.close()


if __name__ == "__main__":
    main()
