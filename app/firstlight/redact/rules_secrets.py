# SPDX-License-Identifier: Apache-2.0
"""Rules for keys, tokens and passwords."""

from __future__ import annotations

from firstlight.redact import validators as v
from firstlight.redact.rule import Rule, keyed, rule
from firstlight.redact.spelling import IS, OPEN, value, value_begins

_KEYS = (b"private", b"preshared", b"pre_shared", b"wg", b"encryption", b"master", b"public", b"device", b"secret", b"wep")
_MAKERS = tuple(b"ghp_ gho_ ghu_ ghs_ ghr_ glpat- xoxa- xoxb- xoxp- xoxr- xoxs- akia aiza ya29. sk_live_ sk_test_".split())

RULES: tuple[Rule, ...] = (
    rule(
        "key",
        rb"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^\n]{0,8000}?-----END [A-Z ]{0,40}PRIVATE KEY-----",
        (b"private key-----",),
        must=(b"key=-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBg\\n-----END PRIVATE KEY-----",),
        must_not=(b"-----BEGIN CERTIFICATE-----",),
        is_learned=False,
    ),
    rule(
        "key",
        rb"(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}) (AAAA[0-9A-Za-z+/]{40,2000}={0,3})",
        (b"aaaa",),
        must=(b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8m0Q4f7wNn3sS1bKq0c5v9y2x7z1a3d5f7h9j1k3m5 x",),
        must_not=(b"ssh-rsa accepted",),
        is_learned=False,
        is_large=True,
    ),
    keyed(
        "key",
        tuple(word + rb"[_ -]?key\d?" for word in _KEYS),
        IS + OPEN + rb"([0-9A-Za-z+/]{22,128}={0,2})(?![0-9A-Za-z+/=])",
        (b"key",),
        v.secret,
        must=(
            b"PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
            b"encryption_key: 00112233445566778899aabbccddeeff0",
            b'<string name="preshared_key">yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=</string>',
            b"[persist.PrivateKey]: [yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=]",
        ),
        must_not=(b"key=android.intent.extra.REFERRER", b"private_key: none"),
    ),
    rule(
        "token",
        rb"(?<![0-9A-Za-z_-])(eyJ[0-9A-Za-z_-]{8,2000}\.[0-9A-Za-z_-]{4,3000}(?:\.[0-9A-Za-z_-]{0,1000})?)(?![0-9A-Za-z_-])",
        (b"eyj",),
        must=(b"id eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl end",),
        must_not=(b"keyJournal.append(x)",),
        is_learned=False,
    ),
    keyed(
        "token",
        (b"^bearer", b"^basic", b"^negotiate", b"^digest"),
        rb"[ \t]{1,3}([0-9A-Za-z._~+/=-]{16,2000})",
        (b"bearer", b"basic", b"negotiate", b"digest"),
        v.secret,
        must=(b"Authorization: Bearer 7f3Kq9_x2LmN0pQrS8tUv", b"auth basic dXNlcjpodW50ZXIyMzQ1"),
        must_not=(b"basic authentication-required here", b"bearer established successfully"),
    ),
    rule(
        "token",
        rb"(?<![0-9A-Za-z])(gh[pousr]_[0-9A-Za-z]{30,80}|glpat-[0-9A-Za-z_-]{20,40}|xox[abprs]-[0-9A-Za-z-]{10,80}|AKIA[0-9A-Z]{16}"
        rb"|AIza[0-9A-Za-z_-]{35}|ya29\.[0-9A-Za-z_-]{20,300}|sk_(?:live|test)_[0-9A-Za-z]{16,64})",
        _MAKERS,
        must=(b"x ghp_0123456789abcdefghijABCDEFGHIJ012345", b"AKIA0123456789ABCDEF"),
        must_not=(b"the akia tree", b"ghp_short"),
        is_learned=False,
    ),
    keyed(
        "token",
        (b"token", rb"api[_-]?key", b"secret", rb"auth[_-]?key", rb"session[_-]?id", b"cookie", b"jsessionid", b"sysauth", b"nonce"),
        IS + OPEN + rb"([0-9A-Za-z._~+/%=-]{12,1024})",
        (b"token", b"api", b"secret", b"auth", b"session", b"cookie", b"nonce"),
        v.secret,
        must=(
            b'"access_token":"b2a19f04c7e64d11"',
            b"Cookie: sysauth=4f1c0e55d09ab7733e",
            b"push_token: d9XkQ2vRr7Ys81Lm",
            b"option session_id 'd9XkQ2vRr7Ys81Lm'",
            b'{\\"authToken\\":\\"d9XkQ2vRr7Ys81Lm\\"}',
            b'<string name="refresh_token">d9XkQ2vRr7Ys81Lm</string>',
        ),
        must_not=(b"token=com.android.server.am.ActivityRecord", b"nonce: missing", b"secret: 1234567890123"),
    ),
    keyed(
        "password",
        (b"password", b"passwd", b"passphrase", b"passwort", b"admin_pw", b"^pass", b"^pwd"),
        IS + value(3),
        (b"pass", b"pwd", b"admin_pw"),
        v.password,
        loose=IS + value_begins(3),
        must=(
            b"password=hunter2",
            b'wpa_passphrase="correct horse"',
            b"'passwd': 'geheim12'",
            b"wifi_password: Moss2026xy",
            b"option passwd 'geheim12'",
            b"ap_pwd = geheim12",
            b"wifiPassword=geheim12",
        ),
        must_not=(b"password=null", b"password: ****", b"passed: 12 tests", b"pass=true", b"password: ********"),
    ),
    rule(
        "password",
        rb"(?i)--(?:password|passwd|pass|psk|token|secret)[ =](?:\"([^\"\n]{3,128})\"|'([^'\n]{3,128})'|([^\s\"']{3,128}))",
        (b"--pass", b"--psk", b"--token", b"--secret"),
        v.password,
        must=(b"curl -u admin --password hunter2 https://x", b"wifi --psk='correct horse'"),
        must_not=(b"--passive-scan on", b"--password"),
    ),
    rule(
        "password",
        "(?:密码|口令)[ \\t]{0,2}(?:[:=]|：|是)[ \\t]{0,2}([^\\s\"',;]{3,64})".encode(),
        ("密码".encode(), "口令".encode()),
        v.password,
        must=("Wi-Fi 密码：moss1234".encode(),),
        must_not=("密码错误".encode(),),
    ),
    keyed(
        "password",
        (rb"wpa[_-]?psk", rb"pre[_-]?shared[_-]?key", b"^psk"),
        IS + value(8),
        (b"psk", b"shared"),
        v.psk,
        loose=IS + value_begins(8),
        must=(
            b'psk="forest-of-ferns"',
            b"psk=8b5f1c0e9d4a2b7f8b5f1c0e9d4a2b7f8b5f1c0e9d4a2b7f8b5f1c0e9d4a2b7f",
            b'<string name="PreSharedKey">&quot;forest-of-ferns&quot;</string>',
        ),
        must_not=(b"key_mgmt=WPA-PSK pairwise=CCMP",),
    ),
    rule(
        "password",
        rb"(?:wireless\.[^\s=]{1,40}\.key=|option key )'([^'\n]{8,64})'",
        (b".key='", b"option key "),
        v.psk,
        must=(b"wireless.default_radio0.key='forest-of-ferns'", b"\toption key 'forest-of-ferns'"),
        must_not=(b"option key_index '1'",),
    ),
    rule(
        "password",
        rb"[A-Za-z][A-Za-z0-9+.-]{1,15}://[^\s/:@\"']{1,64}:([^\s/@\"']{1,128})@",
        (b"://",),
        v.password,
        must=(b"rtsp://cam:s3cretpw@10.0.0.9/live",),
        must_not=(b"https://aurora.example/a:b@c", b"http://10.0.0.1:8080/x"),
    ),
)
