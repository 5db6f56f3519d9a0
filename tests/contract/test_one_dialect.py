# SPDX-License-Identifier: Apache-2.0
"""A guide that the hub signs is read by every desktop, and read as the same: both know one dialect of YAML."""

from __future__ import annotations

import pytest

from firstlight.guides import document as desktop
from firstlight.guides.errors import GuideInvalid
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.guides import document as hub

HEAD = "guide: 1\nid: x\ntitle: T\nsteps: [{id: a}]\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "id: y\n",
        HEAD + "<<: {version: '2'}\n",
        HEAD + "version: !!str 2\n",
        HEAD + "version: &a '2'\nsummary: *a\n",
        HEAD + "x: " + "[" * 200_000,
        HEAD + "---\n" + HEAD,
        HEAD + "version: 010\n",
        "",
        "\x00",
    ],
)
def test_what_one_refuses_the_other_refuses(text: str) -> None:
    with pytest.raises(GuideInvalid):
        desktop.parse(text.encode())
    with pytest.raises(ProblemError) as refused:
        hub.read(text.encode())
    assert refused.value.problem.fields


@pytest.mark.parametrize("line", ["summary: no", "summary: 12:30", "version: 2026-11-20", "summary: Null", "version: 1e3", "minutes: 5"])
def test_what_one_reads_the_other_reads_as_the_same(line: str) -> None:
    text = (HEAD + line + "\n").encode()
    assert desktop.parse(text) == hub.read(text)
