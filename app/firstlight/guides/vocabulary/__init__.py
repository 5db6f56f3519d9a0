# SPDX-License-Identifier: Apache-2.0
"""What the core says of checks and devices, in both languages: a table per back-end, joined in `guides/words.py`."""
