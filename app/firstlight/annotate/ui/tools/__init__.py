# SPDX-License-Identifier: Apache-2.0
"""One module per family of tools: how a shape begins, follows the pointer, is painted and is hit."""
