# SPDX-License-Identifier: Apache-2.0
"""The verbs of guides, one module per back-end, one frozen model per verb; `actions.py` joins them."""
