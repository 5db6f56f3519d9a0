# SPDX-License-Identifier: Apache-2.0
"""Every address of the hub."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.staticfiles.views import serve
from django.urls import include, path
from django.views.generic import RedirectView

from firstlight_hub.account.pages import too_many
from firstlight_hub.site import health
from firstlight_hub.site.api import api

# Staff sign in by the same page as everybody, under the same limits.
admin.site.login = secure_admin_login(admin.site.login)
# A person's address stands in User alone; a second place to change it would only mislead.
admin.site.unregister(EmailAddress)
admin.site.site_header = admin.site.site_title = "Firstlight hub"

urlpatterns = [
    path("health", health.health),
    path("readyz", health.ready),
    path("", include("firstlight_hub.account.urls")),
    path("api/v1/", include("firstlight_hub.reports.urls")),
    path("", include("firstlight_hub.firmware.urls")),
    path("api/v1/", api.urls),
    path("admin", RedirectView.as_view(url="/admin/")),
    path("admin/", admin.site.urls),
    path("static/<path:path>", serve, {"insecure": True}),
]
handler429 = too_many
