# SPDX-License-Identifier: Apache-2.0
"""Wayland's way to a picture: real D-Bus messages to a portal of our own on a private session bus."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fakes import secret_service

TESTS = Path(__file__).resolve().parents[2]
FAKES = TESTS / "fakes"

pytestmark = pytest.mark.skipif(not secret_service.is_installed(), reason="needs dbus-daemon (Debian: dbus)")


def asked(folder: Path, *behaviours: str, limit_ms: int = 20_000) -> tuple[list[dict], list[str]]:
    """What a program of ours heard from a portal that behaves so, and what the portal was asked."""
    with secret_service.session_bus(folder / "home") as env:
        env = {**env, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent / "app")])}
        portal = None
        if behaviours != ("none",):
            portal = subprocess.Popen(
                [sys.executable, str(FAKES / "portal.py"), str(folder), *behaviours], stdout=subprocess.PIPE, env=env, text=True
            )
            assert portal.stdout is not None
            assert portal.stdout.readline() == "ready\n"
        try:
            done = subprocess.run(
                [sys.executable, str(FAKES / "portal_asker.py"), str(len(behaviours)), str(limit_ms)],
                capture_output=True,
                text=True,
                env=env,
                timeout=60,
            )
            heard = portal.communicate(timeout=10)[0].splitlines() if portal else []
        finally:
            if portal is not None and portal.poll() is None:
                portal.kill()
                portal.wait()
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()], heard


def test_a_portal_is_asked_and_each_of_its_answers_understood(tmp_path):
    answers, heard = asked(tmp_path, "ok", "at_once", "own_handle", "cancel", "deny", "refuse", "gone", "silent", limit_ms=2_500)
    assert [a.get("is_png", a.get("reason")) for a in answers] == [True, True, True, "cancelled", "denied", "no_portal", "empty", "late"]
    assert "no backend" in answers[5]["why"]
    # Each question is interactive (the tester chooses) and has a handle of its own; the one given up was closed.
    questions = [line.split() for line in heard if line != "closed"]
    assert {q[0] for q in questions} == {"True"}
    assert len({q[1] for q in questions}) == 8
    assert heard[-1] == "closed"
    # The portal's copies do not stay behind; those of refused pictures were never ours to take.
    assert sorted(p.name for p in tmp_path.glob("*.png")) == ["cancel.png", "deny.png", "silent.png"]


def test_without_a_portal_the_answer_says_so(tmp_path):
    answers, _ = asked(tmp_path, "none")
    assert answers[0]["reason"] == "no_portal"
