# SPDX-License-Identifier: Apache-2.0
"""Signing in at a real hub through its own pages: what is kept where, and what ends a sign-in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from fakes.visitor import Visitor, deny
from faults.sign_in.conftest import PASSWORD, WHO, Profile, make_profile
from firstlight.account import oidc
from firstlight.account.errors import KeyringLocked, KeyringUnavailable, NotSignedIn, SignInCancelled, SignInRefused, SignInTimedOut
from firstlight.base.errors import Cancelled
from firstlight.base.work import Progress, Work
from firstlight.hublink.errors import SessionExpired, Unreachable
from firstlight_contract.account import ME


class Listening(Work):
    """Keeps what the work said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Progress] = []

    def _said(self, progress: Progress) -> None:
        self.said.append(progress)


def test_a_tester_signs_in_and_the_hub_says_who_they_are(profile: Profile, hub: str) -> None:
    account = profile.sign_in(hub)
    assert (account.hub, account.name, account.email) == (hub, "dana", WHO)
    assert account.me is not None
    assert account.me.subject == account.subject
    assert profile.sessions.current() == account
    assert profile.sessions.client(account.id).call(ME) == account.me


def test_signing_in_again_is_the_same_account(profile: Profile, hub: str) -> None:
    assert profile.sign_in(hub).id == profile.sign_in(hub).id
    assert len(profile.sessions.accounts()) == 1


def test_who_is_signed_in_is_known_offline_after_a_restart(profile: Profile, hub: str) -> None:
    account = profile.sign_in(hub)
    profile.db.close()
    again = make_profile(profile.folder, profile.keyring)
    again.reach.forced_offline = True
    again.chosen = account.id
    assert again.sessions.current() == account
    again.db.close()


def test_no_token_is_in_any_file(profile: Profile, hub: str) -> None:
    account = profile.sign_in(hub)
    access = profile.sessions.token_source(account.id).access_token(renew=False)
    (refresh,) = profile.keyring.kept.values()
    profile.db.close()
    everything = b"".join(path.read_bytes() for path in profile.folder.rglob("*") if path.is_file())
    assert account.subject.encode() in everything
    assert access.encode() not in everything
    assert refresh.encode() not in everything


def test_tokens_are_not_shown_by_repr(profile: Profile, hub: str) -> None:
    visitor = Visitor(WHO, PASSWORD)
    grant = oidc.sign_in(hub=hub, open_browser=visitor.open, work=Work(), http=profile.sessions._nobody, now=lambda: 0.0)
    assert grant.tokens.access not in repr(grant)
    assert grant.tokens.refresh not in repr(grant)


def test_the_listener_answers_in_the_testers_language(profile: Profile, hub: str) -> None:
    visitor = Visitor(WHO, PASSWORD)
    profile.sessions.sign_in(hub, open_browser=visitor.open, work=Work(), language="zh_CN")
    visitor.wait()
    assert "可以关闭这个标签页" in visitor.answers[-1].content.decode()
    assert visitor.answers[-1].headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_wrong_password_stays_at_the_hub_and_the_tester_may_stop(profile: Profile, hub: str) -> None:
    visitor = Visitor(WHO, "not-the-password")
    work = Work()

    def open_then_give_up(url: str) -> bool:
        page = visitor.walk(url)
        assert page.status_code == 200
        assert page.url.startswith(hub)
        work.cancel()
        return True

    with pytest.raises(Cancelled):
        profile.sessions.sign_in(hub, open_browser=open_then_give_up, work=work)
    assert profile.sessions.accounts() == ()
    assert profile.keyring.kept == {}


def test_a_closed_browser_ends_in_a_time_limit(profile: Profile, hub: str) -> None:
    with pytest.raises(SignInTimedOut) as caught:
        profile.sessions.sign_in(hub, open_browser=lambda _url: True, work=Work(), limit_s=0.3)
    assert caught.value.facts["hub"] == hub


def test_a_browser_that_does_not_open_leaves_the_address(profile: Profile, hub: str) -> None:
    work = Listening()
    with pytest.raises(SignInTimedOut):
        profile.sessions.sign_in(hub, open_browser=lambda _url: False, work=work, limit_s=0.3)
    (by_hand,) = [p.note for p in work.said if p.stage == oidc.STAGE_BY_HAND]
    assert by_hand.startswith(f"{hub}/o/authorize/?")
    assert "code_challenge_method=S256" in by_hand


def test_a_tester_who_says_no_has_cancelled(profile: Profile, hub: str) -> None:
    visitor = Visitor(WHO, PASSWORD, twist=deny)
    with pytest.raises(SignInCancelled):
        profile.sessions.sign_in(hub, open_browser=visitor.open, work=Work())
    visitor.wait()
    assert "Nothing was signed in" in visitor.answers[-1].text


def _other_issuer(url: str) -> str:
    return url.replace("iss=http", "iss=https")


def _no_issuer(url: str) -> str:
    return "&".join(part for part in url.split("&") if not part.startswith("iss="))


def _other_code(url: str) -> str:
    return url.replace("code=", "code=x")


@pytest.mark.parametrize(("twist", "reason"), [(_other_issuer, "issuer"), (_no_issuer, "issuer"), (_other_code, "invalid_grant")])
def test_an_answer_that_does_not_hold_signs_nobody_in(profile: Profile, hub: str, twist: Callable[[str], str], reason: str) -> None:
    visitor = Visitor(WHO, PASSWORD, twist=twist)
    with pytest.raises(SignInRefused) as caught:
        profile.sessions.sign_in(hub, open_browser=visitor.open, work=Work())
    assert caught.value.facts["reason"] == reason
    assert profile.keyring.kept == {}


def test_an_answer_with_another_state_is_turned_away_and_the_true_one_still_counts(profile: Profile, hub: str) -> None:
    strays: list[int] = []

    def stray_first(url: str) -> str:
        for other in (url.replace("state=", "state=x"), url.split("?")[0], url + "&state=again"):
            strays.append(requests.get(other, timeout=10).status_code)
        return url

    visitor = Visitor(WHO, PASSWORD, twist=stray_first)
    assert profile.sessions.sign_in(hub, open_browser=visitor.open, work=Work()).name == "dana"
    assert strays == [400, 400, 400]


def test_a_hub_that_is_down_says_so_before_any_browser_opens(profile: Profile) -> None:
    with pytest.raises(Unreachable) as caught:
        profile.sessions.sign_in("http://127.0.0.1:9", open_browser=lambda _url: pytest.fail("opened"), work=Work())
    assert caught.value.reason == "refused"


def test_a_locked_key_ring_is_told_before_the_browser_opens(profile: Profile, hub: str) -> None:
    profile.keyring.is_locked = True
    with pytest.raises(KeyringLocked):
        profile.sessions.sign_in(hub, open_browser=lambda _url: pytest.fail("opened"), work=Work())


def test_a_key_ring_that_locks_meanwhile_costs_no_second_round_trip(profile: Profile, hub: str) -> None:
    visitor = Visitor(WHO, PASSWORD)

    def open_and_lock(url: str) -> bool:
        profile.keyring.is_locked = True
        return visitor.open(url)

    with pytest.raises(KeyringLocked):
        profile.sessions.sign_in(hub, open_browser=open_and_lock, work=Work())
    account = profile.sessions.finish(session_only=True)
    assert account.name == "dana"
    assert profile.sessions.client(account.id).call(ME).email == WHO
    assert profile.keyring.kept == {}
    with pytest.raises(NotSignedIn):
        profile.sessions.finish(session_only=True)


def test_for_this_session_only_nothing_is_kept_in_the_key_ring(profile: Profile, hub: str) -> None:
    profile.keyring.is_broken = True
    account = profile.sign_in(hub, session_only=True)
    source = profile.sessions.token_source(account.id)
    first = source.access_token(renew=False)
    assert source.access_token(renew=True) != first
    profile.keyring.is_broken = False
    assert profile.keyring.kept == {}
    again = make_profile(profile.folder / "second-start", profile.keyring)
    assert again.tokens.load(hub, account.subject) is None
    again.db.close()


def test_a_slow_key_ring_is_given_up_and_asked_again_later(profile: Profile, hub: str) -> None:
    profile.tokens._limit_s = 0.2
    profile.keyring.hold.clear()
    with pytest.raises(KeyringUnavailable) as caught:
        profile.sessions.sign_in(hub, open_browser=lambda _url: pytest.fail("opened"), work=Work())
    assert caught.value.facts["reason"] == "slow"
    profile.keyring.hold.set()
    profile.tokens._limit_s = 5
    assert profile.sign_in(hub).name == "dana"


def test_an_expired_access_token_is_renewed_once_and_the_call_goes_on(profile: Profile, hub: str) -> None:
    account = profile.sign_in(hub)
    source = profile.sessions.token_source(account.id)
    source._access = "an-old-one"
    assert profile.sessions.client(account.id).call(ME).email == WHO
    assert source._access != "an-old-one"


def test_threads_that_are_refused_together_renew_once(profile: Profile, hub: str) -> None:
    account = profile.sign_in(hub)
    source = profile.sessions.token_source(account.id)
    renewals: list[str] = []
    renew = source._discovered().refresh

    def counted(token: str):
        renewals.append(token)
        return renew(token)

    source._provider.refresh = counted
    together = threading.Barrier(4)

    def refused() -> None:
        source.access_token(renew=False)
        together.wait(10)
        source.access_token(renew=True)

    threads = [threading.Thread(target=refused) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(renewals) == 1


def test_two_processes_renew_one_after_the_other(profile: Profile, hub: str, tmp_path: Path) -> None:
    account = profile.sign_in(hub)
    other = make_profile(profile.folder, profile.keyring)
    other.chosen = account.id
    failures: list[BaseException] = []

    def work(one: Profile) -> None:
        try:
            for _ in range(4):
                one.sessions.token_source(account.id).access_token(renew=True)
        except SessionExpired as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(one,)) for one in (profile, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert other.sessions.client(account.id).call(ME).email == WHO
    assert profile.sessions.client(account.id).call(ME).email == WHO
    other.db.close()


def test_a_used_refresh_token_ends_the_sign_in_and_keeps_everything(profile: Profile, hub: str) -> None:
    account = profile.sign_in(hub)
    (name,) = profile.keyring.kept
    old = profile.keyring.kept[name]
    source = profile.sessions.token_source(account.id)
    source.access_token(renew=True)
    # The answer of that renewal was lost: the key ring still holds what the hub has rotated away.
    profile.keyring.kept[name] = old
    with pytest.raises(SessionExpired):
        source.access_token(renew=True)
    with pytest.raises(SessionExpired) as caught:
        profile.sessions.client(account.id).call(ME)
    assert caught.value.facts["reason"] == "missing"
    assert profile.sessions.current() == account
    assert profile.sign_in(hub).id == account.id


def test_a_key_ring_that_locks_during_a_renewal_loses_nothing(profile: Profile, hub: str) -> None:
    account = profile.sign_in(hub)
    source = profile.sessions.token_source(account.id)
    renew = source._discovered().refresh

    def lock_then_answer(token: str):
        tokens = renew(token)
        profile.keyring.is_locked = True
        return tokens

    source._provider.refresh = lock_then_answer
    source.access_token(renew=True)
    source.access_token(renew=True)
    source._provider.refresh = renew
    profile.keyring.is_locked = False
    source.access_token(renew=True)
    again = make_profile(profile.folder, profile.keyring)
    assert again.sessions.client(account.id).call(ME).email == WHO
    again.db.close()


def test_a_hub_that_is_down_ends_no_sign_in(profile: Profile, hub: str) -> None:
    account = profile.sign_in(hub)
    kept = dict(profile.keyring.kept)
    source = profile.sessions.token_source(account.id)
    profile.reach.forced_offline = True
    with pytest.raises(Unreachable):
        source.access_token(renew=True)
    assert profile.keyring.kept == kept
    profile.reach.forced_offline = False
    assert source.access_token(renew=True)


def test_signing_out_drops_the_key_here_and_at_the_hub(profile: Profile, hub: str) -> None:
    account = profile.sign_in(hub)
    (refresh,) = profile.keyring.kept.values()
    profile.sessions.sign_out(account.id)
    assert profile.keyring.kept == {}
    with pytest.raises(SessionExpired):
        profile.sessions.client(account.id).call(ME)
    form = {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": "firstlight-desktop"}
    assert requests.post(f"{hub}/o/token/", data=form, timeout=10).status_code == 400
    assert profile.sessions.accounts() == (account,)


def test_signing_out_works_without_the_hub(profile: Profile, hub: str) -> None:
    account = profile.sign_in(hub)
    profile.reach.forced_offline = True
    profile.sessions.sign_out(account.id)
    assert profile.keyring.kept == {}


def test_accounts_follow_a_hub_that_moved(profile: Profile, hub: str) -> None:
    account = profile.sign_in(hub)
    profile.sessions.move_hub(hub, "http://127.0.0.1:1")
    (moved,) = profile.sessions.accounts()
    assert (moved.id, moved.hub, moved.subject) == (account.id, "http://127.0.0.1:1", account.subject)
    assert [name for _service, name in profile.keyring.kept] == [f"{account.subject}@http://127.0.0.1:1"]
