# SPDX-License-Identifier: Apache-2.0
"""Guides of other programs: UBports' device files, iFixit's answers and dumps, oManual, OpenWrt's profiles; and back as oManual.

Foreign files are read at the tester's side and stay theirs. What has no place in a guide is named, item by item, never dropped in silence.
"""
