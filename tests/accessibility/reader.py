"""Looks at the window through AT-SPI as a screen reader does. Run by the system's Python, which has the bindings.

    dbus-run-session -- /usr/bin/python3 tests/accessibility/reader.py WINDOW-COMMAND…

Prints one JSON object: for every stop of the walk how many controls were seen, and those without a name.
"""

import json
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

#: What one can act on, and must therefore be told by name.
CONTROLS = {
    Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.CHECK_BOX, Atspi.Role.RADIO_BUTTON, Atspi.Role.TEXT, Atspi.Role.ENTRY,
    Atspi.Role.PASSWORD_TEXT, Atspi.Role.COMBO_BOX, Atspi.Role.TABLE, Atspi.Role.TREE, Atspi.Role.TREE_TABLE, Atspi.Role.LIST,
    Atspi.Role.LIST_ITEM, Atspi.Role.PAGE_TAB, Atspi.Role.PAGE_TAB_LIST, Atspi.Role.SPIN_BUTTON, Atspi.Role.SLIDER,
    Atspi.Role.MENU_ITEM, Atspi.Role.LINK, Atspi.Role.TABLE_CELL, Atspi.Role.TABLE_COLUMN_HEADER,
}
PATIENCE = 60
MOST_CELLS = 60


def main(command):
    """Start the window and look at it, stop by stop."""
    window = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    found = {}
    for line in window.stdout:
        if line.startswith("stop "):
            found[line.split()[1]] = look(application(window.pid))
            window.stdin.write("on\n")
            window.stdin.flush()
        elif line.strip() == "end":
            break
    window.stdin.close()
    print(json.dumps({"stops": found, "code": window.wait()}))


def application(pid):
    """The window's application in the tree; the registry learns of it a moment after it has begun."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(place)
            if child is not None and child.get_process_id() == pid:
                return child
        time.sleep(0.1)
    raise SystemExit("the window never came into the tree")


def look(top):
    """How many controls can be seen, and where the nameless ones are."""
    top.clear_cache()
    seen = {"controls": 0, "nameless": []}
    walk(top, [], seen)
    return seen


def walk(node, path, seen):
    """Go through a node and what it shows; of a table only so many cells."""
    role = node.get_role()
    if role != Atspi.Role.APPLICATION and not node.get_state_set().contains(Atspi.StateType.SHOWING):
        return
    name = node.get_name() or ""
    here = [*path, "{} {!r}".format(node.get_role_name(), name)]
    if role in CONTROLS:
        seen["controls"] += 1
        if not name.strip() and not (role == Atspi.Role.TABLE_CELL):
            seen["nameless"].append(" / ".join(here[-4:]))
    many = role in (Atspi.Role.TABLE, Atspi.Role.LIST, Atspi.Role.TREE)
    for place in range(min(node.get_child_count(), MOST_CELLS) if many else node.get_child_count()):
        child = node.get_child_at_index(place)
        if child is not None:
            walk(child, here, seen)


if __name__ == "__main__":
    main(sys.argv[1:])
