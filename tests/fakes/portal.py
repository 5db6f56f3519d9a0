# SPDX-License-Identifier: Apache-2.0
"""A desktop's screenshot portal: org.freedesktop.portal.Screenshot with its requests, as xdg-desktop-portal speaks it, by jeepney.

usage: python portal.py FOLDER BEHAVIOUR…    one behaviour for each question, in order; prints `ready`, then what it was asked.
Behaviours: ok, at_once (the answer's signal comes before the reply), own_handle (an old portal's), cancel, deny, refuse (a D-Bus
error), gone (the file is not there), silent (never answers; says whether it was told to close).
"""

from __future__ import annotations

import base64
import select
import sys
from pathlib import Path

from jeepney import HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import DBusAddress

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEUlEQVR4nGNgQAb/GRgYGBgABg4BAJdaKdMAAAAASUVORK5CYII=")
PERSON_S = 0.5
"""How long the person before the dialog takes; whoever asks listens to the handle by then."""
REQUEST = "/org/freedesktop/portal/desktop/request/{sender}/{token}"


def main() -> None:
    folder, behaviours = Path(sys.argv[1]), list(sys.argv[2:])
    bus = open_dbus_connection("SESSION")
    bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
    print("ready", flush=True)
    while behaviours:
        message = bus.receive()
        if message.header.message_type is not MessageType.method_call:
            continue
        member = message.header.fields[HeaderFields.member]
        if member == "Close":
            print("closed", flush=True)
            behaviours.pop(0)
        elif member == "Screenshot":
            answer(bus, message, behaviours[0], folder)
            if behaviours[0] != "silent":
                behaviours.pop(0)


def answer(bus, message, behaviour: str, folder: Path) -> None:
    _parent, options = message.body
    token = options["handle_token"][1]
    print(f"{options['interactive'][1]} {token}", flush=True)
    if behaviour == "refuse":
        bus.send(new_error(message, "org.freedesktop.portal.Error.Failed", "s", ("no backend for Screenshot",)))
        return
    sender = message.header.fields[HeaderFields.sender].removeprefix(":").replace(".", "_")
    handle = REQUEST.format(sender=sender, token="old_0" if behaviour == "own_handle" else token)
    picture = folder / f"{behaviour}.png"
    if behaviour != "gone":
        picture.write_bytes(PNG)
    results = {} if behaviour in ("cancel", "deny") else {"uri": ("s", picture.as_uri())}
    told = new_signal(
        DBusAddress(handle, interface="org.freedesktop.portal.Request"),
        "Response",
        "ua{sv}",
        ({"cancel": 1, "deny": 2}.get(behaviour, 0), results),
    )
    reply = new_method_return(message, "o", (handle,))
    if behaviour == "silent":
        bus.send(reply)
    elif behaviour == "at_once":
        bus.send(told)
        bus.send(reply)
    else:
        bus.send(reply)
        if behaviour == "own_handle":
            # A portal with handles of its own answers once its dialog is closed, long after the reply.
            select.select([bus.sock], [], [], PERSON_S)
        bus.send(told)


if __name__ == "__main__":
    main()
