# SPDX-License-Identifier: Apache-2.0
"""The reading end of the change feed: one cursor over all news of a tester."""
