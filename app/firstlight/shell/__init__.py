# SPDX-License-Identifier: Apache-2.0
"""The frame round all pages: application, window, navigation, settings, crash box, tour."""
