# SPDX-License-Identifier: Apache-2.0
"""The weekly life of the programme."""
