# SPDX-License-Identifier: Apache-2.0
"""What the maker signed, as one hub serves it: asked by python-tuf's own client, and read again without network before flashing.

Trust begins at the first contact with a hub that signs: its root metadata is taken over the same TLS connection as the sign-in, and
from then on nothing but a root signed by those keys replaces it, whoever answers at that address. A tester who wants more than that
compares `Pin.fingerprint` with what the maker publishes, or pins a root file by hand. Once a hub is pinned, an unsigned build of it
is refused for ever.

Asking enforces every expiry; `check_offline` shows it only: a build that was fetched in time can be flashed in a cellar.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from firstlight.base.work import Work
from firstlight.firmware import offline
from firstlight.firmware.errors import Corrupt, ImageMissing, NotKnown, NotSigned, TrustBusy, Untrusted
from firstlight.firmware.offline import Signed
from firstlight.hublink import downloads
from firstlight.store.disk import fault_of
from firstlight.store.lock import FileLock
from firstlight_contract.signing import TARGETS_PATH, Kind, file_name

if TYPE_CHECKING:
    from firstlight.firmware.asking import Asking
    from firstlight.hublink.client import HubClient
    from firstlight_contract.feed import GuideView

log = logging.getLogger(__name__)

DEADLINE_S = 30.0
"""For one piece of metadata, however it trickles."""
WAIT_S = 20.0
"""For another Firstlight that asks the same hub."""
_PIECE = 1 << 20


@dataclass(frozen=True)
class Pin:
    """Whom this PC trusts at a hub: `fingerprint` is the SHA-256 over the root keys, `since` when, `how` "contact" or "file"."""

    hub: str
    fingerprint: str
    since: str
    how: str
    is_demo: bool = False
    """A practice hub: it made all keys itself, so its signatures protect nobody."""

    @property
    def day(self) -> date:
        """The day of `since`, here."""
        return datetime.fromisoformat(self.since).astimezone().date()


class Trust:
    """One hub's signed files, for one account. Thread-safe: a lock on the folder lets one ask at a time."""

    def __init__(
        self,
        folder: Path,
        client: Callable[[], HubClient],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._folder = folder
        self._client = client
        self._now = now
        self._deadline_s = deadline_s
        self._chain = offline.Chain(self._metadata)
        self._reading = threading.Lock()

    @property
    def pin(self) -> Pin | None:
        """Whom this PC trusts; None while the hub has never been seen to sign."""
        root = self._pinned()
        if root is None:
            return None
        try:
            kept = json.loads((self._folder / "pin.json").read_text("utf-8"))
        except (OSError, ValueError):
            kept = {}
        kept = kept if isinstance(kept, dict) else {}
        said = {name: kept.get(name, "") for name in ("hub", "fingerprint", "since", "how")}
        try:
            datetime.fromisoformat(said["since"])
            is_whole = all(isinstance(value, str) and value for value in said.values())
        except (TypeError, ValueError):
            is_whole = False
        if not is_whole:
            # The words may be lost, the root decides: what they would have said of it is read again.
            since = datetime.fromtimestamp((self._folder / "root.json").stat().st_mtime, UTC).isoformat(timespec="seconds")
            said = {"hub": self._hub(), "fingerprint": offline.fingerprint(root), "since": since, "how": "contact"}
        return Pin(**said, is_demo=kept.get("demo") is True)

    def pin_file(self, root: bytes) -> Pin:
        """Trust the root metadata of a file that the maker published elsewhere; Untrusted when it is none. Replaces what was pinned."""
        offline.check_root(root)
        with self._alone(Work()):
            self._forget()
            self._keep(root, "file")
        pin = self.pin
        assert pin is not None
        return pin

    def refresh(self, work: Work) -> bool:
        """Ask the hub for what is signed now; False when it does not sign and never did. FirmwareError, HubError."""
        with self._asking(work) as asking:
            return asking is not None

    def target(self, path: str, work: Work) -> Signed:
        """A signed file as the hub lists it now; NotSigned when it lists none of that name."""
        with self._asking(work) as asking:
            if asking is None:
                raise NotSigned(name=path)
            asking.look(path)
            return self.signed(path)

    def signed(self, path: str) -> Signed:
        """A signed file by what lies on this PC; no network. NotKnown, NotSigned, Untrusted."""
        root = self._pinned()
        if root is None:
            raise NotKnown(hub=self._hub())
        with self._reading:
            return offline.find(self._chain, root, path, self._now())

    def vouch_guide(self, view: GuideView) -> bool:
        """Whether the maker's key stands for a published guide with all files that it shows. False: this hub was never seen to sign.

        No network. Raises NotSigned, Untrusted.
        """
        if self.pin is None:
            return False
        if not view.target:
            raise NotSigned(name=view.slug)
        signed = self.signed(view.target)
        shown = {file.name: (file.sha256, file.size) for file in view.files}
        known = {name: (file.sha256, file.size) for name, file in signed.files.items()}
        if (signed.facts.kind, signed.sha256, signed.version, known) != (Kind.GUIDE, view.sha256, view.version, shown):
            raise Untrusted(reason="mixed", what=view.target)
        return True

    def fetch(self, path: str, folder: Path, work: Work) -> Path:
        """Bring a signed file into `folder` under its own name; what arrived of it stays in `NAME.part` for the next time."""
        signed = self.target(path, work)
        place = folder / signed.name
        self.bring(signed, place, work)
        return place

    def bring(self, signed: Signed, place: Path, work: Work) -> None:
        """Bring a file that was looked up to `place`: in ranges, by its signed length, and there only once its signed hash fits."""
        downloads.fetch(
            self._client(),
            sha256=signed.sha256,
            size=signed.length,
            target=place,
            work=work,
            path=TARGETS_PATH + file_name(signed.path, signed.sha256),
        )

    def check_offline(self, file: Path, path: str, work: Work) -> Signed:
        """Hold a file on this PC against what was signed. `Signed.is_expired` is shown by the caller, and forbids nothing."""
        signed = self.signed(path)
        digest, size = hashlib.sha256(), 0
        try:
            with file.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    work.check()
                    digest.update(piece)
                    size += len(piece)
        except FileNotFoundError:
            raise ImageMissing(name=signed.name) from None
        if size != signed.length or digest.hexdigest() != signed.sha256:
            raise Corrupt(name=signed.name, expected=signed.sha256, got=digest.hexdigest())
        return signed

    # -- how -----------------------------------------------------------------------------------------------------------

    @property
    def _metadata(self) -> Path:
        return self._folder / "metadata"

    @contextmanager
    def _asking(self, work: Work) -> Iterator[Asking | None]:
        """The hub's signed metadata, asked now and alone; None when it does not sign."""
        from firstlight.firmware.asking import Asking  # noqa: PLC0415  # heavy: python-tuf

        with self._alone(work):
            client = self._client()
            root = self._pinned()
            asking = Asking(client, self._metadata, work, deadline_s=self._deadline_s)
            if root is None:
                self._forget()
                root = asking.first_root()
                if root is None:
                    yield None
                    return
                offline.check_root(root)
                asking.refresh(root)
                # Pinned once everything else verifies under it: a half-way answer of a stranger pins nothing.
                self._keep(root, "contact")
                log.info("hub %s signs its builds; trusted from now on", client.base_url)
            else:
                asking.refresh(root)
            yield asking

    @contextmanager
    def _alone(self, work: Work) -> Iterator[None]:
        waited = 0.0
        while (lock := FileLock.take(self._folder / "lock")) is None:
            if waited >= WAIT_S:
                raise TrustBusy(hub=self._hub())
            work.wait(0.1)
            waited += 0.1
        try:
            yield
        finally:
            lock.release()

    def _pinned(self) -> bytes | None:
        try:
            return (self._folder / "root.json").read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise fault_of(error, self._folder) from error

    def _keep(self, root: bytes, how: str) -> None:
        since = self._now().astimezone(UTC).isoformat(timespec="seconds")
        said = {"hub": self._hub(), "fingerprint": offline.fingerprint(root), "since": since, "how": how, "demo": offline.is_demo(root)}
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self._folder / "pin.json").write_text(json.dumps(said), "utf-8")
            # The root last: it is what counts, and without it there is no pin.
            new = self._folder / "root.json.new"
            with new.open("wb") as file:
                file.write(root)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._folder / "root.json")
        except OSError as error:
            raise fault_of(error, self._folder) from error

    def _forget(self) -> None:
        """Metadata of other keys is worth nothing under a root that was chosen by hand."""
        for path in (*self._metadata.glob("*.json"), *(self._metadata / "root_history").glob("*.json")):
            path.unlink(missing_ok=True)

    def _hub(self) -> str:
        return self._client().base_url
