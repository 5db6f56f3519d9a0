# SPDX-License-Identifier: Apache-2.0
"""Private details in text: found, hidden, reviewed."""
