# SPDX-License-Identifier: Apache-2.0
"""How a verb runs and how it may be repeated: what every back-end's tables are made of.

SAFE        may be repeated without a thought (it reads, or writes on this PC only)
FROM_START  half done is not done: the whole action again (for a flash: the part that has no end in the journal)
PROBE       ask the device first whether the goal is reached already
NEVER       once begun it is not begun again by itself: the tester is asked, and told why
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from firstlight.guides.actions.bench import Bench
from firstlight.guides.state import GateResult
from firstlight_contract.guide_steps import Again as Again


@dataclass(frozen=True)
class Verb:
    """A deed: `run` may raise DeviceError, FirmwareError, HubError, StoreError, Cancelled, GateClosed, and OSError of this PC's disk.

    `has_happened` asks the device whether the goal is reached; required for PROBE. With `asks_always` it is asked also after an end
    that was well: what a router does with what it took shows only when it has started again.
    """

    run: Callable[[Any, Bench], None]
    again: Again
    has_happened: Callable[[Any, Bench], bool] | None = None
    asks_always: bool = False


@dataclass(frozen=True)
class CheckVerb:
    """A check: `ask` answers with a row and may raise DeviceError, which makes the row "not known".

    `name` is the key of its title in the vocabulary and the row's id; a check with a `name` of its own gets "name:ITS NAME".
    A slow check reads much; it is asked before the others, so that the others are as fresh as can be, and not before each part.
    """

    name: str
    ask: Callable[[Any, Bench], GateResult]
    is_slow: bool = False
