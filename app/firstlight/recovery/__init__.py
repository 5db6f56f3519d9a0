# SPDX-License-Identifier: Apache-2.0
"""Bringing back a router that no longer starts: DHCP/BOOTP and TFTP on one chosen adapter, for one device, until it has its image."""
