# SPDX-License-Identifier: Apache-2.0
"""Fills a folder with the demo programme of Aurora, a maker that does not exist: its testers, builds, guides, reports, badges."""
