# SPDX-License-Identifier: Apache-2.0
"""Resumable uploads, tus 1.0.0 (https://tus.io/protocols/resumable-upload), named by content.

`POST /uploads` with `Upload-Length` and `Upload-Metadata: sha256 <base64>,filename <base64>,filetype <base64>` answers 201
and `Location: …/uploads/{sha256}` for our client: the place is named by what goes in, so a repeat finds the same upload.
A creation without `sha256` (other tus clients) gets a random name. `HEAD` tells the offset, `PATCH` appends,
`DELETE` drops. The hub hashes the whole file once it is complete; only then `HEAD` carries `X-Blob: stored`.
A hash that does not fit answers 460 and drops the upload. What is already stored needs no byte: `HEAD` says so at once.
"""

from __future__ import annotations

PATH = "/uploads"
TUS_VERSION = "1.0.0"
BLOB_HEADER = "X-Blob"
STORED = "stored"
MAX_BYTES = 2 * 1024**3 + 64 * 1024**2
"""Largest attachment: 2 GiB and a little, so that a log of exactly 2 GiB fits."""
FILES_PATH = "/files/{sha256}"
"""`GET`, with ranges: images of builds and files of guides, named by content."""
