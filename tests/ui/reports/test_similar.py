# SPDX-License-Identifier: Apache-2.0
"""Reading alike: enough to help, not so much that everything is the same."""

from __future__ import annotations

from firstlight.reports.report import ReportRow, Section
from firstlight.reports.ui.similar import similar

ROWS = tuple(
    ReportRow(str(n), Section.TEAM, title)
    for n, title in enumerate(
        ("Camera froze after a video call", "Weather tile shows yesterday", "车载蓝牙在发动机启动后断开", "手电筒图标关闭后仍然亮着")
    )
)


def found(title, but=""):
    row = similar(title, ROWS, but=but)
    return row.title if row else None


def test_the_same_fault_in_other_words_is_found():
    assert found("The camera freezes during video calls") == "Camera froze after a video call"
    assert found("启动发动机后车载蓝牙断开了") == "车载蓝牙在发动机启动后断开"


def test_one_shared_word_is_not_alike():
    assert found("Camera shutter sound missing at night") is None
    assert found("Hi") is None
    assert found("") is None


def test_the_report_itself_is_never_its_own_twin():
    assert found("Weather tile shows yesterday", but="1") is None
