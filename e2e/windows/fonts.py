"""fonts.py FOLDER REGISTRY_FILE: free fonts under the family names that Windows programs ask for, and the registry file
that makes wine know them. Without "Tahoma" and "MS Shell Dlg" Chromium ends before it shows a window."""

import os
import sys

from fontTools.ttLib import TTFont

LIBERATION = "/usr/share/fonts/truetype/liberation"
FAMILIES = {
    "Sans": ["Arial", "Segoe UI", "Tahoma", "MS Shell Dlg"],
    "Serif": ["Times New Roman"],
    "Mono": ["Courier New", "Consolas"],
}
STYLES = {"Regular": "Regular", "Bold": "Bold", "Italic": "Italic", "BoldItalic": "Bold Italic"}
# Name table, OpenType specification 1.9, "Name IDs": what programs know a font by; newer names would win over these.
FAMILY, SUBFAMILY, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
NEWER = {16, 17, 18, 21, 22, 25}


def renamed(source: str, family: str, style: str) -> tuple[TTFont, str, str]:
    """The font under another family's name, its full name and a file name."""
    full = family if style == "Regular" else f"{family} {style}"
    file = full.replace(" ", "")
    names = {FAMILY: family, SUBFAMILY: style, UNIQUE: f"{file};renamed", FULL: full, POSTSCRIPT: file}
    font = TTFont(source)
    table = font["name"]
    table.names = [record for record in table.names if record.nameID not in NEWER]
    for record in list(table.names):
        if record.nameID in names:
            table.setName(
                names[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID
            )
    return font, full, f"{file}.ttf"


def main(folder: str, registry: str) -> None:
    os.makedirs(folder, exist_ok=True)
    lines = ["REGEDIT4", "", r"[HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion\Fonts]"]
    for kind, families in FAMILIES.items():
        for family in families:
            for suffix, style in STYLES.items():
                source = f"{LIBERATION}/Liberation{kind}-{suffix}.ttf"
                font, full, file = renamed(source, family, style)
                font.save(os.path.join(folder, file))
                lines.append(f'"{full} (TrueType)"="{file}"')
    with open(registry, "w", encoding="ascii") as out:
        out.write("\n".join(lines) + "\n")


main(*sys.argv[1:3])
