# SPDX-License-Identifier: Apache-2.0
"""Welcome and sign-in."""
