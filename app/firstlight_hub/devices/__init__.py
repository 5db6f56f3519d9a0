# SPDX-License-Identifier: Apache-2.0
"""Device models of a programme, and the devices that testers hold."""
