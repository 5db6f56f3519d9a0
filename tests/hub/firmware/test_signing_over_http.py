# SPDX-License-Identifier: Apache-2.0
"""The whole way over real HTTP: a release manager's commands, the hub, and a tester's desktop; and two managers who publish at once."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from django.utils import timezone

from fakes.fault_proxy import Fault, FaultProxy
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.firmware.trust import Trust
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import Refused
from firstlight.hublink.reachability import Reachability
from firstlight_contract.signing import Submission
from firstlight_hub.__main__ import main
from firstlight_hub.firmware import keys, signing
from hub.prepared import people, program
from hub.serving import TIMEOUTS, postgres, postgres_programs, running

_STAFF = """
import django, json
django.setup()
from firstlight_hub.account.models import User
from firstlight_hub.account.services import staff_token
from firstlight_hub.devices.services import define_model
from firstlight_hub.programme.models import Programme
define_model(Programme.objects.get(slug="aurora"), "a1", "Aurora A1")
User.objects.create_superuser("alice@example.org", "x")
print(json.dumps([staff_token("alice@example.org", 1), staff_token("bob@example.org", 1)]))
"""
IMAGE = os.urandom(3_000_000)
PATH = "a1/26.47-boot.img"
GUIDE = """\
guide: 1
id: wipe
version: "1"
title: {en: Wipe}
for: {device: [a1]}
steps:
  - id: fan
    title: {en: Fan}
    show: [{img: fan.svg, alt: The fan}]
"""


class Site:
    """A hub of its own, its keys on a stick, and the people."""

    def __init__(self, url: str, data: Path, stick: Path, database: str = "") -> None:
        self.url, self.stick = url, stick
        self.tokens = people(data, database=database)
        self.staff, nobody = json.loads(program(data, _STAFF, database=database))
        assert not nobody, "only staff publish"
        self.first_words = command(
            "keys", "init", "--data", str(data), "--out", str(stick), "--plain", "--line", "a1=aurora", "--line", "guides=aurora",
            "--line", "tools", "--public", "tools", database=database,
        )  # fmt: skip

    def act(self, *args: str) -> int:
        """A command of the release manager's PC, by the hub's address."""
        return main([*args, "--hub", self.url])

    def key(self, name: str) -> str:
        (found,) = self.stick.glob(f"{name}.pem")
        return str(found)

    def trust(self, folder: Path, token: str, url: str = "") -> Trust:
        client = HubClient(
            url or self.url, tokens=Token(token) if token else None, reach=Reachability(Events(), time.time), language=lambda: "en"
        )
        return Trust(folder, lambda: client)


class Token:
    """A token that never ends."""

    def __init__(self, access: str) -> None:
        self.access = access

    def access_token(self, *, renew: bool) -> str:
        del renew
        return self.access


def command(*args: str, database: str = "") -> str:
    """A command on the hub's own machine."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FIRSTLIGHT_HUB", "DJANGO_", "DATABASE_URL"))}
    if database:
        env["DATABASE_URL"] = database
    whole = [sys.executable, "-m", "firstlight_hub", *args]
    done = subprocess.run(whole, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("signing")
    with running(folder / "hub") as url:
        yield Site(url, folder / "hub", folder / "stick")


@pytest.fixture
def site(begun: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("FIRSTLIGHT_HUB_TOKEN", begun.staff)
    return begun


def test_from_the_managers_pc_to_the_testers(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image, notes = tmp_path / "boot.img", tmp_path / "notes.md"
    image.write_bytes(IMAGE)
    notes.write_text("# 26.47\n- fixed: it froze\n- quieter\n", "utf-8")
    said = ("--line", "a1", "--device", "a1", "--notes", str(notes), "--key", site.key("line-a1"))
    assert site.act("release", "publish", f"boot={image}", "--version", "26.47", *said) == 0
    _fetched_by_testers_alone(site, tmp_path)
    _nothing_twice(site, image, said, capsys)
    _guide(site, tmp_path)
    trust = site.trust(tmp_path / "bob", site.tokens["bob"])
    _online_key_was_stolen(site, trust)
    _line_key_was_stolen(site, trust, image)
    assert site.act("release", "resign", "targets", "--key", site.key("targets")) == 0
    assert site.act("keys", "status") == 0
    told = capsys.readouterr().out
    assert re.search(r"^targets +version 3 ", told, re.M), told
    assert "made all its keys itself" not in told


def _fetched_by_testers_alone(site: Site, folder: Path) -> None:
    """A tester past cuts; an outsider not at all, and nobody learns from the metadata more than names."""
    with FaultProxy(site.url) as proxy:
        trust = site.trust(folder / "bob", site.tokens["bob"], proxy.address)
        assert trust.refresh(Work())
        proxy.always = Fault(cut_down=1 << 20)
        place = trust.fetch(PATH, folder / "builds", Work())
    assert place.read_bytes() == IMAGE
    signed = trust.check_offline(place, PATH, Work())
    assert (signed.version, signed.device, signed.facts.partition) == ("26.47", "a1", "boot")
    assert signed.facts.notes == "fixed: it froze\nquieter"
    for token in (site.tokens["carol"], ""):
        with pytest.raises(Refused):
            site.trust(folder / "carol", token).fetch(PATH, folder / "stolen", Work())
    assert not (folder / "stolen" / "26.47-boot.img").exists()


def _nothing_twice(site: Site, image: Path, said: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    image.write_bytes(IMAGE[:-1] + b"!")
    assert site.act("release", "publish", f"boot={image}", "--version", "26.47", *said) == 1
    assert "never changes" in capsys.readouterr().err
    assert site.act("release", "publish", f"boot={image}", "--version", "26.48", *said[:-1], site.key("targets")) == 1
    assert "not signed by the keys" in capsys.readouterr().err
    wrong = [str(part) for part in said]
    wrong[wrong.index("a1") + 2] = "z9"
    assert site.act("release", "publish", f"boot={image}", "--version", "26.48", *wrong) == 1


def _guide(site: Site, folder: Path) -> None:
    guide = folder / "guide"
    guide.mkdir()
    (guide / "guide.yaml").write_text(GUIDE, "utf-8")
    (guide / "fan.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    assert site.act("release", "guide", str(guide), "--line", "guides", "--key", site.key("line-guides")) == 0


def _online_key_was_stolen(site: Site, trust: Trust) -> None:
    assert trust.refresh(Work())
    roots = ("--root-key", site.key("root1"), "--root-key", site.key("root2"))
    assert site.act("keys", "rotate", "online", *roots[:2]) == 1
    assert site.act("keys", "rotate", "online", *roots) == 0
    assert trust.target(PATH, Work()).version == "26.47"


def _line_key_was_stolen(site: Site, trust: Trust, image: Path) -> None:
    new = ("--out", str(site.stick / "new"), "--plain", "--targets-key", site.key("targets"))
    assert site.act("keys", "rotate", "line", "--line", "a1", *new) == 0
    said = ("--line", "a1", "--device", "a1", "--version", "26.48")
    assert site.act("release", "publish", f"boot={image}", *said, "--key", site.key("line-a1")) == 1
    (fresh,) = (site.stick / "new").glob("line-a1-*.pem")
    assert site.act("release", "publish", f"boot={image}", *said, "--key", str(fresh)) == 0
    assert trust.target("a1/26.48-boot.img", Work()).key == keys.read(fresh).public_key.keyid


def test_keys_are_for_their_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    signer = keys.new()
    keys.write(signer, tmp_path / "a.pem", "a passphrase")
    assert (tmp_path / "a.pem").stat().st_mode & 0o777 == 0o600
    assert keys.is_encrypted(tmp_path / "a.pem")
    assert keys.read(tmp_path / "a.pem", "a passphrase").public_key == signer.public_key
    (tmp_path / "b.pem").write_bytes(b"-----BEGIN PRIVATE KEY-----\nx\n")
    tries = (
        lambda: keys.read(tmp_path / "a.pem", "wrong"),
        lambda: keys.read(tmp_path / "a.pem"),
        lambda: keys.read(tmp_path / "b.pem"),
        lambda: keys.read(tmp_path / "none.pem"),
        lambda: keys.write(signer, tmp_path / "a.pem"),
    )
    for act in tries:
        with pytest.raises(keys.KeyUnusable):
            act()


def test_of_two_who_publish_at_once_one_loses(site: Site, tmp_path: Path) -> None:
    _race(site, tmp_path)


@pytest.mark.long
def test_of_two_who_publish_at_once_one_loses_on_postgresql(tmp_path: Path) -> None:
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL's own programs are not installed here")
    with postgres(programs) as database, running(tmp_path / "hub", database=database) as url:
        site = Site(url, tmp_path / "hub", tmp_path / "stick", database)
        for _ in range(5):
            _race(site, tmp_path)


def _race(site: Site, folder: Path) -> None:
    """Six managers sign the same next version, each unlike the others: one is admitted, five are told which version is next."""
    headers = {"Authorization": f"Bearer {site.staff}"}
    place = f"{site.url}/api/v1/staff/signing"
    state = requests.get(place, headers=headers, timeout=TIMEOUTS).json()
    version = next(role["version"] for role in state["roles"] if role["role"] == "tools")
    line = requests.get(f"{site.url}/tuf/metadata/{version}.tools.json", timeout=TIMEOUTS).content
    signer = keys.read(Path(site.key("line-tools")))
    forms = [Submission(metadata={"tools": _renewed(line, signer, number)}).model_dump_json() for number in range(6)]
    answers: list[requests.Response] = []
    ready = threading.Barrier(len(forms))

    def bring(form: str) -> None:
        ready.wait()
        answers.append(requests.put(place, data=form, headers=headers, timeout=TIMEOUTS))

    threads = [threading.Thread(target=bring, args=(form,)) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409], [a.text for a in answers]
    assert requests.get(f"{site.url}/tuf/metadata/{version + 2}.tools.json", timeout=TIMEOUTS).status_code == 404
    assert site.trust(folder / "bob", site.tokens["bob"]).refresh(Work())


def _renewed(line: bytes, signer: keys.CryptoSigner, number: int) -> str:
    """The line's next version, unlike that of every other manager."""
    return signing.renewed("tools", line, [signer], timezone.now() + timezone.timedelta(hours=number)).decode()
