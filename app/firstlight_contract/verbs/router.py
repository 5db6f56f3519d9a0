# SPDX-License-Identifier: Apache-2.0
"""Verbs for routers by SSH and in recovery: `ssh.*`, `tftp.*`."""

from __future__ import annotations

from firstlight_contract.verbs.doc import CheckDoc, DeedDoc

CHECKS: tuple[type[CheckDoc], ...] = ()
DEEDS: tuple[type[DeedDoc], ...] = ()
