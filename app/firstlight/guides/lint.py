# SPDX-License-Identifier: Apache-2.0
"""What is no mistake of the format and still will hurt a tester: a danger without a gate, a flash without a way back, a step that
ends in two states. Errors stop `guide check`; warnings stop it with --strict, which is how guides that we ship are checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from firstlight.guides.actions.people import is_known
from firstlight.guides.actions.table import DEEDS
from firstlight.guides.guards import shells
from firstlight_contract.actions import AnyDeed
from firstlight_contract.guide_steps import Again, Danger, Step
from firstlight_contract.guides import Guide, GuideKind
from firstlight_contract.verbs.build import BuildFetch
from firstlight_contract.verbs.files import FilesFetch
from firstlight_contract.verbs.people import HumanDo

_SIGNABLE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}/[A-Za-z0-9][A-Za-z0-9._+-]{0,159}")
"""As `firstlight_contract.signing.TargetPath`."""
Place = tuple[str | int, ...]
_ORDER = tuple(Again)


@dataclass(frozen=True)
class Remark:
    """One thing to mend, at a place of the document; a `warning` lets the guide be played all the same."""

    at: Place
    why: str
    mend: str
    is_warning: bool = True


def lint(guide: Guide) -> tuple[Remark, ...]:
    """All remarks, in the order of the document as far as rules go."""
    return tuple(remark for rule in _RULES for remark in rule(guide))


def _dangers(guide: Guide) -> Iterator[Remark]:
    for i, step in enumerate(guide.steps):
        if step.gate or not (step.writes or (step.do and step.danger in (Danger.DATA_LOSS, Danger.BRICK))):
            continue
        yield Remark(("steps", i), f"{step.id} can do harm and has no gate", "add `gate:` with checks that it is the right device")


def _said(guide: Guide) -> Iterator[Remark]:
    for i, step in enumerate(guide.steps):
        deeds = (*step.do, *step.else_, *step.undo)
        if any(deed.erases for deed in deeds) and step.danger is not Danger.DATA_LOSS:
            mend = "write `danger: data_loss`: a word is typed before"
            yield Remark(("steps", i), f"{step.id} erases, and its danger does not say so", mend)
        elif any(deed.writes for deed in deeds) and step.danger is Danger.NONE:
            yield Remark(("steps", i), f"{step.id} writes, and says no danger", "write `danger: brick`: a word is typed before")


def _way_back(guide: Guide) -> Iterator[Remark]:
    has_way = bool(guide.way_back) or guide.kind is GuideKind.RECOVER
    for i, step in enumerate(guide.steps):
        for deed in step.do:
            has_way = has_way or isinstance(deed, BuildFetch) or deed.verb.endswith((".backup", "backup.keep"))
            if isinstance(deed, FilesFetch):
                has_way = has_way or any("prev" in name.lower() or "back" in name.lower() for name in deed.names)
        if step.writes and not (has_way or step.undo):
            mend = "fetch the build before with `build.fetch`, keep a backup, name a guide under `way_back:`, or give the step an `undo:`"
            yield Remark(("steps", i), f"{step.id} writes, and there is no way back before it", mend)
            return


def _one_state(guide: Guide) -> Iterator[Remark]:
    for i, step in enumerate(guide.steps):
        kinds = {deed.verb for deed in step.do if deed.writes}
        if len(kinds) > 1:
            why = f"{step.id} writes in {len(kinds)} ways ({', '.join(sorted(kinds))}); a step ends in one state that can be checked"
            yield Remark(("steps", i, "do"), why, "make a step of each")
        if kinds and any(isinstance(deed, HumanDo) for deed in step.do):
            yield Remark(("steps", i, "do"), f"{step.id} writes and waits for hands", "make a step of what hands do")


def _confirmed(guide: Guide) -> Iterator[Remark]:
    last = max((i for i, step in enumerate(guide.steps) if step.writes), default=-1)
    after = guide.steps[last + 1 :]
    if last < 0 or guide.steps[last].after or any(step.gate or step.after for step in after):
        return
    if any(deed.verb.endswith((".back", ".wait")) for step in after for deed in step.do):
        return
    mend = "let a later step ask the device: `after: [build.booted]`, or a `gate` with a `timeout`"
    yield Remark(("steps", last), "nothing looks whether what was written took", mend)


def _deeds(guide: Guide) -> Iterator[tuple[Place, Step | None, AnyDeed]]:
    for i, step in enumerate(guide.steps):
        for key, deeds in (("do", step.do), ("else", step.else_), ("undo", step.undo)):
            for j, deed in enumerate(deeds):
                yield ("steps", i, key, j), step, deed
    for kind, deeds in guide.rescue.items():
        for j, deed in enumerate(deeds):
            yield ("rescue", kind, j), None, deed


def _names(guide: Guide) -> Iterator[Remark]:
    for at, _, deed in _deeds(guide):
        if isinstance(deed, HumanDo) and isinstance(deed.what, str) and not is_known(guide, deed.what):
            yield Remark(at, f"nothing under `people` is called {deed.what}", "add it there, or write the words here", is_warning=False)
        for name in deed.file_names():
            if name in guide.files:
                continue
            if isinstance(deed, FilesFetch):
                yield Remark(at, f"nothing under `files` is called {name}: the tester has to bring it", "add it there")
            elif not deed.verb.startswith("files."):
                yield Remark(at, f"nothing under `files` is called {name}", "add it there, with its sha256", is_warning=False)


def _again(guide: Guide) -> Iterator[Remark]:
    for i, step in enumerate(guide.steps):
        if step.again is None:
            continue
        for deed in step.do:
            own = DEEDS[type(deed)].again
            if _ORDER.index(step.again) < _ORDER.index(own):
                why = f"{deed.verb} is {own}, and {step.id} asks for {step.again}: a guide can only be stricter"
                yield Remark(("steps", i, "again"), why, f"write `again: {own}` or leave it out", is_warning=False)


def _files(guide: Guide) -> Iterator[Remark]:
    named = {name for _, _, deed in _deeds(guide) for name in deed.file_names()}
    named |= {str(getattr(check, "name", "")) for step in guide.steps for check in (*step.gate, *step.after)}
    for name, file in guide.files.items():
        if not (file.sha256 or file.target):
            yield Remark(("files", name), f"{name} has no sha256: a wrong or torn file is not noticed", "add its `sha256:`")
        if file.target is not None and not _SIGNABLE.fullmatch(file.target):
            yield Remark(("files", name), f"no hub can sign {file.target}", "a signed path is a product line and a name: `r1/rescue.bin`")
        if name not in named and not any(name.startswith(n) for n in named):
            yield Remark(("files", name), f"no step uses {name}", "remove it, or use it")


def _questions(guide: Guide) -> Iterator[Remark]:
    used = {name for step in guide.steps if step.if_ for name in step.if_.names()}
    used |= {str(getattr(action, "keep_if", "")) for step in guide.steps for _, actions in step.actions() for action in actions}
    for i, option in enumerate(guide.ask):
        if option.id not in used and option.from_ is None and f"{{{option.id}}}" not in str(guide.files):
            yield Remark(("ask", i), f"no step depends on {option.id}", "use it under `if:`, or do not ask")


def _words(guide: Guide) -> Iterator[Remark]:
    languages = set(guide.title)
    for i, step in enumerate(guide.steps):
        for j, picture in enumerate(step.show):
            if not picture.alt:
                yield Remark(("steps", i, "show", j), "a picture without words for those who cannot see it", "add `alt:`")
        for j, proof in enumerate(step.prove):
            if proof.required and not proof.why:
                yield Remark(("steps", i, "prove", j), "a proof that is required does not say why", "add `why:`")
        for j, line in enumerate(step.say):
            missing = languages - set(line.text)
            if missing:
                yield Remark(("steps", i, "say", j), f"the guide has words in {', '.join(sorted(missing))}, this line has none", "add them")
    if guide.for_.not_ and guide.for_.tell_apart is None:
        why = "models look alike, and nothing shows the tester how to tell them apart"
        yield Remark(("for", "not"), why, "add `tell_apart:` with a question and pictures")
    runs = [step.id for step in guide.steps if shells(guide, step)]
    if runs:
        why = f"{', '.join(runs)} runs commands on the device: that works only once the maker has signed the guide"
        yield Remark(("steps", guide.index(runs[0])), why, "use a verb for it where there is one")


_RULES: tuple[Callable[[Guide], Iterator[Remark]], ...] = (
    _names,
    _again,
    _dangers,
    _said,
    _way_back,
    _one_state,
    _confirmed,
    _files,
    _questions,
    _words,
)
