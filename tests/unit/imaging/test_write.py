# SPDX-License-Identifier: Apache-2.0
"""Writing, by the process of its own, onto practice cards and plain files: the right bytes, or the right refusal and an empty beginning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fakes import card_images as images
from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.imaging import errors
from firstlight.imaging.check import check_card, check_card_by_map, check_image
from firstlight.imaging.disk import Identity
from firstlight.imaging.pace import Moved, Stage
from firstlight.imaging.process import Job, Watch, write_apart
from firstlight.imaging.target import Rules, open_target, open_to_read
from firstlight.imaging.write import write
from firstlight.practice.card import PracticeCard
from firstlight.practice.faults import parse

MIB = 1 << 20
DATA = images.raw(7)
WIDE = images.raw(13)
ME = Identity("PRACTICE-CA4D", 16 * MIB)


@contextmanager
def card(folder: Path, *faults: str, size: int = 16 * MIB) -> Iterator[PracticeCard]:
    """A practice card with old bytes on it, which must not survive where the image is."""
    made = PracticeCard(folder / "card", size=size, expects=len(DATA), faults=parse(faults, "card"))
    made.path.write_bytes(b"old card " * (size // 9 + 1))
    with made:
        yield made


def put(image: Path, made: PracticeCard, **more: object) -> object:
    return write_apart(Job(image, made.address.removeprefix("card:"), **{"expect": ME, **more}), Work(), Watch())  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["raw", "xz", "zst", "zip", "sparse", *(pytest.param(k, marks=pytest.mark.long) for k in ("gz", "bz2"))])
def test_each_packing_arrives_whole_and_is_read_back(tmp_path: Path, kind: str) -> None:
    image = images.pack(DATA, kind, tmp_path)
    target = tmp_path / "card.img"
    done = write_apart(Job(image, f"file:{target}"), Work(), Watch())
    assert target.read_bytes() == DATA
    assert done.verified
    assert done.size == len(DATA)
    assert check_image(image, Work()).sha256 == done.sha256


def test_a_card_keeps_nothing_old_below_the_image_and_what_is_behind_it(tmp_path: Path) -> None:
    with card(tmp_path) as made:
        put(images.pack(DATA, "xz", tmp_path), made)
        held = made.path.read_bytes()
    assert held[: len(DATA)] == DATA
    assert held[len(DATA) :] == (b"old card " * (len(held) // 9 + 1))[len(DATA) : len(held)]


def test_with_a_map_only_what_matters_is_sent_and_the_medium_holds_the_maps_hashes(tmp_path: Path) -> None:
    (tmp_path / "image.bmap").write_bytes(images.bmap(DATA))
    with card(tmp_path) as made:
        done = put(images.pack(DATA, "zst", tmp_path), made, bmap=tmp_path / "image.bmap")
        assert done.by_map and done.verified and done.sent == 5 * MIB  # type: ignore[attr-defined]
        medium = open_to_read(made.address.removeprefix("card:"))
        assert check_card_by_map(tmp_path / "image.bmap", medium, Work()).compared == done.sent  # type: ignore[attr-defined]
        medium.close()


def test_a_map_of_another_image_is_noticed_before_the_card_can_start(tmp_path: Path) -> None:
    (tmp_path / "image.bmap").write_bytes(images.bmap(DATA, spoil=2))
    with card(tmp_path) as made:
        with pytest.raises(errors.MapWrong):
            put(images.pack(DATA, "gz", tmp_path), made, bmap=tmp_path / "image.bmap")
        assert made.path.read_bytes()[:MIB] == bytes(MIB)


@pytest.mark.parametrize(
    ("fault", "error", "reason"),
    [
        ("cable-out:40", errors.TargetGone, None),
        ("bad-block:50", errors.BadBlock, None),
        ("full:60", errors.TargetFull, None),
        ("fake-size:31", errors.NotVerified, "differs"),
    ],
)
def test_a_fault_in_the_middle_has_its_name_and_leaves_no_card_that_starts(
    tmp_path: Path, fault: str, error: type[errors.ImagingError], reason: str | None
) -> None:
    with card(tmp_path, fault) as made:
        with pytest.raises(error) as caught:
            put(images.pack(DATA, "raw", tmp_path), made)
        assert caught.value.facts.get("reason") == reason
        assert made.path.read_bytes()[:MIB] != DATA[:MIB]
        if made.facts().is_plugged:
            assert made.written > 0
        made.plug_in() if not made.facts().is_plugged else None


def test_a_card_that_wraps_round_is_called_a_fake_with_its_true_size(tmp_path: Path) -> None:
    with card(tmp_path, "fake-size:50") as made, pytest.raises(errors.NotVerified) as caught:
        put(images.pack(WIDE, "raw", tmp_path), made)
    assert (caught.value.facts["reason"], caught.value.facts["holds"]) == ("wraps", 8 * MIB)


def test_after_the_cable_is_back_writing_from_the_start_mends_everything(tmp_path: Path) -> None:
    image = images.pack(DATA, "zst", tmp_path)
    with card(tmp_path, "cable-out:70") as made:
        with pytest.raises(errors.TargetGone):
            put(image, made)
        made.plug_in()
        put(image, made)
        assert made.path.read_bytes()[: len(DATA)] == DATA


@pytest.mark.parametrize(
    ("fault", "error"),
    [("too-small", errors.TargetChanged), ("read-only", errors.TargetRefused), ("swapped", errors.TargetChanged)],
)
def test_no_byte_is_sent_to_a_card_that_is_refused(tmp_path: Path, fault: str, error: type[errors.ImagingError]) -> None:
    with card(tmp_path, fault) as made:
        made.looks = 2
        with pytest.raises(error):
            put(images.pack(DATA, "raw", tmp_path), made)
        assert (made.written, made.writes) == (0, 0)


def test_an_image_that_is_larger_than_the_card_sends_nothing(tmp_path: Path) -> None:
    with card(tmp_path, size=4 * MIB) as made:
        with pytest.raises(errors.ImageTooLarge):
            put(images.pack(DATA, "xz", tmp_path), made, expect=Identity())
        assert made.writes == 0


def test_an_image_that_hides_its_size_is_ended_at_the_cards_end(tmp_path: Path) -> None:
    with card(tmp_path, size=4 * MIB) as made:
        with pytest.raises(errors.ImageTooLarge):
            put(images.pack(DATA, "bz2", tmp_path), made, expect=Identity())
        assert made.path.read_bytes()[:MIB] == bytes(MIB)


def test_a_wrong_sha256_leaves_the_beginning_empty(tmp_path: Path) -> None:
    with card(tmp_path) as made:
        with pytest.raises(errors.ImageUnreadable) as caught:
            put(images.pack(DATA, "gz", tmp_path), made, sha256="0" * 64)
        assert caught.value.facts["reason"] == "other"
        assert made.path.read_bytes()[:MIB] == bytes(MIB)


def test_the_first_mib_is_the_last_that_is_written(tmp_path: Path) -> None:
    stages: list[Stage] = []
    beginnings: list[bytes] = []
    with card(tmp_path) as made:

        def moved(news: Moved) -> None:
            if not stages or stages[-1] is not news.stage:
                stages.append(news.stage)
                beginnings.append(made.path.read_bytes()[:MIB])

        write_apart(Job(images.pack(DATA, "raw", tmp_path), made.address.removeprefix("card:")), Work(), Watch(moved=moved))
        assert made.path.read_bytes()[:MIB] == DATA[:MIB]
    assert stages == [Stage.WRITE, Stage.SYNC, Stage.VERIFY, Stage.FIRST]
    assert beginnings[2] == bytes(MIB), "it is empty while the rest is read back"


def test_a_stop_is_obeyed_and_the_card_starts_nothing(tmp_path: Path) -> None:
    work = Work()
    with card(tmp_path) as made:
        made.bytes_per_s = 8 * MIB
        job = Job(images.pack(DATA, "raw", tmp_path), made.address.removeprefix("card:"))
        with pytest.raises(Cancelled):
            write_apart(job, work, Watch(begin=lambda _: work.cancel()))
        assert made.path.read_bytes()[:MIB] == bytes(MIB)
        assert made.written < len(DATA)


def test_a_writer_that_is_killed_is_an_error_and_no_riddle(tmp_path: Path) -> None:
    with pytest.raises(errors.WriterFailed):
        write_apart(Job(images.pack(DATA, "raw", tmp_path), f"file:{tmp_path / 'x'}"), Work(), Watch(), command=("/bin/false",))


def test_checking_a_card_names_the_place_that_differs(tmp_path: Path) -> None:
    image = images.pack(DATA, "zst", tmp_path)
    target = tmp_path / "card.img"
    spoiled = bytearray(DATA)
    spoiled[5 * MIB + 7] ^= 1
    for data, is_right in ((DATA, True), (bytes(spoiled), False)):
        target.write_bytes(data)
        medium = open_to_read(str(target))
        if is_right:
            assert check_card(image, medium, Work()).compared == len(DATA)
        else:
            with pytest.raises(errors.NotVerified) as caught:
                check_card(image, medium, Work())
            assert caught.value.facts["at"] <= 5 * MIB + 7 < caught.value.facts["at"] + 4 * MIB  # type: ignore[operator]
        medium.close()


def test_image_and_target_may_not_be_one_file_nor_a_link_nor_a_folder(tmp_path: Path) -> None:
    image = images.pack(DATA, "raw", tmp_path)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    for target, reason in ((image, "same_file"), (link, "link"), (tmp_path, "folder"), (tmp_path / "no" / "x", "missing")):
        with pytest.raises(errors.TargetRefused) as caught:
            write_apart(Job(image, f"file:{target}"), Work(), Watch())
        assert caught.value.facts["reason"] == reason
    assert image.read_bytes() == DATA
    assert not (tmp_path / "elsewhere").exists()


def test_an_image_that_is_not_there_is_told_apart_from_one_that_went_while_it_was_written(tmp_path: Path) -> None:
    """Only in the second case is there anything to be said of the card."""
    image = images.pack(DATA, "raw", tmp_path)
    with card(tmp_path) as made:
        medium = open_target(made.address.removeprefix("card:"), Work(), Rules(ME, frozenset()), image=image, need=len(DATA), fd=None)
        with pytest.raises(errors.ImageUnreadable) as caught:
            write(tmp_path / "image.imgg", medium, Work())
        assert caught.value.facts["reason"] == "missing"
        assert made.path.read_bytes().startswith(b"old card ")
        with pytest.raises(errors.ImageUnreadable) as caught:
            write(image, medium, Work(), before_first_byte=image.unlink)
        assert caught.value.facts["reason"] == "gone"
        assert not any(made.path.read_bytes()[:MIB])
        medium.close()


def test_what_lies_in_the_folder_that_somebody_works_in_is_no_part_of_the_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image often lies among things that strangers made; a Python file there must not be imported by its name."""
    for name in ("queue", "lzma", "zstandard", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("open('was-run', 'w').close()\nraise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    done = write_apart(Job(images.pack(DATA, "zst", tmp_path), f"file:{tmp_path / 'card.img'}"), Work(), Watch())
    assert done.verified
    assert not (tmp_path / "was-run").exists()
