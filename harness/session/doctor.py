"""What is missing on this host and on each phone, each with the command that mends it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import msgspec

from harness.adapters.adb.discovery import list_phones
from harness.adapters.places import (
    aapt2_binary,
    adb_binary,
    android_home,
    clone_root,
    node_binary,
    node_folder,
    state_folder,
)
from harness.domain.device import DeviceEntry, PhoneStatus
from harness.ports import InstrumentError

SECONDS = 20
LEAST_FREE = 1 << 30  # bytes; a run with pictures and traffic takes some tens of MB
MAKE = "make setup"
HOST, NO_PHONE = 20, 18  # exit codes: infrastructure, phone unsuitable
READY = {"device", "not started"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `mend` is a command or a tap, empty when all is well."""

    subject: str  # "host" or a phone's name
    name: str
    ok: bool
    detail: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """All findings, and the exit code they amount to."""

    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """0 all well; 20 the host lacks something; 18 a chosen phone is not usable."""
        bad = [finding for finding in self.findings if not finding.ok]
        if any(finding.subject == "host" for finding in bad):
            return HOST
        return NO_PHONE if bad else 0


def examine(entries: Sequence[DeviceEntry]) -> Examination:
    """Looks at the host, then at each phone; changes nothing."""
    return Examination((*host_findings(), *phone_findings(list_phones(entries))))


def host_findings() -> list[Finding]:
    """Tools with their versions, disk, loopback ports, leftovers of interrupted runs."""
    checks: list[tuple[str, Callable[[], str], str]] = [
        ("python", _python, "Install Python 3.13 and run make again"),
        ("mitmproxy", lambda: metadata.version("mitmproxy"), MAKE),
        ("adb", lambda: _first_line([str(adb_binary()), "version"]), MAKE),
        ("node", lambda: _first_line([str(node_binary()), "--version"]), MAKE),
        ("appium", lambda: node_package("appium"), MAKE),
        ("uiautomator2 driver", lambda: node_package("appium-uiautomator2-driver"), MAKE),
        ("allure", lambda: node_package("allure"), MAKE),
        ("aapt2", _aapt2, MAKE),
        ("ANDROID_HOME", lambda: str(android_home()), MAKE),
        ("disk", _disk, "Free some space, or write elsewhere: harness run --out DIR"),
        ("loopback", _loopback, "Allow programs to listen on 127.0.0.1"),
        ("leftovers", _leftovers, "harness reset"),
    ]
    return [_checked(name, check, mend) for name, check, mend in checks]


def _checked(name: str, check: Callable[[], str], mend: str) -> Finding:
    try:
        return Finding("host", name, ok=True, detail=check())
    except (OSError, InstrumentError, LookupError, metadata.PackageNotFoundError) as error:
        return Finding("host", name, ok=False, detail=str(error), mend=mend)


def _python() -> str:
    return ".".join(str(part) for part in sys.version_info[:3])


def _first_line(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, text=True)
    except subprocess.TimeoutExpired as error:
        raise LookupError(f"{command[0]} did not answer within {SECONDS} s") from error
    if done.returncode != 0:
        raise LookupError(f"{' '.join(command)} ended with exit code {done.returncode}")
    return done.stdout.strip().splitlines()[0]


def node_package(name: str) -> str:
    """Version of an installed npm package. Raises LookupError, InstrumentError."""
    file = node_folder() / "node_modules" / name / "package.json"
    if not file.is_file():
        raise LookupError(f"{name} is not installed")
    return str(msgspec.json.decode(file.read_bytes())["version"])


def _aapt2() -> str:
    found = aapt2_binary()
    if found is None:
        raise LookupError("not found")
    return (
        str(found.relative_to(clone_root())) if found.is_relative_to(clone_root()) else str(found)
    )


def _disk() -> str:
    free = shutil.disk_usage(Path.cwd()).free
    text = f"{free / (1 << 30):.1f} GiB free here"
    if free < LEAST_FREE:
        raise LookupError(f"only {text}")
    return text


def _loopback() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return "free ports can be had"


def _leftovers() -> str:
    """Journals of phones that an interrupted run left changed (settings_journal.py)."""
    left = sorted(file.stem for file in (state_folder() / "journals").glob("*.json"))
    if left:
        raise LookupError(f"an interrupted run left these phones changed: {', '.join(left)}")
    return "none"


def phone_findings(phones: Sequence[PhoneStatus]) -> list[Finding]:
    """One finding a phone: can it be used, and what can be seen on it."""
    found: list[Finding] = []
    for phone in phones:
        if phone.state not in READY:
            mend = phone.cannot[0] if phone.cannot else "attach it"
            found.append(Finding(phone.name, "state", ok=False, detail=phone.state, mend=mend))
            continue
        what = f"{phone.model or 'starts on demand'}"
        if phone.api is not None:
            what += f", API {phone.api}"
        if phone.simulated:
            what += ", simulated"
        seen = f"; can: {', '.join(phone.can)}" if phone.can else ""
        hidden = f"; cannot: {'; '.join(phone.cannot)}" if phone.cannot else ""
        found.append(Finding(phone.name, "state", ok=True, detail=what + seen + hidden))
    return found
