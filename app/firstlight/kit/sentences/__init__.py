# SPDX-License-Identifier: Apache-2.0
"""What to tell the tester about each known fault, one module per room: code -> (what happened, what is safe, what to do next)."""
