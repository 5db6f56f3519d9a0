# SPDX-License-Identifier: Apache-2.0
"""What the welcome page may ask of the core, as plain functions; what they need is imported in the job's thread, after the first paint."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from firstlight.account import programme
from firstlight.account.errors import CodeRefused, NotSignedIn
from firstlight.account.session import Account, hub_address
from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.hublink.errors import HubError
from firstlight_contract.account import CodeInfo

if TYPE_CHECKING:
    from firstlight.account.ui.ways_in import SignInWish
    from firstlight.profile import Profile


def open_in_background(address: str) -> bool:
    """Open the system's browser without waiting for it: some stay until they are closed, and the answer must be heard meanwhile."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    return True


def look_up(profile: Profile, *, hub: str, code: str, work: Work) -> CodeInfo:
    """What a code opens; raises CodeRefused, HubError, SignInRefused for what is no address."""
    work.check()
    return programme.look_up(profile.connect(hub_address(hub), None), code)


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in now; `code_problem` when the F-code did not open its programme, which keeps nobody out."""

    account: Account
    code_problem: FirstlightError | None = None


def sign_in(
    profile: Profile,
    wish: SignInWish,
    *,
    work: Work,
    show_address: Callable[[str], object],
    open_browser: Callable[[str], bool] = open_in_background,
    limit_s: float = 180.0,
) -> SignedIn:
    """The round trip through the browser, then joining by the code.

    A second wish after the key ring refused goes on without a second round trip.
    """

    def shown(address: str) -> bool:
        show_address(address)
        open_browser(address)
        return True  # no browser that we could start: the tester has the address on the page

    language = profile.settings.language or "en"
    account = _finish(profile) if wish.session_only else None
    if account is None:
        account = profile.sessions.sign_in(
            wish.hub, open_browser=shown, work=work, session_only=wish.session_only, language=language, limit_s=limit_s
        )
    problem: FirstlightError | None = None
    if wish.code and not (account.me and account.me.enrolments):
        try:
            programme.join(profile.sessions.client(account.id), wish.code)
            profile.sessions.refresh_me(account.id)
        except (CodeRefused, HubError) as error:
            problem = error
    kept = next(a for a in profile.sessions.accounts() if a.id == account.id)
    return SignedIn(kept, problem)


def _finish(profile: Profile) -> Account | None:
    try:
        return profile.sessions.finish(session_only=True)
    except NotSignedIn:
        return None
