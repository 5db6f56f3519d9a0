# SPDX-License-Identifier: Apache-2.0
"""The bundle, built and run where there is no Python, no repository and nothing on the path.

Two minutes: run by `.ci/test -m long tests/e2e/test_bundle.py`. FIRSTLIGHT_BUNDLE names a folder that is built already.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform != "linux", reason="the spec leaves out and strips by Linux' names")]

HELLO = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv)
label = QLabel("hello")
label.show()
sys.exit(app.exec())
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the program."""
    if built := os.environ.get("FIRSTLIGHT_BUNDLE"):
        return Path(built).absolute()
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, ROOT / "installer" / "build.py", "--out", out], check=True, timeout=600)
    return out / "firstlight"


@pytest.fixture
def run(bundle: Path, tmp_path: Path):
    """Runs the program with an empty environment, in a folder of its own."""

    def start(*arguments: str | Path, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [bundle / "firstlight", *arguments],
            env=_nothing(tmp_path),
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    return start


def _nothing(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": "/nonexistent"}


def test_the_tour_passes_from_the_bundle(run, tmp_path: Path) -> None:
    done = run("tour", "--out", tmp_path / "tour", "--lang", "zh_CN", "--json", timeout=300)
    told = json.loads((tmp_path / "tour" / "tour.json").read_text("utf-8"))
    assert done.returncode == 0, done.stderr
    assert [step for step in told["steps"] if not step["ok"]] == []
    assert {"signed in", "guide finished", "flashed", "report queued offline", "arrived", "status back", "badge earned"} <= {
        step["name"] for step in told["steps"]
    }
    assert all((tmp_path / "tour" / name).stat().st_size > 10_000 for name in told["pictures"])


@pytest.fixture
def hub(bundle: Path, tmp_path: Path) -> Iterator[str]:
    """The embedded hub's address."""
    process = subprocess.Popen(
        [bundle / "firstlight", "--hub", "demo", "--data", tmp_path / "hub", "--embedded"],
        env=_nothing(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    yield json.loads(process.stdout.readline())["url"]
    process.stdin.close()
    assert process.wait(20) == 0
    process.stdout.close()


def _page(url: str, language: str = "en") -> str:
    with urlopen(Request(url, headers={"Accept-Language": language}), timeout=20) as answer:
        return answer.read().decode("utf-8")


def test_the_hub_in_the_bundle_has_its_pages_styles_and_both_languages(hub: str) -> None:
    assert json.loads(_page(f"{hub}/health"))["status"] == "ok"
    assert "Sign in" in _page(f"{hub}/account/login/")
    assert "登录" in _page(f"{hub}/account/login/", "zh-CN")
    assert "登录" in _page(f"{hub}/admin/", "zh-CN")
    assert "color" in _page(f"{hub}/static/hub/hub.css")
    assert "color" in _page(f"{hub}/static/admin/css/base.css")
    assert json.loads(_page(f"{hub}/.well-known/openid-configuration"))["code_challenge_methods_supported"] == ["S256"]


def test_a_log_is_redacted_by_a_process_of_the_bundle(run, tmp_path: Path) -> None:
    (tmp_path / "in.log").write_text("mail ines.k@example.org\n", "utf-8")
    done = run("redact", tmp_path / "in.log", "-o", tmp_path / "out.log")
    assert done.returncode == 0, done.stderr
    assert "ines" not in (tmp_path / "out.log").read_text("utf-8")


def test_commands_and_their_sentences_work_and_load_no_qt(run, bundle: Path, tmp_path: Path) -> None:
    assert run("--version").stdout.startswith("Firstlight ")
    assert json.loads(run("guide", "list", "--json").stdout)
    maps = subprocess.run(
        ["/usr/bin/env", "-i", "HOME=" + str(tmp_path), "LD_DEBUG=files", bundle / "firstlight", "--version"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "libpython" in maps.stderr
    assert "libQt6Core" not in maps.stderr


def test_no_link_in_the_bundle_leads_nowhere(bundle: Path) -> None:
    assert [path for path in bundle.rglob("*") if path.is_symlink() and not path.exists()] == []


def test_the_bundle_is_at_most_a_third_larger_than_a_bare_window(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "hello.py").write_text(HELLO, "utf-8")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--onedir", "hello.py"]
    subprocess.run(command, check=True, cwd=tmp_path, timeout=300)
    assert _size(bundle) < 1.3 * _size(tmp_path / "dist" / "hello")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
