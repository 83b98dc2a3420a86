"""The form to choose language, keyboard and time zone in."""

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gtk

from . import region
from .widgets import styled
from .words import words


class Choice(Gtk.ComboBoxText):
    """A list to choose from, with its name above it."""

    def __init__(self, key):
        super().__init__(hexpand=True)
        self.label = styled(Gtk.Label(label=words[key], xalign=0), "field")
        self.get_accessible().set_name(words[key])

    def fill(self, pairs, chosen):
        self.remove_all()
        for identity, name in pairs:
            self.append(identity, name)
        if not self.set_active_id(chosen):
            self.set_active(0)


class RegionForm(Gtk.Grid):
    """Five lists: language, keyboard and its kind, part of the world and place."""

    def __init__(self):
        super().__init__(row_spacing=4, column_spacing=16)
        self.language, self.layout, self.variant = (Choice(f"region-{key}") for key in ("language", "keyboard", "variant"))
        self.area, self.place = Choice("region-area"), Choice("region-place")
        all_layouts, self.variants = region.layouts(region.lines(region.LAYOUTS))
        self.zones, self.zone_of = region.zones(region.lines(region.ZONES), region.lines(region.ZONE_RULES))
        language, layout, variant, zone = region.present()
        # What the image has no name for stays choosable as it is.
        if zone not in self.zones:
            self.zones.append(zone)
        self.language.fill(region.languages(), language)
        self.layout.fill(all_layouts, layout)
        self.fill_variants(variant)
        self.fill_zone(zone)
        for row, (left, right) in enumerate(((self.language, None), (self.layout, self.variant), (self.area, self.place))):
            for column, choice in enumerate(choice for choice in (left, right) if choice is not None):
                width = 2 if right is None else 1
                self.attach(choice.label, column, 2 * row, width, 1)
                self.attach(choice, column, 2 * row + 1, width, 1)
        self.language.connect("changed", self.follow)
        self.layout.connect("changed", lambda _: self.fill_variants(""))
        self.area.connect("changed", lambda _: self.fill_places(""))

    def fill_variants(self, chosen):
        plain = [("", words["region-plain"])]
        self.variant.fill(plain + self.variants.get(self.layout.get_active_id(), []), chosen)

    def fill_zone(self, zone):
        areas = sorted({name.partition("/")[0] for name in self.zones})
        self.area.fill([(area, "UTC" if area == "Etc" else area) for area in areas], zone.partition("/")[0])
        self.fill_places(zone)

    def fill_places(self, chosen):
        area = self.area.get_active_id()
        names = [name for name in self.zones if name.partition("/")[0] == area]
        # "Argentina/Buenos_Aires" as people write it.
        shown = [(name, name.partition("/")[2].replace("_", " ").replace("/", ", ") or name) for name in names]
        self.place.fill(shown, chosen)

    def follow(self, _choice):
        """A language suggests the keyboard and the time zone of its country, where there is no doubt."""
        country = (self.language.get_active_id() or "").partition("_")[2]
        if country:
            self.layout.set_active_id(country.lower())
        if country in self.zone_of:
            self.fill_zone(self.zone_of[country])

    def chosen(self):
        """Language, keymap and zone as `set-region` takes them."""
        layout, variant = self.layout.get_active_id() or "", self.variant.get_active_id() or ""
        keymap = f"{layout}({variant})" if variant else layout
        return self.language.get_active_id() or "", keymap, self.place.get_active_id() or ""
