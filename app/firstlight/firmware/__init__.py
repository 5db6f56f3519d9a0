# SPDX-License-Identifier: Apache-2.0
"""Builds and getting them onto a device."""
