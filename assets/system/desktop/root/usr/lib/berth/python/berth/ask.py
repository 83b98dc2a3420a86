"""Asks the system's own small services, which have the rights that a screen or a person has not."""

import socket

SYSTEM = "/run/berth/ask"
FIRST_RUN = "/run/berth/greeter/first-run"
LIMIT_S = 60


def _ask(path, text):
    try:
        with socket.socket(socket.AF_UNIX) as wire:
            wire.settimeout(LIMIT_S)
            wire.connect(path)
            wire.sendall(text.encode())
            wire.shutdown(socket.SHUT_WR)
            answer = b""
            while piece := wire.recv(4096):
                answer += piece
            return answer.decode(errors="replace").strip()
    except OSError:
        return ""


def request(word):
    """`restart`, `power-off`, `other-system`, `status`, `windows-files`; answers with a sentence or nothing."""
    return _ask(SYSTEM, word + "\n")


def other_system():
    """The name of the other system on this PC; None when there is none."""
    found, _, name = request("show").partition(" ")
    if not found.startswith("Boot"):
        return None
    return "Windows" if name.startswith("Windows") else name


def first_run(user, full_name, password):
    """Makes the first account: `done`, or why not."""
    return _first_run(user, full_name, password)


def first_region(language, keymap, zone):
    """Sets them while nobody has an account: `done`, or why not."""
    return _first_run("=region", language, keymap, zone)


def _first_run(*lines):
    return _ask(FIRST_RUN, "\n".join(line.replace("\n", " ") for line in lines) + "\n")
