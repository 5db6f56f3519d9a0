# SPDX-License-Identifier: Apache-2.0
"""Which router is which by its host key, and how to log in. No password is ever written down: it comes from a provider at each use.

The first key that an address shows is kept (trust on first use, as ssh does); another one later is an error that says what to do.
One exception, and it is one-time: a reset that we caused ourselves makes the router invent a new key, so the flash may say
`expect_new` before it, and the new key is kept only once the router has proved to be the same one (`ssh.Router` compares its MAC).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from firstlight.base.errors import BadInput
from firstlight.devices.address import Address
from firstlight.devices.errors import HostKeyChanged

_MAX_FILE = 1 << 20


@dataclass(frozen=True)
class HostKey:
    """A router's public key: `kind` as SSH names it ("ssh-ed25519"), `data` in base64."""

    kind: str
    data: str

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -l` writes it."""
        try:
            raw = base64.b64decode(self.data, validate=True)
        except binascii.Error:
            raw = b""
        return "SHA256:" + base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")


class HostKeys:
    """The kept keys, one per host and port, in one JSON file that is replaced as a whole. Raises BadInput for a damaged file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._expected: set[str] = set()

    def kept(self, address: Address) -> HostKey | None:
        """The key that this address showed first; None when it was never met, or when a new one is expected."""
        name = _name(address)
        return None if name in self._expected else self._load().get(name)

    def check(self, address: Address, key: HostKey) -> bool:
        """True when the key must still be kept (nobody was met here yet); HostKeyChanged when it is another one than the kept."""
        kept = self.kept(address)
        if kept is not None and kept != key:
            raise HostKeyChanged(address=address.where, kept=kept.fingerprint, got=key.fingerprint)
        return kept is None

    def keep(self, address: Address, key: HostKey) -> None:
        """From now on this address must show this key."""
        self._save(self._load() | {_name(address): key})
        self._expected.discard(_name(address))

    def expect_new(self, address: Address) -> None:
        """The router was reset by us and will show a key of its own making; whoever calls proves that it is the same router."""
        self._expected.add(_name(address))

    def forget(self, address: Address) -> None:
        """The tester says that another router stands there now, or that they reset it."""
        self._save({name: key for name, key in self._load().items() if name != _name(address)})

    def _load(self) -> dict[str, HostKey]:
        try:
            if self._file.stat().st_size > _MAX_FILE:
                raise BadInput(path=str(self._file), line=0, why="too big")
            raw = json.loads(self._file.read_text("utf-8"))
            return {str(name): HostKey(str(kind), str(data)) for name, (kind, data) in raw["keys"].items()}
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BadInput(path=str(self._file), line=getattr(error, "lineno", 0), why=f"not a list of router keys: {error}") from error

    def _save(self, keys: dict[str, HostKey]) -> None:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump({"keys": {name: [key.kind, key.data] for name, key in sorted(keys.items())}}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._file)


def _name(address: Address) -> str:
    return f"{address.host.lower()}:{address.port}"


def _no_password(_: Address) -> str | None:
    return None


def own_keys() -> tuple[Path, ...]:
    """The tester's own SSH keys, in the order that ssh tries them."""
    folder = Path.home() / ".ssh"
    return tuple(p for p in (folder / f"id_{kind}" for kind in ("ed25519", "ecdsa", "rsa")) if p.is_file())


@dataclass(frozen=True)
class Login:
    """How to get in: without a word (a fresh router asks for none), by the agent's keys, by key files, by the tester's password.

    `password` is asked only when the router wants one; None means that the tester has none to give.
    """

    password: Callable[[Address], str | None] = field(default=_no_password)
    key_files: Callable[[], tuple[Path, ...]] = field(default=own_keys)
    has_agent: bool = True
