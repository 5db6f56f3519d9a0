# SPDX-License-Identifier: Apache-2.0
"""The annotation editor, and the one function that makes marks part of the pixels."""
