# SPDX-License-Identifier: Apache-2.0
"""Files of a guide that come from the open web: what a step would fetch, told before it does, and the fetching itself.

A guide is a stranger's, and so are its addresses: the tester sees server and size first and says yes, step by step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.work import Work
from firstlight.guides.actions.provider import HOSTS
from firstlight.guides.files import MAX_UNKNOWN, GuideFiles
from firstlight.hublink import web
from firstlight_contract.guide_steps import Step
from firstlight_contract.guides import NamedFile
from firstlight_contract.verbs.files import FilesFetch
from firstlight_contract.verbs.provider import ProviderFetch


@dataclass(frozen=True)
class FromWeb:
    """One file that a step would fetch. `size` in bytes, 0: the guide does not tell; `is_known`: what comes is compared with a hash."""

    name: str
    host: str
    size: int = 0
    is_known: bool = False


@dataclass(frozen=True)
class WebFiles:
    """Fetches by address, as `files.Bring`. `is_offline`: the tester chose to ask nothing of the network."""

    is_offline: Callable[[], bool] = bool
    timeout_s: tuple[float, float] = web.PATIENCE_S

    def __call__(self, name: str, file: NamedFile, place: Path, work: Work) -> bool:
        """HubError (SiteUnreachable, WebRefused), DiskFull, Cancelled; False for a file without an address."""
        del name
        if file.url is None:
            return False
        web.fetch(
            file.url,
            target=place,
            work=work,
            sha256=file.sha256 or "",
            size=file.size or 0,
            most=MAX_UNKNOWN,
            is_offline=self.is_offline,
            timeout_s=self.timeout_s,
        )
        return True


def to_fetch(step: Step, files: GuideFiles) -> tuple[FromWeb, ...]:
    """What the step would fetch from the web as things lie now; quick."""
    found = []
    for deed in (*step.do, *step.else_):
        if isinstance(deed, ProviderFetch):
            found.append(FromWeb(deed.from_, HOSTS[deed.from_]))
        for name in deed.names if isinstance(deed, FilesFetch) else ():
            told = told_of(name, files)
            found += [told] if told is not None else []
    return tuple(found)


def told_of(name: str, files: GuideFiles) -> FromWeb | None:
    """What the tester is told of one file; None when it does not come from the web."""
    file = files.of_web(name)
    if file is None or file.url is None:
        return None
    return FromWeb(name, web.host_of(file.url), file.size or 0, file.sha256 is not None or file.md5 is not None)
