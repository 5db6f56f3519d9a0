# SPDX-License-Identifier: Apache-2.0
"""`firstlight practice phone|router|recovery|card`: practice devices, one module each; each runs until its standard input ends."""

from __future__ import annotations

import argparse

from firstlight.cli import practice_card, practice_phone, practice_router


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its devices."""
    parser = subparsers.add_parser("practice", help="practice devices")
    below = parser.add_subparsers(dest="practice_command", metavar="DEVICE", required=True)
    for device in (practice_phone, practice_router, practice_card):
        device.add(below)
