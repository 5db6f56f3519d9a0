# SPDX-License-Identifier: Apache-2.0
"""What a tester tells the maker: drafts, what leaves, what became of it."""
