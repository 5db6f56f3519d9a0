# SPDX-License-Identifier: Apache-2.0
"""Who is plugged in, and the programs that talk to them."""
