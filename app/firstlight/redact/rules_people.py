# SPDX-License-Identifier: Apache-2.0
"""Rules for people and their things by name: mail, phone, places, accounts, computers."""

from __future__ import annotations

from firstlight.redact import validators as v
from firstlight.redact.rule import Rule, keyed, rule
from firstlight.redact.spelling import IS, OPEN

_PHONE_KEYS = (
    rb"phone(?:[ _-]?(?:number|no))?",
    b"msisdn",
    b"line1number",
    rb"mobile(?:[ _-]?number)?",
    b"tel",
    b"callee",
    b"caller",
    b"sms_to",
    b"dial",
    "手机号?".encode(),
    "电话".encode(),
)
_NAME_KEYS = (
    rb"^user(?:[ _-]?name)?",
    b"^login",
    rb"^account(?:[ _-]?name)?",
    rb"^owner(?:[ _-]?name)?",
    rb"^real[ _-]?name",
    rb"^display[ _-]?name",
)
_DEGREES = rb"(-?\d{1,3}\.\d{3,17})(?!\d)"

RULES: tuple[Rule, ...] = (
    rule(
        "mail",
        rb"(?<![0-9A-Za-z._%+-])[0-9A-Za-z._%+-]{1,64}@(?:[0-9A-Za-z-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![0-9A-Za-z_-])",
        (b"@",),
        v.mail,
        loose=rb"[0-9A-Za-z._%+-]@(?:[0-9A-Za-z-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![0-9A-Za-z_-])",
        must=(b"user wren.moss+beta@mail.example end", b"<a@b.co>"),
        must_not=(b"getty@tty1.service", b"icon@2x.png", b"aes256-gcm@openssh.com", b"android.hardware.wifi@1.0.vendor", b"root@router"),
        is_learned=False,
    ),
    rule(
        "phone",
        rb"(?<![0-9A-Za-z+.])(\+[1-9]\d{0,2}(?:[ -]?\(?\d{1,4}\)?){2,5})(?![0-9A-Za-z])(?![.:]\d)",
        (b"+",),
        v.phone,
        must=(b"caller +49 171 2345678", b"tel:+8613912345678", b"+1 (415) 555-2671"),
        must_not=(b"2026-11-22 10:00 +0100", b"took +123 ms", b"a+12345678901", b"1498919000+13 1234"),
    ),
    keyed(
        "phone",
        _PHONE_KEYS,
        b"(?:" + IS + "|[ \\t]{0,2}：[ \\t]{0,2})".encode() + OPEN + rb"(\d[\d -]{6,18}\d)(?![0-9A-Za-z])",
        (b"phone", b"msisdn", b"line1number", b"mobile", b"tel", b"calle", b"sms_to", b"dial", "手机".encode(), "电话".encode()),
        v.phone_keyed,
        must=(b"msisdn=13912345678", "手机号：13912345678".encode(), b"phone_number: 0171-2345678", b"[persist.msisdn]: [0171 2345678]"),
        must_not=(b"telemetry: 12345678", b"phone: ready"),
    ),
    keyed(
        "phone",
        (b"^number",),
        IS + OPEN + rb"(0\d[\d -]{6,16}\d|1[3-9]\d{9})(?![0-9A-Za-z])",
        (b"number",),
        v.phone_keyed,
        must=(b"CallerInfo number:13912345678 p", b"number=0171 2345678"),
        must_not=(b"number: 20261122", b"number=12"),
    ),
    # -- places ----------------------------------------------------------------------------------------------------------------------
    keyed(
        "place",
        (b"^lat", b"^mlat", b"^lng", b"^mlng", b"^lon", b"^mlon", b"^long", b"latitude", b"longitude", b"longtitude"),
        IS + OPEN + _DEGREES,
        (b"lat", b"lon", b"lng"),
        must=(
            b"lat=52.5200 lon=13.4050",
            b'"longitude": -0.1276',
            b"gps_lat='-52.5200'",
            b'<string name="lng">13.40501</string>',
            b"[persist.mLatitude]: [52.5201]",
        ),
        must_not=(b"latency=12.345 ms", b"lon=13", b"platform=1.234"),
        is_learned=False,
    ),
    rule(
        "place",
        rb"(?<![0-9A-Za-z.-])(-?\d{1,2}\.\d{4,17}[,;/ ][ ]?-?\d{1,3}\.\d{4,17})(?![\d.])",
        (b"d.dddd",),
        v.latitude_pair,
        view="digits",
        must=(b"Location[gps 52.520008,13.404954 hAcc=5]", b"geo:52.5200,13.4050"),
        must_not=(b"1.5,2.5", b"99.1234,13.4050"),
        is_learned=False,
    ),
    rule(
        "place",
        rb"\$G[A-Z](?:GGA|RMC|GLL|GNS),([^\n*$]{10,100})",
        (b"$g",),
        must=(b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47",),
        must_not=(b"$GPGSV,3,1,11",),
        is_learned=False,
    ),
    # -- accounts --------------------------------------------------------------------------------------------------------------------
    rule(
        "name",
        rb"(?:/(?:home|Users)/|(?i:[A-Z]:\\{1,2}Users\\{1,2}))([^/\\\s:\"'<>|\[\]]{1,64})",
        (b"/home/", b"/users/", b"\\users\\"),
        v.account,
        must=(b"open /home/wren/notes.txt", b"C:\\Users\\Wren\\AppData", b"/Users/wren/Library"),
        must_not=(b"/Users/Shared/x", b"/home/root"),
    ),
    keyed(
        "name",
        _NAME_KEYS,
        IS + OPEN + rb"([A-Za-z][0-9A-Za-z._-]{2,40})(?![0-9A-Za-z._@-])",
        (b"user", b"login", b"account", b"owner", b"name"),
        v.account,
        must=(
            b"username=wren",
            b'"login": "mossy_wren"',
            b"cloudd: user: wren.moss",
            b"option username 'wren'",
            b'<string name="userName">wren</string>',
            b"[persist.owner_name]: [wren]",
        ),
        must_not=(b"user=root", b"USER: 1000", b"user: system", b"account: com.google", b"login:amd64 1:4.13", b"user: password mismatch"),
    ),
    rule(
        "name",
        rb"(?:session (?:opened|closed) for user|[Pp]assword for(?: invalid user)?|publickey for|auth succeeded for"
        rb"|login attempt for nonexistent user|[Ii](?:nvalid|llegal) user|Accepted \S{1,20} for) '?([A-Za-z][0-9A-Za-z._-]{1,40})",
        (b" for", b"user"),
        v.account,
        must=(b"sshd: session opened for user wren by", b"Accepted publickey for wren from 10.0.0.2", b"Invalid user wren from"),
        must_not=(b"session opened for user root by", b"session closed for user polkitd", b"waiting for bob"),
    ),
    rule(
        "name",
        rb"(?:[ug]id|euid|groups)=\d{1,10}\(([A-Za-z][0-9A-Za-z._-]{1,40})\)",
        (b"uid=", b"gid=", b"groups="),
        v.account,
        must=(b"uid=1000(wren)",),
        must_not=(b"uid=0(root)", b"uid=1000"),
    ),
    rule(
        "name",
        rb"(?:of user |sudo: {1,8}(?=[^ ]{1,41} : ))([A-Za-z][0-9A-Za-z._-]{0,39}[0-9A-Za-z])",
        (b"of user ", b"sudo: "),
        v.account,
        must=(b"New session 12 of user wren.", b"sudo:   wren : TTY=pts/0"),
        must_not=(b"of user root.", b"sudo: command not found"),
    ),
    rule(
        "name",
        rb"(?:su: \(to [^)\n]{1,40}\) |UserInfo\{\d{1,5}:|[Rr]emoved session \d{1,10} of )"
        rb"([A-Za-z][0-9A-Za-z._ -]{0,39}[0-9A-Za-z])(?![0-9A-Za-z])",
        (b"su: (to ", b"userinfo{", b"removed session "),
        v.account_in_words,
        must=(b"su: (to root) wren on pts/1", b"UserInfo{0:Wren Moss:c13}", b"Removed session 12 of wren."),
        must_not=(b"UserInfo{0:Owner:13}",),
    ),
    rule(
        "name",
        rb"\(([A-Za-z][0-9A-Za-z._-]{1,40})\) CMD",
        (b") cmd",),
        v.account,
        must=(b"CRON[12]: (wren) CMD (x)",),
        must_not=(b"(root) CMD (x)",),
    ),
    # -- computers -------------------------------------------------------------------------------------------------------------------
    keyed(
        "host",
        (rb"host[ _-]?name", rb"client[ _-]?name", rb"device[ _-]?name", rb"computer[ _-]?name", rb"machine[ _-]?name"),
        IS + OPEN + rb"([0-9A-Za-z][0-9A-Za-z._-]{1,62})",
        (b"host", b"name"),
        v.host,
        must=(
            b"hostname=wrens-laptop",
            b'"client-hostname": "Wrens-A1"',
            b"[net.hostname]: [android-4f7c]",
            b"option hostname 'wrens-laptop'",
            b'<string name="deviceName">wrens-laptop</string>',
        ),
        must_not=(b"hostname: localhost", b"hostname=OpenWrt"),
    ),
    rule(
        "host",
        rb"(?i)(?:(?:client |announces |set |sets |setting )host ?name (?:to )?|adapter name set to |name server |provides name: "
        rb"|host name is )"
        rb"[\"']?([0-9A-Za-z][0-9A-Za-z._-]{1,62})",
        (b"host", b"adapter name", b"name server", b"provides name"),
        v.host_in_words,
        must=(b"dhcp: client announces hostname wrens-laptop", b'setting hostname to "wrens-laptop.local"', b"provides name: Wrens-A1"),
        must_not=(b"set hostname failed", b"hostname lookup took 3 ms"),
    ),
    rule(
        "host",
        rb"(?<![0-9A-Za-z])Linux ([0-9A-Za-z][0-9A-Za-z._-]{1,62}) \d{1,2}\.\d{1,3}\.\d{1,4}[^ \n]{0,40} #\d",
        (b"linux ",),
        v.host,
        must=(b"Linux wrens-laptop 6.1.0-18-amd64 #1 SMP",),
        must_not=(b"Linux version 6.6.52 (builder@x) #0", b"Linux OpenWrt 6.6.52 #0"),
    ),
    rule(
        "host",
        rb"DHCP(?:ACK|OFFER|REQUEST|INFORM)\([0-9A-Za-z._-]{1,16}\) \d[\d.]{6,14} [0-9A-Fa-f:_-]{17} ([0-9A-Za-z][0-9A-Za-z._-]{0,62})",
        (b"dhcpack(", b"dhcpoffer(", b"dhcprequest(", b"dhcpinform("),
        v.host,
        must=(b"DHCPACK(br-lan) 192.168.31.4 8c:5a:f1:09:2e:71 Wrens-A1",),
        must_not=(b"DHCPACK(br-lan) 192.168.31.4 8c:5a:f1:09:2e:71",),
        is_large=True,
    ),
    rule(
        "host",
        rb"(?<![0-9A-Za-z])\d{9,12} [0-9A-Fa-f]{2}(?:[:_-][0-9A-Fa-f]{2}){5} \d[\d.]{6,14} ([0-9A-Za-z][0-9A-Za-z._-]{0,62}) ",
        (b"hh:hh:hh:hh:hh:hh",),
        v.host,
        loose=rb"[0-9A-Fa-f]{2}(?:[:_-][0-9A-Fa-f]{2}){5} \d[\d.]{6,14} [0-9A-Za-z]",
        view="hex",
        must=(b"1763800000 8c:5a:f1:09:2e:71 192.168.31.4 Wrens-A1 01:8c:5a:f1:09:2e:71",),
        must_not=(b"1763800000 8c:5a:f1:09:2e:71 192.168.31.4 * *",),
    ),
    rule(
        "host",
        rb"(?<![0-9A-Za-z._@/\[-])([0-9A-Za-z][0-9A-Za-z-]{1,62}\.(?:local|lan|home|fritz\.box|home\.arpa))(?![0-9A-Za-z.=\]-])",
        (b".local", b".lan", b".home", b".fritz.box"),
        v.host,
        is_large=True,
        must=(b"query wrens-laptop.local from", b"tv.fritz.box"),
        must_not=(b"java.local.x", b"/usr/x.local", b"[persist.local]: [1]"),
    ),
    rule(
        "host",
        rb"(?m)^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ([A-Za-z][0-9A-Za-z._-]{1,62}) [0-9A-Za-z./_-]{1,40}(?:\[\d{1,10}\])?:",
        (b" dd:dd:dd ",),
        v.host,
        view="digits",
        must=(b"Nov 22 10:11:12 wrens-laptop kernel: up",),
        must_not=(b"Nov 22 10:11:12 OpenWrt kernel: up", b"x Nov 22 10:11:12 wrens-laptop kernel: up"),
    ),
)
