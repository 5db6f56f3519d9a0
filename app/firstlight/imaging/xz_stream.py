# SPDX-License-Identifier: Apache-2.0
"""Unpacking .xz straight into the memory that goes to the card, by the liblzma that Python's own `lzma` has loaded.

Python's decoder hands out pieces of its own, which are copied afterwards, and takes its lock for each: 5 per cent of the time of a whole
image. This asks the same library for a whole run at once. Where that library is no shared one (Windows, macOS), `lzma` itself does it.
Interface: lzma/base.h and lzma/container.h of XZ Utils 5, whose layout is kept for all of version 5.
"""

from __future__ import annotations

import ctypes
import io
import lzma
import os
from functools import cache
from typing import Any

_READ = 256 * 1024
_CONCATENATED = 0x08
"""LZMA_CONCATENATED: streams behind one another are one file."""
_RUN, _FINISH = 0, 3
_OK, _END, _NO_PROGRESS = 0, 1, 10
_WHY = {5: "no memory", 6: "it asks for too much memory", 7: "no .xz", 8: "options that are not known", 9: "corrupt"}
_VERSIONS = range(50_000_000, 60_000_000)


class _Stream(ctypes.Structure):
    """lzma_stream."""

    _fields_ = (
        ("next_in", ctypes.c_void_p),
        ("avail_in", ctypes.c_size_t),
        ("total_in", ctypes.c_uint64),
        ("next_out", ctypes.c_void_p),
        ("avail_out", ctypes.c_size_t),
        ("total_out", ctypes.c_uint64),
        ("allocator", ctypes.c_void_p),
        ("internal", ctypes.c_void_p),
        ("reserved_ptr", ctypes.c_void_p * 4),
        ("reserved_int", ctypes.c_uint64 * 2),
        ("reserved_size", ctypes.c_size_t * 2),
        ("reserved_enum", ctypes.c_int * 2),
    )


@cache
def library() -> Any:
    """The loaded liblzma; None when there is none that can be asked. Nothing is ever loaded here."""
    if not hasattr(os, "RTLD_NOLOAD"):
        return None
    try:
        found = ctypes.CDLL("liblzma.so.5", mode=os.RTLD_NOLOAD | os.RTLD_NOW)
    except OSError:
        return None
    found.lzma_version_number.restype = ctypes.c_uint32
    if found.lzma_version_number() not in _VERSIONS:
        return None
    found.lzma_stream_decoder.argtypes = (ctypes.POINTER(_Stream), ctypes.c_uint64, ctypes.c_uint32)
    found.lzma_code.argtypes = (ctypes.POINTER(_Stream), ctypes.c_int)
    found.lzma_end.argtypes = (ctypes.POINTER(_Stream),)
    found.lzma_end.restype = None
    return found


class XzStream:
    """A file's unpacked bytes. For one thread at a time. LZMAError: it is damaged, EOFError: it ends too early. Close it."""

    def __init__(self, file: io.RawIOBase, memory: int) -> None:
        self._file = file
        self._room = bytearray(_READ)
        self._in = ctypes.addressof(ctypes.c_char.from_buffer(self._room))
        self._stream = _Stream()
        self._at = ctypes.byref(self._stream)
        self._is_over = self._has_all = False
        self._check(library().lzma_stream_decoder(self._at, memory, _CONCATENATED))

    def __call__(self, view: memoryview) -> int:
        """Fill `view`; fewer bytes only at the end, 0 behind it."""
        if self._is_over or not view:
            return 0
        stream, code = self._stream, library().lzma_code
        held = ctypes.c_char.from_buffer(view)  # keeps the memory in its place while the library writes there
        stream.next_out, stream.avail_out = ctypes.addressof(held), len(view)
        while stream.avail_out and not self._is_over:
            if not stream.avail_in and not self._has_all:
                self._more()
            self._check(code(self._at, _FINISH if self._has_all else _RUN))
        return len(view) - int(stream.avail_out)

    def _more(self) -> None:
        length = self._file.readinto(self._room) or 0
        self._stream.next_in, self._stream.avail_in = self._in, length
        self._has_all = not length

    def _check(self, status: int) -> None:
        if status == _END:
            self._is_over = True
        elif status == _NO_PROGRESS and self._has_all:
            raise EOFError
        elif status == _NO_PROGRESS and self._stream.avail_in:
            raise lzma.LZMAError("it leads nowhere")
        elif status not in (_OK, _NO_PROGRESS):
            raise lzma.LZMAError(_WHY.get(status, f"liblzma says {status}"))

    def close(self) -> None:
        """Give the decoder's memory back."""
        self._is_over = True
        library().lzma_end(self._at)
