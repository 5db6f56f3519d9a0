# SPDX-License-Identifier: Apache-2.0
"""Every act of the community leaves by the real outbox and sender, or by a stick, and counts once however often it comes."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fakes.desk import Desk
from firstlight.base.work import Work
from firstlight.hublink.errors import Refused
from firstlight.sync.acts import Acts
from firstlight.sync.entry import OpKind
from firstlight.sync.usb import Bundles
from firstlight_contract import community as wire
from firstlight_contract.endpoint import Endpoint
from firstlight_contract.problem import Problem
from firstlight_contract.wire import Wire
from firstlight_hub.community.models import Album, Experience, Rsvp, Vote
from firstlight_hub.guides.models import StepCount
from firstlight_hub.honour.models import Claim
from hub.asked import asked
from hub.conftest import Caller, Cast
from hub.stored import sent

NAMES = {kind: uuid.uuid4() for kind in ("vote", "experience", "rsvp", "album", "claim", "statistics", "release")}
PHOTO = b"\xff\xd8 a photo of the board " * 50
CHANGING = (OpKind.VOTE, OpKind.EXPERIENCE, OpKind.RSVP, OpKind.ALBUM)


class HubHere:
    """The hub's own code, asked without a network: stands where a client of the desktop does."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.base_url = "http://hub"
        self.skew_ms: int | None = None
        self.statuses: list[tuple[str, int]] = []

    def client(self, subject: str, net: Any) -> HubHere:
        return self

    def call(self, endpoint: Endpoint[Any], body: Wire | None = None, **names: object) -> Any:
        answer = self.caller.call(endpoint.method, endpoint.path.format(**names), body.model_dump_json() if body else None)
        self.statuses.append((endpoint.path, answer.status_code))
        if answer.status_code not in (200, 201):
            problem = Problem.model_validate(answer.json())
            raise Refused(status=answer.status_code, code_=problem.code, missing=problem.missing, title=problem.title)
        return endpoint.reply.model_validate(answer.json())


def bring(client: HubHere, *, path: Path, **_facts: Any) -> None:
    sent(client.caller.user, path.read_bytes())


@pytest.fixture
def here(cast: Cast) -> HubHere:
    asked(cast.programme, vote=NAMES["vote"], meeting=NAMES["rsvp"], release=NAMES["release"])
    return HubHere(cast.bob)


@pytest.fixture
def desk(here: HubHere, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "pc", here)  # type: ignore[arg-type]  # asked like the fake
    made.sender._means = made.sender._means.__class__(**{**made.sender._means.__dict__, "upload": bring})
    with made.db.write() as tx:
        tx.execute("UPDATE account SET subject = ? WHERE id = 1", (str(here.caller.user.subject),))
    yield made
    made.db.close()


def forms(rev: int = 1) -> dict[OpKind, Wire]:
    """Each act; `rev` counts those that may change."""
    photo = wire.Photo(sha256=hashlib.sha256(PHOTO).hexdigest(), size=len(PHOTO), name="board.jpg", media="image/jpeg", words="mine")
    return {
        OpKind.VOTE: wire.VotePut(rev=rev, choice="yes" if rev == 1 else "no"),
        OpKind.EXPERIENCE: wire.ExperiencePut(release=NAMES["release"], rev=rev, best=f"quiet {rev}"),
        OpKind.RSVP: wire.RsvpPut(rev=rev, going=rev == 1),
        OpKind.ALBUM: wire.AlbumPut(
            programme="aurora", rev=rev, guide="router-one", guide_version="2", title=f"Mine {rev}", photos=(photo,)
        ),
        OpKind.CLAIM: wire.ClaimPut(programme="aurora", badge="helper", words="I carried boxes"),
        OpKind.STATISTICS: wire.StatisticsPut(
            programme="aurora", guide="router-one", guide_version="2", steps=(wire.StepCounts(step="screws", repeats=1, seconds=90),)
        ),
    }


def put(desk: Desk, rev: int = 1) -> None:
    """Each act into the outbox."""
    kept = desk.blobs.put(PHOTO, media="image/jpeg", work=Work())
    for kind, form in forms(rev).items():
        needs = {kept.sha256: "board.jpg"} if kind is OpKind.ALBUM else None
        Acts(desk.db, desk.outbox).put(1, kind, str(NAMES[kind.value]), form, needs=needs)


def said() -> dict[str, Any]:
    """What the hub has of each, as rows."""
    assert [model.objects.count() for model in (Vote, Experience, Rsvp, Album, Claim, StepCount)] == [1] * 6
    steps = StepCount.objects.values_list("runs", "repeats", "seconds", "stopped").get()
    return {
        "vote": Vote.objects.get().choice,
        "experience": Experience.objects.get().best,
        "rsvp": Rsvp.objects.get().state,
        "album": (Album.objects.get().title, [photo.sha256 for photo in Album.objects.get().photos.all()]),
        "claim": Claim.objects.get().words,
        "statistics": steps,
    }


FIRST = {
    "vote": "yes",
    "experience": "quiet 1",
    "rsvp": "going",
    "album": ("Mine 1", [hashlib.sha256(PHOTO).hexdigest()]),
    "claim": "I carried boxes",
    "statistics": (1, 1, 90, 0),
}


def test_each_act_leaves_by_the_sender_once_and_a_repeat_changes_nothing(desk: Desk, here: HubHere) -> None:
    put(desk)
    done = desk.drain_after()
    assert (done.sent, done.waiting, done.parked) == (6, 0, 0), here.statuses
    assert {status for _path, status in here.statuses} == {201}
    assert said() == FIRST
    with desk.db.write() as tx:
        # As after an answer that was lost, or when the hub was put back to an earlier day.
        tx.execute("UPDATE op SET state = 'ready', gen = gen + 1 WHERE kind <> 'blob'")
    here.statuses.clear()
    assert desk.drain_after().sent == 6
    assert {status for _path, status in here.statuses} == {200}
    assert said() == FIRST
    assert [kind for kind in OpKind if desk.inbox.body(1, kind, str(NAMES.get(kind.value)))] == [*CHANGING, OpKind.CLAIM]


def test_a_stick_carries_them_and_never_takes_back_what_the_network_brought_later(
    desk: Desk, cast: Cast, here: HubHere, tmp_path: Path
) -> None:
    put(desk)
    [path] = Bundles(desk.db, desk.blobs, desk.outbox, desk.clock).save(1, tmp_path / "stick", Work()).paths
    name = path_id(path)
    stick = sent(cast.bob.user, path.read_bytes())
    first = cast.bob.call("PUT", f"/bundles/{name}", {"sha256": stick["sha256"]}).json()
    assert (first["acts"], first["new"], first["refused"]) == (6, 6, [])
    assert said() == FIRST
    assert desk.drain_after().sent == 6
    assert {status for _path, status in here.statuses} == {200}
    for kind in CHANGING:
        Acts(desk.db, desk.outbox).put(1, kind, str(NAMES[kind.value]), forms(rev=2)[kind])
    assert desk.drain_after().sent == 4
    newer = said()
    assert (newer["vote"], newer["experience"], newer["rsvp"], newer["album"][0]) == ("no", "quiet 2", "declined", "Mine 2")
    again = cast.bob.call("PUT", f"/bundles/{name}", {"sha256": stick["sha256"]}).json()
    assert (again["new"], again["refused"]) == (0, [])
    assert said() == newer


def path_id(path: Path) -> str:
    from firstlight.sync import usb

    return str(usb.read(path, Work()).id)
