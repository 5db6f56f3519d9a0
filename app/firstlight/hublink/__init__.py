# SPDX-License-Identifier: Apache-2.0
"""The wire to a hub: calls, uploads, downloads, the embedded hub."""
