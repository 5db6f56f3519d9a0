# SPDX-License-Identifier: Apache-2.0
"""Addresses of sign-in: the provider under /o/, its description where clients look for it, the pages under /account/."""

from __future__ import annotations

from django.urls import include, path
from oauth2_provider import views

from firstlight_hub.account import pages
from firstlight_hub.account.oidc_provider import AuthorizeView, DiscoveryView, RevokeView, TokenView

PROVIDER = (
    [
        path("o/authorize/", AuthorizeView.as_view(), name="authorize"),
        path("o/token/", TokenView.as_view(), name="token"),
        path("o/revoke/", RevokeView.as_view(), name="revoke-token"),
        path("o/userinfo/", views.UserInfoView.as_view(), name="user-info"),
        path(".well-known/openid-configuration", DiscoveryView.as_view(), name="oidc-connect-discovery-info"),
        path(".well-known/jwks.json", views.JwksInfoView.as_view(), name="jwks-info"),
    ],
    "oauth2_provider",
)

urlpatterns = [
    path("", include(PROVIDER)),
    path("", pages.home, name="home"),
    path("language", pages.language, name="language"),
    path("account/", include("allauth.account.urls")),
]
