# SPDX-License-Identifier: Apache-2.0
"""Which file is a picture, by its first bytes: one without an ending carries place and camera all the same."""

from __future__ import annotations

from pathlib import Path

_HEAD = 32
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"IIRO", "image/x-olympus-orf"),
    (b"IIRS", "image/x-olympus-orf"),
    (b"IIU\0", "image/x-panasonic-rw2"),
    (b"FUJIFILMCCD-RAW", "image/x-fuji-raf"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"\0\0\0\x0cjP  \r\n", "image/jp2"),
    (b"\0\0\0\x0cJXL \r\n", "image/jxl"),
    (b"\xff\x0a", "image/jxl"),
)
_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), "image/heic"),
    **dict.fromkeys((b"mif1", b"mif2", b"msf1"), "image/heif"),
    b"crx ": "image/x-canon-cr3",
}


def media_of_picture(source: Path | bytes) -> str:
    """Its media type; "" for what is no picture, or cannot be read: whoever keeps the file says so then."""
    try:
        if isinstance(source, bytes):
            head = source[:_HEAD]
        else:
            with source.open("rb") as file:
                head = file.read(_HEAD)
    except OSError:
        return ""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "image/bmp"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "")
    return next((media for magic, media in _MAGIC if head.startswith(magic)), "")
