"""Language, keyboard and time zone: what there is and what is set."""

import gettext
import pathlib
import re

# A line each: de_DE, then its name in that language.
LANGUAGES = pathlib.Path("/usr/share/berth/language-names")
LAYOUTS = pathlib.Path("/usr/share/X11/xkb/rules/evdev.lst")
ZONES = pathlib.Path("/usr/share/zoneinfo/zone.tab")
ZONE_RULES = pathlib.Path("/usr/share/zoneinfo/zone1970.tab")
ETC = pathlib.Path("/etc")


def lines(file):
    try:
        return file.read_text("utf-8").splitlines()
    except OSError:
        return []


def languages():
    """Pairs of locale and name."""
    return [tuple(line.split("\t", 1)) for line in lines(LANGUAGES) if "\t" in line]


def layouts(text):
    """Of evdev.lst: layouts as pairs of id and name, and for each layout its variants in the same way."""
    section, found, variants = "", [], {}
    translate = gettext.translation("xkeyboard-config", fallback=True).gettext
    for line in text:
        if line.startswith("! "):
            section = line[2:].strip()
        elif section == "layout" and line.strip():
            identity, name = line.split(maxsplit=1)
            found.append((identity, translate(name)))
        elif section == "variant" and ":" in line:
            identity, layout, name = re.split(r"[\s:]+", line.strip(), maxsplit=2)
            variants.setdefault(layout, []).append((identity, translate(name)))
    # A layout of one's own, which nobody has written.
    found = [layout for layout in found if layout[0] != "custom"]
    return sorted(found, key=lambda pair: pair[1]), variants


def zones(places, rules):
    """Of zone.tab: names like Europe/Berlin, and each country's zone where there is no doubt: the only one, or the only
    one for which zone1970.tab names that country first."""
    of_country, first = {}, {}
    for text, table in ((places, of_country), (rules, first)):
        for line in text:
            parts = line.split("\t")
            if not line.startswith("#") and len(parts) > 2:
                table.setdefault(parts[0].partition(",")[0], []).append(parts[2])
    names = sorted({name for found in of_country.values() for name in found})
    clear = {}
    for country, found in of_country.items():
        for candidates in (found, first.get(country, [])):
            if len(candidates) == 1:
                clear.setdefault(country, candidates[0])
    return names, clear


def present():
    """Language, layout, variant and time zone as they are set."""
    settings = {}
    for file in (ETC / "locale.conf", ETC / "default/keyboard"):
        for line in lines(file):
            name, _, value = line.partition("=")
            settings[name] = value.strip("\"'")
    zone = str(pathlib.Path(ETC / "localtime").resolve()).partition("/zoneinfo/")[2]
    language = settings.get("LANG", "en_US").partition(".")[0]
    return language, settings.get("XKBLAYOUT") or "us", settings.get("XKBVARIANT", ""), zone or "Etc/UTC"


def clock_is_local():
    return lines(ETC / "adjtime")[2:3] == ["LOCAL"]
