# SPDX-License-Identifier: Apache-2.0
"""A file whose time is over in the very moment in which a report takes it."""

from __future__ import annotations

import pytest

from hub.prepared import on_postgres

_TIDIED = """
import hashlib, json, threading, uuid
from datetime import timedelta
import django
django.setup()
from django.db import connection
from django.utils import timezone
from firstlight_contract.reports import ReportPut
from firstlight_hub.account.models import User
from firstlight_hub.base.shelf import files
from firstlight_hub.reports import parts, services, tidying
from firstlight_hub.reports.models import Upload

bob = User.objects.get(email="bob@example.org")
content = b"a log"
sha256 = hashlib.sha256(content).hexdigest()
parts.keep(bob, iter([content]), sha256=sha256, size=len(content), file_name="log.txt", media="text/plain")
later = timezone.now() + timedelta(days=8)

def tidy():
    tidying.forget_uploads(later)
    connection.close()

tidying_up = threading.Thread(target=tidy)
def reached(label):
    if label == "report.before_commit":
        tidying_up.start()
        tidying_up.join(1)

services.reached = reached
file = {"sha256": sha256, "name": "log.txt", "size": len(content), "media": "text/plain", "role": "log"}
form = ReportPut(programme="aurora", rev=1, title="x", captured_at="2026-11-20T21:14:00+01:00", attachments=[file])
services.put_report(bob, uuid.uuid4(), form)
tidying_up.join()
print(json.dumps({"file": files().has(sha256), "proofs": Upload.objects.count()}))
"""


def test_a_file_that_a_report_has_just_taken_is_not_tidied_away(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert on_postgres(tmp_path_factory, _TIDIED)["file"]
