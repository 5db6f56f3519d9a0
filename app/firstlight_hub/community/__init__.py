# SPDX-License-Identifier: Apache-2.0
"""Votes, the four-grid, invitations and albums."""
