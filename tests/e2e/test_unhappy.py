# SPDX-License-Identifier: Apache-2.0
"""What goes wrong in a tester's week, on the real hub: each is a known fault with its three sentences, and nothing is lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from e2e.pc import Pc, at_hub, demo_tester, three_sentences
from fakes import memory
from fakes.answering import Answer, Answering
from fakes.keyring_memory import MemoryKeyring
from fakes.secret_service import is_installed, secret_service, session_bus
from fakes.visitor import Visitor, deny
from firstlight.account.errors import KeyringLocked, KeyringUnavailable, SignInCancelled, SignInTimedOut
from firstlight.account.tokens import TokenStore
from firstlight.base.errors import Cancelled
from firstlight.base.paths import resources
from firstlight.base.work import Progress, Work
from firstlight.guides.check import check
from firstlight.guides.document import read
from firstlight.guides.errors import GuideInvalid
from firstlight.guides.library import Library
from firstlight.hublink.errors import NotAHub, SessionExpired, Unreachable
from firstlight.hublink.local import LocalHub, LocalHubInfo
from firstlight.reports.errors import NotCleaned
from firstlight.reports.report import Section
from firstlight.shell.form_browser import FormBrowser, WebPage
from firstlight.store.errors import DiskFull
from hub.seeded import seeded

MIB = 1 << 20


class Hub:
    """The demo's hub; it can be away for a while and comes back at the same address."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._hub = LocalHub(data=data, resources=resources())
        self.info: LocalHubInfo = self._hub.start(Work())

    def stop(self) -> None:
        self._hub.stop()

    @contextmanager
    def away(self) -> Iterator[None]:
        self._hub.stop()
        try:
            yield
        finally:
            assert self._hub.start(Work()).url == self.info.url


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    hub = Hub(seeded(tmp_path_factory.mktemp("demo") / "hub"))
    yield hub
    hub.stop()


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def pc(tmp_path: Path, keyring: MemoryKeyring) -> Iterator[Pc]:
    made = Pc(tmp_path / "pc", TokenStore(backend=keyring, limit_s=5))
    yield made
    made.profile.close()


# -- signing in --------------------------------------------------------------------------------------------------------


def test_a_wrong_password_is_told_by_the_hub_and_the_right_one_then_signs_in(pc: Pc, hub: Hub) -> None:
    who, browser, pages = demo_tester(hub.info), FormBrowser(), []
    threads: list[threading.Thread] = []

    def log_in(page: WebPage, password: str) -> WebPage:
        form = page.form_with("login")
        assert form is not None
        return browser.submit(page, form, {"login": who.email, "password": password})

    def wrong_then_right(url: str) -> bool:
        page = log_in(browser.open(url), "not-the-password")
        pages.append(page)
        threads.append(threading.Thread(target=log_in, args=(page, who.password)))
        threads[0].start()
        return True

    account = pc.profile.sessions.sign_in(hub.info.url, open_browser=wrong_then_right, work=Work(), limit_s=30)
    threads[0].join(20)
    browser.close()
    assert account.name == "mossbyte"
    assert pages[0].url.startswith(hub.info.url)
    assert "not correct" in pages[0].text


def test_a_sign_in_that_the_tester_stops_leaves_nothing_behind(pc: Pc, hub: Hub, keyring: MemoryKeyring) -> None:
    draft = pc.profile.reports.new(None, title="Written before")
    work = Work()

    def open_then_stop(_url: str) -> bool:
        work.cancel()
        return True

    with pytest.raises(Cancelled):
        pc.profile.sessions.sign_in(hub.info.url, open_browser=open_then_stop, work=work)
    assert pc.profile.sessions.accounts() == ()
    assert keyring.kept == {}
    assert pc.profile.reports.get(draft.id).title == "Written before"


def test_a_sign_in_that_is_cancelled_in_the_browser_says_so(pc: Pc, hub: Hub) -> None:
    draft = pc.profile.reports.new(None, title="Written before")
    visitor = Visitor(demo_tester(hub.info).email, demo_tester(hub.info).password, twist=deny)
    with pytest.raises(SignInCancelled) as caught:
        pc.profile.sessions.sign_in(hub.info.url, open_browser=visitor.open, work=Work(), limit_s=30)
    visitor.wait()
    assert "cancelled in the browser" in three_sentences(caught.value).happened
    assert pc.profile.reports.get(draft.id).title == "Written before"


def test_a_browser_that_is_closed_ends_the_wait_and_the_next_try_works(pc: Pc, hub: Hub) -> None:
    with pytest.raises(SignInTimedOut) as caught:
        pc.profile.sessions.sign_in(hub.info.url, open_browser=lambda _url: True, work=Work(), limit_s=0.3)
    assert "came back from the browser" in three_sentences(caught.value).happened
    assert pc.sign_in(hub.info).name == "mossbyte"


def test_an_ended_sign_in_keeps_the_line_and_after_the_next_one_everything_arrives_once(pc: Pc, hub: Hub, keyring: MemoryKeyring) -> None:
    pc.sign_in(hub.info)
    draft = pc.queue("Ended sign-in")
    (kept,) = keyring.kept.values()
    form = {"token": kept, "client_id": "firstlight-desktop", "token_type_hint": "refresh_token"}
    assert requests.post(f"{hub.info.url}/o/revoke/", data=form, timeout=10).status_code == 200
    pc.restart()
    error = pc.trouble()
    assert isinstance(error, SessionExpired)
    assert "ign in" in three_sentences(error).next
    assert pc.section(draft.id) is Section.OUTBOX
    assert at_hub(hub.data, "Ended sign-in") == 0
    pc.sign_in(hub.info)
    pc.send()
    assert pc.section(draft.id) is Section.TEAM
    assert at_hub(hub.data, "Ended sign-in") == 1


def test_an_expired_access_token_is_renewed_without_a_word(pc: Pc, hub: Hub) -> None:
    pc.sign_in(hub.info)
    pc.profile.sessions.token_source(pc.account_id)._access = "an-expired-one"
    pc.queue("Expired token")
    assert pc.send().stopped == {}
    assert at_hub(hub.data, "Expired token") == 1


NO_RING = "gnome-keyring or dbus is not installed (Debian: apt-get install gnome-keyring dbus)"
real_ring = pytest.mark.skipif(not is_installed(), reason=NO_RING)


@real_ring
@pytest.mark.parametrize("has_ring", [True, False], ids=["locked", "missing"])
def test_a_key_ring_that_does_not_take_the_key_is_told_first_and_this_session_still_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hub: Hub, has_ring: bool
) -> None:
    import keyring
    import secretstorage

    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    monkeypatch.delattr(keyring.backend.get_all_keyring, "saved_result", raising=False)
    with (secret_service if has_ring else session_bus)(tmp_path / "ring") as env:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        if has_ring:
            connection = secretstorage.dbus_init()
            secretstorage.get_default_collection(connection).lock()
            connection.close()
        pc = Pc(tmp_path / "pc", TokenStore(limit_s=5))
        draft = pc.profile.reports.new(None, title="Written before")
        with pytest.raises(KeyringLocked if has_ring else KeyringUnavailable) as caught:
            pc.profile.sessions.sign_in(hub.info.url, open_browser=lambda _url: pytest.fail("opened"), work=Work())
        assert "this session only" in three_sentences(caught.value).next
        pc.sign_in(hub.info, session_only=True)
        pc.profile.reports.adopt(pc.account_id)
        assert pc.profile.reports.get(draft.id).account_id == pc.account_id
        pc.queue(f"No key ring {has_ring}")
        assert pc.send().stopped == {}
        assert at_hub(hub.data, f"No key ring {has_ring}") == 1
        pc.profile.close()


# -- the hub -----------------------------------------------------------------------------------------------------------


def test_a_hub_that_is_down_is_told_and_what_waits_arrives_once(pc: Pc, hub: Hub) -> None:
    pc.sign_in(hub.info)
    with hub.away():
        draft = pc.queue("Hub down")
        for _ in range(3):
            error = pc.trouble()
            assert isinstance(error, Unreachable)
            assert "Nothing answers" in three_sentences(error).happened
        pc.restart()
        assert pc.section(draft.id) is Section.OUTBOX
        assert pc.profile.outbox.waiting(pc.account_id).acts == 1
    pc.send()
    pc.send()
    assert pc.section(draft.id) is Section.TEAM
    assert at_hub(hub.data, "Hub down") == 1


def test_a_page_of_html_in_place_of_the_hub_is_never_taken_for_it(pc: Pc, hub: Hub) -> None:
    pc.sign_in(hub.info)
    page = Answer(body=b"<html><body>Log in to this network</body></html>", headers={"Content-Type": "text/html"})
    with hub.away(), Answering(lambda _asked: page, port=urlsplit(hub.info.url).port or 0) as stranger:
        draft = pc.queue("HTML")
        error = pc.trouble()
        assert isinstance(error, NotAHub)
        assert "log-in page" in three_sentences(error).happened
        assert pc.section(draft.id) is Section.OUTBOX
        assert stranger.asked
    pc.send()
    assert pc.section(draft.id) is Section.TEAM
    assert at_hub(hub.data, "HTML") == 1


# -- the disk ----------------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """A file system of that size, for as long as the block lasts."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False, capture_output=True)
    if done.returncode:
        pytest.skip("only root may mount a small disk here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


class Filling(Work):
    """Somebody else fills the disk while the file is being copied."""

    def __init__(self, disk: Path) -> None:
        super().__init__()
        self.disk = disk

    def _said(self, progress: Progress) -> None:
        filler = self.disk / "filler"
        if progress.done >= progress.total // 2 and not filler.exists():
            free = shutil.disk_usage(self.disk).free
            with filler.open("wb") as file:
                file.write(b"\0" * max(0, free - MIB))


def test_a_disk_that_fills_up_while_attaching_keeps_the_words_and_all_that_was_there(tmp_path: Path, keyring: MemoryKeyring) -> None:
    disk = tmp_path / "disk"
    log = tmp_path / "big.log"
    log.write_bytes(os.urandom(8 * MIB))
    with small_disk(disk, 300 * MIB):
        pc = Pc(disk / "pc", TokenStore(backend=keyring))
        reports = pc.profile.reports
        draft = reports.new(None, title="Fan")
        first = reports.attach(draft.id, b"small\n", name="small.txt", role="log", media="text/plain", work=Work())
        with pytest.raises(DiskFull) as caught:
            reports.attach(draft.id, log, name="big.log", role="log", media="text/plain", work=Filling(disk))
        assert "disk is full" in three_sentences(caught.value).happened
        changed = reports.save(replace(reports.get(draft.id), text="Every word is kept."))
        pc.restart()
        kept = pc.profile.reports.get(draft.id)
        assert kept.text == changed.text == "Every word is kept."
        assert [a.sha256 for a in kept.attachments] == [first.sha256]
        assert pc.profile.blobs.verify(first.sha256, Work()).read_bytes() == b"small\n"
        assert list((disk / "pc/data/blobs/tmp").glob("*")) == []
        with pytest.raises(DiskFull) as caught:
            pc.profile.reports.attach(draft.id, log, name="big.log", role="log", media="text/plain", work=Work())
        three_sentences(caught.value)
        (disk / "filler").unlink()
        pc.profile.reports.attach(draft.id, log, name="big.log", role="log", media="text/plain", work=Work())
        assert len(pc.profile.reports.get(draft.id).attachments) == 2
        pc.profile.close()


def test_a_limit_on_the_size_of_files_is_told_like_a_full_disk(pc: Pc) -> None:
    draft = pc.profile.reports.new(None, title="Fan")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * MIB, hard))
    try:
        with pytest.raises(DiskFull) as caught:
            pc.profile.reports.attach(draft.id, b"x" * (3 * MIB), name="big.log", role="log", media="text/plain", work=Work())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    three_sentences(caught.value)
    assert pc.profile.reports.get(draft.id).attachments == ()


# -- files from elsewhere ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe\x00", b"format: guide: 1\n  - [", b"format: guide\nid: r1-build\nsteps: []\n", b"a: &a [*a, *a]\n"]
)
def test_a_broken_guide_file_is_named_with_its_line_and_hides_no_other_guide(tmp_path: Path, text: bytes) -> None:
    guides = tmp_path / "guides"
    shutil.copytree(resources() / "guides", guides)
    sound = {entry.slug for entry in Library(built_in=guides, fetched=tmp_path / "fetched").entries(1)}
    broken = guides / "broken" / "guide.yaml"
    broken.parent.mkdir()
    broken.write_bytes(text)
    with pytest.raises(GuideInvalid) as caught:
        read(broken)
    assert str(broken) in three_sentences(caught.value).happened
    mistakes = check(broken)
    assert mistakes
    assert all(mistake.mend for mistake in mistakes)
    assert {entry.slug for entry in Library(built_in=guides, fetched=tmp_path / "fetched").entries(1)} == sound


class Impatient(Work):
    """A tester who watches the cleaning for a while and then stops it."""

    def __init__(self) -> None:
        super().__init__()
        self.stages: list[str] = []

    def _said(self, progress: Progress) -> None:
        if progress.stage not in self.stages:
            self.stages.append(progress.stage)
        if progress.stage == "redact" and progress.done > 0:
            self.cancel()


@pytest.mark.long
def test_a_log_of_two_gib_is_kept_in_little_memory_and_its_cleaning_can_be_stopped(pc: Pc, tmp_path: Path) -> None:
    log = tmp_path / "two-gib.log"
    with log.open("wb") as file:
        file.write(b"16:16:12 fanctl: tach lost\n")
        file.truncate(2 << 30)
    draft = pc.profile.reports.new(None, title="Long log")
    with memory.growth() as grown:
        attached = pc.profile.reports.attach(draft.id, log, name=log.name, role="log", media="text/plain", work=Work())
        assert attached.size == 2 << 30
        work = Impatient()
        with pytest.raises(Cancelled):
            pc.profile.reports.outgoing(draft.id, work)
    assert "redact" in work.stages
    assert grown.mb < 150
    assert [a.sha256 for a in pc.profile.reports.get(draft.id).attachments] == [attached.sha256]
    assert list((pc.folder / "data/blobs/tmp").glob("*")) == []
    pc.profile.reports.remove(draft.id, attached.pos)
    assert pc.profile.reports.outgoing(draft.id, Work())[0].purpose == "words"


def test_a_file_that_cannot_be_cleaned_never_leaves_and_the_rest_stays(pc: Pc) -> None:
    draft = pc.profile.reports.new(None, title="Broken archive")
    reports = pc.profile.reports
    reports.attach(draft.id, b"PK\x03\x04 no archive", name="bugreport.zip", role="bugreport", media="application/zip", work=Work())
    with pytest.raises(NotCleaned) as caught:
        reports.outgoing(draft.id, Work())
    assert "does not leave this PC" in three_sentences(caught.value).happened
    assert len(reports.get(draft.id).attachments) == 1


# -- secrets -----------------------------------------------------------------------------------------------------------


def test_no_token_is_in_any_file_after_a_whole_day(pc: Pc, hub: Hub, keyring: MemoryKeyring) -> None:
    pc.sign_in(hub.info)
    source = pc.profile.sessions.token_source(pc.account_id)
    tokens = [source.access_token(renew=False), *keyring.kept.values()]
    tokens += [source.access_token(renew=True), *keyring.kept.values()]
    pc.queue("A day")
    pc.send()
    pc.profile.puller.pull(Work())
    pc.restart()
    pc.profile.puller.pull(Work())
    tokens += keyring.kept.values()
    pc.profile.close()
    assert len(set(tokens)) >= 5
    places = [*pc.files(), *(path for path in hub.data.rglob("*") if path.is_file())]
    assert len(places) > 20
    for path in places:
        data = path.read_bytes()
        assert not any(token.encode() in data for token in tokens), path
    pc.open()
