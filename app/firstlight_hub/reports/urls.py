# SPDX-License-Identifier: Apache-2.0
"""Uploads are plain Django views: their bodies are streamed, which the JSON API does not do."""

from __future__ import annotations

from django.urls import path

from firstlight_hub.reports import uploads

urlpatterns = [
    path("uploads", uploads.collection, name="uploads"),
    path("uploads/", uploads.collection),
    path("uploads/<str:name>", uploads.item, name="upload"),
]
