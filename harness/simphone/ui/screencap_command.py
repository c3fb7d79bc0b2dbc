"""`screencap`: the screen into a file or to stdout.

Source: AOSP, frameworks/base/cmds/screencap.
"""

from __future__ import annotations

import io
import posixpath
import struct

from PIL import Image

from harness.simphone.contracts import Invocation

_RGBA_8888 = 1
_SRGB = 1
_USAGE = b"""usage: screencap [-hp] [-d display-id] [FILENAME]
   -h: this message
   -p: save the file as a png.
   -d: specify the display ID to capture
If FILENAME ends with .png it will be saved as a png.
If FILENAME is not given, the results will be printed to stdout.
"""


async def screencap(invocation: Invocation) -> int:
    """PNG with `-p` or a .png file name, else Android's raw form (header and RGBA)."""
    words = list(invocation.argv[1:])
    png, path = False, None
    while words:
        word = words.pop(0)
        if word == "-p":
            png = True
        elif word == "-d" and words:
            words.pop(0)
        elif word.startswith("-"):
            await invocation.stderr.write(_USAGE)
            return 0 if word == "-h" else 1
        else:
            path = word
    image = invocation.phone.display.screenshot()
    data = image if png or (path or "").endswith(".png") else _raw(image)
    if path is None:
        await invocation.stdout.write(data)
        return 0
    try:
        invocation.phone.fs.write(
            posixpath.join(invocation.cwd, path), data, uid=invocation.uid, ns=invocation.ns
        )
    except OSError as error:
        await invocation.stderr.write(f"Error opening file: {path} ({error.strerror})\n".encode())
        return 1
    return 0


def _raw(png: bytes) -> bytes:
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    header = struct.pack("<IIII", picture.width, picture.height, _RGBA_8888, _SRGB)
    return header + picture.tobytes()
