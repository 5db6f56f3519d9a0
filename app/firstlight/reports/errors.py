# SPDX-License-Identifier: Apache-2.0
"""Why a report cannot be changed or cannot go yet."""

from __future__ import annotations

from firstlight.base.errors import FirstlightError


class ReportError(FirstlightError):
    """Root of this room's errors. Fact `id`: the report."""


class Unreviewed(ReportError):
    """An attachment was not looked at since it was added or its rules changed. Facts: `id`, `names` (comma separated), `positions`."""

    code = "report.unreviewed"

    def __init__(self, *, id: str, names: tuple[str, ...], positions: tuple[int, ...]) -> None:
        super().__init__(id=id, names=", ".join(names))
        self.names = names
        self.positions = positions


class Incomplete(ReportError):
    """Something that the hub asks for is missing. Facts: `id`, `fields` (comma separated names of Draft's fields), `reason` (the first)."""

    code = "report.incomplete"

    def __init__(self, *, id: str, fields: tuple[str, ...]) -> None:
        super().__init__(id=id, fields=", ".join(fields), reason=fields[0] if fields else "")
        self.fields = fields


class NotEditable(ReportError):
    """The report is not in a state that allows this. Facts: `id`, `state`."""

    code = "report.not_editable"


class NotFound(ReportError):
    """There is no such report on this PC. Facts: `id`."""

    code = "report.not_found"


class TooLate(ReportError):
    """It has left, or may have: it cannot be taken back, only edited. Facts: `id`."""

    code = "report.too_late"


class NotCleaned(ReportError):
    """What leaves could not be made from an attachment; it stays here, nothing was sent. Facts: `id`, `name`, `cause` (a code)."""

    code = "report.not_cleaned"


class TooMany(ReportError):
    """A report takes only so many attachments. Facts: `id`, `most`."""

    code = "report.too_many"
