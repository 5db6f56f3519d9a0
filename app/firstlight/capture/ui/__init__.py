# SPDX-License-Identifier: Apache-2.0
"""Grabbing the PC's screen."""
