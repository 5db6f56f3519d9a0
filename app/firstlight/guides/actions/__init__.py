# SPDX-License-Identifier: Apache-2.0
"""What a guide step may do, one module per back-end, fixed in table.py."""
