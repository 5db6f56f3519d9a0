# SPDX-License-Identifier: Apache-2.0
"""A window and a command with the same sign-in: one of them signs out while the other one renews."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fakes.keyring_memory import MemoryKeyring
from firstlight.account.provider import Tokens
from firstlight.account.renewal import Renewal
from firstlight.account.tokens import TokenStore
from firstlight.hublink.errors import SessionExpired

HUB, SUBJECT = "https://hub.example", "anna"


class Provider:
    """A hub that gives new tokens for old; `meanwhile` is what happens before its answer arrives."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self.meanwhile = meanwhile
        self.revoked: list[str] = []

    def refresh(self, refresh_token: str) -> Tokens:
        """New for old."""
        self.meanwhile()
        return Tokens(access="access", refresh=refresh_token + "+", lifetime_s=300)

    def revoke(self, refresh_token: str) -> None:
        """The sign-in is over."""
        self.revoked.append(refresh_token)


def renewal(ring: MemoryKeyring, locks: Path, provider: Any) -> Renewal:
    def http(_hub: str) -> Any:
        raise AssertionError("nothing is asked of the network here")

    made = Renewal(hub=HUB, subject=SUBJECT, store=TokenStore(backend=ring), locks=locks, http=http, now=lambda: 1000.0)
    made._provider = provider
    return made


def test_who_signed_out_while_another_program_renewed_stays_signed_out(tmp_path: Path) -> None:
    ring = MemoryKeyring()
    TokenStore(backend=ring).save(HUB, SUBJECT, "first")
    window = renewal(ring, tmp_path, Provider(lambda: None))
    provider = Provider(window.end)
    command = renewal(ring, tmp_path, provider)
    with pytest.raises(SessionExpired) as found:
        command.access_token(renew=False)
    assert found.value.facts["reason"] == "missing"
    assert TokenStore(backend=ring).load(HUB, SUBJECT) is None
    assert provider.revoked == ["first+"], "nobody keeps it, so the hub need not either"


def test_a_renewal_that_nobody_disturbs_keeps_the_new_key(tmp_path: Path) -> None:
    ring = MemoryKeyring()
    TokenStore(backend=ring).save(HUB, SUBJECT, "first")
    assert renewal(ring, tmp_path, Provider(lambda: None)).access_token(renew=False) == "access"
    assert TokenStore(backend=ring).load(HUB, SUBJECT) == "first+"
