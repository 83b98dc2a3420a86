"""Uses a program's widgets by the names that a screen reader says: each argument NAME presses, NAME=TEXT types. Waits until
a widget is there. With nothing to do it prints every name."""

import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi

Atspi.init()
LIMIT_S = 600


def widgets(widget=None):
    widget = widget or Atspi.get_desktop(0)
    for number in range(widget.get_child_count()):
        child = widget.get_child_at_index(number)
        if child is not None:
            yield child
            yield from widgets(child)


def find(name, able):
    until = time.monotonic() + LIMIT_S
    while time.monotonic() < until:
        for widget in widgets():
            if widget.get_name() == name and able(widget):
                return widget
        time.sleep(1)
    raise SystemExit(f"{name} is not there")


for argument in sys.argv[1:]:
    name, types, text = argument.partition("=")
    if types:
        entry = find(name, lambda widget: widget.get_editable_text_iface() is not None)
        entry.get_editable_text_iface().set_text_contents(text)
    else:
        find(name, lambda widget: widget.get_action_iface() is not None and widget.get_n_actions() > 0).do_action(0)
    print("used", argument, flush=True)
if not sys.argv[1:]:
    for widget in widgets():
        if widget.get_name():
            print(widget.get_role_name(), widget.get_name(), sep="|")
