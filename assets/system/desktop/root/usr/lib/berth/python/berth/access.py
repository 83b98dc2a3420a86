"""What helps eyes, ears and hands: the same four switches at the login screen and in a session.

At the login screen they start programs of its own, because there is no user manager; in a session a unit each."""

import pathlib
import subprocess

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk

from .words import words

# In the order in which they are shown.
SWITCHES = ("reader", "keyboard", "large-text", "contrast")
KEYBOARD = ["wvkbd-mobintl", "-L", "260"]
READER = ["orca"]
# The reader speaks through the same sound server as a session; without one a PC's sound is often mute.
SOUND = (["pipewire"], ["wireplumber"], ["pipewire-pulse"])
# Super with Alt as in other Linux desktops, Super with Control as in Windows. labwc's rc.xml has the same for a session.
ALT = Gdk.ModifierType.MOD4_MASK | Gdk.ModifierType.MOD1_MASK
CONTROL = Gdk.ModifierType.MOD4_MASK | Gdk.ModifierType.CONTROL_MASK
SHORTCUTS = {
    (ALT, Gdk.KEY_s): "reader",
    (CONTROL, Gdk.KEY_Return): "reader",
    (ALT, Gdk.KEY_k): "keyboard",
    (CONTROL, Gdk.KEY_o): "keyboard",
}
SHOWN_SHORTCUTS = {"reader": "Super+Alt+S", "keyboard": "Super+Alt+K"}


def parse(text):
    """The switches that a text names, whatever else it says."""
    named = text.split()
    return {switch for switch in SWITCHES if switch in named}


def spell(switches):
    return " ".join(switch for switch in SWITCHES if switch in switches)


def recall(file):
    """What was on the last time; nothing when that cannot be read."""
    try:
        return parse(pathlib.Path(file).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return set()


def remember(file, switches):
    """For the next time; where nothing can be kept the switches work all the same."""
    file = pathlib.Path(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(spell(switches) + "\n", "utf-8")
    except OSError:
        pass


def shortcut(event):
    """The switch that a pressed key stands for; None for every other key."""
    pressed = event.state & (ALT | CONTROL)
    return SHORTCUTS.get((pressed, Gdk.keyval_to_lower(event.keyval)))


class Programs:
    """Programs that run as long as a switch is on, or this process."""

    def __init__(self):
        self.running = {}

    def start(self, switch, *commands):
        if switch not in self.running:
            self.running[switch] = [subprocess.Popen(command) for command in commands]

    def stop(self, switch):
        # The last one started needs the others: it ends first.
        for program in reversed(self.running.pop(switch, [])):
            program.terminate()
            try:
                program.wait(5)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()

    def stop_all(self):
        for switch in list(self.running):
            self.stop(switch)


class Rows(Gtk.Box):
    """A row for each switch, with its shortcut: `flip(switch)` is called when somebody wants the other position."""

    def __init__(self, flip):
        super().__init__(orientation=Gtk.Orientation.VERTICAL, spacing=6, margin=12)
        self.flip = flip
        self.rows = {}
        for switch in SWITCHES:
            row = Gtk.CheckButton()
            line = Gtk.Box(spacing=24)
            line.pack_start(Gtk.Label(label=words[f"access-{switch}"], xalign=0), True, True, 0)
            keys = Gtk.Label(label=SHOWN_SHORTCUTS.get(switch, ""), xalign=1)
            keys.get_style_context().add_class("dim-label")
            line.pack_end(keys, False, False, 0)
            row.add(line)
            row.get_accessible().set_name(words[f"access-{switch}"])
            row.get_accessible().set_description(SHOWN_SHORTCUTS.get(switch, ""))
            self.rows[switch] = (row, row.connect("toggled", self.on_toggled, switch))
            self.add(row)

    def on_toggled(self, _row, switch):
        self.flip(switch)

    def show_state(self, on):
        """Shows what is on, without taking that for somebody's wish."""
        for switch, (row, handler) in self.rows.items():
            row.handler_block(handler)
            row.set_active(switch in on)
            row.handler_unblock(handler)
