# SPDX-License-Identifier: Apache-2.0
"""What guides ask and do with their files, on this PC alone."""

from __future__ import annotations

from typing import Any

from firstlight.firmware.errors import Corrupt
from firstlight.guides import sizes
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.unpack import unpack
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight.guides.errors import FileUnavailable
from firstlight.guides.state import GateResult
from firstlight.guides.words import words
from firstlight_contract.verbs.files import FilesFetch, FilesHere, FilesUnpack


def _here(check: FilesHere, bench: Bench) -> GateResult:
    ok, measured = True, words("file.is", size=sizes.told(bench.files.size(check.name)))
    try:
        bench.files.path(check.name, bench.work)
        if not bench.files.is_known(check.name):
            measured = words("file.unknown", size=sizes.told(bench.files.size(check.name)))
    except FileUnavailable:
        ok, measured = False, words("file.missing")
    except Corrupt:
        ok, measured = False, words("file.wrong")
    title, mend = words("file", name=check.name), {} if ok else words("file.mend")
    return GateResult(id=f"file:{check.name}", title=title, ok=ok, measured=measured, mend=mend, at=bench.now())


def fetch(deed: FilesFetch, bench: Bench) -> None:
    """One after the other; what lies here and is right is not fetched again."""
    for name in deed.names:
        bench.work.check()
        path = bench.files.fetch(name, bench.work)
        told = "hash matches" if bench.files.is_known(name) else "nothing to compare it with"
        bench.said(f"{name}: {path.stat().st_size} bytes, {told}", "ok")
    bench.keep_way_back()


DEEDS: dict[type[Any], Verb] = {FilesFetch: Verb(fetch, Again.SAFE), FilesUnpack: Verb(unpack, Again.SAFE)}
CHECKS: dict[type[Any], CheckVerb] = {FilesHere: CheckVerb("file", _here, is_slow=True)}
