# SPDX-License-Identifier: Apache-2.0
"""The site as a whole: settings, addresses, the JSON API, the server."""
