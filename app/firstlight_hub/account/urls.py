# SPDX-License-Identifier: Apache-2.0
"""Addresses of sign-in: the provider under /o/, its description where clients look for it, the pages under /account/."""

from __future__ import annotations

from allauth.account import views as sign_in
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

# Only what works without sending mail: a link to a lost-password page would promise a letter that never comes.
PAGES = [
    path("account/login/", sign_in.login, name="account_login"),
    path("account/logout/", sign_in.logout, name="account_logout"),
    path("account/signup/", sign_in.signup, name="account_signup"),
    path("account/inactive/", sign_in.account_inactive, name="account_inactive"),
    path("account/password/", sign_in.password_change, name="account_change_password"),
    path("account/reauthenticate/", sign_in.reauthenticate, name="account_reauthenticate"),
]

urlpatterns = [
    path("", include(PROVIDER)),
    path("", pages.home, name="home"),
    path("language", pages.language, name="language"),
    path("account/continue", pages.go_on, name="continue"),
    *PAGES,
]
