# SPDX-License-Identifier: Apache-2.0
"""Looking over a log before it leaves."""
