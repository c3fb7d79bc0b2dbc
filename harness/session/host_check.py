"""What doctor says of this host: tools and their versions, disk, ports, leftovers."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

import msgspec

from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.server import USUAL_PORT, answers, client_version, version, wanted_port
from harness.adapters.places import (
    aapt2_binary,
    adb_binary,
    android_home,
    clone_root,
    node_binary,
    node_folder,
    state_folder,
)
from harness.domain.device import DeviceEntry
from harness.ports import InstrumentError
from harness.session.emulator import emulator_binary
from harness.session.finding import Finding

SECONDS = 20
LEAST_FREE = 1 << 30  # bytes; a run with pictures and traffic takes some tens of MB
MAKE = "make setup"
OLDEST_PYTHON = (3, 13)
MITMPROXY = ((12, 2, 3), (12, 3))
"""From the first on, below the second: the recorder relies on what it does inside."""


def host_findings(entries: Sequence[DeviceEntry] = ()) -> list[Finding]:
    """Tools with their versions, disk, loopback ports, leftovers of interrupted runs."""
    checks: list[tuple[str, Callable[[], str], str]] = [
        ("python", _python, "Install Python 3.13 and run make again"),
        ("mitmproxy", _mitmproxy, MAKE),
        ("adb", lambda: _first_line([str(adb_binary()), "version"]), MAKE),
        ("adb server", _adb_server, "adb kill-server, then start it by one adb only"),
        ("node", lambda: _first_line([str(node_binary()), "--version"]), MAKE),
        *((name, lambda name=name: _pinned(name), MAKE) for name in NODE_PACKAGES),
        ("aapt2", _aapt2, MAKE),
        ("ANDROID_HOME", lambda: str(android_home()), MAKE),
        ("disk", _disk, "Free some space, or write elsewhere: harness run --out DIR"),
        ("loopback", _loopback, "Allow programs to listen on 127.0.0.1"),
        ("leftovers", _leftovers, "harness reset"),
    ]
    if any(entry.avd is not None for entry in entries):
        checks.append(("emulator", emulator_binary, "Install the SDK and set ANDROID_HOME"))
        checks.append(("KVM", _kvm, "Enable virtualisation; join the group kvm"))
    return [checked("host", name, check, mend) for name, check, mend in checks]


NODE_PACKAGES = ("appium", "appium-uiautomator2-driver", "allure")


def checked(subject: str, name: str, check: Callable[[], str], mend: str) -> Finding:
    """The check's words, or why it failed with `mend`."""
    try:
        return Finding(subject, name, ok=True, detail=check())
    except InstrumentError as error:
        return Finding(subject, name, ok=False, detail=error.detail, mend=mend)
    except (OSError, LookupError, ValueError, metadata.PackageNotFoundError) as error:
        return Finding(subject, name, ok=False, detail=str(error), mend=mend)


def port_findings(entry: DeviceEntry) -> list[Finding]:
    """Ports that the phone's entry fixes and another program holds."""
    found: list[Finding] = []
    for use, port in (("system", entry.ports.system), ("proxy", entry.ports.proxy)):
        if port is None or _is_free(port):
            continue
        told = f"another program listens at {port} (ports: {use})"
        mend = f"Find it by: ss -ltnp 'sport = :{port}', or choose another port in devices.yaml"
        found.append(Finding(entry.name, "port", ok=False, detail=told, mend=mend))
    return found


def _python() -> str:
    text = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < OLDEST_PYTHON:
        raise LookupError(f"{text} is too old")
    return text


def _mitmproxy() -> str:
    text = metadata.version("mitmproxy")
    lowest, below = MITMPROXY
    if not lowest <= numbers(text) < below:
        raise LookupError(f"{text} is not one that the recorder was made for (12.2.3 to 12.2.x)")
    return text


def numbers(version_text: str) -> tuple[int, ...]:
    """The numbers at the beginning of a version, to be compared."""
    return tuple(int(part) for part in re.findall(r"\d+", version_text)[:3])


def _adb_server() -> str:
    link = AdbLink("127.0.0.1", wanted_port() or USUAL_PORT)
    if not answers(link):
        return f"none runs at port {link.port}; one is started when it is needed"
    theirs, ours = version(link), client_version()
    if ours is not None and theirs != ours:
        raise LookupError(
            f"the one at port {link.port} is of version 1.0.{theirs}, our adb of 1.0.{ours}:"
            " each would end the other's, for all phones"
        )
    return f"1.0.{theirs} at port {link.port}"


def _pinned(name: str) -> str:
    """The installed version, which has to be the one that the lock names."""
    found = node_package(name)
    wanted = msgspec.json.decode((node_folder() / "package.json").read_bytes())["dependencies"]
    if wanted.get(name) != found:
        raise LookupError(f"{found} is installed, {wanted.get(name)} is what we were tried with")
    return found


def _kvm() -> str:
    with open("/dev/kvm", "rb"):  # noqa: PTH123 - only the right to open it is asked
        return "can be used"


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


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
    places = {
        "here": Path.cwd(),
        "in the state folder": state_folder(),
        "for temporary files": Path(tempfile.gettempdir()),
    }
    free = {name: shutil.disk_usage(path).free for name, path in places.items()}
    low = [f"{size / (1 << 30):.1f} GiB {name}" for name, size in free.items() if size < LEAST_FREE]
    if low:
        raise LookupError(f"only {' and '.join(low)} free")
    return f"{free['here'] / (1 << 30):.1f} GiB free here"


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
