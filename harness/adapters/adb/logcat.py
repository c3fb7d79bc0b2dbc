"""Follows the phone's log into a file and writes down what concerns the app."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from harness.adapters.adb import wire
from harness.adapters.adb.device import AdbDevice, quote
from harness.adapters.adb.text.app_life import AppLife, LifeFact
from harness.adapters.adb.text.logcat import read_log_line
from harness.domain.facts.control import InstrumentFailure
from harness.domain.facts.device import AppCrash, AppDeath, AppNotResponding
from harness.ports import DeviceControl, InstrumentError, ObservationLog

BUFFERS = "-b main -b crash -b events"
FORMATS = ("-v threadtime -v uid -v year -v zone", "-v threadtime")
"""The second for phones whose logcat does not know the modifiers (before Android 8)."""

_SILENCE = 0.5  # seconds after which open blocks are ended
_PAUSE = 0.5  # seconds between two tries to follow again


class LogcatFollower:
    """A thread that follows until `stop`; it takes up again after a lost cable or reboot."""

    def __init__(
        self,
        phone: AdbDevice,
        package: str,
        file: Path,
        log: ObservationLog,
        *,
        clean: Callable[[str], str],
    ) -> None:
        self._phone = phone
        self._file = file
        self._log = log
        self._clean = clean
        self._life = AppLife(package, clean=clean)
        self._package = package
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"logcat-{phone.name}", daemon=True)
        self._last = ""  # phone time of the last line
        self._format = FORMATS[0]
        self._stream: socket.socket | None = None

    def start(self) -> None:
        """Begins with what is logged from now on. Raises InstrumentError."""
        self._last = _now(self._phone)
        for pid in self._phone.shell(f"pidof {quote(self._package)}").stdout.split():
            self._life.know_pid(int(pid))
        refused = self._phone.shell(f"logcat {self._format} -d -t 1")
        if not refused.ok:
            self._format = FORMATS[1]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._thread.start()

    def stop(self, *, timeout: float = 3.0) -> None:
        """Ends the stream and the thread; can be repeated."""
        self._stop.set()
        stream = self._stream
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        try:
            self._follow_until_stopped()
        except OSError as error:  # our own disk is full, and with it maybe the fact's file
            with contextlib.suppress(InstrumentError, OSError):
                self._tell(str(error), recovered=False, instrument="disk")

    def _follow_until_stopped(self) -> None:
        broken: str | None = None
        # Line by line: a report that is made meanwhile shows it, and a kill costs nothing.
        with self._file.open("a", buffering=1, encoding="utf-8") as file:
            while not self._stop.is_set():
                try:
                    self._follow(file.write)
                    reason = "the stream ended"
                except (InstrumentError, OSError) as error:
                    reason = str(error)
                file.flush()
                if self._stop.is_set():
                    break
                if broken is None:
                    broken = reason
                    self._tell(broken, recovered=False)
                self._stop.wait(_PAUSE)
                if self._back():
                    self._tell(broken, recovered=True)
                    broken = None
            for fact in self._life.flush():
                self._write(fact)

    def _follow(self, write: Callable[[str], object]) -> None:
        command = f"logcat {self._format} {BUFFERS}"
        if self._last:
            command += f" -T {quote(self._last)}"
        link = self._phone.link
        with link.open_service(self._phone.serial, wire.shell_service(command)) as stream:
            self._stream = stream
            for text in link.stream_lines(stream, silence=_SILENCE):
                if self._stop.is_set():
                    return
                if text is None:
                    for fact in self._life.flush():
                        self._write(fact)
                    continue
                write(self._clean(text) + "\n")
                line = read_log_line(text)
                if line is None:
                    continue
                self._last = short_time(line.time)
                for fact in self._life.feed(line):
                    self._write(fact)

    def _back(self) -> bool:
        try:
            return self._phone.state() == "device"
        except InstrumentError:
            return False

    def _tell(self, detail: str, *, recovered: bool, instrument: str = "log") -> None:
        """A log that breaks off says little by itself: who else asks the phone says the rest."""
        action = f"follow the log of {self._phone.name}"
        fact = InstrumentFailure(instrument, action, detail, recovered)
        self._log.write("instrument.failed", fact)

    def _write(self, fact: LifeFact) -> None:
        self._log.write(kind_of(fact), fact)


def kind_of(fact: LifeFact) -> str:
    """The observation kind of a fact of the log."""
    if isinstance(fact, AppCrash):
        return "app.crash"
    if isinstance(fact, AppNotResponding):
        return "app.anr"
    return "app.death" if isinstance(fact, AppDeath) else "device.log"


def short_time(time: str) -> str:
    """`MM-DD HH:MM:SS.mmm`, the form of -T that every logcat takes."""
    words = time.split()
    if len(words) < 2:
        return ""
    day = words[0][5:] if words[0].count("-") == 2 else words[0]
    clock, _, fraction = words[1].partition(".")
    return f"{day} {clock}.{fraction[:3]:0<3}"


def _now(phone: DeviceControl) -> str:
    text = phone.shell("date '+%m-%d %H:%M:%S.000'").stdout.strip()
    return text if len(text) == 18 else ""
