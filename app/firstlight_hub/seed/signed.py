# SPDX-License-Identifier: Apache-2.0
"""The demo's repository of signed files: the demo hub makes all keys itself and keeps them, and says so (`State.demo`).

What it signs is admitted by the same checks as everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import TargetFile

from firstlight_contract.signing import GUIDE_DOCUMENT, BuildNote, Facts, Kind, LineState, SignedFile, Submission
from firstlight_hub.base.shelf import files, keep
from firstlight_hub.firmware import admission, keys, repository, signing
from firstlight_hub.firmware.models import Release, SignedTarget
from firstlight_hub.guides.document import read
from firstlight_hub.programme.models import Programme

GUIDES = "guides"
_ROOTS = ("root1", "root2", "root3")


def begin(programme: Programme, devices: Sequence[str]) -> None:
    """Keys and a repository, once; a line for each device and one for guides."""
    if repository.exists():
        return
    lines = (*devices, GUIDES)
    signers = {name: _key(name) for name in (*_ROOTS, "targets", *(f"line-{line}" for line in lines))}
    metadata = signing.first(
        online=repository.fresh_online(),
        roots=[signers[name] for name in _ROOTS],
        threshold=2,
        targets=signers["targets"],
        lines={line: signers[f"line-{line}"] for line in lines},
        now=timezone.now(),
        is_demo=True,
    )
    owned = tuple(LineState(name=line, programme=programme.slug) for line in lines)
    _admit(metadata, lines=owned)


def release(build: Release) -> None:
    """Sign the files of a build that are not signed yet, a draft's or those of a build that came out before the hub signed."""
    line = build.device.slug
    found = []
    for file in build.files.filter(target=""):
        facts = Facts(
            version=build.version,
            device=line,
            partition=file.partition,
            rollback_index=build.rollback_index,
            # Testers of the demo go back and forth between its builds.
            downgrade_ok=True,
        )
        path = f"{line}/{build.version}-{file.name}"
        if not SignedTarget.objects.filter(path=path).exists():
            found.append(signing.target(path, sha256=file.sha256, size=file.size, facts=facts))
    if not found:
        return
    _admit({line: _line(line, found)}, build=BuildNote(programme=build.programme.slug, device=line, version=build.version, is_draft=True))


def file(path: str, pieces: Iterator[bytes], *, version: str) -> None:
    """Sign a file that a guide names by its path, once: a published name never changes."""
    if SignedTarget.objects.filter(path=path).exists():
        return
    line = path.partition("/")[0]
    sha256, size = files().put(pieces)
    facts = Facts(version=version, device=line, downgrade_ok=True)
    _admit({line: _line(line, [signing.target(path, sha256=sha256, size=size, facts=facts)])})


def guide(folder: Path) -> None:
    """Sign a guide's folder and publish it; the same version again changes nothing. ProblemError when it does not fit."""
    document = read((folder / GUIDE_DOCUMENT).read_bytes())
    path = f"{GUIDES}/{document.id}-{document.version}.yaml"
    shown = []
    for name in document.pictures():
        content = keep(folder / name)
        shown.append(SignedFile(name=name, sha256=content.sha256, size=content.size))
    text = keep(folder / GUIDE_DOCUMENT)
    known = SignedTarget.objects.filter(path=path).first()
    if known is not None and known.sha256 == text.sha256:
        return
    facts = Facts(kind=Kind.GUIDE, version=document.version, files=tuple(shown))
    _admit({GUIDES: _line(GUIDES, [signing.target(path, sha256=text.sha256, size=text.size, facts=facts)])})


def _line(name: str, found: Sequence[TargetFile]) -> bytes:
    return signing.with_files(repository.content(name) or b"", _key(f"line-{name}"), found, timezone.now())


def _admit(metadata: dict[str, bytes], *, build: BuildNote | None = None, lines: tuple[LineState, ...] = ()) -> None:
    form = Submission(metadata={role: data.decode() for role, data in metadata.items()}, build=build, lines=lines)
    admission.admit(form, actor=None, now=timezone.now(), is_local=True)


def _key(name: str) -> CryptoSigner:
    """The demo's offline key of that name, made when first asked for."""
    path = settings.HUB_DATA / "keys" / "offline" / f"{name}.pem"
    if not path.exists():
        keys.write(keys.new(), path)
    return keys.read(path)
