# SPDX-License-Identifier: Apache-2.0
"""The program's own log: a rotating file, every record through the filter that hides secrets and private details.

Levels: debug for us, info one line per act of the tester, warning the tester may lose something, error a bug.
"""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
from collections.abc import Callable
from pathlib import Path

_SECRET = re.compile(
    r"(?i)\b(bearer\s+|(?:access_token|refresh_token|id_token|code|code_verifier|password)[\"']?\s*[=:]\s*[\"']?)"
    r"([^\s\"'&,}]{4,})"
)


def hide_secrets(text: str) -> str:
    """`text` with tokens, codes and passwords replaced: the last net, for what should never have been logged."""
    return _SECRET.sub(lambda m: m.group(1) + "[hidden]", text)


class _Filtered(logging.Formatter):
    def __init__(self, also: Callable[[str], str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._also = also

    def format(self, record: logging.LogRecord) -> str:
        return self._also(hide_secrets(super().format(record)))


class _Kept(logging.handlers.RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the library's name
        """A disk that is full or closed costs the log, and no more: what a command says stays readable."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


def start(folder: Path, *, debug: bool = False, also: Callable[[str], str] = str) -> Path:
    """Log to `folder`/firstlight.log, four files of 1 MiB; `also` hides more (the redaction rules). Returns the file."""
    path = folder / "firstlight.log"
    root = logging.getLogger()
    if any(getattr(h, "baseFilename", "") == str(path.absolute()) for h in root.handlers):
        return path
    handler = _Kept(path, maxBytes=1 << 20, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(_Filtered(also))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    return path
