# SPDX-License-Identifier: Apache-2.0
"""Who somebody is: users, sign-in pages, the OpenID provider, bearer tokens, limits."""
