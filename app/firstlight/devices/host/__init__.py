# SPDX-License-Identifier: Apache-2.0
"""The PC as part of the rig: is it fit for a flash, and does it stay awake meanwhile?"""
