# SPDX-License-Identifier: Apache-2.0
"""Staff's pages for device models, and a look at testers' devices."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from firstlight_hub.devices import services
from firstlight_hub.devices.models import Device, DeviceBuild, DeviceModel


@admin.register(DeviceModel)
class DeviceModelAdmin(admin.ModelAdmin):
    """Define what a programme tests."""

    list_display = ("name", "slug", "kind", "programme")
    list_filter = ("programme", "kind")

    def get_readonly_fields(self, _request: HttpRequest, obj: DeviceModel | None = None) -> tuple[str, ...]:
        """The name that everything refers to stays."""
        return ("programme", "slug") if obj else ()

    def save_model(self, request: HttpRequest, obj: DeviceModel, form: Any, change: bool) -> None:
        """By the service, so that it is written down."""
        obj.pk = services.define_model(obj.programme, obj.slug, obj.name, obj.kind, actor=request.user).pk


class BuildLines(admin.TabularInline):
    """The builds that a device was seen on."""

    model = DeviceBuild
    extra = 0
    can_delete = False
    readonly_fields = ("build", "seen_at")

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Only the tester's PC tells."""
        return False


@admin.register(Device)
class DeviceAdmin(admin.ModelAdmin):
    """Look, no hand: devices are the testers' own."""

    list_display = ("model", "nickname", "build", "user", "programme")
    list_filter = ("programme", "model")
    inlines = (BuildLines,)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Only the tester's PC adds devices."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Only the tester's PC changes devices."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """A device goes with its tester."""
        return False
