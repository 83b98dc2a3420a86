"""Small parts of the login screen, with the names that a screen reader says."""

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gtk

from .words import words


def styled(widget, *classes):
    for name in classes:
        widget.get_style_context().add_class(name)
    return widget


def named(widget, name):
    """What a screen reader calls a widget that shows no words."""
    widget.get_accessible().set_name(name)
    widget.set_tooltip_text(name)
    return widget


def field(key, **how):
    """An entry with its name above it, where it stays while somebody types."""
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=4)
    box.add(styled(Gtk.Label(label=words[key], xalign=0), "field"))
    entry = Gtk.Entry(**how)
    entry.get_accessible().set_name(words[key])
    box.add(entry)
    return box, entry


def icon_button(icon, name, action, *classes):
    button = styled(Gtk.Button.new_from_icon_name(icon, Gtk.IconSize.DND), "round", *classes)
    button.connect("clicked", action)
    return named(button, name)
