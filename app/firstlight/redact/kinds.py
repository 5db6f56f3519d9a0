# SPDX-License-Identifier: Apache-2.0
"""The kinds of private details: the word in a kind's token, and whether it is hidden unless the tester says otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of detail; `[word 3]` stands for the third of its values."""

    name: str
    word: str
    is_hidden: bool = True


KINDS = {
    k.name: k
    for k in (
        Kind("near", "wifi"),
        Kind("mac", "mac"),
        Kind("ip", "ip"),
        Kind("ip_private", "home ip", is_hidden=False),
        Kind("wifi", "wifi"),
        Kind("signal", "signal"),
        Kind("password", "password"),
        Kind("token", "token"),
        Kind("key", "key"),
        Kind("mail", "mail"),
        Kind("phone", "phone"),
        Kind("imei", "imei"),
        Kind("imsi", "imsi"),
        Kind("iccid", "iccid"),
        Kind("place", "place"),
        Kind("serial", "serial"),
        Kind("name", "name"),
        Kind("host", "host"),
        Kind("extra", "hidden"),
    )
}
"""In the order in which they are shown. `near` is what a list of networks in reach names: addresses and names of one's own network and of
the neighbours', a place to whoever can look them up. They have a switch of their own, and the tokens of addresses and Wi-Fi names.
"""

KIND_OF = tuple(KINDS)
ORDER = {name: at for at, name in enumerate(KINDS)}

DEFAULT_OFF = tuple(k.name for k in KINDS.values() if not k.is_hidden)
