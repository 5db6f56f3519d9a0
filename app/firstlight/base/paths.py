# SPDX-License-Identifier: Apache-2.0
"""Where everything lies; made once in compose from the platform or from FIRSTLIGHT_HOME."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Paths(NamedTuple):
    """Folders of one profile. `data` holds what must never be lost, `cache` what can be fetched again."""

    data: Path
    cache: Path
    logs: Path
    config: Path
    resources: Path

    @property
    def database(self) -> Path:
        """The local store."""
        return self.data / "firstlight.db"

    @property
    def blobs(self) -> Path:
        """Content by SHA-256."""
        return self.data / "blobs"

    @property
    def runs(self) -> Path:
        """One folder per guide run, with its journal."""
        return self.data / "runs"

    @property
    def guides(self) -> Path:
        """Guides fetched from hubs, one folder per hub, slug and version."""
        return self.data / "guides"

    @property
    def builds(self) -> Path:
        """Images of builds; fetched again when lost."""
        return self.cache / "builds"

    @property
    def demo_hub(self) -> Path:
        """The embedded hub's folder."""
        return self.data / "demo-hub"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.json"

    def make(self) -> Paths:
        """Create the folders, readable by this user alone; OSError when that fails."""
        for folder in (self.data, self.cache, self.logs, self.config):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self


def resources() -> Path:
    """The folder of icons, fonts, guides and translations: in the bundle, beside the installed package, or in the source tree."""
    bundled = getattr(sys, "_MEIPASS", None)
    if bundled:
        return Path(bundled) / "resources"
    package = Path(__file__).resolve().parents[2]
    installed = package / "firstlight_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def find(env: Mapping[str, str] | None = None, platform: str = sys.platform) -> Paths:
    """The profile's paths: all below FIRSTLIGHT_HOME when that is set, else where the platform keeps such things. Raises OSError."""
    env = os.environ if env is None else env
    home = env.get("FIRSTLIGHT_HOME")
    try:
        root, user = (Path(home).expanduser().absolute(), Path()) if home else (Path(), Path.home())
    except RuntimeError as error:  # nobody of this name, or a user whom the system does not know
        raise FileNotFoundError(errno.ENOENT, "no such home folder is known; name one in FIRSTLIGHT_HOME", home or "~") from error
    if home:
        return Paths(root / "data", root / "cache", root / "logs", root / "config", resources())
    if platform == "win32":
        local = Path(env.get("LOCALAPPDATA") or user / "AppData/Local") / "Firstlight"
        roaming = Path(env.get("APPDATA") or user / "AppData/Roaming") / "Firstlight"
        return Paths(local / "data", local / "cache", local / "logs", roaming, resources())
    if platform == "darwin":
        library = user / "Library"
        support = library / "Application Support/Firstlight"
        return Paths(support / "data", library / "Caches/Firstlight", library / "Logs/Firstlight", support, resources())
    data = Path(env.get("XDG_DATA_HOME") or user / ".local/share") / "firstlight"
    cache = Path(env.get("XDG_CACHE_HOME") or user / ".cache") / "firstlight"
    state = Path(env.get("XDG_STATE_HOME") or user / ".local/state") / "firstlight"
    config = Path(env.get("XDG_CONFIG_HOME") or user / ".config") / "firstlight"
    return Paths(data, cache, state / "logs", config, resources())
