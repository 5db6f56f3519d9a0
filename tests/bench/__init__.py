# SPDX-License-Identifier: Apache-2.0
"""The budgets of the design, measured beside a baseline in the same run. Nothing here is asserted in seconds by the suite."""
