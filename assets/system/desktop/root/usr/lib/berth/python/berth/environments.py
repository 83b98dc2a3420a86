"""Environments: other Linux systems in containers, made with podman and distrobox for one person and without rights.

What is made is made whole or not at all: whatever ends a creation early, its container and the image that was fetched for
it go again."""

import json
import os
import re
import signal
import subprocess

# What is offered by name: short names, which the system's own list (containers-registries.conf(5)) makes whole.
OFFERED = {
    "Ubuntu": "ubuntu:24.04",
    "Arch": "archlinux:latest",
    "Fedora": "fedora:latest",
    "Debian": "debian:stable",
}
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,40}")
COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
MINE = "label=manager=distrobox"
# What the programs say, and which sentence that is; the first that fits.
REASONS = (
    ("no-room", r"no space left on device|disk quota exceeded"),
    (
        "no-network",
        r"no such host|dial tcp|network is unreachable|temporary failure (in name resolution|resolving)|i/o timeout"
        r"|connection refused|tls handshake|could not resolve|no route to host",
    ),
    (
        "no-image",
        r"manifest unknown|name unknown|image not known|requested access to the resource is denied|unauthorized"
        r"|invalid reference format|status 404|did not resolve to an alias",
    ),
    ("no-archive", r"payload does not match any of the supported image formats|no such file or directory.*\.tar|unexpected eof"),
    ("cannot-set-up", r"could not set up base dependencies|could not find a supported package manager"),
)


class Refused(Exception):
    """Why an environment was not made: the key of a sentence, and what the program said last."""

    def __init__(self, reason, detail=""):
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class Cancelled(Exception):
    """The person stopped it."""


def reason_of(output):
    for reason, pattern in REASONS:
        if re.search(pattern, output, re.IGNORECASE):
            return reason
    return "other"


def _ask(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _json(*command):
    """Podman's lists; one of nothing where it has none yet or does not work here."""
    said = _ask(*command).stdout.strip()
    try:
        return json.loads(said) if said else []
    except ValueError:
        return []


def environments():
    """Name, image and whether it runs, of each, by name."""
    found = _json("podman", "ps", "--all", "--filter", MINE, "--format", "json")
    return sorted((one["Names"][0], one["Image"], one["State"] == "running") for one in found)


def local_images():
    """Names of the images that are on this PC."""
    found = _json("podman", "images", "--format", "json")
    return sorted({name for one in found for name in one.get("Names") or []})


def fits(name):
    """Whether an environment may be called so."""
    return NAME.fullmatch(name) is not None


def terminal(name):
    """The command that opens a terminal in an environment. GTK would take an option --name for its own."""
    return ["xfce4-terminal", "--title", name, "--execute", "distrobox", "enter", name]


def remove(name):
    """Takes an environment away; what is wrong, or nothing."""
    done = _ask("podman", "rm", "--force", "--time", "2", name)
    return None if done.returncode == 0 else done.stderr.strip().splitlines()[-1:] or [""]


class Creation:
    """Makes one environment from an image or from an archive with one: `run` in a thread, `cancel` from another.

    `tell` is called with the key of a step or with a line that a program says."""

    def __init__(self, name, image, archive, tell):
        self.name = name
        self.image = image
        self.archive = archive
        self.tell = tell
        self.program = None
        self.cancelled = False
        self.fetched = None

    def run(self):
        if not fits(self.name):
            raise Refused("bad-name")
        if self.name in [name for name, _, _ in environments()]:
            raise Refused("name-taken")
        try:
            image = self._load() if self.archive else self._pull()
            self._do("making", "distrobox", "create", "--yes", "--no-entry", "--image", image, "--name", self.name)
            self._do("setting-up", "distrobox", "enter", "--no-tty", "--name", self.name, "--", "true")
        except (Refused, Cancelled):
            self.tell("taking-back", None)
            _ask("podman", "rm", "--force", "--ignore", "--time", "2", self.name)
            if self.fetched is not None:
                _ask("podman", "rmi", "--ignore", self.fetched)
            raise

    def cancel(self):
        self.cancelled = True
        program = self.program
        if program is not None and program.poll() is None:
            os.killpg(program.pid, signal.SIGTERM)

    def _pull(self):
        # Podman knows a short name's image too.
        if _ask("podman", "image", "exists", self.image).returncode != 0:
            self._do("fetching", "podman", "pull", self.image)
            self.fetched = self.image
        return self.image

    def _load(self):
        before = local_images()
        said = self._do("loading", "podman", "load", "--input", self.archive)
        names = re.findall(r"^Loaded image(?:\(s\)|s)?: *(\S+)", said, re.MULTILINE)
        if not names:
            raise Refused("no-archive", said.strip()[-200:])
        if names[0] not in before:
            self.fetched = names[0]
        return names[0]

    def _do(self, step, *command):
        """Runs one step's program in a group of its own, so that it ends with all that it started."""
        if self.cancelled:
            raise Cancelled
        self.tell(step, None)
        how = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL}
        # In English, because what it says is looked at.
        speaks = {**os.environ, "LC_ALL": "C.UTF-8"}
        self.program = subprocess.Popen(command, text=True, errors="replace", start_new_session=True, env=speaks, **how)
        if self.cancelled:
            self.cancel()
        said = []
        for line in self.program.stdout:
            line = COLOURS.sub("", line)
            said.append(line)
            if line.strip():
                self.tell(step, line.strip())
        ended = self.program.wait()
        if self.cancelled:
            raise Cancelled
        if ended != 0:
            output = "".join(said)
            raise Refused(reason_of(output), output.strip()[-200:])
        return "".join(said)
