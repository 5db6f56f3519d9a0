# SPDX-License-Identifier: Apache-2.0
"""Logs with planted secrets and decoys, made from a seed; nobody's data."""

from __future__ import annotations

import random
from collections.abc import Callable

Plant = Callable[[random.Random], tuple[str, str]]


def _hex(r: random.Random, n: int) -> str:
    return "".join(r.choice("0123456789abcdef") for _ in range(n))


def _mac(r: random.Random) -> str:
    return ":".join(_hex(r, 2) for _ in range(6)).replace("ff:ff:ff:ff:ff:ff", "8c:5a:f1:00:11:22")


def _luhn(r: random.Random, head: str, length: int) -> str:
    body = head + "".join(r.choice("0123456789") for _ in range(length - 1 - len(head)))
    total = 0
    for at, sign in enumerate(reversed(body + "0")):
        n = int(sign) * (2 if at % 2 else 1)
        total += n - 9 if n > 9 else n
    return body + str(-total % 10)


def _word(r: random.Random, n: int) -> str:
    return "".join(r.choice("abcdefghjkmnpqrstuvwxyz") for _ in range(n))


def _secret(r: random.Random) -> str:
    return "a7" + "".join(r.choice("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(22)) + "Zq9"


PLANTS: dict[str, tuple[Plant, ...]] = {
    "mac": (
        lambda r: ((m := _mac(r)), f"wlan0: STA {m} IEEE 802.11: authenticated"),
        lambda r: ((m := _mac(r).upper().replace(":", "-")), f"D/Bt: peer={m} rssi ok"),
    ),
    "ip": (
        lambda r: ((a := f"84.{r.randint(1, 250)}.{r.randint(1, 250)}.{r.randint(1, 250)}"), f"netifd: wan up, address {a}"),
        lambda r: ((a := f"2003:e2:{_hex(r, 4).lstrip('0') or '1'}::{r.randint(10, 99)}"), f"odhcp6c: got {a}/64"),
    ),
    "wifi": (lambda r: ((s := f"{_word(r, 5).title()}-{_word(r, 4).title()}-5G"), f'wpa_supplicant: SSID="{s}" freq=5180'),),
    "password": (
        lambda r: ((s := _word(r, 6) + str(r.randint(100, 999)) + "!x"), f"wifi_password={s} mode=ap"),
        lambda r: ((s := _word(r, 6) + "-" + _word(r, 6)), f'psk="{s}"'),
    ),
    "token": (
        lambda r: ((s := _secret(r)), f"http: > Authorization: Bearer {s}"),
        lambda r: ((s := f"eyJ{_secret(r)}.eyJ{_secret(r)}.{_secret(r)}"), f"auth: id {s} accepted"),
        lambda r: ((s := _secret(r)), f'reply {{"refresh_token":"{s}","n":1}}'),
    ),
    "mail": (lambda r: ((s := f"{_word(r, 5)}.{_word(r, 6)}@{_word(r, 6)}.example"), f"cloudd: {s} signed in"),),
    "phone": (lambda r: ((s := f"+49 171 {r.randint(2000000, 9999999)}"), f"RIL: dial {s} on slot 1"),),
    "imei": (lambda r: ((s := _luhn(r, "35", 15)), f"RIL: IMEI {s} ready"),),
    "imsi": (lambda r: ((s := f"26201{r.randint(10**9, 10**10 - 1)}"), f"RIL: imsi={s}"),),
    "iccid": (lambda r: ((s := _luhn(r, "8949", 19)), f"RIL: sim {s} in slot 0"),),
    "place": (lambda r: ((s := f"{r.uniform(40, 60):.6f},{r.uniform(5, 20):.6f}"), f"GnssLoc: Location[gps {s} hAcc=5]"),),
    "serial": (
        lambda r: ((s := f"R1E-{r.randint(100000, 999999)}"), f"board: serial {s}"),
        lambda r: ((s := _hex(r, 8).upper() + "7A"), f"[ro.serialno]: [{s}]"),
    ),
    "name": (lambda r: ((s := _word(r, 8)), f"open('/home/{s}/notes.txt') failed"),),
    "host": (lambda r: ((s := f"{_word(r, 6)}-laptop"), f"DHCPACK(br-lan) 192.168.31.{r.randint(2, 250)} 02:00:00:00:00:01 {s}"),),
    "key": (lambda r: ((s := _secret(r) + _secret(r)[:16] + "="), f"wg: PrivateKey = {s}"),),
}

DECOYS = (
    "ActivityManager: Displayed com.aurora.launcher/.Main: +342ms",
    "kernel: usb 1-1: new high-speed USB device number 4 using xhci_hcd",
    "fanctl: 2104 rpm, 58 C at 10:11:12.345",
    "pkg: version 4.14.221.7 of libfoo_1.2.3.4 installed",
    "systemd: Started getty@tty1.service.",
    "hal: android.hardware.wifi@1.6-service ready",
    "kernel: Serial: 8250/16550 driver, 4 ports",
    "net: DNS 8.8.8.8 and 1.1.1.1 answer, mask 255.255.255.0",
    "cert: SHA1 aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd",
    "kernel: mem 0x000000008c5a0000-0x00000000ffffffff reserved",
    "cbs: Session: 30546173_4261722401 initialized by client",
    "std::chrono::seconds::count and ab::cd in a trace",
    "clock: 1763800000000 ms, offset +0100, build 26.47",
    "bcast to ff:ff:ff:ff:ff:ff and 33:33:00:00:00:01",
    "app: password: **** (hidden by the app), token: null",
)


def make(seed: int, lines: int) -> tuple[bytes, dict[str, set[str]]]:
    """A log and what was planted in it by kind."""
    r = random.Random(seed)
    planted: dict[str, set[str]] = {kind: set() for kind in PLANTS}
    out = []
    for at in range(lines):
        stamp = f"2026-11-{1 + at % 28:02d} {at % 24:02d}:{at % 60:02d}:{(at * 7) % 60:02d} "
        if r.random() < 0.3:
            kind = r.choice(tuple(PLANTS))
            value, line = r.choice(PLANTS[kind])(r)
            planted[kind].add(value)
            out.append(stamp + line)
        else:
            out.append(stamp + r.choice(DECOYS))
    return ("\n".join(out) + "\n").encode(), planted
