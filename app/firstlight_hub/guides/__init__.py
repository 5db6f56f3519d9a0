# SPDX-License-Identifier: Apache-2.0
"""Guides that a programme published: document and files, validated before they go out."""
