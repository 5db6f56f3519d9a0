# SPDX-License-Identifier: Apache-2.0
"""A check's result as it stands in a run's journal, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from firstlight.guides.state import GateResult


def gate_record(gate: GateResult) -> dict[str, Any]:
    """As it is written."""
    record = asdict(gate)
    if not gate.is_hint:
        del record["is_hint"]  # programs before the hints read no such word
    record["at"] = gate.at.isoformat() if gate.at else None
    return record


def gate_from(record: Mapping[str, Any]) -> GateResult:
    """The other way round; what a newer program wrote beside it is left out."""
    values = {name: value for name, value in record.items() if name in GateResult.__dataclass_fields__}
    values["at"] = datetime.fromisoformat(values["at"]) if values.get("at") else None
    return GateResult(**values)
