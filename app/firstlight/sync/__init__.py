# SPDX-License-Identifier: Apache-2.0
"""The outbox, its sender, and the feed's puller. A schedule only: the names of things make repeats harmless."""
