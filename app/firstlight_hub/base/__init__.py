# SPDX-License-Identifier: Apache-2.0
"""The ground of every app of the hub: refusals, the header of every answer, keys, files by content, the feed's writing end."""
