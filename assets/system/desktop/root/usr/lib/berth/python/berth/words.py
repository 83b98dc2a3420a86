"""Every word that Berth's own programs show, by language; English where a language has none."""

import json
import os
import pathlib

FOLDER = pathlib.Path(os.environ.get("BERTH_WORDS", "/usr/share/berth/words"))


def _table(language):
    file = FOLDER / f"{language}.json"
    return json.loads(file.read_text("utf-8")) if file.is_file() else {}


def _language():
    return os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"


words = {**_table("en"), **_table(_language().split("_")[0].split(".")[0])}
