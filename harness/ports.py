"""Protocols between the orchestration and the adapters, and the one error they raise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from harness.domain.facts import Facts
from harness.domain.observation import Observation


class InstrumentError(Exception):
    """An instrument of ours failed: never the product's fault.

    `instrument`: adb, appium, proxy, disk, tools, probe, report. The text says what
    failed, on which device, with which command and exit code, and what to do. `cause`: a
    code of what is known of it. `not_begun`: what was asked for surely did not happen, so
    asking again repeats nothing.
    """

    def __init__(
        self,
        instrument: str,
        action: str,
        detail: str,
        *,
        advice: str = "",
        cause: str = "",
        not_begun: bool = False,
    ) -> None:
        self.instrument = instrument
        self.cause = cause
        self.not_begun = not_begun
        self.action = action
        self.detail = detail
        self.advice = advice
        text = f"{instrument}: {action}: {detail}"
        super().__init__(f"{text} {advice}".strip())


@dataclass(frozen=True, slots=True)
class ShellResult:
    """What a shell command on the phone gave."""

    command: str
    stdout: str
    stderr: str
    exit_code: int

    @property
    def ok(self) -> bool:
        """Exit code 0."""
        return self.exit_code == 0


class DeviceControl(Protocol):
    """One phone over adb. Every call is bounded and raises InstrumentError("adb", …)."""

    @property
    def name(self) -> str:
        """Name in devices.yaml."""
        ...

    @property
    def serial(self) -> str: ...

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        """Runs `command` by the phone's shell; a non-zero exit code is a result, no error."""
        ...

    def push(
        self, source: Path, target: str, *, mode: int = 0o644, timeout: float = 60.0
    ) -> None: ...
    def pull(self, source: str, target: Path, *, timeout: float = 60.0) -> None: ...
    def reverse(self, phone_port: int, host_port: int) -> None:
        """Phone's loopback port → host port. Never called with another target for the same port."""
        ...

    def reverse_list(self) -> list[tuple[int, int]]: ...
    def remove_reverse(self, phone_port: int) -> None: ...
    def root(self, *, timeout: float = 15.0) -> bool:
        """Restarts adbd as root where the build allows it; checked by `id -u`."""
        ...

    def is_root(self) -> bool: ...
    def state(self) -> str:
        """device, offline, unauthorized, recovery … or "absent"."""
        ...

    def wait_for(self, state: str = "device", *, timeout: float = 30.0) -> None: ...


class StreamingControl(DeviceControl, Protocol):
    """A phone whose shell also takes and gives more than fits into memory."""

    def shell_to_file(self, command: str, target: BinaryIO, *, timeout: float) -> ShellResult:
        """Stdout goes to `target`, byte by byte as the phone gave it."""
        ...

    def shell_from_file(self, command: str, source: BinaryIO, *, timeout: float) -> ShellResult:
        """Stdin comes from `source`."""
        ...


class ObservationLog(Protocol):
    """Where an instrument writes down what it saw."""

    def write(
        self,
        kind: str,
        facts: Facts,
        *,
        scenario: str | None = None,
        step: str | None = None,
    ) -> Observation:
        """Appends one sealed line, flushed; returns what was written."""
        ...


class Screenshots(Protocol):
    """Where a step's pictures and page sources go."""

    def save(self, name: str, data: bytes) -> str:
        """Stores under the scenario's folder; returns the path within the run folder."""
        ...


@dataclass(frozen=True, slots=True)
class ProxyAddress:
    """How a running proxy is reached and trusted."""

    host: str
    port: int
    ca_certificate: Path  # PEM
    pid: int


class TrafficTap(Protocol):
    """The running capture of one phone."""

    @property
    def address(self) -> ProxyAddress: ...
    def alive(self) -> bool: ...
    def pass_through(self, hosts: Sequence[str]) -> None:
        """These hosts are not decrypted from now on."""
        ...

    def stop(self) -> None: ...
