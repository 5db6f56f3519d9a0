# SPDX-License-Identifier: Apache-2.0
"""The hub as a WSGI application. Never ASGI: such servers hold a whole request in memory and lose what came of a cut upload."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
