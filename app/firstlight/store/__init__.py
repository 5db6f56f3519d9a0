# SPDX-License-Identifier: Apache-2.0
"""What is kept on this PC: the database, blobs by content, journals. Knows no network."""
