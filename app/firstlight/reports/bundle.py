# SPDX-License-Identifier: Apache-2.0
"""What leaves the PC, made here and nowhere else: pictures flattened and encoded anew, texts redacted, long ones compressed.

Invariant: no original of a picture or text is ever in the answer. What cannot be cleaned is an error, not an exception to it.
Only files that are neither picture nor text (a video, a capture of packets) leave as they are, after the tester has looked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.work import Work
from firstlight.reports import rows
from firstlight.reports.errors import NotCleaned
from firstlight.reports.report import Attachment, Draft, Outgoing
from firstlight.store.blobs import CHUNK, Blob, Blobs
from firstlight.store.db import Database
from firstlight.store.errors import BlobMissing, StoreError

Flatten = Callable[[Path, dict[str, Any]], bytes]
"""(original picture, annotations) -> the picture as it leaves, without metadata."""
RedactFile = Callable[[Path, Path, dict[str, Any], Work], int]
"""(source, target, choices, work) -> how many details were hidden."""

COMPRESS_ABOVE = 64 << 10
TEXT_ROLES = ("log", "bugreport")
_ENDINGS = ((b"\x89PNG\r\n\x1a\n", ".png", "image/png"), (b"\xff\xd8\xff", ".jpg", "image/jpeg"), (b"RIFF", ".webp", "image/webp"))


class Bundle:
    """Makes the files that leave, each once per content, annotations and choices."""

    def __init__(self, db: Database, blobs: Blobs, flatten: Flatten, redact_file: RedactFile, *, rules: str = "") -> None:
        self._db = db
        self._blobs = blobs
        self._flatten = flatten
        self._redact_file = redact_file
        self._rules = rules

    def files(self, draft: Draft, work: Work) -> tuple[Outgoing, ...]:
        """What leaves of the attachments that are included, in their order."""
        with self._db.read() as tx:
            known = rows.read_outgoing(tx, draft.id)
        return tuple(self._one(draft.id, attachment, known, work) for attachment in draft.attachments if attachment.include)

    def _one(self, id: str, attachment: Attachment, known: dict[int, tuple[str, Outgoing]], work: Work) -> Outgoing:
        work.check()
        source = self._source(attachment)
        had_source, had = known.get(attachment.pos, ("", None))
        if had is not None and had_source == source:
            try:
                return replace(had, path=self._blobs.path(had.sha256), original=attachment.size)
            except BlobMissing:
                pass  # made again below
        made = self._make(id, attachment, work)
        with self._db.write() as tx:
            rows.write_outgoing(tx, id, source, made)
        return made

    def _source(self, attachment: Attachment) -> str:
        """Names everything that the outcome depends on."""
        parts = (attachment.sha256, attachment.name, attachment.role, rows.text(attachment.annotations), rows.text(attachment.redaction))
        return hashlib.sha256("\0".join((*parts, self._rules)).encode()).hexdigest()

    def _make(self, id: str, attachment: Attachment, work: Work) -> Outgoing:
        original = self._blobs.verify(attachment.sha256, work)
        try:
            if attachment.is_picture:
                name, blob, hidden = self._picture(attachment, original, work)
            elif attachment.role in TEXT_ROLES or is_text(original):
                name, blob, hidden = self._text(attachment, original, work)
            else:
                name, blob, hidden = attachment.name, self._blobs.get(attachment.sha256), 0
        except (Cancelled, StoreError):
            raise
        except FirstlightError as error:
            raise NotCleaned(id=id, name=attachment.name, cause=error.code) from error
        return Outgoing(
            attachment.pos,
            name,
            blob.size,
            blob.media,
            attachment.role,
            blob.sha256,
            hidden,
            attachment.size,
            self._blobs.path(blob.sha256),
        )

    def _picture(self, attachment: Attachment, original: Path, work: Work) -> tuple[str, Blob, int]:
        data = self._flatten(original, attachment.annotations or {})
        ending, media = next(((e, m) for magic, e, m in _ENDINGS if data.startswith(magic)), (".png", "image/png"))
        blob = self._blobs.put(data, media=media, work=work, collectable=True)
        return str(PurePosixPath(attachment.name).with_suffix(ending)), blob, hidden_in(attachment.annotations)

    def _text(self, attachment: Attachment, original: Path, work: Work) -> tuple[str, Blob, int]:
        with self._blobs.scratch() as clean:
            hidden = self._redact_file(original, clean, attachment.redaction or {}, work)
            if clean.stat().st_size <= COMPRESS_ABOVE or attachment.media == "application/zip":
                return attachment.name, self._blobs.put(clean, media=attachment.media, work=work, collectable=True), hidden
            with self._blobs.scratch() as packed:
                _compress(clean, packed, work)
                blob = self._blobs.put(packed, media="application/zstd", work=work, collectable=True)
        return attachment.name + ".zst", blob, hidden


def is_text(path: Path) -> bool:
    """Whether a file reads as text: no NUL in its first 64 KiB."""
    with path.open("rb") as file:
        return b"\0" not in file.read(64 << 10)


def hidden_in(annotations: dict[str, Any] | None) -> int:
    """How many places of a picture are covered."""
    shapes = (annotations or {}).get("shapes", ())
    return sum(1 for shape in shapes if isinstance(shape, dict) and shape.get("kind") in ("hide", "mosaic"))


def read_text(outgoing: Outgoing, limit: int = 4 << 20) -> str:
    """The beginning of a text as the team will read it; for 'View'."""
    if outgoing.path is None:
        return outgoing.body[:limit]
    with outgoing.path.open("rb") as file:
        if outgoing.media != "application/zstd":
            return file.read(limit).decode("utf-8", "replace")
        import zstandard  # noqa: PLC0415  # heavy: not before the first paint

        return zstandard.ZstdDecompressor().stream_reader(file).read(limit).decode("utf-8", "replace")


def _compress(source: Path, target: Path, work: Work) -> None:
    import zstandard  # noqa: PLC0415  # heavy: not before the first paint

    packer = zstandard.ZstdCompressor(level=3, write_checksum=True)
    with source.open("rb") as plain, target.open("wb") as packed, packer.stream_writer(packed, size=source.stat().st_size) as writer:
        while piece := plain.read(CHUNK):
            work.check()
            writer.write(piece)
