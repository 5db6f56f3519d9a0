# SPDX-License-Identifier: Apache-2.0
"""Gathering evidence: screens of the PC and the phone, photos, logs. Nothing gathered here leaves by itself."""
