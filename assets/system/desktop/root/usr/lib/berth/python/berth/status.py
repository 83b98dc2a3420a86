"""The state of this system as one page, in words."""

from .words import words

# In the order of the page; a fact that is not told is left out.
ORDER = [
    "release", "kernel", "up", "root", "data", "encryption", "volatile", "boot", "memory", "disk",
    "graphics", "network", "secure-boot", "trial", "other", "failed", "errors", "refused",
]
# Facts that are one of a few words.
SPOKEN = {"root", "encryption", "secure-boot", "trial"}
# What makes a person look twice.
BAD = {("root", "damaged"), ("root", "unknown"), ("encryption", "tpm-alone")}


def _spoken(key, value):
    if key in SPOKEN:
        return words.get(f"status-{key}-{value}", value)
    if key == "up":
        minutes = int(value) // 60
        return words["status-duration"].format(minutes // 60, minutes % 60)
    return value


def parse(text):
    """The facts as pairs, as status-facts tells them."""
    return [tuple(line.split("\t", 1)) for line in text.splitlines() if "\t" in line]


def needs_attention(facts):
    return any(pair in BAD or pair[0] in ("failed", "volatile") for pair in facts)


def page(facts):
    """Title, what it comes to, and a line a fact."""
    width = max(len(words[f"status-{key}"]) for key in ORDER)
    verdict = words["status-attention" if needs_attention(facts) else "status-well"]
    lines = [words["status-title"], verdict, ""]
    for key in ORDER:
        for name, value in facts:
            if name == key and value:
                lines.append(f"{words[f'status-{key}'].ljust(width)}  {_spoken(key, value)}")
    return "\n".join(lines) + "\n"
