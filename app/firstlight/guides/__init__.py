# SPDX-License-Identifier: Apache-2.0
"""Step-by-step guides: reading, checking, playing them, and the album of what was built."""
