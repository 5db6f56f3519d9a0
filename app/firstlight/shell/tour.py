# SPDX-License-Identifier: Apache-2.0
"""The tour: the whole journey through the real window, one picture a page, and tour.json that says of each step whether it happened.

Everything is real: the hub is a process of its own, sign-in goes through its web pages, the phone is flashed over fastboot. Two
people are played: the tester's browser and the team's (shell/form_browser.py). A tour that was killed goes on where it was when
it is started again with the same `--home`: each step first asks whether it has happened.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from firstlight.base import log as log_module
from firstlight.base import paths, settings
from firstlight.kit.error_text import explain
from firstlight.shell import tour_steps
from firstlight.shell.application import Application, Mode
from firstlight.shell.look import new_application
from firstlight.shell.tour_guide import Guide, Step, TourStopped
from firstlight.shell.tour_people import TesterBrowser
from firstlight.store.lock import FileLock
from firstlight_contract import __version__

log = logging.getLogger(__name__)
NOTHING = '{"steps": [], "pictures": []}\n'
"""What a tour tells that could not begin."""


def run(*, out: Path, language: str, theme: str, size: str, home: Path | None, as_json: bool) -> int:
    """Drive the tour; 0 when every step happened."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "tour.json").unlink(missing_ok=True)  # what an earlier tour told is not of this one
    root = home or Path(tempfile.mkdtemp(prefix="firstlight-tour-"))
    try:
        status = _run(root, out, language, theme, size)
    finally:
        if home is None:
            shutil.rmtree(root, ignore_errors=True)
    told = out / "tour.json"
    if as_json:
        sys.stdout.write(told.read_text("utf-8") + "\n" if told.exists() else NOTHING)
    else:
        _say(told, out)
    return status


def _say(told: Path, out: Path) -> None:
    if not told.exists():
        return
    body = json.loads(told.read_text("utf-8"))
    for step in body["steps"]:
        sys.stdout.write(f"{'yes' if step['ok'] else 'NO '}  {step['name']}: {step['detail']}\n")
    sys.stdout.write(f"{len(body['pictures'])} pictures in {out}\n")


def _run(root: Path, out: Path, language: str, theme: str, size: str) -> int:
    profile = paths.find()._replace(data=root / "data", cache=root / "cache", logs=root / "logs", config=root / "config").make()
    lock = FileLock.take(profile.data / "window.lock")
    if lock is None:
        sys.stderr.write(f"Another tour uses {root}. Nothing was changed. Choose another --home.\n")
        return 1
    chosen = dataclasses.replace(settings.load(profile.settings), language=language, theme=theme)
    settings.save(profile.settings, chosen)
    log_module.start(profile.logs)
    app = QApplication.instance() or new_application()
    assert isinstance(app, QApplication)
    browser = TesterBrowser()
    mode = Mode(is_demo=True, open_browser=browser)
    application = Application(app, profile, chosen, version=__version__, mode=mode)
    width, _, height = size.partition("x")
    application.show()
    application.window.resize(int(width), int(height))
    guide = Guide(application, out)
    status = 0
    try:
        guide.until(lambda: application.desk is not None, "the store opens")
        guide.until(lambda: guide.desk.hub_info is not None, "the practice hub starts", 120)
        for step in tour_steps.STEPS:
            _one(guide, browser, step)
    except TourStopped as error:
        log.warning("tour: %s", explain(error).text)
        sys.stderr.write(explain(error).text + "\n")
        status = 1
    finally:
        guide.write()
        application.close()
        lock.release()
    return status if all(s.ok for s in guide.steps) else 1


def _one(guide: Guide, browser: TesterBrowser, step: tour_steps.TourStep) -> None:
    """Do one step and note whether it happened; a step that fails ends the tour."""
    try:
        detail = step.do(guide, browser)
    except TourStopped as error:
        guide.steps.append(Step(step.name, False, str(error.facts.get("why", ""))))
        guide.application.window.grab().save(str(guide.out / "stopped.png"))
        raise
    guide.steps.append(Step(step.name, True, detail))
    guide.write()
    guide.says(f"{step.name}: {detail}")
