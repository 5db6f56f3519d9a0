# SPDX-License-Identifier: Apache-2.0
"""Evidence: screenshots, photos, logs."""
