# SPDX-License-Identifier: Apache-2.0
"""Django's settings, from environment variables that the commands set before anything of Django is loaded.

FIRSTLIGHT_HUB_DATA     folder of the database, keys and files (needed)
FIRSTLIGHT_HUB_ADDRESS  how testers reach the hub, e.g. https://hub.example.org; default: this PC, any port
DATABASE_URL            postgres://user:password@host:port/name; default: SQLite in the folder
FIRSTLIGHT_HUB_PROXIES  how many proxies of our own stand before us and may be believed about the caller's address
FIRSTLIGHT_HUB_REPORTS_PER_HOUR  new reports, and new comments, that a tester may send in an hour; default: 120
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from firstlight_hub.base.keys import kept
from firstlight_hub.site.database import database


def _rsa_key() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


HUB_DATA = Path(os.environ["FIRSTLIGHT_HUB_DATA"]).absolute()
HUB_ADDRESS = os.environ.get("FIRSTLIGHT_HUB_ADDRESS", "").rstrip("/")
HUB_REPORTS_PER_HOUR = int(os.environ.get("FIRSTLIGHT_HUB_REPORTS_PER_HOUR", "120"))
_PUBLIC = urlsplit(HUB_ADDRESS)
_TLS = _PUBLIC.scheme == "https"

SECRET_KEY = kept(HUB_DATA / "keys" / "secret", lambda: secrets.token_urlsafe(50).encode()).decode()
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *([_PUBLIC.hostname] if _PUBLIC.hostname else [])]
CSRF_TRUSTED_ORIGINS = [HUB_ADDRESS] if _TLS else []

INSTALLED_APPS = [
    "firstlight_hub.base",
    "firstlight_hub.account",
    "firstlight_hub.programme",
    "firstlight_hub.devices",
    "firstlight_hub.firmware",
    "firstlight_hub.guides",
    "firstlight_hub.reports",
    "firstlight_hub.community",
    "firstlight_hub.honour",
    "firstlight_hub.bundles",
    "firstlight_hub.feed",
    "allauth",
    "allauth.account",
    "oauth2_provider",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "firstlight_hub.base.edge.Edge",
    "firstlight_hub.base.intact.Intact",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "firstlight_hub.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), HUB_DATA / "hub.sqlite3")}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "hub_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]

STATIC_URL = "/static/"
# Only the staff's page for sticks takes files by a form: always to the disk, never into memory.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
# Uploads are streamed by a view of ours; what Django itself reads into memory (forms, JSON) stays small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
APPEND_SLASH = False

AUTH_USER_MODEL = "hub_account.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "firstlight_hub.account.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "firstlight_hub.account.forms.SignupExtra"
ACCOUNT_EMAIL_VERIFICATION = "none"
# With nothing to send mail by, an address cannot be proven: say at once that it is taken.
ACCOUNT_PREVENT_ENUMERATION = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("FIRSTLIGHT_HUB_PROXIES", "0"))

SESSION_COOKIE_NAME = "firstlight_hub_session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "firstlight_hub_csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

OAUTH2_PROVIDER = {
    "OIDC_ENABLED": True,
    "OIDC_ISS_ENDPOINT": HUB_ADDRESS,
    "OIDC_RSA_PRIVATE_KEY": kept(HUB_DATA / "keys" / "oidc.pem", _rsa_key).decode(),
    "OAUTH2_VALIDATOR_CLASS": "firstlight_hub.account.claims.Validator",
    "SCOPES": {"openid": "Sign in", "profile": "Your name", "email": "Your address", "reports": "Your programmes and reports"},
    "DEFAULT_SCOPES": ["openid", "profile", "email", "reports"],
    "AUTHORIZATION_CODE_EXPIRE_SECONDS": 60,
    "ACCESS_TOKEN_EXPIRE_SECONDS": 30 * 60,
    "ID_TOKEN_EXPIRE_SECONDS": 30 * 60,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 60 * 24 * 3600,
    "REFRESH_TOKEN_GRACE_PERIOD_SECONDS": 0,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ROTATE_REFRESH_TOKEN": True,
    # http for the loopback redirect of a native app (RFC 8252, section 7.3); check W008 warns, rightly so for web clients.
    "ALLOWED_REDIRECT_URI_SCHEMES": ["http", "https"],
    "ALLOW_URI_WILDCARDS": False,
    "PKCE_REQUIRED": True,
    "OIDC_RESPONSE_TYPES_SUPPORTED": ["code"],
    "OAUTH2_RESPONSE_TYPES_SUPPORTED": ["code"],
    "OAUTH2_GRANT_TYPES_SUPPORTED": ["authorization_code", "refresh_token"],
    "OIDC_TOKEN_ENDPOINT_AUTH_METHODS_SUPPORTED": ["none"],
    "OAUTH2_TOKEN_ENDPOINT_AUTH_METHODS_SUPPORTED": ["none"],
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A refusal is the caller's business and no news to us; a 5xx is logged at ERROR all the same.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "oauth2_provider": {"level": "ERROR"},
    },
}
