# SPDX-License-Identifier: Apache-2.0
"""From admitted files to a build that testers read of: the words that came with them are shown, what decides is signed."""

from __future__ import annotations

from collections.abc import Sequence

from firstlight_contract.firmware import ChangeKind
from firstlight_contract.problem import Code
from firstlight_contract.signing import BuildNote, Facts, Kind
from firstlight_hub.account.models import User
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.devices.models import DeviceModel
from firstlight_hub.firmware import services
from firstlight_hub.firmware.models import Release, ReleaseFile, ReleaseState, SignedTarget


def tell(build: BuildNote | None, fresh: Sequence[SignedTarget], *, actor: User | None) -> None:
    """Put the new images into the build, made if staff has not drafted it, and publish it unless it shall stay a draft."""
    images = [target for target in fresh if Facts.model_validate(target.facts).kind is Kind.IMAGE]
    if build is None:
        return
    if not images:
        raise ProblemError(Code.INVALID, 422, fields=("build",), title="a build needs new signed files")
    release = _release(build)
    is_out = release.state == ReleaseState.PUBLISHED
    if is_out and not _only_signs(release, images):
        raise ProblemError(Code.CONFLICT, 409, fields=("build.version",), title=f"build {build.version} is {release.state}")
    for target in images:
        _attach(release, target)
    if is_out:
        services.tell_all(release)
    elif not build.is_draft:
        services.publish(release, actor=actor)


def _only_signs(release: Release, images: Sequence[SignedTarget]) -> bool:
    """Whether these are the very files of a build that came out before the hub signed: then it only learns their signed names."""
    unsigned = {(file.sha256, file.partition) for file in release.files.filter(target="")}
    signed = {(target.sha256, Facts.model_validate(target.facts).partition) for target in images}
    return bool(signed) and signed <= unsigned


def _attach(release: Release, target: SignedTarget) -> None:
    """Put a signed file into its build; what is signed must be of this build and device."""
    facts = Facts.model_validate(target.facts)
    if (facts.version, facts.device) != (release.version, release.device.slug):
        raise ProblemError(Code.INVALID, 422, fields=(target.path,), title="it is signed for another build or device")
    if target.line.programme_id not in (None, release.programme_id):
        raise ProblemError(Code.FORBIDDEN, 403, fields=(target.path,), title="the line belongs to another programme")
    # Staff may have put the same bytes into the draft before they were signed: then the file stands there already.
    same = release.files.filter(sha256=target.sha256, partition=facts.partition).first() or ReleaseFile(release=release)
    same.name = same.name or target.path.partition("/")[2]
    same.partition, same.sha256, same.size, same.target = facts.partition, target.sha256, target.size, target.path
    same.save()
    # A hub that tells a higher number than was signed would talk a phone's anti-rollback gate into an older build.
    if facts.rollback_index != release.rollback_index:
        Release.objects.filter(pk=release.pk).update(rollback_index=facts.rollback_index)
        release.rollback_index = facts.rollback_index


def _release(build: BuildNote) -> Release:
    device = DeviceModel.objects.select_related("programme").filter(programme__slug=build.programme, slug=build.device).first()
    if device is None:
        raise ProblemError(Code.INVALID, 422, fields=("build.device",), title=f"{build.programme} tests no device {build.device}")
    release, is_new = Release.objects.get_or_create(
        device=device,
        version=build.version,
        defaults={
            "programme": device.programme,
            "from_version": build.from_version or _newest(device),
            "week": build.week,
            "guide": build.guide,
            "minutes": build.minutes,
            "keeps_data": build.keeps_data,
        },
    )
    if release.state == ReleaseState.WITHDRAWN:
        raise ProblemError(Code.CONFLICT, 409, fields=("build.version",), title=f"build {build.version} is {release.state}")
    if is_new:
        for line in build.changes:
            kind, words = _kind(line)
            services.add_change(release, kind, {"en": words}, {})
    return release


def _newest(device: DeviceModel) -> str:
    before = Release.objects.filter(device=device, state=ReleaseState.PUBLISHED).order_by("-published_at").first()
    return before.version if before else ""


def _kind(line: str) -> tuple[ChangeKind, str]:
    """`fixed: it froze` is a line about a mend; a line without such a word says what is better."""
    word, _, rest = line.partition(":")
    kind = next((kind for kind in ChangeKind if kind.value == word.strip().lower()), None)
    return (kind, rest.strip()) if kind and rest.strip() else (ChangeKind.BETTER, line)
