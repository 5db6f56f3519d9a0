# SPDX-License-Identifier: Apache-2.0
"""Marks on pictures: shapes that stay editable until the report is sent, and the one way in which they become pixels."""
