# SPDX-License-Identifier: Apache-2.0
"""Devices by PUT: kept under the PC's name, their builds remembered, another's not there."""

from __future__ import annotations

import uuid

import pytest

from firstlight_hub.devices import services
from firstlight_hub.devices.models import Device, DeviceBuild
from hub.conftest import Cast

FORM = {"programme": "aurora", "model": "a1", "nickname": "My Aurora A1", "serial_hash": "ab" * 32, "build": "26.46"}


def test_a_device_is_kept_once_and_its_builds_are_remembered(cast: Cast) -> None:
    where = f"/devices/{uuid.uuid4()}"
    first = cast.bob.call("PUT", where, FORM)
    assert (first.status_code, first.json()["build"]) == (201, "26.46")
    assert cast.bob.call("PUT", where, FORM).status_code == 200
    newer = cast.bob.call("PUT", where, FORM | {"build": "26.47"})
    assert (newer.status_code, newer.json()["build"]) == (200, "26.47")
    assert Device.objects.count() == 1
    assert list(DeviceBuild.objects.order_by("id").values_list("build", flat=True)) == ["26.46", "26.47"]


def test_a_device_of_another_is_not_there(cast: Cast) -> None:
    where = f"/devices/{uuid.uuid4()}"
    cast.bob.call("PUT", where, FORM)
    assert cast.alice.call("PUT", where, FORM).status_code == 404
    assert cast.carol.call("PUT", where, FORM).status_code == 403
    assert Device.objects.get().user == cast.bob.user


def test_nobody_has_a_thousand_devices(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_DEVICES", 2)
    for expected in (201, 201, 429):
        assert cast.bob.call("PUT", f"/devices/{uuid.uuid4()}", FORM).status_code == expected


@pytest.mark.parametrize("change", [{"model": ""}, {"nickname": "x\x00"}, {"programme": "../x"}, {"model": None}])
def test_a_form_that_does_not_fit_is_refused(cast: Cast, change: dict[str, object]) -> None:
    assert cast.bob.call("PUT", f"/devices/{uuid.uuid4()}", FORM | change).status_code == 422
