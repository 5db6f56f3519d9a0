# SPDX-License-Identifier: Apache-2.0
"""A failure of the journal as an error, so that the one table of sentences explains it, also days later."""

from __future__ import annotations

from firstlight.guides.errors import ActionFailed
from firstlight.guides.state import Failure


class ToldFailure(ActionFailed):
    """Carries the code and the facts of the error that the journal wrote down."""

    def __init__(self, code: str, facts: dict[str, str]) -> None:
        self.code = code  # type: ignore[misc]  # of this object, not of the class
        super().__init__(**facts)


def as_error(failure: Failure) -> ToldFailure:
    """The error that stopped the step."""
    return ToldFailure(failure.code, failure.facts)
