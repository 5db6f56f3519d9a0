# SPDX-License-Identifier: Apache-2.0
"""Practice devices: emulated over the real protocols, with faults."""
