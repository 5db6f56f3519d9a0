# SPDX-License-Identifier: Apache-2.0
"""Pictures of the PC's own screen."""
