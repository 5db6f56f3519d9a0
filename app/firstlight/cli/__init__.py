# SPDX-License-Identifier: Apache-2.0
"""One small module per command; the same core as the window, no Qt."""
