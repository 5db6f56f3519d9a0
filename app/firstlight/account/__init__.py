# SPDX-License-Identifier: Apache-2.0
"""Who the tester is: sign-in, tokens, programmes; also offline."""
