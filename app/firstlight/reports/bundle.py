# SPDX-License-Identifier: Apache-2.0
"""What leaves the PC, made here and nowhere else: pictures flattened and encoded anew, texts redacted, long ones compressed.

Invariant: no original of a picture or text is ever in the answer. What cannot be cleaned is an error, not an exception to it.
Only files that are neither picture nor text (a video, a capture of packets) leave as they are, after the tester has looked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.work import Work
from firstlight.redact.containers import beginning, holds_text, is_packed
from firstlight.reports import rows
from firstlight.reports.errors import NotCleaned
from firstlight.reports.report import Attachment, Draft, Outgoing
from firstlight.store.blobs import CHUNK, Blob, Blobs
from firstlight.store.db import Database
from firstlight.store.errors import BlobMissing, StoreError

Flatten = Callable[[Path, dict[str, Any]], bytes]
"""(original picture, annotations) -> the picture as it leaves, without metadata."""
RedactFiles = Callable[[Sequence[tuple[Path, Path | None, dict[str, Any]]], Sequence[str], Work], tuple[Sequence[int], Sequence[str]]]
"""((source, target, choices) of each text, file names, work) -> how many details were hidden in each, names as they may leave.

All texts of a report at once: the same detail has the same token in each, and what one teaches is hidden in all. One without a
target is only read.
"""

COMPRESS_ABOVE = 64 << 10
TEXT_ROLES = ("log", "bugreport")
PACKED = ("application/zip", "application/zstd", "application/gzip")
_ENDINGS = ((b"\x89PNG\r\n\x1a\n", ".png", "image/png"), (b"\xff\xd8\xff", ".jpg", "image/jpeg"), (b"RIFF", ".webp", "image/webp"))


class Bundle:
    """Makes the files that leave, each once per content, annotations and choices."""

    def __init__(self, db: Database, blobs: Blobs, flatten: Flatten, redact_files: RedactFiles, *, rules: str = "") -> None:
        self._db = db
        self._blobs = blobs
        self._flatten = flatten
        self._redact_files = redact_files
        self._rules = rules

    def files(self, draft: Draft, work: Work) -> tuple[Outgoing, ...]:
        """What leaves of the attachments that are included, in their order."""
        with self._db.read() as tx:
            known = rows.read_outgoing(tx, draft.id)
        included = tuple(attachment for attachment in draft.attachments if attachment.include)
        together = self._together(included)
        sources = {a.pos: f"{_alone(a)}.{together}" for a in included}
        made = {a.pos: one for a in included if (one := self._had(a, sources[a.pos], known))}
        missing = tuple(a for a in included if a.pos not in made)
        # A name that was cleaned beside the same files holds, whatever was drawn on the picture since.
        names = {pos: had.name for pos, (source, had) in known.items() if source.endswith(together)}
        for attachment, one in zip(missing, self._make(draft.id, included, missing, names, work), strict=True):
            with self._db.write() as tx:
                rows.write_outgoing(tx, draft.id, sources[attachment.pos], one)
            made[attachment.pos] = one
        return tuple(made[a.pos] for a in included)

    def _had(self, attachment: Attachment, source: str, known: dict[int, tuple[str, Outgoing]]) -> Outgoing | None:
        """What was made before from the same things."""
        had_source, had = known.get(attachment.pos, ("", None))
        if had is None or had_source != source:
            return None
        try:
            return replace(had, path=self._blobs.path(had.sha256), original=attachment.size)
        except BlobMissing:
            return None  # made again

    def _together(self, included: tuple[Attachment, ...]) -> str:
        """Names what the tokens of a report depend on: its files, what else the tester hides, the rules."""
        parts = [[a.pos, a.sha256, a.name, a.role, (a.redaction or {}).get("extra", [])] for a in included]
        return hashlib.sha256(json.dumps([parts, self._rules]).encode()).hexdigest()

    def _make(
        self, id: str, included: tuple[Attachment, ...], missing: tuple[Attachment, ...], names: dict[int, str], work: Work
    ) -> Iterator[Outgoing]:
        """The missing files. Where a text is among them all texts are read, in the order of the report."""
        originals = {a.pos: self._blobs.verify(a.sha256, work) for a in missing}
        with ExitStack() as ending:
            clean = {a.pos: ending.enter_context(self._blobs.scratch()) for a in missing if is_text(a, originals[a.pos])}
            hidden: dict[int, int] = {}
            if clean or any(a.pos not in names for a in missing):
                hidden, names = self._redacted(id, included, clean, work)
            for attachment in missing:
                work.check()
                named = replace(attachment, name=names[attachment.pos])
                try:
                    name, blob, covered = self._one(named, originals[attachment.pos], clean.get(attachment.pos), work)
                except (Cancelled, StoreError):
                    raise
                except FirstlightError as error:
                    raise NotCleaned(id=id, name=attachment.name, cause=error.code) from error
                count = hidden.get(attachment.pos, covered)
                path = self._blobs.path(blob.sha256)
                yield Outgoing(attachment.pos, name, blob.size, blob.media, attachment.role, blob.sha256, count, attachment.size, path)

    def _redacted(
        self, id: str, included: tuple[Attachment, ...], clean: dict[int, Path], work: Work
    ) -> tuple[dict[int, int], dict[int, str]]:
        """Write the clean texts; how much was hidden in each, and the names of all files, by place."""
        texts = {a.pos: path for a in included if is_text(a, path := self._blobs.path(a.sha256))}
        asked = [(texts[a.pos], clean.get(a.pos), a.redaction or {}) for a in included if a.pos in texts]
        try:
            counts, names = self._redact_files(asked, [a.name for a in included], work)
        except (Cancelled, StoreError):
            raise
        except FirstlightError as error:
            at_fault = [a.name for a in included if a.pos in texts and texts[a.pos].name == error.facts.get("name")]
            raise NotCleaned(id=id, name=(at_fault or [a.name for a in included])[0], cause=error.code) from error
        return dict(zip(texts, counts, strict=True)), dict(zip((a.pos for a in included), names, strict=True))

    def _one(self, attachment: Attachment, original: Path, clean: Path | None, work: Work) -> tuple[str, Blob, int]:
        if attachment.is_picture:
            return self._picture(attachment, original, work)
        if clean is not None:
            return self._text(attachment, clean, work)
        return attachment.name, self._blobs.get(attachment.sha256), 0

    def _picture(self, attachment: Attachment, original: Path, work: Work) -> tuple[str, Blob, int]:
        data = self._flatten(original, attachment.annotations or {})
        ending, media = next(((e, m) for magic, e, m in _ENDINGS if data.startswith(magic)), (".png", "image/png"))
        blob = self._blobs.put(data, media=media, work=work, collectable=True)
        return str(PurePosixPath(attachment.name).with_suffix(ending)), blob, hidden_in(attachment.annotations)

    def _text(self, attachment: Attachment, clean: Path, work: Work) -> tuple[str, Blob, int]:
        if clean.stat().st_size <= COMPRESS_ABOVE or attachment.media in PACKED or is_packed(clean):
            return attachment.name, self._blobs.put(clean, media=attachment.media, work=work, collectable=True), 0
        with self._blobs.scratch() as packed:
            _compress(clean, packed, work)
            blob = self._blobs.put(packed, media="application/zstd", work=work, collectable=True)
        return attachment.name + ".zst", blob, 0


def _alone(attachment: Attachment) -> str:
    """Names what the outcome depends on besides the report's other files."""
    parts = (attachment.sha256, attachment.name, attachment.role, rows.text(attachment.annotations), rows.text(attachment.redaction))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_text(attachment: Attachment, original: Path) -> bool:
    """Whether this file is redacted: a log, or what reads as text, packed or not, whatever its name says."""
    if attachment.is_picture or attachment.role in TEXT_ROLES:
        return not attachment.is_picture
    return holds_text(original)


def hidden_in(annotations: dict[str, Any] | None) -> int:
    """How many places of a picture are covered."""
    shapes = (annotations or {}).get("shapes", ())
    return sum(1 for shape in shapes if isinstance(shape, dict) and shape.get("kind") in ("hide", "mosaic"))


def read_text(outgoing: Outgoing, limit: int = 4 << 20) -> str:
    """The beginning of a text as the team will read it, of an archive all its texts; empty when nothing in it can be read. For 'View'."""
    if outgoing.path is None:
        return outgoing.body[:limit]
    return beginning(outgoing.path, limit).decode("utf-8", "replace")


def _compress(source: Path, target: Path, work: Work) -> None:
    import zstandard  # noqa: PLC0415  # heavy: not before the first paint

    packer = zstandard.ZstdCompressor(level=3, write_checksum=True)
    with source.open("rb") as plain, target.open("wb") as packed, packer.stream_writer(packed, size=source.stat().st_size) as writer:
        while piece := plain.read(CHUNK):
            work.check()
            writer.write(piece)
