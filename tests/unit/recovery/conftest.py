# SPDX-License-Identifier: Apache-2.0
"""The file that a router waits for."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.routers import image_bytes


@pytest.fixture
def image(tmp_path: Path) -> Path:
    path = tmp_path / "rescue.bin"
    path.write_bytes(image_bytes(size=1 << 20))
    return path
