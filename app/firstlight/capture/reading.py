# SPDX-License-Identifier: Apache-2.0
"""Words in a picture, read by tesseract where the tester's PC has it: a process of its own, bounded in time, memory and output.

The program never sees a stranger's file: it gets grey pixels that were decoded and measured here. Nothing leaves the PC.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from PIL import Image

from firstlight.base.work import Work
from firstlight.capture.errors import NotRead
from firstlight.capture.photos import FORMATS, MOST_PIXELS, upright
from firstlight.devices.errors import ToolMissing
from firstlight.devices.tool import Tool, clean

LIMIT_S = 60.0
MEMORY_BYTES = 2 << 30
_MOST_TEXT = 4 << 20
_MOST_WORDS = 20_000
_READ_PIXELS = 12_000_000
_SURE = 25.0
_LANGUAGES = ("eng", "chi_sim", "chi_tra")
_SPARSE = "11"


@dataclass(frozen=True)
class Word:
    """Letters and their area in pixels of the picture."""

    text: str
    x: float
    y: float
    w: float
    h: float


def languages(tesseract: Tool) -> str:
    """Which of ours it can read, as it wants to be told; "" when there is none, or the program does not run."""
    try:
        listed = tesseract.run("--list-langs", deadline_s=10).output.split()
    except ToolMissing:
        return ""
    return "+".join(name for name in _LANGUAGES if name in listed)


def words(picture: Path, tesseract: Tool, work: Work) -> tuple[Word, ...]:
    """The words of a picture, in its pixels as it is seen (turned by its EXIF). Raises NotRead, ToolMissing, Cancelled."""
    known = languages(tesseract)
    if not known:
        raise NotRead(why="no language")
    with tempfile.TemporaryDirectory(prefix="firstlight-") as folder:
        grey = Path(folder) / "picture.pgm"
        times = _write_grey(picture, grey)
        work.check()
        output = _run(tesseract, (str(grey), "stdout", "-l", known, "--psm", _SPARSE, "tsv"), work)
    return tuple(_word(cells, times) for cells in _cells(output))


def _write_grey(picture: Path, target: Path) -> float:
    """Grey pixels for the reader; answers how much larger they are: small letters are read better when enlarged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(picture, formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise NotRead(why="too many pixels")
                grey = upright(opened).convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotRead(why=str(error)) from error
    pixels = grey.width * grey.height
    times = 2.0 if pixels * 4 <= _READ_PIXELS else min(1.0, (_READ_PIXELS / pixels) ** 0.5)
    if times != 1:
        size = (max(1, round(grey.width * times)), max(1, round(grey.height * times)))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    grey.save(target, "PPM")
    return times


def _run(tesseract: Tool, arguments: tuple[str, ...], work: Work) -> str:
    env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    with tempfile.TemporaryFile() as out:
        try:
            process = subprocess.Popen(
                [str(tesseract.path), *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL, env=env
            )
        except OSError as error:
            raise ToolMissing(tool="tesseract", path=str(tesseract.path), why=str(error)) from error
        try:
            _bound(process.pid)
            _wait(process, out, work, time.monotonic() + LIMIT_S)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        if process.returncode != 0:
            raise NotRead(why=f"ended with {process.returncode}")
        out.seek(0)
        return out.read(_MOST_TEXT).decode("utf-8", "replace")


def _bound(pid: int) -> None:
    """At most 2 GiB of memory, on Linux; elsewhere the time limit alone holds."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # heavy: not there on Windows

        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _wait(process: subprocess.Popen[bytes], out: IO[bytes], work: Work, end: float) -> None:
    while process.poll() is None:
        work.wait(0.03)
        if out.seek(0, 2) > _MOST_TEXT:
            raise NotRead(why="too much text")
        if time.monotonic() > end:
            raise NotRead(why="no answer in time")


def _cells(output: str) -> list[list[str]]:
    """Rows of words that the reader is sure enough of: level 5, five numbers of its order, left, top, width, height, how sure, text."""
    rows = (line.split("\t") for line in output.splitlines()[1 : _MOST_WORDS + 1])
    return [r for r in rows if len(r) == 12 and r[0] == "5" and r[11].strip() and _number(r[10]) >= _SURE]


def _word(cells: list[str], times: float) -> Word:
    x, y, w, h = (_number(cell) / times for cell in cells[6:10])
    return Word(clean(cells[11]).strip()[:200], x, y, w, h)


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return 0.0
