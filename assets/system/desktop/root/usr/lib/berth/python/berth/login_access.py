"""The switches for eyes, ears and hands at the login screen, where no user manager and no message bus is."""

import os
import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gtk

from . import access
from .widgets import named, styled
from .words import words

# What was switched on the last time that somebody sat here.
ACCESS = "/var/lib/berth/greeter/access"
# A message bus, which the screen reader needs and nothing else here: this program starts a second time to have one.
WITH_BUS = "BERTH_WITH_BUS"
FONT_SIZE, LARGE_FONT_SIZE = 12, 18


class AccessMenu(Gtk.MenuButton):
    """The switches for eyes and hands, and what is on."""

    def __init__(self, screen):
        super().__init__(direction=Gtk.ArrowType.UP)
        # The window whose look the switches change.
        self.screen = screen
        styled(self, "round")
        self.set_image(Gtk.Image.new_from_icon_name("preferences-desktop-accessibility-symbolic", Gtk.IconSize.DND))
        named(self, words["accessibility"])
        self.on = access.recall(ACCESS)
        self.programs = access.Programs()
        self.rows = access.Rows(self.flip)
        self.rows.show_all()
        self.popover = Gtk.Popover()
        self.popover.add(self.rows)
        self.set_popover(self.popover)
        self.look()

    def flip(self, switch):
        self.on ^= {switch}
        access.remember(ACCESS, self.on)
        self.look()
        self.screen.make_room()
        self.run()

    def look(self):
        """What costs nothing, and may be there from the first frame on."""
        self.rows.show_state(self.on)
        size = LARGE_FONT_SIZE if "large-text" in self.on else FONT_SIZE
        Gtk.Settings.get_default().set_property("gtk-font-name", f"Noto Sans {size}")
        style = self.screen.get_style_context()
        for switch in ("large-text", "contrast"):
            (style.add_class if switch in self.on else style.remove_class)(switch)

    def run(self):
        """Starts and ends programs; after the login screen was on the display."""
        if "keyboard" in self.on:
            self.programs.start("keyboard", access.KEYBOARD)
        else:
            self.programs.stop("keyboard")
        if "reader" not in self.on:
            self.programs.stop("reader")
        elif WITH_BUS in os.environ:
            self.programs.start("reader", *access.SOUND, access.READER)
        else:
            self.programs.stop_all()
            start_with_bus()


def start_with_bus():
    """This program again, with a bus on which the screen reader finds it."""
    for name in ("GTK_A11Y", "NO_AT_BRIDGE"):
        os.environ.pop(name, None)
    os.environ[WITH_BUS] = "1"
    os.execvp("dbus-run-session", ["dbus-run-session", "--", *sys.argv])
