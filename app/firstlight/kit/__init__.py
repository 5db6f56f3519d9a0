# SPDX-License-Identifier: Apache-2.0
"""What every page is made of: theme, icons, background jobs, small widgets, sentences for errors."""
