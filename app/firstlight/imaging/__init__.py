# SPDX-License-Identifier: Apache-2.0
"""Images for cards and USB sticks: which disks may be written, reading packed images, writing and reading back."""
