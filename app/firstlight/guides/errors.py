# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with a guide.

GuideError
|- GuideInvalid   the file is no guide: `path`, `line`, `why`, `count`; `mistakes` has all of them
|- GateClosed     a step may not start: `gates` are its checks, `step`; nothing was sent
|- StepNotReady   the tester wants to pass a step that is not through
|- GuideUnknown   there is no guide of that name
|- WhichDevice    several devices answer and it was not said which
|- ActionFailed   a step stopped: `step`, `cause` (code of the error below), `part`
|- TimedOut       a step took longer than the guide gives it
|- Unsettled      what must not be repeated by itself began, and nobody can tell whether it ended
|- FileUnavailable a file that the guide names is not on this PC
|- AnswerRefused  an answer that the guide's question does not take
|- ProofRefused   a count or measure that is none
|- RehearsalUnfit there is no practice device of the guide's kind
|- RunBusy        another Firstlight plays this run
`- RunDamaged     a run's folder is not what its journal says
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from firstlight.base.errors import FirstlightError

if TYPE_CHECKING:
    from firstlight.guides.state import GateResult


@dataclass(frozen=True)
class Mistake:
    """One thing to mend: `where` is the place in the document ("steps[2].say[0].text"). A warning lets the guide be played."""

    path: str
    line: int
    where: str
    why: str
    mend: str
    is_warning: bool = False


class GuideError(FirstlightError):
    """Root of this room's errors."""

    code = "guide"


class GuideInvalid(GuideError):
    """Facts: `path`, `line` and `why` of the first mistake, `count` of all; `reason` whole: no line is meant."""

    code = "guide.invalid"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        first = mistakes[0]
        whole = {} if first.line else {"reason": "whole"}
        super().__init__(path=first.path, line=first.line, why=first.why, count=len(mistakes), **whole)
        self.mistakes = mistakes


class GateClosed(GuideError):
    """Facts: `step`, `failed` (ids of checks that do not hold); `reason` "midway" when the run has written something before."""

    code = "guide.gate_closed"

    def __init__(self, *, step: str, gates: tuple[GateResult, ...] = (), is_midway: bool = False) -> None:
        reason = {"reason": "midway"} if is_midway else {}
        super().__init__(step=step, failed=", ".join(g.id for g in gates if not g.is_passed), **reason)
        self.gates = gates


class ActionFailed(GuideError):
    """Facts: `step`, `cause` (a code such as "device.lost"), `part`, and the cause's own facts."""

    code = "guide.action_failed"
    retryable = True


class StepNotReady(GuideError):
    """The tester wants to pass a step that is not through. Facts: `step`, `reason`: order | timer | proof | machine | hands |
    answers | word | prerequisite | unsigned | writing | written | undone | device | fetch.
    """

    code = "guide.step_not_ready"


class TimedOut(GuideError):
    """A step took longer than the guide gives it. Facts: `step`, `seconds`."""

    code = "guide.timed_out"
    retryable = True


class Unsettled(GuideError):
    """What is never repeated by itself began, and its end was not written. Facts: `verb`. The tester decides."""

    code = "guide.unsettled"


class FileUnavailable(GuideError):
    """A file that the guide names is not on this PC. Facts: `name`, `link` (where the tester may get it, or "")."""

    code = "guide.file_unavailable"
    retryable = True


class AnswerRefused(GuideError):
    """An answer that the guide's question does not take. Facts: `option`, `value`."""

    code = "guide.answer_refused"


class ProofRefused(GuideError):
    """The tester's count or measure is no number. Facts: `value`, `kind`."""

    code = "guide.proof_refused"


class RehearsalUnfit(GuideError):
    """There is no practice device for what this guide needs. Facts: `guide`, `way`."""

    code = "guide.rehearsal_unfit"


class RunDamaged(GuideError):
    """Facts: `path`, `why`."""

    code = "guide.run_damaged"


class RunBusy(GuideError):
    """Another Firstlight plays this run. Facts: `run`."""

    code = "guide.run_busy"
    retryable = True


class GuideUnknown(GuideError):
    """The tester named a guide that there is not. Facts: `name`, `reason`: "" | file | run."""

    code = "guide.unknown"


class WhichDevice(GuideError):
    """Several devices answer and the tester has not said which is meant. Facts: `serials`."""

    code = "guide.which_device"
