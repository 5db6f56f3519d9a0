# SPDX-License-Identifier: Apache-2.0
"""The files of a browser's form (multipart/form-data, RFC 7578) in a file of known size; one of them in memory at a time."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from typing import IO

_MOST_HEAD = 4096


class FormError(Exception):
    """What was sent is no such form."""


def files_in(body: IO[bytes], boundary: bytes, *, most: int) -> Iterator[bytes]:
    """Each file that is not empty. Raises FormError for broken forms and for more than `most` parts."""
    body.flush()
    if not body.seek(0, 2):
        raise FormError("empty")
    with mmap.mmap(body.fileno(), 0, access=mmap.ACCESS_READ) as data:
        line = b"--" + boundary
        if data[: len(line)] != line:
            raise FormError("no boundary")
        at = len(line)
        for _ in range(most + 1):
            if data[at : at + 2] == b"--":
                return
            end = data.find(b"\r\n" + line, at)
            head_end = data.find(b"\r\n\r\n", at, at + _MOST_HEAD)
            if data[at : at + 2] != b"\r\n" or end < 0 or not at <= head_end < end:
                raise FormError("a part without end or head")
            if b"filename=" in data[at:head_end].lower() and end > head_end + 4:
                yield data[head_end + 4 : end]
            at = end + 2 + len(line)
        raise FormError("too many parts")
