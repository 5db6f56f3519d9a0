# SPDX-License-Identifier: Apache-2.0
"""Acts of testers that came by USB stick: checked, and taken as if their own PC had sent them."""
