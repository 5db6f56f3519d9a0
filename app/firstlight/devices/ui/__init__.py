# SPDX-License-Identifier: Apache-2.0
"""The page of devices: who is plugged in, what this PC lacks, and devices to practise on."""
