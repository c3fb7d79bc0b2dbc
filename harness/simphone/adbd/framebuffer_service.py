"""`framebuffer:`: the screen's pixels behind DDMS's header.

Source: AOSP, packages/modules/adb/daemon/framebuffer_service.cpp. adbd runs
`screencap` and puts its own header before the pixels.
"""

from __future__ import annotations

import struct

from harness.simphone.adbd.shell_service import adb_uid
from harness.simphone.adbd.stream import Stream
from harness.simphone.contracts import PhoneParts

_VERSION = 2  # DDMS_RAWIMAGE_VERSION
_SCREENCAP_HEADER = struct.Struct("<IIII")  # width, height, format, colour space
_RGBA_8888 = 1
_BITS = 32
_CHANNELS = (0, 8, 16, 8, 8, 8, 24, 8)  # offset and bits of red, blue, green, alpha


class _Pipe:
    """Keeps what `screencap` writes."""

    def __init__(self) -> None:
        self.data = bytearray()

    async def write(self, data: bytes) -> None:
        self.data += data


class _Nothing:
    """stdin at its end."""

    async def read(self, size: int = -1) -> bytes:
        del size
        return b""


async def framebuffer(phone: PhoneParts, stream: Stream) -> None:
    """Header (14 little-endian words) and RGBA pixels; nothing when screencap fails."""
    stream.accept()
    picture, complaint = _Pipe(), _Pipe()
    code = await phone.shell.run(
        "screencap", stdin=_Nothing(), stdout=picture, stderr=complaint, uid=adb_uid(phone)
    )
    if code == 0:
        await stream.write(_with_header(bytes(picture.data)))
    await stream.close()


def _with_header(raw: bytes) -> bytes:
    width, height, pixels, colours = _SCREENCAP_HEADER.unpack_from(raw)
    if pixels != _RGBA_8888:
        return b""
    size = width * height * _BITS // 8
    head = struct.pack("<14I", _VERSION, _BITS, colours, size, width, height, *_CHANNELS)
    return head + raw[_SCREENCAP_HEADER.size :]
