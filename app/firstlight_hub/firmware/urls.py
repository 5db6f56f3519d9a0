# SPDX-License-Identifier: Apache-2.0
"""Files by content and by signed name, by plain Django views: ranges, and nothing read into memory; and staff's door for what is signed."""

from __future__ import annotations

from django.urls import path

from firstlight_contract.endpoint import API
from firstlight_contract.signing import METADATA_PATH, STAFF_PATH, TARGETS_PATH
from firstlight_hub.firmware import files, served, staff

_API = API.lstrip("/")

urlpatterns = [
    path(f"{_API}/files/<str:sha256>", files.file, name="file"),
    path(f"{_API}{STAFF_PATH}", staff.signing, name="signing"),
    path(f"{_API}{STAFF_PATH}/online", staff.online, name="signing_online"),
    path(f"{METADATA_PATH.lstrip('/')}<str:name>", served.metadata, name="metadata"),
    path(f"{TARGETS_PATH.lstrip('/')}<path:name>", served.target, name="target"),
]
