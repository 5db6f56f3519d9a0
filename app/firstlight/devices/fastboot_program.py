# SPDX-License-Identifier: Apache-2.0
"""The tester's own fastboot program. Its text is all it tells: progress, refusals and losses are read from it.

Learned from the real one: it sends the whole image before a locked phone may say no, never times out, exits by SIGPIPE or spins
for ever when a TCP phone goes away, and says how far it is only between sparse pieces.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from firstlight.devices.errors import DeviceLost, DeviceRefused, DeviceStalled, DeviceWrong, ToolFailed, refusal
from firstlight.devices.fastboot import ASK_S, BACK_S, ERASE_S, GIVE_UP_S, PLAIN, FlashOptions, Order, Watch, flash_deadline_s, reboot_to
from firstlight.devices.fastboot_tcp import FastbootTcp, Presence, presence, split_address
from firstlight.devices.tool import Outcome, Tool

_REMOTE = re.compile(r"FAILED \(remote:? ?'?(?P<said>[^\n]*?)'?\)")
_LOST = ("status read failed", "write to device failed", "no such device", "failed to connect", "no link", "input/output error")
_SENT = re.compile(r"(?i)^(?P<what>sending (?:sparse )?'[^']*'(?: \d+/\d+)? \((?P<kb>\d+) KB\))\s*(?P<end>OKAY[^\n]*)?", re.MULTILINE)
_VERSION = re.compile(r"fastboot version (\S+)")
_FETCH_SINCE = 31
_LEAST_PIECE = 8 << 20
_BLOCK = 4096


class FastbootProgram:
    """One phone, by the program `tool`."""

    def __init__(self, tool: Tool, address: str) -> None:
        self.address = address
        self._tool = tool
        self._version = ""

    @property
    def speaker(self) -> str:
        """Name and version of the program."""
        if not self._version:
            match = _VERSION.search(self._tool.run("--version", deadline_s=ASK_S).output)
            self._version = match.group(1) if match else "?"
        return f"fastboot {self._version}"

    def getvar(self, name: str) -> str:
        """A variable of the bootloader; "" when it knows none of that name."""
        try:
            output = self._run("getvar", name, deadline_s=ASK_S).output
        except DeviceRefused:
            return ""
        match = re.search(rf"(?m)^(?:\(bootloader\) )?{re.escape(name)}: ?(.*)$", output)
        return match.group(1).strip() if match else ""

    def flash(self, partition: str, image: Path, watch: Watch, options: FlashOptions = PLAIN) -> None:
        """Write an image; bytes are known between the pieces only, so a large one goes in pieces of a twentieth."""
        size = image.stat().st_size
        progress = _Progress(size, watch)
        words = [*self._piece_words(size), *_option_words(options)]
        words += ["flash:raw" if options.is_raw else "flash", partition, str(image)]
        self._run(*words, deadline_s=flash_deadline_s(size), on_text=progress.take, on_silence=watch.silent, silence_s=GIVE_UP_S)
        watch.moved(size, size)

    def _piece_words(self, size: int) -> tuple[str, ...]:
        """Only for an image that goes in sparse pieces anyhow: a phone that takes it whole may not know them."""
        limit = self.getvar("max-download-size")
        most = int(limit, 0) if re.fullmatch(r"0[xX][0-9a-fA-F]{1,12}|[1-9][0-9]{0,15}", limit) else 0
        if not 0 < most < size:
            return ()
        return ("-S", str(min(most, max(size // 20, _LEAST_PIECE)) // _BLOCK * _BLOCK))

    def boot(self, image: Path, watch: Watch) -> None:
        """Start an image without writing it."""
        size = image.stat().st_size
        progress = _Progress(size, watch)
        self._run("boot", str(image), deadline_s=flash_deadline_s(size), on_text=progress.take, on_silence=watch.silent)

    def wipe_super(self, image: Path, watch: Watch) -> None:
        """Make all logical partitions afresh."""
        self._run("wipe-super", str(image), deadline_s=ERASE_S, on_silence=watch.silent)

    def update(self, package: Path, watch: Watch, *, wipe: bool) -> None:
        """A whole update zip, which the program itself compares with the phone; it restarts the phone at the end."""
        size = package.stat().st_size
        progress = _Progress(size, watch)
        words = (*(("-w",) if wipe else ()), "update", str(package))
        self._run(*words, deadline_s=flash_deadline_s(size * 2) + BACK_S, on_text=progress.take, on_silence=watch.silent)
        watch.moved(size, size)

    def give(self, order: Order) -> str:
        """Any command without an image."""
        return self._run(*order.words, deadline_s=order.deadline_s).output

    def fetch(self, partition: str, target: Path) -> int:
        """Read a partition: by our client over TCP, as only newer programs can, else by the program."""
        if split_address(self.address):
            return FastbootTcp(self.address).fetch(partition, target)
        major = self.speaker.removeprefix("fastboot ").partition(".")[0]
        if not major.isdecimal() or int(major) < _FETCH_SINCE:
            raise ToolFailed(tool="fastboot", exit=0, said=f"{self.speaker} cannot read partitions, {_FETCH_SINCE} can")
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            new = Path(folder) / "part"
            self._run("fetch", partition, str(new), deadline_s=flash_deadline_s(64 << 20))
            new.replace(target)
        return target.stat().st_size

    def reboot(self, to: str) -> None:
        """Leave for `system`, `bootloader`, `fastboot` or `recovery`."""
        self.give(reboot_to(to))

    def _run(
        self,
        *arguments: str,
        deadline_s: float,
        on_text: Callable[[str], None] = lambda _: None,
        on_silence: Callable[[int], None] = lambda _: None,
        silence_s: float = float("inf"),
    ) -> Outcome:
        if split_address(self.address) and presence(self.address) is Presence.GONE:
            raise DeviceLost(address=self.address, why="nobody answers")
        outcome = self._tool.run(
            "-s",
            self.address,
            *arguments,
            deadline_s=deadline_s,
            on_text=on_text,
            on_silence=on_silence,
            silence_s=silence_s,
            is_alive=self._is_talking,
            ends_with_us=True,
        )
        # `getvar` of an unknown name ends with 0 all the same; inside other commands such an answer is no end.
        said = _REMOTE.findall(outcome.output) if outcome.exit or arguments[0] == "getvar" else []
        if "requirements not met" in outcome.output.lower():
            raise DeviceWrong(said=_wanted(outcome.output), command=arguments[0])
        if said:
            raise refusal(said[-1], " ".join(arguments[:2]))
        if outcome.is_lost:
            raise DeviceLost(address=self.address, why="the connection broke")
        if outcome.exit is None:
            if "< waiting for" in outcome.output:
                raise DeviceLost(address=self.address, why="nobody answers")
            raise DeviceStalled(address=self.address, seconds=int(outcome.seconds))
        if outcome.exit < 0 or (outcome.exit and any(phrase in outcome.output.lower() for phrase in _LOST)):
            raise DeviceLost(address=self.address, why=_last_line(outcome.output))
        if outcome.exit:
            raise ToolFailed(tool="fastboot", exit=outcome.exit, said=_last_line(outcome.output))
        return outcome

    def _is_talking(self) -> bool:
        """Whether the phone is still at it. WORKAROUND(fastboot 29): it spins for ever when a TCP phone goes away.

        A phone that has time for us has lost the program's connection; over USB the program notices by itself.
        """
        return split_address(self.address) is None or presence(self.address, 0.3) is Presence.BUSY


def _wanted(text: str) -> str:
    """The lines in which the program says what the package asks for."""
    return " ".join(line.strip() for line in text.splitlines() if "requires" in line or "Device " in line)[:300] or _last_line(text)


def _option_words(options: FlashOptions) -> tuple[str, ...]:
    slot = ("--slot", options.slot) if options.slot else ()
    verity = ("--disable-verity",) if options.disable_verity else ()
    verification = ("--disable-verification",) if options.disable_verification else ()
    return (*slot, *verity, *verification)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""


class _Progress:
    """Turns the program's text into bytes and console lines."""

    def __init__(self, size: int, watch: Watch) -> None:
        self._size = size
        self._watch = watch
        self._text = ""
        self._shown = 0
        self._sent_kb = 0

    def take(self, text: str) -> None:
        """The next piece of output."""
        self._text += text
        whole, newline, rest = self._text.rpartition("\n")
        for line in whole.splitlines() if newline else ():
            self._line(line)
        self._text = rest

    def _line(self, line: str) -> None:
        if not line.strip() or line.startswith("Invalid sparse file format"):
            return  # the program's way to say that an image is not sparse yet
        match = _SENT.match(line)
        if match and match["end"]:
            self._sent_kb += int(match["kb"])
            self._watch.moved(min(self._sent_kb * 1024, self._size), self._size)
        tone = "error" if "FAILED" in line else "ok" if "OKAY" in line else "plain"
        self._watch.said(re.sub(r"\s{2,}", "  ", line.strip()), tone)
