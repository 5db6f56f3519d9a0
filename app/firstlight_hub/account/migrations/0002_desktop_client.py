# SPDX-License-Identifier: Apache-2.0
"""The desktop as a client of the provider: public, PKCE, loopback redirect on any port."""

from __future__ import annotations

from typing import Any

from django.db import migrations

CLIENT_ID = "firstlight-desktop"


def make(apps: Any, _schema: Any) -> None:
    apps.get_model("oauth2_provider", "Application").objects.get_or_create(
        client_id=CLIENT_ID,
        defaults={
            "name": "Firstlight",
            "client_type": "public",
            "authorization_grant_type": "authorization-code",
            "redirect_uris": "http://127.0.0.1/callback http://[::1]/callback",
            "client_secret": "",
            "hash_client_secret": False,
            "algorithm": "RS256",
            "skip_authorization": True,
        },
    )


def drop(apps: Any, _schema: Any) -> None:
    apps.get_model("oauth2_provider", "Application").objects.filter(client_id=CLIENT_ID).delete()


class Migration(migrations.Migration):
    dependencies = [("hub_account", "0001_initial"), ("oauth2_provider", "0022_refreshtoken_token_family_index")]
    operations = [migrations.RunPython(make, drop)]
