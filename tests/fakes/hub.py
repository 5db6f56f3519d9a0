# SPDX-License-Identifier: Apache-2.0
"""A hub in memory behind a network that fails on demand; tests/contract holds it beside the real one.

It keeps what the promises are about: every content that was ever accepted, by name, and how often a name was counted as new.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from firstlight.base.work import Work
from firstlight.hublink.errors import Busy, FileChanged, NotAHub, Refused, SessionExpired, Unreachable
from firstlight_contract import reports as wire
from firstlight_contract.bundles import PUT_BUNDLE, PUT_PC, BundlePut, BundleView, PcPut, PcView
from firstlight_contract.endpoint import Endpoint
from firstlight_contract.feed import SYNC
from firstlight_contract.honour import PUT_ACTIVITY, ActivityPut, ActivityView
from firstlight_contract.problem import Code, Problem
from firstlight_contract.wire import Wire

CHUNK = 64 << 10


class Net(StrEnum):
    """What becomes of one exchange."""

    OK = "ok"
    REFUSED = "refused"  # nothing listens
    DNS = "dns"
    TIMEOUT = "timeout"  # nothing arrived
    LOST = "lost"  # it arrived, the answer did not
    CUT = "cut"  # half of a body arrived
    FLIP = "flip"  # a bit of a body changed on its way
    PORTAL = "portal"
    DOWN = "down"  # 503, Retry-After 7
    BROKEN = "broken"  # 500
    MANY = "many"  # 429, Retry-After 3
    SIGNED_OUT = "signed_out"


_UNASKED: dict[Net, Callable[[], Exception]] = {
    Net.REFUSED: lambda: Unreachable(reason="refused"),
    Net.DNS: lambda: Unreachable(reason="dns"),
    Net.TIMEOUT: lambda: Unreachable(reason="timeout"),
    Net.PORTAL: NotAHub,
    Net.DOWN: lambda: busy(503, 7),
    Net.BROKEN: lambda: busy(500, None),
    Net.MANY: lambda: busy(429, 3),
    Net.SIGNED_OUT: SessionExpired,
}


def busy(status: int, retry_after_s: float | None) -> Busy:
    """The client's error for a hub that says 'not now'."""
    return Busy(Problem(code=Code.TOO_MANY if status == 429 else Code.UNAVAILABLE, status=status), retry_after_s=retry_after_s)


def no(code: Code, status: int, **more: Any) -> Refused:
    """The client's error for a refusal."""
    return Refused(Problem(code=code, status=status, **more))


@dataclass
class Kept:
    """A report at the hub: `contents` by revision, as they were accepted."""

    owner: str
    number: str
    form: wire.ReportPut
    at: datetime
    state: wire.State = wire.State.NEW
    changed_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    contents: dict[int, str] = field(default_factory=dict)


@dataclass
class FakeHub:
    """One programme, `aurora`, whose members are `members`."""

    members: set[str] = field(default_factory=lambda: {"anna", "bob"})
    blobs: dict[str, bytes] = field(default_factory=dict)
    partial: dict[tuple[str, str], bytearray] = field(default_factory=dict)
    reports: dict[str, Kept] = field(default_factory=dict)
    comments: dict[str, wire.CommentView] = field(default_factory=dict)
    activities: dict[str, str] = field(default_factory=dict)
    pcs: dict[str, tuple[str, str]] = field(default_factory=dict)
    bundles: dict[str, str] = field(default_factory=dict)
    feed: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    gone_before: int = 0
    life: int = 1
    requests: int = 0
    bytes_up: int = 0
    largest: int = 1 << 31
    clock: datetime = datetime(2026, 11, 20, 18, tzinfo=UTC)

    def now(self) -> datetime:
        """The hub's clock: a millisecond later each time it is asked."""
        self.clock += timedelta(milliseconds=1)
        return self.clock

    def client(self, subject: str, net: Callable[[], Net] = lambda: Net.OK) -> FakeClient:
        """A client that speaks for `subject`; `net` says what becomes of each exchange."""
        return FakeClient(self, subject, net)

    def announce(self, subject: str, kind: str, key: str, body: Wire | dict[str, Any], *, deleted: bool = False) -> None:
        """News for one tester; only the newest state of an object stays in the feed."""
        plain = body.model_dump(mode="json") if isinstance(body, Wire) else body
        seq = 1 + max((item["seq"] for _s, item in self.feed), default=0)
        self.feed = [(s, i) for s, i in self.feed if (s, i["kind"], i["key"]) != (subject, kind, key)]
        item = {"seq": seq, "kind": kind, "key": key, "at": self.now().isoformat(), "deleted": deleted, "body": plain}
        self.feed.append((subject, item))

    def triage(self, report_id: str, state: wire.State) -> None:
        """The team decides."""
        kept = self.reports[report_id]
        kept.state, kept.changed_at = state, self.now()
        self.announce(kept.owner, "report", report_id, self.view(report_id))

    def ask(self, report_id: str, text: str) -> None:
        """The team asks the reporter something."""
        key = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
        comment = wire.CommentView(id=key, report=report_id, author="ines", staff=True, asks=True, text=text, at=self.now())
        self.comments[str(comment.id)] = comment
        self.announce(self.reports[report_id].owner, "comment", str(comment.id), comment)
        self.triage(report_id, wire.State.QUESTION)

    def view(self, report_id: str) -> wire.ReportView:
        """A report as its tester reads it."""
        kept = self.reports[report_id]
        return wire.ReportView(
            id=report_id,
            number=kept.number,
            rev=kept.form.rev,
            programme=kept.form.programme,
            title=kept.form.title,
            state=kept.state,
            received_at=kept.at,
            changed_at=kept.changed_at,
            device_model=kept.form.device_model,
            build=kept.form.build,
            attachments=len(kept.form.attachments),
        )

    # -- what it does with requests --------------------------------------------------------------------------------------------

    def put_report(self, subject: str, id: str, form: wire.ReportPut) -> wire.ReportView:
        """Keep the highest revision."""
        if subject not in self.members:
            raise no(Code.FORBIDDEN, 403)
        kept = self.reports.get(id)
        if kept and kept.owner != subject:
            raise no(Code.NOT_FOUND, 404)
        if kept and form.rev <= kept.form.rev:
            return self.view(id)
        if kept and kept.state in (wire.State.FIXED, wire.State.CLOSED, wire.State.DUPLICATE):
            raise no(Code.CONFLICT, 409)
        missing = tuple(a.sha256 for a in form.attachments if a.sha256 not in self.blobs)
        if missing:
            raise no(Code.MISSING_BLOBS, 424, missing=missing)
        if kept is None:
            kept = self.reports[id] = Kept(subject, f"FL-{2200 + len(self.reports)}", form, self.now())
        kept.form, kept.changed_at = form, self.now()
        kept.contents[form.rev] = form.model_dump_json()
        self.announce(subject, "report", id, self.view(id))
        return self.view(id)

    def put_comment(self, subject: str, id: str, form: wire.CommentPut) -> wire.CommentView:
        """Keep it once."""
        kept = self.reports.get(str(form.report))
        if kept is None or kept.owner != subject:
            raise no(Code.NOT_FOUND, 404)
        if not form.text.strip() and not form.verdict:
            raise no(Code.INVALID, 422, fields=("text",))
        if id not in self.comments:
            said = {"text": form.text, "verdict": form.verdict, "at": self.now()}
            self.comments[id] = wire.CommentView(id=id, report=form.report, author=subject, staff=False, asks=False, **said)
            self.announce(subject, "comment", id, self.comments[id])
        return self.comments[id]

    def sync(self, subject: str, cursor: str, limit: int) -> dict[str, Any]:
        """A page of the feed."""
        life, _, at = cursor.partition(".")
        after = int(at or 0)
        newest = max((item["seq"] for _s, item in self.feed), default=0)
        if cursor and (int(life) != self.life or after < self.gone_before or after > newest):
            raise no(Code.GONE, 410)
        mine = [item for s, item in self.feed if s == subject and item["seq"] > after]
        page = mine[:limit]
        end = page[-1]["seq"] if page else after
        return {"items": page, "cursor": f"{self.life}.{end}", "more": len(mine) > limit, "left": max(0, len(mine) - limit)}

    def snapshot(self) -> dict[str, Any]:
        """A backup of everything that it keeps."""
        return copy.deepcopy({name: value for name, value in self.__dict__.items() if name not in ("requests", "bytes_up", "clock")})

    def put_back(self, backup: dict[str, Any]) -> None:
        """Restored from a backup: what came since is gone, and cursors of the life that ended are worth nothing."""
        life = self.life
        self.__dict__.update(copy.deepcopy(backup))
        self.life = life + 1


class FakeClient:
    """Stands for hublink's HubClient and, with `upload`, for its uploads."""

    def __init__(self, hub: FakeHub, subject: str, net: Callable[[], Net]) -> None:
        self.hub = hub
        self.subject = subject
        self.net = net
        self.base_url = "http://hub"
        self.skew_ms: int | None = None

    def call(self, endpoint: Endpoint[Any], body: Wire | None = None, *, query: Mapping[str, Any] | None = None, **names: object) -> Any:
        """One JSON exchange."""
        lost = self.exchange()
        reply = self._answer(endpoint, body, query or {}, **names)
        if lost:
            raise Unreachable(reason="timeout")
        return endpoint.reply.model_validate(reply if isinstance(reply, dict) else json.loads(reply.model_dump_json()))

    def exchange(self) -> Net | None:
        """What the network does to the next request: an error, or which half of it is lost."""
        net = self.net()
        self.hub.requests += net not in (Net.REFUSED, Net.DNS, Net.TIMEOUT, Net.PORTAL)
        if net in _UNASKED:
            raise _UNASKED[net]()
        return net if net in (Net.LOST, Net.CUT, Net.FLIP) else None

    def _answer(self, endpoint: Endpoint[Any], body: Wire | None, query: Mapping[str, Any], **names: object) -> Any:
        name = str(names.get("id", ""))
        if endpoint is wire.PUT_REPORT:
            assert isinstance(body, wire.ReportPut)
            return self.hub.put_report(self.subject, name, body)
        if endpoint is wire.PUT_COMMENT:
            assert isinstance(body, wire.CommentPut)
            return self.hub.put_comment(self.subject, name, body)
        if endpoint is PUT_ACTIVITY:
            assert isinstance(body, ActivityPut)
            self.hub.activities[name] = self.subject
            return ActivityView(id=name, kind=body.kind, at=body.at)
        if endpoint is PUT_PC:
            assert isinstance(body, PcPut)
            self.hub.pcs[name] = (self.subject, body.public_key)
            return PcView(id=name, added_at=self.hub.now())
        if endpoint is PUT_BUNDLE:
            assert isinstance(body, BundlePut)
            if body.sha256 not in self.hub.blobs:
                raise no(Code.MISSING_BLOBS, 424, missing=(body.sha256,))
            self.hub.bundles[name] = body.sha256
            return BundleView(id=name, acts=1, new=1)
        assert endpoint.path == SYNC.path
        return self.hub.sync(self.subject, str(query["cursor"]), int(query["limit"]))


def upload(client: FakeClient, *, path: Path, sha256: str, size: int, name: str, media: str, work: Work) -> None:
    """As `hublink.uploads.upload`: resumes at the hub's offset; the hub hashes the whole."""
    hub, data = client.hub, path.read_bytes()
    if len(data) != size:
        raise FileChanged(name=name)
    if size > hub.largest:
        client.exchange()
        raise no(Code.TOO_LARGE, 413, limit=hub.largest)
    damaged = 0
    while sha256 not in hub.blobs:
        work.check()
        part = hub.partial.setdefault((client.subject, sha256), bytearray())
        chunk = data[len(part) : len(part) + CHUNK]
        harm = client.exchange()
        hub.bytes_up += len(chunk)
        part += chunk[: len(chunk) // 2] if harm is Net.CUT else chunk
        if harm is Net.FLIP and part:
            part[-1] ^= 1
        if len(part) >= size and harm is not Net.CUT:
            del hub.partial[(client.subject, sha256)]
            if hashlib.sha256(part).hexdigest() == sha256:
                hub.blobs[sha256] = bytes(part)
            elif hashlib.sha256(data).hexdigest() != sha256:
                raise FileChanged(name=name)
            elif (damaged := damaged + 1) == 3:
                raise no(Code.CHECKSUM, 460)
        if harm in (Net.LOST, Net.CUT):
            raise Unreachable(reason="reset")
        work.say("upload", len(part), size)
