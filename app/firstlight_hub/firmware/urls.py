# SPDX-License-Identifier: Apache-2.0
"""Files by content, by a plain Django view: ranges, and nothing read into memory."""

from __future__ import annotations

from django.urls import path

from firstlight_hub.firmware import files

urlpatterns = [path("files/<str:sha256>", files.file, name="file")]
