# SPDX-License-Identifier: Apache-2.0
"""What answers at the hub's address and is none, or signs no more: nothing of it is followed or kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fakes import memory
from fakes.signed_hub import HostileHub, Maker, endless
from faults.signing.attacked import IMAGE, PATH, STAMP, Bench, attacked
from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.firmware.errors import NotSigned, Untrusted
from firstlight.firmware.trust import Trust
from firstlight.hublink.errors import ContractMismatch, NotAHub
from firstlight_contract.signing import METADATA_PATH


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with attacked(tmp_path) as made:
        yield made


def test_a_hub_that_signed_and_does_so_no_more(bench: Bench) -> None:
    bench.hub.content = {}
    bench.refuses(Untrusted, "gone")


def test_a_redirect_is_not_followed(bench: Bench) -> None:
    with HostileHub(bench.maker.served()) as other:
        bench.hub.lies[STAMP] = lambda handler: handler.answer(302, b"", {"Location": other.url + STAMP})
        bench.refuses(NotAHub, "redirect")
        assert not other.asked
    bench.recovers()


def test_a_captive_portal_is_no_hub(bench: Bench) -> None:
    bench.hub.lies[".*"] = lambda handler: handler.answer(200, b"<html>pay here</html>", {"X-Hub": ""})
    bench.refuses(NotAHub, "portal")
    bench.recovers()


@pytest.mark.parametrize(
    "bomb",
    [b"", b"{", b"null", b"[]", b"\xff\xfe", b"[" * 200_00, b'{"signed":' * 3000, b'{"signed": {"version": ' + b"9" * 9000 + b"}}"],
    ids=["nothing", "half", "null", "list", "bytes", "deep", "deeper", "digits"],
)
def test_bombs_of_json(bench: Bench, bomb: bytes) -> None:
    bench.hub.lies[STAMP] = bomb[:16_000]
    bench.refuses(Untrusted)
    bench.recovers()


def test_nothing_of_a_stranger_is_pinned_at_the_first_contact(tmp_path: Path) -> None:
    """A first root is pinned only when everything else verifies under it."""
    maker, stranger = Maker(), Maker()
    maker.publish(PATH, IMAGE)
    broken: dict[str, tuple[Callable[[HostileHub], None], type[FirstlightError]]] = {
        "no timestamp": (lambda hub: hub.content.pop(STAMP), Untrusted),
        "others' timestamp": (lambda hub: hub.content.update({STAMP: stranger.roles["timestamp"]}), Untrusted),
        "no root": (lambda hub: hub.content.update({METADATA_PATH + "1.root.json": b"{}"}), Untrusted),
    }
    for name, (lie, fault) in broken.items():
        with HostileHub(maker.served()) as hub:
            lie(hub)
            client = hub.client()
            trust = Trust(tmp_path / name, lambda client=client: client)
            with pytest.raises(fault):
                trust.refresh(Work())
            assert trust.pin is None
            hub.content = maker.served()
            assert trust.refresh(Work())
            assert trust.target(PATH, Work()).version == "26.47"


def test_a_hub_that_does_not_sign_is_no_fault(tmp_path: Path) -> None:
    with HostileHub({}) as hub:
        client = hub.client()
        trust = Trust(tmp_path, lambda: client)
        assert not trust.refresh(Work())
        assert trust.pin is None
        with pytest.raises(NotSigned):
            trust.target(PATH, Work())


def test_an_answer_that_never_ends_costs_no_memory(bench: Bench) -> None:
    bench.hub.lies[METADATA_PATH + "2.root.json"] = endless()
    began = len(bench.hub.asked)
    with memory.growth() as grown:
        bench.refuses((Untrusted, ContractMismatch))
    assert grown.mb < 32, "half of what would come"
    assert len(bench.hub.asked) - began < 5
