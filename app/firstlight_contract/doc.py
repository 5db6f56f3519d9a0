# SPDX-License-Identifier: Apache-2.0
"""The base of everything that stands in a guide file."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Doc(BaseModel):
    """Base of what stands in a guide file: frozen, and an unknown key is a mistake, for it would silently not happen."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
