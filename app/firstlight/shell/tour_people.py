# SPDX-License-Identifier: Apache-2.0
"""The two people whom the tour plays: the tester at the sign-in page, and somebody of the team in the hub's administration.

Both use the hub's own pages over HTTP.
"""

from __future__ import annotations

import logging
import re
import threading

import requests

from firstlight.hublink.local import DemoAccount
from firstlight.shell.form_browser import FormBrowser

log = logging.getLogger(__name__)


class TesterBrowser:
    """Called with the address that the system's browser would get; signs in there, in a thread of its own, as a browser is."""

    def __init__(self) -> None:
        self.account: DemoAccount | None = None
        self.seen: list[str] = []

    def __call__(self, address: str) -> bool:
        """Open the address."""
        if self.account is None:
            return False
        threading.Thread(target=self._sign_in, args=(address, self.account), daemon=True).start()
        return True

    def _sign_in(self, address: str, account: DemoAccount) -> None:
        browser = FormBrowser()
        try:
            page = browser.sign_in(address, account.email, account.password)
            self.seen.append(page.url.split("?")[0])
        except (requests.RequestException, LookupError) as error:
            log.warning("the tour's browser did not get through: %s", type(error).__name__)
        finally:
            browser.close()


class TeamMember:
    """Somebody of the team, signed in to the administration."""

    def __init__(self, hub: str, account: DemoAccount) -> None:
        self._hub = hub
        self._browser = FormBrowser()
        self._browser.sign_in(f"{hub}/admin/", account.email, account.password)

    def answer(self, report_id: str, *, state: str, word: str, fixed_in: str = "") -> bool:
        """Open the report, set its state, write to the tester, press Save; whether the page took it."""
        page = self._browser.open(f"{self._hub}/admin/hub_reports/report/{report_id}/change/")
        form = page.form_with("state")
        if form is None:
            return False
        values = {"state": state, "word": word}
        if fixed_in:
            values["fixed_in"] = next((value for value, text in form.options.get("fixed_in", ()) if fixed_in in text), "")
        saved = self._browser.submit(page, form, values, "_save")
        return saved.status == 200 and re.search(r"/admin/hub_reports/report/(\?|$)", saved.url) is not None

    def close(self) -> None:
        """Close the browser."""
        self._browser.close()
