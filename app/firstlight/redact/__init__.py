# SPDX-License-Identifier: Apache-2.0
"""Finding and hiding private details in logs, on the tester's PC, the same way each time."""
