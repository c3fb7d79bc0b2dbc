"""One phone over adb: implements ports.DeviceControl by sockets and, for files, the binary."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from harness.adapters.adb.link import AdbLink, AdbRefusedError
from harness.adapters.places import adb_binary
from harness.ports import InstrumentError, ShellResult

_POLL = 0.1  # seconds between two looks at the state


class AdbDevice:
    """Implements DeviceControl. Every call is bounded."""

    def __init__(self, name: str, serial: str, link: AdbLink) -> None:
        self._name = name
        self._serial = serial
        self.link = link

    @property
    def name(self) -> str:
        """Name in devices.yaml."""
        return self._name

    @property
    def serial(self) -> str:
        """As adb calls it."""
        return self._serial

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        """Runs `command` by the phone's shell; a non-zero exit code is a result, no error."""
        return self.link.shell(self._serial, command, timeout=timeout, stdin=stdin)

    def push(self, source: Path, target: str, *, mode: int = 0o644, timeout: float = 60.0) -> None:
        """Copies a file to the phone and sets its mode."""
        self._binary("push", str(source), target, timeout=timeout)
        result = self.shell(f"chmod {mode:o} {quote(target)}")
        if not result.ok:
            raise self._error(f"chmod {target}", f"exit {result.exit_code}: {result.stderr}")

    def pull(self, source: str, target: Path, *, timeout: float = 60.0) -> None:
        """Copies a file or folder from the phone."""
        self._binary("pull", source, str(target), timeout=timeout)

    def reverse(self, phone_port: int, host_port: int) -> None:
        """Phone's loopback port → host port. Never re-targets a port that is taken."""
        for port, target in self.reverse_list():
            if port == phone_port:
                if target == host_port:
                    return
                raise self._error(
                    f"reverse tcp:{phone_port}", f"leads to port {target} already, not {host_port}"
                )
        self._reverse(f"forward:norebind:tcp:{phone_port};tcp:{host_port}")

    def reverse_list(self) -> list[tuple[int, int]]:
        """(phone port, host port) of every TCP reverse of this phone."""
        data = self.link.device_service(self._serial, "reverse:list-forward")
        found: list[tuple[int, int]] = []
        for line in data[4:].decode("utf-8", "replace").splitlines():
            words = line.split()
            if len(words) == 3 and words[1].startswith("tcp:") and words[2].startswith("tcp:"):
                found.append((int(words[1][4:]), int(words[2][4:])))
        return found

    def remove_reverse(self, phone_port: int) -> None:
        """Takes one reverse away; one that is not there is fine."""
        if any(port == phone_port for port, _ in self.reverse_list()):
            self._reverse(f"killforward:tcp:{phone_port}")

    def root(self, *, timeout: float = 15.0) -> bool:
        """Restarts adbd as root where the build allows it; checked by `id -u`."""
        if self.is_root():
            return True
        deadline = time.monotonic() + timeout
        answer = self.link.device_service(self._serial, "root:", timeout=timeout)
        if b"restarting" not in answer:
            return False
        while time.monotonic() < deadline:
            time.sleep(_POLL)
            try:
                if self.is_root():
                    return True
            except InstrumentError:
                continue  # adbd is starting again
        raise self._error("restart adbd as root", f"no root shell within {timeout:.0f} s")

    def is_root(self) -> bool:
        """The shell runs as root now."""
        return self.shell("id -u").stdout.strip() == "0"

    def state(self) -> str:
        """device, offline, unauthorized, recovery … or "absent"."""
        return states(self.link).get(self._serial, "absent")

    def wait_for(self, state: str = "device", *, timeout: float = 30.0) -> None:
        """Returns once the phone is in `state`."""
        deadline = time.monotonic() + timeout
        seen = self.state()
        while seen != state:
            if time.monotonic() >= deadline:
                raise self._error(f"wait for {state}", f"still {seen} after {timeout:.0f} s")
            time.sleep(_POLL)
            seen = self.state()

    def _reverse(self, request: str) -> None:
        data = self.link.device_service(self._serial, f"reverse:{request}")
        if not data.startswith(b"OKAY"):
            raise self._error(f"reverse {request}", data.decode("utf-8", "replace"))

    def _binary(self, *words: str, timeout: float) -> None:
        action = " ".join(words)
        done = run_adb(self, *words, timeout=timeout)
        if done.returncode != 0:
            text = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
            raise self._error(action, f"exit {done.returncode}: {text}")

    def _error(self, action: str, detail: str) -> InstrumentError:
        return InstrumentError(
            "adb", f"{action} on {self._name} ({self._serial})", detail, advice="harness doctor"
        )


def run_adb(device: AdbDevice, *words: str, timeout: float) -> subprocess.CompletedProcess[bytes]:
    """The adb program itself, for what its client does; a non-zero exit code is a result."""
    link = device.link
    command = [str(adb_binary()), "-H", link.host, "-P", str(link.port)]
    command += ["-s", device.serial, *words]
    action = f"{' '.join(words)} on {device.name} ({device.serial})"
    try:
        return subprocess.run(command, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as error:
        told = f"not done within {timeout:.0f} s"
        raise InstrumentError("adb", action, told, advice="harness doctor") from error
    except OSError as error:
        raise InstrumentError("adb", action, str(error), advice="harness doctor") from error


def quote(text: str) -> str:
    """`text` as one word of the phone's shell."""
    return "'" + text.replace("'", "'\\''") + "'"


def states(link: AdbLink) -> dict[str, str]:
    """State by serial of everything the server knows."""
    found: dict[str, str] = {}
    for line in link.ask("host:devices").splitlines():
        serial, _, state = line.partition("\t")
        if state:
            found[serial] = state.strip()
    return found


def connect(link: AdbLink, address: str, *, timeout: float = 15.0) -> None:
    """Connects a TCP phone. Raises InstrumentError when it does not become `device`."""
    try:
        answer = link.ask(f"host:connect:{address}", timeout=timeout)
    except AdbRefusedError as error:
        answer = error.detail
    if "connected to" not in answer:
        raise InstrumentError(
            "adb", f"connect {address}", answer.strip(), advice="Is the phone on and its adb open?"
        )
    AdbDevice(address, address, link).wait_for("device", timeout=timeout)


def disconnect(link: AdbLink, address: str) -> None:
    """Forgets a TCP phone; one that is not known is fine."""
    try:
        link.ask(f"host:disconnect:{address}", timeout=5.0)
    except AdbRefusedError:
        return
