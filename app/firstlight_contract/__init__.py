# SPDX-License-Identifier: Apache-2.0
"""What the desktop and the hub agree on: models of every request and reply, and the list of endpoints. Imports only pydantic."""

__version__ = "0.1.0"
