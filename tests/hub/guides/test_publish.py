# SPDX-License-Identifier: Apache-2.0
"""Guides are published from folders: checked first, by content, a version never changing."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstlight_contract.feed import GuideView
from firstlight_hub.base.models import FeedItem
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.guides import services
from firstlight_hub.guides.models import Guide
from hub.conftest import Cast

TEXT = """\
guide: 1
id: r1-fan
version: "{version}"
title: {{en: Fan onto the mainboard, zh_CN: 安装风扇}}
summary: Two screws.
kind: assemble
for: {{device: [r1]}}
minutes: 5
difficulty: easy
effect: erases_nothing
way: hands
steps:
  - id: fan
    title: Fan
    show: [{{img: fan.svg, alt: The fan}}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "guide.yaml").write_text(TEXT.format(version="1.0"), "utf-8")
    (tmp_path / "fan.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    (tmp_path / "notes.txt").write_text("not shown by the guide", "utf-8")
    return tmp_path


def refused(cast: Cast, folder: Path) -> ProblemError:
    with pytest.raises(ProblemError) as error:
        services.publish(cast.programme, folder)
    assert not Guide.objects.filter(version="9").exists()
    return error.value


def test_a_guide_reaches_the_programme_with_the_files_that_it_shows(cast: Cast, folder: Path) -> None:
    services.publish(cast.programme, folder, actor=cast.alice.user)
    item = FeedItem.objects.get(kind="guide")
    view = GuideView.model_validate(item.body)
    assert (item.audience, item.key, view.version, view.title["zh_CN"]) == ("p:aurora", "aurora/r1-fan", "1.0", "安装风扇")
    assert view.document.encode() == (folder / "guide.yaml").read_bytes()
    assert [file.name for file in view.files] == ["fan.svg"]
    answer = cast.bob.call("GET", f"/files/{view.files[0].sha256}")
    assert b"".join(answer.streaming_content) == (folder / "fan.svg").read_bytes()
    assert answer.headers["Content-Disposition"] == "attachment"
    assert cast.carol.call("GET", f"/files/{view.files[0].sha256}").status_code == 404


def test_the_same_folder_again_changes_nothing_and_another_text_needs_another_version(cast: Cast, folder: Path) -> None:
    first = services.publish(cast.programme, folder)
    seq = FeedItem.objects.get(kind="guide").pk
    assert services.publish(cast.programme, folder) == first
    assert FeedItem.objects.get(kind="guide").pk == seq
    (folder / "fan.svg").write_text("<svg/>", "utf-8")
    assert refused(cast, folder).problem.status == 409
    (folder / "guide.yaml").write_text(TEXT.format(version="1.1"), "utf-8")
    services.publish(cast.programme, folder)
    assert sorted(Guide.objects.values_list("version", "state")) == [("1.0", "replaced"), ("1.1", "published")]
    assert FeedItem.objects.get(kind="guide").body["version"] == "1.1"


def test_a_retired_guide_leaves_every_desktop(cast: Cast, folder: Path) -> None:
    guide = services.publish(cast.programme, folder)
    services.retire(guide)
    assert FeedItem.objects.get(kind="guide").deleted
    with pytest.raises(ProblemError):
        services.retire(guide)


@pytest.mark.parametrize(
    "text",
    [
        "guide: 1\n  bad: [",
        "just words",
        "guide: 2\n",
        "!!python/object/apply:os.system [id]",
        "a: &x [1]\nb: *x\n",
        "[" * 5000,
        "{a: " * 100_000,  # a loader that builds first dies of it, and the hub with it
        TEXT.format(version="9").replace("kind: assemble", "kind: surgery"),
        TEXT.format(version="9").replace("fan.svg, alt", "../secret.svg, alt"),
        TEXT.format(version="9").replace("fan.svg, alt", "absent.svg, alt"),
    ],
)
def test_a_guide_that_does_not_fit_is_refused_with_its_places(cast: Cast, folder: Path, text: str) -> None:
    (folder / "guide.yaml").write_text(text, "utf-8")
    problem = refused(cast, folder).problem
    assert (problem.status, bool(problem.fields)) == (422, True)
    assert not FeedItem.objects.filter(kind="guide").exists()


def test_a_link_out_of_the_folder_is_not_followed(cast: Cast, folder: Path) -> None:
    (folder / "fan.svg").unlink()
    (folder / "fan.svg").symlink_to("/etc/hostname")
    assert refused(cast, folder).problem.status == 422


def test_a_guide_that_is_too_large_or_absent_is_refused(cast: Cast, folder: Path) -> None:
    (folder / "guide.yaml").write_bytes(b"#" * (600 * 1024))
    assert refused(cast, folder).problem.status == 413
    (folder / "guide.yaml").write_bytes(b"\xff\xfe")
    assert refused(cast, folder).problem.status == 422
    (folder / "guide.yaml").unlink()
    assert refused(cast, folder).problem.status == 404


def test_every_guide_that_we_ship_can_be_published(cast: Cast, request: pytest.FixtureRequest) -> None:
    shipped = sorted((request.config.rootpath / "resources" / "guides").glob("*/guide.yaml"))
    for path in shipped:
        services.publish(cast.programme, path.parent)
    assert Guide.objects.count() == len(shipped)
