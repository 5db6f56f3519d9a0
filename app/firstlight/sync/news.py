# SPDX-License-Identifier: Apache-2.0
"""News of this room, published after what they tell was committed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OutboxChanged:
    """Something in an account's line was added, sent, delayed or set aside."""

    account_id: int


@dataclass(frozen=True)
class InboxChanged:
    """The hub told something about objects of these kinds (FeedKind values)."""

    account_id: int
    kinds: frozenset[str]


@dataclass(frozen=True)
class Sending:
    """An op moves. For a file: `done` of `total` bytes of all files of the report `about`, once for each report that waits for it;
    `about` is "" where none does. Both are 0 for what is too small to count."""

    account_id: int
    op_kind: str
    subject: str
    about: str
    done: int
    total: int
