# SPDX-License-Identifier: Apache-2.0
"""`firstlight-hub keys init | status | rotate | line | token`: the keys of a hub's signed builds and guides.

Offline keys are written to a folder of the release manager's choice and used from there; the hub gets public parts and signatures.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from securesystemslib.signer import CryptoSigner, Key

from firstlight_contract.signing import LineState, State, Submission
from firstlight_hub.firmware import keys, signing
from firstlight_hub.site import start
from firstlight_hub.site.desks import Desk, LocalDesk, RemoteDesk
from firstlight_hub.site.start import Refused

PASSPHRASE = "FIRSTLIGHT_KEY_PASSPHRASE"
TOKEN = "FIRSTLIGHT_HUB_TOKEN"
ROOTS, THRESHOLD = 3, 2


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its options."""
    parser = commands.add_parser("keys", help="keys that sign builds and guides")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    init = _act(acts, "init", _init, "make all keys and begin the hub's repository; on the hub's own machine", remote=False)
    init.set_defaults(begins=True)  # a hub's keys may be its very first thing
    init.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the offline keys go: a stick, not this machine")
    init.add_argument("--line", action="append", required=True, metavar="LINE[=PROGRAMME]", help="a product line; again for more")
    init.add_argument("--public", action="append", default=[], metavar="LINE", help="a line whose files everybody may fetch")
    init.add_argument("--roots", type=int, default=ROOTS, help="root keys to make")
    init.add_argument("--threshold", type=int, default=THRESHOLD, help="root keys needed to change the root")
    init.add_argument("--plain", action="store_true", help="no passphrase on the key files")
    _act(acts, "status", _status, "what the hub holds, and when it is over")
    rotate = _act(acts, "rotate", _rotate, "replace a key that was stolen, lost, or is old")
    rotate.add_argument("what", choices=("online", "line", "targets", "root"))
    rotate.add_argument("--line", default="", help="which line's key")
    rotate.add_argument("--lost", default="", metavar="KEYID", help="which root key goes")
    line = _act(acts, "line", _line, "begin another product line")
    line.add_argument("line", metavar="LINE[=PROGRAMME]")
    line.add_argument("--public", action="store_true", help="everybody may fetch its files")
    for command in (rotate, line):
        command.add_argument("--root-key", type=Path, action="append", default=[], metavar="FILE", help="a root key; again for the second")
        command.add_argument("--targets-key", type=Path, metavar="FILE")
        command.add_argument("--out", type=Path, metavar="FOLDER", help="where the new offline key goes")
        command.add_argument("--plain", action="store_true", help="no passphrase on the new key file")
    token = _act(acts, "token", _token, "a token with which a member of the team publishes from their PC", remote=False)
    token.add_argument("email")
    token.add_argument("--days", type=int, default=30)


def _act(
    acts: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: object, words: str, *, remote: bool = True
) -> argparse.ArgumentParser:
    parser = acts.add_parser(name, help=words)
    parser.set_defaults(run=run)
    where(parser, remote=remote)
    return parser


def where(parser: argparse.ArgumentParser, *, remote: bool = True) -> None:
    """The options that say which hub."""
    parser.set_defaults(begins=False)
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--data", type=Path, metavar="DIR", help="folder of a hub on this machine")
    if remote:
        group.add_argument("--hub", default="", metavar="URL", help=f"address of the hub; the token stands in {TOKEN} or in --token-file")
        parser.add_argument("--token-file", type=Path, metavar="FILE", help="a file that holds the token")


def desk(options: argparse.Namespace) -> Desk:
    """The hub that the options name."""
    if options.data is not None:
        if not options.begins:
            start.existing(options.data)
        return LocalDesk(options.data)
    token = os.environ.get(TOKEN, "")
    if options.token_file is not None:
        try:
            token = options.token_file.read_text("ascii").strip()
        except (OSError, ValueError) as error:
            raise Refused(f"{options.token_file} cannot be read.") from error
    if not token:
        raise Refused(f"Put your token into {TOKEN}, or name a file that holds it: --token-file. `firstlight-hub keys token` makes one.")
    return RemoteDesk(options.hub, token)


def load(path: Path) -> CryptoSigner:
    """The key in a file; its passphrase from the environment, or typed."""
    try:
        return keys.read(path, _passphrase(path.name) if keys.is_encrypted(path) else "")
    except keys.KeyUnusable as error:
        raise Refused(str(error)) from error


def now() -> datetime:
    """Now, as TUF writes it."""
    return datetime.now(UTC)


def _init(options: argparse.Namespace) -> int:
    lines = [_owned(text, name_public=options.public) for text in options.line]
    if not 1 <= options.threshold <= options.roots:
        raise Refused("The threshold is at least 1 and at most the number of root keys.")
    hub = desk(options)
    state = hub.state()
    if state.roles:
        raise Refused("This hub has a repository; `keys rotate` changes its keys.")
    made = {f"root{n}": keys.new() for n in range(1, options.roots + 1)} | {"targets": keys.new()}
    made |= {f"line-{line.name}": keys.new() for line in lines}
    _write(made, options)
    metadata = signing.first(
        online=_online(state),
        roots=[signer for name, signer in made.items() if name.startswith("root")],
        threshold=options.threshold,
        targets=made["targets"],
        lines={line.name: made[f"line-{line.name}"] for line in lines},
        now=now(),
    )
    try:
        state = hub.submit(_form(metadata, lines=tuple(lines)))
    except Refused:
        for name in made:  # nobody knows these keys, and they would stand in the way of the next try
            _file(name, options).unlink(missing_ok=True)
        raise
    _say(state)
    sys.stdout.write(f"Offline keys are in {options.out}. Take them off this machine; two root keys never lie together.\n")
    return 0


def _status(options: argparse.Namespace) -> int:
    _say(desk(options).state())
    return 0


def _rotate(options: argparse.Namespace) -> int:
    hub = desk(options)
    metadata: dict[str, bytes]
    if options.what == "online":
        metadata = {"root": signing.with_online(hub.metadata("root"), _online(hub.fresh_online()), _roots(options), now())}
    elif options.what == "line":
        signer, top, line = _targets(options), hub.metadata("targets"), hub.metadata(options.line)
        metadata = signing.with_line(top, line, options.line, _fresh(f"line-{options.line}", options), signer, now())
    elif options.what == "targets":
        signers, root, top = _roots(options), hub.metadata("root"), hub.metadata("targets")
        metadata = signing.with_targets_key(root, top, _fresh("targets", options), signers, now())
    else:
        known = next((role.keys for role in hub.state().roles if role.role == "root"), ())
        if options.lost not in known:
            raise Refused(f"--lost names one of the root keys: {', '.join(known)}")
        metadata = {"root": signing.with_root_key(hub.metadata("root"), options.lost, _fresh("root", options), _roots(options), now())}
    _say(hub.submit(_form(metadata)))
    return 0


def _line(options: argparse.Namespace) -> int:
    line = _owned(options.line, name_public=[options.line.partition("=")[0]] if options.public else [])
    hub = desk(options)
    made = signing.with_line(hub.metadata("targets"), None, line.name, _fresh(f"line-{line.name}", options), _targets(options), now())
    _say(hub.submit(_form(made, lines=(line,))))
    return 0


def _token(options: argparse.Namespace) -> int:
    desk(options)
    from firstlight_hub.account.services import staff_token  # noqa: PLC0415  # heavy: needs Django's settings

    token = staff_token(options.email, options.days)
    if not token:
        raise Refused(f"{options.email} is no member of the team: firstlight-hub staff --data {options.data} {options.email}")
    sys.stdout.write(f"{token}\n")
    return 0


def _owned(text: str, *, name_public: list[str]) -> LineState:
    name, _, programme = text.partition("=")
    try:
        return LineState(name=name, programme=programme, is_public=name in name_public)
    except ValueError as error:
        raise Refused(f"{name} is no name of a product line: small letters, digits and dashes.") from error


def _online(state: State) -> Key:
    return Key.from_dict(state.online_id, dict(state.online))


def _roots(options: argparse.Namespace) -> list[CryptoSigner]:
    if not options.root_key:
        raise Refused("This needs the root keys: --root-key FILE --root-key FILE.")
    return [load(path) for path in options.root_key]


def _targets(options: argparse.Namespace) -> CryptoSigner:
    if options.targets_key is None:
        raise Refused("This needs the targets key: --targets-key FILE.")
    return load(options.targets_key)


def _fresh(name: str, options: argparse.Namespace) -> CryptoSigner:
    """A new offline key, kept before anything names it. Its file carries the key id, so that it stands beside the old one."""
    if options.out is None:
        raise Refused("Say where the new key goes: --out FOLDER.")
    signer = keys.new()
    called = f"{name}-{signer.public_key.keyid[:8]}"
    _write({called: signer}, options)
    sys.stdout.write(f"The new key is {_file(called, options)}\n")
    return signer


def _write(made: dict[str, CryptoSigner], options: argparse.Namespace) -> None:
    passphrase = "" if options.plain else _passphrase("the new keys", is_new=True)
    try:
        for name, signer in made.items():
            keys.write(signer, _file(name, options), passphrase)
    except keys.KeyUnusable as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"{options.out} takes no files: {error.strerror}.") from error


def _file(name: str, options: argparse.Namespace) -> Path:
    out: Path = options.out
    return out / f"{name}.pem"


def _passphrase(what: str, *, is_new: bool = False) -> str:
    given = os.environ.get(PASSPHRASE, "")
    if given:
        return given
    if not sys.stdin.isatty():
        without = "; --plain goes without" if is_new else ""
        raise Refused(f"Put the passphrase of {what} into {PASSPHRASE}, or run this in a terminal{without}.")
    typed = getpass.getpass(f"Passphrase of {what}: ")
    if is_new and (not typed or getpass.getpass("Once more: ") != typed):
        raise Refused("The two are not the same, or empty; --plain goes without a passphrase.")
    return typed


def _form(metadata: dict[str, bytes], *, lines: tuple[LineState, ...] = ()) -> Submission:
    return Submission(metadata={role: data.decode() for role, data in metadata.items()}, lines=lines)


def _say(state: State) -> None:
    if not state.roles:
        sys.stdout.write("This hub signs nothing yet: firstlight-hub keys init\n")
        return
    for role in state.roles:
        left = (role.expires - now()).days
        line = f"{role.role:16} version {role.version:<5} until {role.expires:%Y-%m-%d} ({left} days)  {role.threshold} of {len(role.keys)}"
        sys.stdout.write(f"{line}  {' '.join(key[:16] for key in role.keys)}\n")
    if not state.online_ok:
        sys.stdout.write("The online key is not in the hub's folder: firstlight-hub keys rotate online\n")
    if state.demo:
        sys.stdout.write("This hub made all its keys itself and keeps them: good for a demo, no protection of builds.\n")
