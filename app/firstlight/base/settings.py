# SPDX-License-Identifier: Apache-2.0
"""The tester's choices, in one JSON file that is replaced as a whole. Unknown keys are kept for the version that knows them.

Never a secret in here: those go to the system's key ring.
"""

from __future__ import annotations

import dataclasses
import json
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from firstlight.base.errors import BadInput

LANGUAGES = ("en", "zh_CN")
THEMES = ("system", "light", "dark")


@dataclass(frozen=True)
class Settings:
    """One field per setting; `metadata["about"]` says what it is for."""

    language: str = field(default="", metadata={"about": "Language of the window; empty follows the system", "choices": ("", *LANGUAGES)})
    theme: str = field(default="system", metadata={"about": "Light, dark, or as the system", "choices": THEMES})
    text_percent: int = field(default=100, metadata={"about": "Size of text in percent, 90 to 200", "range": (90, 200)})
    less_motion: bool = field(default=False, metadata={"about": "No animations"})
    hub: str = field(default="", metadata={"about": "Address of the maker's hub"})
    account: int = field(default=0, metadata={"about": "Row of the account in use; 0 when nobody is signed in"})
    work_offline: bool = field(default=False, metadata={"about": "Ask nothing of the network until switched on again"})
    adb: str = field(default="", metadata={"about": "Path of adb; empty looks for it"})
    fastboot: str = field(default="", metadata={"about": "Path of fastboot; empty looks for it"})
    pause_sending: bool = field(default=False, metadata={"about": "Keep everything here until it is switched off again"})
    upload_kib_s: int = field(default=0, metadata={"about": "Most KiB a second that sending takes; 0: all there is", "range": (0, 1 << 20)})
    big_file_mb: int = field(default=5, metadata={"about": "Larger files wait while the network is metered, in MB", "range": (0, 4096)})
    metered: str = field(
        default="system", metadata={"about": "Is this network metered: as the system says, yes, or no", "choices": ("system", "yes", "no")}
    )
    quiet: bool = field(default=False, metadata={"about": "No notices of the system"})
    extra: dict[str, Any] = field(default_factory=dict, metadata={"about": "Keys of other versions, kept"})


_FIELDS = {f.name: f for f in dataclasses.fields(Settings) if f.name != "extra"}


def load(path: Path) -> Settings:
    """Settings of the file; defaults when there is none. A value of the wrong kind counts as its default.

    Raises BadInput when the file is no JSON object.
    """
    try:
        raw = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (ValueError, UnicodeDecodeError) as error:
        raise BadInput(path=str(path), line=getattr(error, "lineno", 0), why=str(error)) from error
    if not isinstance(raw, dict):
        raise BadInput(path=str(path), line=1, why="not an object")
    known: dict[str, Any] = {}
    for name, f in _FIELDS.items():
        if name in raw and _fits(raw[name], f):
            known[name] = raw[name]
    return Settings(**known, extra={k: v for k, v in raw.items() if k not in _FIELDS})


def _fits(value: object, f: dataclasses.Field[Any]) -> bool:
    if type(value) is not type(f.default):
        return False
    low_high = f.metadata.get("range")
    if low_high and isinstance(value, int):
        return bool(low_high[0] <= value <= low_high[1])
    return "choices" not in f.metadata or value in f.metadata["choices"]


def save(path: Path, settings: Settings) -> None:
    """Replace the file as a whole, on the disk before this returns; OSError when the disk refuses."""
    values = {name: getattr(settings, name) for name in _FIELDS} | settings.extra
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A name of its own: two programs that share one would rename each other's half.
    new = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.new")
    try:
        with new.open("w", encoding="utf-8") as file:
            json.dump(values, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    if os.name != "nt":  # Windows keeps names in order by itself
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
