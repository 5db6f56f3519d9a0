# SPDX-License-Identifier: Apache-2.0
"""Everything that is written about devices."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from firstlight_contract.devices import DevicePut, DeviceView
from firstlight_contract.problem import Code
from firstlight_hub.account.limits import spend
from firstlight_hub.account.models import User
from firstlight_hub.base.audit import record
from firstlight_hub.base.forms import storable
from firstlight_hub.base.problem import ProblemError, not_found
from firstlight_hub.devices.models import Device, DeviceBuild, DeviceModel
from firstlight_hub.programme.membership import place
from firstlight_hub.programme.models import Programme

MOST_DEVICES = 100
"""Of one tester: far above what anybody holds."""


@transaction.atomic
def put(user: User, device_id: uuid.UUID, form: DevicePut) -> tuple[Device, bool]:
    """Keep a device under the name that the PC gave it; also says whether it is new. Another tester's device is not there (404)."""
    storable(form)
    programme = place(user, form.programme).programme
    device = Device.objects.select_for_update().filter(pk=device_id).first()
    is_new = device is None
    if device is None:
        spend("device", str(user.pk), times=60, seconds=3600)
        if Device.objects.filter(user=user).count() >= MOST_DEVICES:
            raise ProblemError(Code.TOO_MANY, 429, retry_after=24 * 3600, limit=MOST_DEVICES)
        # Two requests that arrive at once both come here: one makes the row, both find it.
        Device.objects.bulk_create([Device(pk=device_id, user=user, programme=programme, model=form.model)], ignore_conflicts=True)
        device = Device.objects.select_for_update().get(pk=device_id)
    if device.user_id != user.pk:
        raise not_found()
    device.programme, device.model, device.nickname = programme, form.model, form.nickname[:200]
    device.serial_hash, device.build = form.serial_hash[:128], form.build[:40]
    device.save()
    if device.build:
        DeviceBuild.objects.get_or_create(device=device, build=device.build, defaults={"seen_at": timezone.now()})
    return device, is_new


def view(device: Device) -> DeviceView:
    """The device as its tester reads it."""
    return DeviceView(id=device.pk, model=device.model, nickname=device.nickname, build=device.build)


@transaction.atomic
def define_model(programme: Programme, slug: str, name: str, kind: str = "phone", *, actor: User | None = None) -> DeviceModel:
    """A device model of the programme, new or renamed."""
    model, _ = DeviceModel.objects.update_or_create(programme=programme, slug=slug, defaults={"name": name, "kind": kind})
    record(actor, "device_model.define", f"{programme.slug}/{slug}", after={"name": name, "kind": kind})
    return model
