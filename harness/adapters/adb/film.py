"""Films the phone's screen by its own `screenrecord`, in pieces, until told to stop.

The recorder hangs on the shell stream that started it: when that ends, for whatever reason
(harness killed, cable pulled, adb server gone), the phone itself stops recording and removes
what was recorded. A piece ends by itself before Android's limit of three minutes, so that
even a recorder that lost its keeper ends.

Source for options, limits and signals: AOSP, frameworks/av/cmds/screenrecord/screenrecord.cpp.
"""

from __future__ import annotations

import contextlib
import socket
import time

from harness.adapters.adb import wire
from harness.adapters.adb.device import AdbDevice
from harness.ports import DeviceControl, InstrumentError

FOLDER = "/data/local/tmp/harness-film"
"""Each recording has a folder of its own in it, named after its keeper's pid: a recorder that
takes long to end must not take the next one's files away."""
SIDE = 96
"""Pixels of the film, both ways: the least that encoders commonly take. The long side of the
screen fits into it, so one pixel stands for some 25 of the screen's and no word can be read
(as on a blurred screenshot). Nothing in a film can be painted over here, and what cannot be
cleaned is not kept: a film of 96 x 208 was tried, and names could be guessed on it."""
RATE = 200_000
"""Bits a second; Android's least is 100 000."""
PIECE_SECONDS = 170
MOST_PIECES = 40
_STOP_SECONDS = 8.0
_READ_SECONDS = 20.0
_MOST_BYTES = 30_000_000


def script(side: int = SIDE) -> str:
    """For the phone's sh. One word on stdin ends the recording, the end of stdin removes it.

    A recorder that is only just starting may miss a signal, so it is sent again.
    """
    record = f"screenrecord --size {side}x{side} --bit-rate {RATE}"
    return f"""trap "" HUP PIPE
D={FOLDER}/$$
rm -rf $D
mkdir -p $D || exit 1
(
  n=0
  while [ $n -lt {MOST_PIECES} ] && [ ! -e $D/stop ]; do
    n=$((n+1))
    {record} --time-limit {PIECE_SECONDS} $D/$n.mp4 2>>$D/said &
    echo $! >$D/pid
    wait $! || break
  done
  : >$D/over
) </dev/null >/dev/null 2>&1 &
echo begun $$
read word
: >$D/stop
i=0
while [ ! -e $D/over ] && [ $i -lt 70 ]; do
  [ $((i%10)) = 0 ] && kill -2 $(cat $D/pid) 2>/dev/null
  i=$((i+1))
  sleep 0.1
done
echo over
[ -n "$word" ] && cat >/dev/null
rm -rf $D
rmdir {FOLDER} 2>/dev/null
"""


class PhoneFilm:
    """start() → stop() or drop(). Each raises InstrumentError("adb", …); drop() never."""

    def __init__(self, device: AdbDevice, side: int = SIDE) -> None:
        self._device = device
        self._side = side
        self._stream: socket.socket | None = None
        self._frames = wire.ShellFrames()
        self._folder = FOLDER

    def start(self) -> None:
        """Returns once the phone has the order; what is shown before is not on the film."""
        service = wire.shell_service(script(self._side))
        self._frames = wire.ShellFrames()
        self._stream = self._device.link.open_service(self._device.serial, service)
        keeper = self._await("begun", "start filming", _STOP_SECONDS)
        self._folder = f"{FOLDER}/{keeper}"

    def stop(self) -> list[bytes]:
        """The pieces in their order; nothing of it is on the phone afterwards."""
        try:
            self._send(b"stop\n")
            self._await("over", "stop filming", _STOP_SECONDS)
            return self._pieces()
        finally:
            self.drop()

    def drop(self) -> None:
        """Stops recording; the phone removes what it has."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)
            stream.close()

    def _pieces(self) -> list[bytes]:
        listing = self._device.shell(f"cd {self._folder} && ls *.mp4").stdout.split()
        names = sorted(listing, key=lambda name: int(name.partition(".")[0]))
        found = [self._read(name) for name in names]
        whole = [piece for piece in found if b"moov" in piece]
        if not whole:
            said = self._device.shell(f"cat {self._folder}/said").stdout.strip()
            raise self._error("film the screen", said[-300:] or "nothing was recorded")
        return whole

    def _read(self, name: str) -> bytes:
        taken = bytearray()

        def take(data: bytes) -> None:
            if len(taken) < _MOST_BYTES:
                taken.extend(data)

        command = f"cat {self._folder}/{name}"
        link, serial = self._device.link, self._device.serial
        link.shell_into(serial, command, take, timeout=_READ_SECONDS)
        return bytes(taken)

    def _send(self, text: bytes) -> None:
        if self._stream is None:
            raise self._error("stop filming", "it was not started")
        try:
            self._stream.sendall(wire.frame(wire.STDIN, text))
        except OSError as error:
            raise self._error("stop filming", str(error)) from error

    def _await(self, word: str, action: str, seconds: float) -> str:
        """What stands after `word` on the keeper's line."""
        stream = self._stream
        deadline = time.monotonic() + seconds
        try:
            while (line := _line(self._frames.stdout, word)) is None and stream is not None:
                stream.settimeout(max(deadline - time.monotonic(), 0.001))
                data = stream.recv(4096)
                if not data or self._frames.exit_code is not None:
                    raise self._error(action, f"the shell ended: {self._frames.stderr.decode()}")
                self._frames.feed(data)
        except OSError as error:  # a time-out is one as well
            raise self._error(action, f"no {word!r} within {seconds:.0f} s: {error}") from error
        return line or ""

    def _error(self, action: str, detail: str) -> InstrumentError:
        device = self._device
        return InstrumentError(
            "adb", f"{action} on {device.name} ({device.serial})", detail,
            advice="Without film: film: false in the phone's entry of devices.yaml.",
        )  # fmt: skip


def _line(said: bytearray, word: str) -> str | None:
    """The rest of the whole line that begins with `word`; None = not there yet."""
    *whole, _ = said.decode("utf-8", "replace").split("\n")
    found = (line.removeprefix(word).strip() for line in whole if line.startswith(word))
    return next(found, None)


def sweep(device: DeviceControl) -> bool:
    """Ends a recording that lost its keeper and removes its files; True = there was one."""
    done = device.shell(
        f"[ -d {FOLDER} ] || exit 0; for d in {FOLDER}/*; do : >$d/stop;"
        f" kill -2 $(cat $d/pid) 2>/dev/null; done; rm -rf {FOLDER} && echo swept"
    )
    return "swept" in done.stdout
