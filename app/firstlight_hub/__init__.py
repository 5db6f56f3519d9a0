# SPDX-License-Identifier: Apache-2.0
"""The hub that a maker runs: identity, programmes, builds, guides, reports, honour, and one feed of all news."""
