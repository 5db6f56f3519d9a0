# SPDX-License-Identifier: Apache-2.0
"""The contract is held against the hub: Django set up, and the same cast as in the hub's own tests."""

from hub.conftest import cast, rows, tables

__all__ = ["cast", "rows", "tables"]
