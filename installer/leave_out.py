# SPDX-License-Identifier: Apache-2.0
"""What the bundle does not carry, each with its reason. Names are those of files inside the bundle, or of modules."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

Entry = tuple[str, str, str]
"""PyInstaller's: name in the bundle, where it comes from, its kind."""

MODULES = [
    # Only tests, builds and other ways of running a hub need them; a hub for many testers is installed, not bundled.
    *("tkinter", "pytest", "_pytest", "hypothesis", "mypy", "IPython", "numpy", "psycopg", "psycopg_binary", "granian"),
    *("setuptools", "pkg_resources", "distutils", "lib2to3", "pydoc", "pydoc_data", "pygments", "rich", "markdown_it"),
    # Windows of ours are widgets; no QML, no OpenGL drawing.
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PIL.ImageQt", "PIL.ImageTk", "PIL._avif"),
    # zstandard has a second back-end for interpreters other than CPython.
    *("zstandard._cffi", "zstandard.backend_cffi"),
    # Django's and allauth's parts that the hub does not install. Their migrations and translations weigh the most.
    *("django.contrib.gis", "django.contrib.postgres", "django.contrib.flatpages", "django.contrib.redirects", "django.contrib.sitemaps"),
    *(
        "django.contrib.syndication",
        "django.contrib.admindocs",
        "django.contrib.humanize",
        "django.db.backends.oracle",
        "django.db.backends.mysql",
    ),
    *("allauth.headless", "allauth.mfa", "allauth.idp", "allauth.usersessions", "allauth.socialaccount.providers"),
    *("django.core.management.commands.runserver", "django.core.management.commands.testserver", "oauth2_provider.tests"),
]

_UNWANTED = (
    # Written in 60 languages; ours are English and Chinese, whose words of Qt's own dialogs are kept below.
    (r"/Qt/translations/", r"/Qt/translations/qtbase_zh_CN"),
    (r"(^|/)locale/(?!en/|zh_Hans/)[^/]+/", None),
    # Source of translations, of modules that are in the archive already, and of what the installer of a package wrote down.
    (r"\.(po|pot|py|pyi|pyc)$", r"/migrations/.*\.sql$"),
    (r"\.dist-info/(?!METADATA|entry_points\.txt)", None),
    # Screens that no tester sits at: machines without a window system, remote frames.
    (r"/platforms/libq(eglfs|vnc|linuxfb|minimal|minimalegl|vkkhrdisplay|wayland-egl|wayland-brcm)", None),
    (r"/plugins/(egldeviceintegrations|generic|networkinformation|qmltooling|sqldrivers|printsupport)/", None),
    # Themes of other desktops draw nothing here: the window brings its own look. The portal's file dialog is kept.
    (r"/platformthemes/libqgtk3", None),
    # Formats that no picture of a report or guide has.
    (r"/imageformats/libq(tiff|tga|wbmp|icns|pdf)", None),
    # Parts of Django, of its admin and of allauth that the hub does not install.
    (r"^ninja/(static|templates)/", None),
    (r"^django/conf/(app|project)_template/", None),
    (r"^django/contrib/(gis|admindocs|flatpages|redirects|sitemaps|postgres|humanize|syndication)/", None),
    (r"^allauth/(headless|mfa|idp|usersessions|socialaccount)/", None),
    (r"/static/admin/js/vendor/(xregexp/xregexp|jquery/jquery|select2/select2\.full)\.js$", None),
    (r"(^|/)(select2/i18n/(?!en|zh-CN)[^/]+|jsi18n)\.js$", None),
)
_RULES = [(re.compile(unwanted), re.compile(kept) if kept else None) for unwanted, kept in _UNWANTED]

# WORKAROUND(PyInstaller 6.22): these run at every start. Django's imports Django into the window, PySide6's imports Qt into the hub and
# into commands; the first serves `runserver`, the second finds Qt's folder, which the wheels of PySide6 find by themselves.
START_UP = ("pyi_rth_django", "pyi_rth_pyside6")

# Modules of the archive that nothing loads but Django's tables of languages.
_LANGUAGE = re.compile(r"^django\.conf\.locale\.(?!en$|en\.|zh_Hans)[^.]+")


def is_wanted(entry: Entry) -> bool:
    """Whether this file goes into the bundle."""
    name = "/" + entry[0].replace("\\", "/")
    return not any(rule.search(name) or rule.search(name[1:]) for rule, kept in _RULES if not (kept and kept.search(name)))


def is_stripped(entry: Entry) -> bool:
    """Whether tables for debuggers are cut from it: Python's own are three quarters of libpython.

    Those of Qt have none, and those that a wheel brought along were rewritten in a way that `strip` breaks.
    """
    return entry[2] in ("BINARY", "EXTENSION") and "PySide6" not in entry[1] and ".libs/" not in entry[1]


def is_wanted_module(entry: Entry) -> bool:
    """Whether this module goes into the archive."""
    return not _LANGUAGE.match(entry[0])


def reachable(entries: Iterable[Entry], imports: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The binaries that a kept module or plugin loads, straight or through others.

    Leaving out a plugin leaves its libraries behind, GTK's thirty for one. `imports` names the libraries that a file loads.
    """
    entries = list(entries)
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        by_name.setdefault(PurePosixPath(entry[0]).name, []).append(entry)
    waiting = [e for e in entries if _is_root(e)]
    kept = set()
    while waiting:
        entry = waiting.pop()
        if entry in kept:
            continue
        kept.add(entry)
        names = [PurePosixPath(entry[1]).name] if entry[2] == "SYMLINK" else imports(entry[1])
        waiting += [found for name in names for found in by_name.get(PurePosixPath(name).name, ())]
    return [e for e in entries if e in kept]


def leads_somewhere(entry: Entry, kept: Iterable[Entry]) -> bool:
    """Whether a link in the bundle points to a file that is kept; other entries do anyway."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(entry[0]), entry[1]))
    return entry[2] != "SYMLINK" or target in {e[0] for e in kept}


def _is_root(entry: Entry) -> bool:
    name = PurePosixPath(entry[0])
    return entry[2] == "EXTENSION" or "plugins" in name.parts or name.name.startswith("libpython") or ".so" not in name.name
