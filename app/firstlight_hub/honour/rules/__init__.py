# SPDX-License-Identifier: Apache-2.0
"""Kinds of badge rules: each module turns a rule's data and a tester's history into progress, and does nothing else."""
