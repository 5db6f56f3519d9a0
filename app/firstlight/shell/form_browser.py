# SPDX-License-Identifier: Apache-2.0
"""A browser without a screen, for the tour: keeps cookies, follows redirects, fills in the forms that it was given.

It goes through the same pages as a person: the hub cannot tell the difference.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

TIMEOUT = (10, 60)
_TEXTUAL = {"text", "hidden", "email", "password", "number", "url", "search", "tel", "date", "time", "datetime-local", ""}


@dataclass
class Form:
    """A form with the values that it came with."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class WebPage:
    """What a request ended at."""

    url: str
    status: int
    text: str
    forms: tuple[Form, ...]

    def form_with(self, name: str) -> Form | None:
        """The first form with a field or button of that name."""
        return next((f for f in self.forms if name in f.values or name in f.buttons or name in f.options), None)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._area = ""
        self._option: tuple[str, bool] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(at.get("action", ""), at.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form is None:
            return
        name = at.get("name", "")
        if tag in ("input", "button") and name:
            self._field(self._form, at, name, tag)
        elif tag == "select" and name:
            self._select = name
            self._form.options[name] = []
            self._form.values.setdefault(name, [])
        elif tag == "option" and self._select:
            self._form.options[self._select].append((at.get("value", ""), ""))
            if "selected" in at:
                self._form.values[self._select].append(at.get("value", ""))
        elif tag == "textarea" and name:
            self._area = name
            self._form.values[name] = [""]

    def _field(self, form: Form, at: dict[str, str], name: str, tag: str) -> None:
        kind = at.get("type", "submit" if tag == "button" else "").lower()
        if kind == "submit":
            form.buttons[name] = at.get("value", "")
        elif kind in ("checkbox", "radio"):
            if "checked" in at:
                form.values.setdefault(name, []).append(at.get("value", "on"))
        elif kind in _TEXTUAL:
            form.values.setdefault(name, []).append(at.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._form is None:
            return
        if self._area:
            old = self._form.values[self._area][0]
            self._form.values[self._area] = [old + (data if old else data.removeprefix("\r\n").removeprefix("\n"))]
        elif self._select and self._form.options[self._select]:
            value, text = self._form.options[self._select][-1]
            self._form.options[self._select][-1] = (value, (text + data).strip())


class FormBrowser:
    """One person's browser. Raises requests' errors, and LookupError where an expected form is missing."""

    def __init__(self) -> None:
        self._http = requests.Session()
        self._http.trust_env = False  # loopback only: no proxy of the environment may see a password

    def open(self, url: str) -> WebPage:
        """Go to an address."""
        return _page(self._http.get(url, timeout=TIMEOUT))

    def submit(self, page: WebPage, form: Form, values: dict[str, str], button: str = "") -> WebPage:
        """Fill in some fields of a form, leave the rest as they came, and press a button."""
        data: list[tuple[str, str]] = []
        for name, old in form.values.items():
            if name in values:
                continue
            data.extend((name, value) for value in old)
        data.extend(values.items())
        if button:
            data.append((button, form.buttons.get(button, "")))
        url = urljoin(page.url, form.action or page.url)
        if form.method == "post":
            return _page(self._http.post(url, data=data, headers={"Referer": page.url}, timeout=TIMEOUT))
        return _page(self._http.get(url, params=data, timeout=TIMEOUT))

    def sign_in(self, url: str, email: str, password: str) -> WebPage:
        """Open an address that asks for a sign-in, and sign in."""
        page = self.open(url)
        for name in ("login", "username"):
            form = page.form_with(name)
            if form is not None and "password" in form.values:
                page = self.submit(page, form, {name: email, "password": password})
                break
        else:
            raise LookupError(f"no sign-in form at {page.url}")
        consent = page.form_with("allow")
        return self.submit(page, consent, {}, "allow") if consent is not None else page

    def close(self) -> None:
        """Forget the cookies."""
        self._http.close()


def _page(answer: requests.Response) -> WebPage:
    reader = _Reader()
    if "html" in answer.headers.get("Content-Type", ""):
        reader.feed(answer.text)
    return WebPage(answer.url, answer.status_code, answer.text, tuple(reader.forms))
