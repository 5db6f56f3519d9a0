#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A screen reader of a kind, by AT-SPI, outside the program: run by the system's Python, which has pyatspi.

usage: reader.py NAME       walks the application whose window's title begins with NAME and prints one JSON line for each question
Lines on its input: `names` answers all that can be pressed or typed into, `focus` what has the keyboard, `rows LIST` the rows of a list.
"""

import json
import select
import sys

import pyatspi

PRESSED = {
    pyatspi.ROLE_PUSH_BUTTON,
    pyatspi.ROLE_CHECK_BOX,
    pyatspi.ROLE_TOGGLE_BUTTON,
    pyatspi.ROLE_RADIO_BUTTON,
    pyatspi.ROLE_TEXT,
    pyatspi.ROLE_ENTRY,
    pyatspi.ROLE_LIST,
    pyatspi.ROLE_LIST_ITEM,
    pyatspi.ROLE_COMBO_BOX,
    pyatspi.ROLE_MENU_ITEM,
}
MOST = 3000


def walk(node, depth=0):
    """This and all below, what is not shown left out."""
    if depth > 40:
        return
    yield node
    for child in node:
        if child is not None:
            yield from walk(child, depth + 1)


def find(name):
    desktop = pyatspi.Registry.getDesktop(0)
    for application in desktop:
        if application is None:
            continue
        for window in application:
            if window is not None and (window.name or "").startswith(name):
                return window
    return None


def is_shown(node):
    states = node.getState()
    return states.contains(pyatspi.STATE_SHOWING) and states.contains(pyatspi.STATE_VISIBLE)


def told(node):
    return {"role": node.getRoleName(), "name": node.name or "", "description": node.description or ""}


def answer(window, line):
    what, _, rest = line.partition(" ")
    nodes = list(walk(window))[:MOST]
    if what == "names":
        return [told(n) for n in nodes if n.getRole() in PRESSED and is_shown(n)]
    if what == "focus":
        found = [n for n in nodes if n.getState().contains(pyatspi.STATE_FOCUSED) and is_shown(n)]
        return [told(n) for n in found]
    if what == "rows":
        lists = [n for n in nodes if n.getRole() == pyatspi.ROLE_LIST and n.name == rest and is_shown(n)]
        return [told(n) | {"chosen": n.getState().contains(pyatspi.STATE_SELECTED)} for n in lists[0]] if lists else []
    raise ValueError(what)


def main():
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        try:
            window = find(sys.argv[1])
            said = None if window is None else answer(window, line.rstrip("\n"))
        except Exception as error:  # noqa: BLE001  the library raises GLib's own, of no common class: a node that went while it was read: the question is asked again
            said = f"again {error!r}"
        if not isinstance(said, list):
            # Not there yet: the next question comes at once, the window needs a moment.
            select.select([], [], [], 0.2)
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
