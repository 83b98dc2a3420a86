"""sparse-digest.py IMAGE START LENGTH: the SHA-256 of what a part of an image holds, in bytes; zeros are passed over,
whether they were written or never were, so that a disk of gigabytes takes no longer than its contents."""

import hashlib
import os
import sys

PIECE = 65536

with open(sys.argv[1], "rb") as image:
    at, end = int(sys.argv[2]), int(sys.argv[2]) + int(sys.argv[3])
    digest = hashlib.sha256()
    while at < end:
        try:
            data = os.lseek(image.fileno(), at, os.SEEK_DATA)
        except OSError:  # nothing but a hole from here to the end
            break
        at = max(at, data - data % PIECE)
        if at >= end:
            break
        piece = os.pread(image.fileno(), min(PIECE, end - at), at)
        if piece.strip(b"\0"):
            digest.update(at.to_bytes(8, "little") + piece)
        at += PIECE
    print(digest.hexdigest())
