"""What is missing on this host and on each phone, each with the command that mends it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.adapters.adb.device import AdbDevice, connect, disconnect, states
from harness.adapters.adb.discovery import link_of, list_phones, status_of
from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.package import read_app
from harness.adapters.appium.server import AppiumServer
from harness.adapters.attach.wireguard_app import APP, REMOTE
from harness.adapters.profile_file import load_profile
from harness.adapters.setting_error import SettingError
from harness.domain.attach_way import HOW, AttachWay, choose_way
from harness.domain.device import DeviceEntry, PhoneStatus
from harness.ports import InstrumentError
from harness.session.account import AccountError, read_account
from harness.session.finding import Finding
from harness.session.host_check import host_findings, port_findings
from harness.session.phone_check import check_phone
from harness.session.tools import RunTools, access_of

HOST, NO_PHONE = 20, 18  # exit codes: infrastructure, phone unsuitable
READY = {"device", "not started"}


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
    found = host_findings(entries)
    known = {entry.name: entry for entry in entries}
    for phone in list_phones(entries):
        entry = known.get(phone.name) if phone.known else None
        found += phone_findings(phone, entry)
    return Examination(tuple(found))


def phone_findings(phone: PhoneStatus, entry: DeviceEntry | None) -> list[Finding]:
    """Can it be used, what can be seen and done on it, and what stands in the way."""
    if entry is None:
        return [_state(phone, known=False)]
    if phone.state == "absent" and entry.adb is None and entry.over_tcp:
        with _connected(entry) as (state, link):
            status = status_of(entry, link, state)
            return [
                _state(status, known=True),
                *_entry_findings(entry),
                *_probed(status, entry, link),
            ]
    return [
        _state(phone, known=True),
        *_entry_findings(entry),
        *_probed(phone, entry, link_of(entry)),
    ]


@contextmanager
def _connected(entry: DeviceEntry) -> Generator[tuple[str, AdbLink]]:
    """A phone behind an address that no server knows yet, by a server of our own."""
    serial = str(entry.serial)
    with TemporaryDirectory(prefix="harness-doctor-") as folder:
        tools = RunTools(Path(folder))
        try:
            link = tools.adb(entry)
            with suppress(InstrumentError):  # its state says what is wrong
                connect(link, serial, timeout=5.0)
            yield states(link).get(serial, "absent"), link
            disconnect(link, serial)
        finally:
            tools.close()


def _state(phone: PhoneStatus, *, known: bool) -> Finding:
    if phone.state not in READY:
        mend = phone.cannot[0] if phone.cannot else "attach it"
        return Finding(phone.name, "state", ok=not known, detail=phone.state, mend=mend)
    what = "attached" if phone.state == "device" else "starts on demand"
    if not known:
        what += ", but not in devices.yaml"
    seen = f"; can: {', '.join(phone.can)}" if phone.can else ""
    hidden = f"; cannot: {'; '.join(phone.cannot)}" if phone.cannot else ""
    return Finding(phone.name, "state", ok=True, detail=what + seen + hidden)


def _entry_findings(entry: DeviceEntry) -> list[Finding]:
    """What its entry promises and this host can check."""
    found = port_findings(entry)
    try:
        load_profile(entry.profile)
    except SettingError as error:
        mend = "Correct the file, or 'profile' in devices.yaml"
        found.append(Finding(entry.name, "profile", ok=False, detail=str(error), mend=mend))
    choice = choose_way(entry)
    told = f"{HOW[choice.way]} ({choice.way}), because {choice.because}"
    found.append(Finding(entry.name, "way to our proxy", ok=True, detail=told))
    try:
        read_account(entry.account, None, entry.name)
        if entry.appium_url is not None:
            refusal = AppiumServer(entry.appium_url.rstrip("/"), access=access_of(entry)).refusal()
            detail = refusal or f"{entry.appium_url} is ready"
            mend = "" if refusal is None else "Start it, or correct appium_url in devices.yaml"
            ok = refusal is None
            found.append(Finding(entry.name, "Appium", ok=ok, detail=detail, mend=mend))
    except AccountError as error:
        found.append(
            Finding(entry.name, "account", ok=False, detail=str(error), mend="See devices.yaml")
        )
    return found


def _probed(phone: PhoneStatus, entry: DeviceEntry, link: AdbLink) -> list[Finding]:
    if phone.capabilities is None or phone.now is None:
        return []
    device = AdbDevice(entry.name, str(entry.serial), link)
    try:
        profile = load_profile(entry.profile)
        app = read_app(device, profile.packages, profile.signers)
        tunnel = _tunnel_findings(entry, device)
    except InstrumentError as error:
        mend = "Unlock the phone, plug the cable again, then: adb reconnect"
        return [Finding(entry.name, "answers", ok=False, detail=str(error), mend=mend)]
    return tunnel + check_phone(entry, phone.capabilities, phone.now, app, profile.title)


def _tunnel_findings(entry: DeviceEntry, device: AdbDevice) -> list[Finding]:
    """Raises InstrumentError."""
    if choose_way(entry).way is not AttachWay.WIREGUARD:
        return []
    there = device.shell(f"pm path {APP}").ok
    mend = "" if there else f"Install WireGuard from the store; then, {REMOTE}"
    detail = "the app is there" if there else f"{APP} is not installed"
    return [Finding(entry.name, "WireGuard", ok=there, detail=detail, mend=mend)]
