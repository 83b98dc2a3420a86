"""What a screen reader finds at the login screen: a line for each widget that takes the focus, with its role, its name and
whether it has the focus. Run as root in the guest; it becomes the login screen's user to reach that one's bus."""

import os
import pathlib
import pwd



def program(place):
    try:
        return (place / "comm").read_text().strip()
    except OSError:
        # It ended since it was listed.
        return ""


found = [place for place in pathlib.Path("/proc").glob("[0-9]*") if program(place) == "greeter"]
account = pwd.getpwnam("_greetd")
settings = (found[0] / "environ").read_bytes().split(b"\0")
os.environ.update(pair.decode().split("=", 1) for pair in settings if b"=" in pair)
os.setgid(account.pw_gid)
os.setuid(account.pw_uid)

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi

Atspi.init()


def walk(widget):
    states = widget.get_state_set()
    # What is hidden is no widget to anybody; what a menu shows once it is open is.
    if states.contains(Atspi.StateType.FOCUSABLE) and states.contains(Atspi.StateType.VISIBLE):
        focus = "focus" if states.contains(Atspi.StateType.FOCUSED) else "-"
        print(widget.get_role_name(), widget.get_name() or "NO NAME", focus, sep="|")
    for number in range(widget.get_child_count()):
        walk(widget.get_child_at_index(number))


desktop = Atspi.get_desktop(0)
for number in range(desktop.get_child_count()):
    if desktop.get_child_at_index(number).get_name() == "greeter":
        walk(desktop.get_child_at_index(number))
