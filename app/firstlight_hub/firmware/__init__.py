# SPDX-License-Identifier: Apache-2.0
"""Builds with their change lists and images, and the files that testers fetch by content."""
